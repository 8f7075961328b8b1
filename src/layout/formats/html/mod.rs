//! HTML: what a reader sees of the page, as lines and grids.

mod colours;
mod depth;
mod elements;
mod hiding;
#[cfg(test)]
mod tests;

use ego_tree::{NodeRef, iter::Edge};
use scraper::{Html, Node, node::Element};

use crate::layout::{blocks::Block, builder::Builder, limits::Limits, refusal::Refusal, runs::Style};
use colours::Paint;
use elements::{Attributes, Kind, Looks};
use hiding::Sheets;

/// Whether a text is HTML rather than plain text with a stray tag.
pub(super) fn is_html(text: &str) -> bool {
    if !text.contains('<') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let closes = |tag: &str| lower.matches(&format!("</{tag}>")).count();
    if lower.contains("<html") || lower.contains("<body") || (lower.contains("<table") && closes("table") > 0) {
        return true;
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    ["p", "div", "td", "li"].into_iter().map(closes).sum::<usize>() * 2 > lines
}

/// The blocks of a page.
pub(super) fn blocks(text: &str, limits: &Limits) -> Result<Vec<Block>, Refusal> {
    depth::guard(text, limits.depth)?;
    let page = Html::parse_document(text);
    let mut walk = Walk {
        builder: Builder::new(limits),
        sheets: Sheets::of(&page),
        open: Vec::new(),
        shown: [0; 3],
        preformatted: 0,
        hidden: 0,
        is_text: false,
        depth: 0,
    };
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                walk.open(node.value(), limits)?;
                walk.embedded(node, limits)?;
            }
            Edge::Close(node) => walk.close(node.value()),
        }
    }
    let mut blocks = walk.builder.finish();
    blocks.splice(0..0, title_of(&page, &blocks));
    Ok(blocks)
}

/// The title of the page, if it is the report's and the text doesn't contain it: what a portal adds to it (its own
/// name, the column) is left out.
fn title_of(page: &Html, blocks: &[Block]) -> Option<Block> {
    let title = page.tree.nodes().find(|node| matches!(node.value(), Node::Element(own) if own.name() == "title"))?;
    let title: String = title.children().filter_map(|node| Some(node.value().as_text()?.to_string())).collect();
    let title = title.split(['_', '|', '-', '—', '–', '\n']).map(str::trim).find(|part| part.ends_with("年度报告"))?;
    let shown = |block: &Block| matches!(block, Block::Text { text, .. } if text.contains(title));
    (!blocks.iter().any(shown)).then(|| Block::Text { text: format!("{title}\n"), page: 0 })
}

/// All text within a node.
fn text_of(node: NodeRef<'_, Node>) -> String {
    node.descendants()
        .filter_map(|node| Some(node.value().as_text()?.to_string()))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The state of the walk through the page.
struct Walk<'l> {
    builder: Builder<'l>,
    sheets: Sheets,
    /// The open elements that are not hidden, and how their text is painted.
    open: Vec<(Kind, Looks, Paint)>,
    /// How many of them strike their text out, may not be seen, and raise their text.
    shown: [usize; 3],
    preformatted: usize,
    /// How many hidden elements are open, and whether their content is text.
    hidden: usize,
    is_text: bool,
    depth: usize,
}

impl Walk<'_> {
    fn open(&mut self, node: &Node, limits: &Limits) -> Result<(), Refusal> {
        self.depth += 1;
        Limits::hold(self.depth, limits.depth * 2, "元素嵌套层数", "elements within each other")?;
        match node {
            Node::Element(element) => self.open_element(element),
            Node::Text(text) if self.hidden == 0 => self.text(text),
            Node::Text(text) if self.is_text => self.builder.styled(Style::Hidden, text),
            _ => Ok(()),
        }
    }

    fn open_element(&mut self, element: &Element) -> Result<(), Refusal> {
        let kind = Kind::of(element.name());
        if self.hidden > 0 {
            return self.hide(kind);
        }
        let own = Attributes::of(element);
        let looks = Looks::of(kind, &own, &self.sheets);
        if looks.is_hidden {
            return self.hide(kind);
        }
        if looks.is_turned {
            self.builder.styled(self.style(), "\u{202e}")?;
        }
        self.counted(looks, |many, one| *many += one);
        self.open.push((kind, looks, self.paint().within(&own)));
        let span = |value: Option<&str>| value.and_then(|value| value.trim().parse().ok()).unwrap_or(1);
        match kind {
            Kind::Table => self.builder.open_table()?,
            Kind::Row => self.builder.open_row(),
            Kind::Cell => self.builder.open_cell(span(own.colspan), span(own.rowspan))?,
            Kind::Break => self.builder.break_line(),
            Kind::Picture if !own.is_spacer() => self.builder.picture(),
            Kind::Input if own.is_picture() => self.builder.picture(),
            // A reader sees what is filled in.
            Kind::Input if own.shows_a_value() => {
                self.builder.styled(Style::Doubtful, own.value.unwrap_or_default())?;
            }
            Kind::Preformatted => {
                self.builder.end_line();
                self.preformatted += 1;
            }
            _ if looks.is_apart => self.builder.end_line(),
            _ => {}
        }
        Ok(())
    }

    fn hide(&mut self, kind: Kind) -> Result<(), Refusal> {
        self.is_text = !kind.is_unseen() && (self.hidden == 0 || self.is_text);
        self.hidden += 1;
        Ok(())
    }

    /// Counts what an element does to its text.
    fn counted(&mut self, looks: Looks, count: impl Fn(&mut usize, usize)) {
        let own = [looks.is_struck, looks.is_doubtful, looks.is_mark];
        self.shown.iter_mut().zip(own).for_each(|(many, own)| count(many, usize::from(own)));
    }

    /// What a page shows of elements whose content is no text of its own: the page within a frame, and what a form
    /// is filled in with, which a program on the page may change.
    fn embedded(&mut self, node: NodeRef<'_, Node>, limits: &Limits) -> Result<(), Refusal> {
        let Some(element) = node.value().as_element().filter(|_| self.hidden == 1) else { return Ok(()) };
        let kind = Kind::of(element.name());
        let own = Attributes::of(element);
        if !kind.is_unseen() || own.hide() {
            return Ok(());
        }
        match kind {
            Kind::Frame => {
                let Some(inner) = own.srcdoc else { return Ok(()) };
                let limits = Limits { depth: limits.depth / 2, ..limits.clone() };
                self.builder.end_line();
                self.builder.insert(blocks(inner, &limits)?)
            }
            Kind::Drawing => {
                self.builder.picture();
                Ok(())
            }
            Kind::TextArea => self.builder.styled(Style::Doubtful, &text_of(node)),
            Kind::Choice => {
                let is =
                    |node: &NodeRef<'_, Node>, test: fn(&Element) -> bool| node.value().as_element().is_some_and(test);
                let mut options = node.descendants().filter(|node| is(node, |own| own.name() == "option"));
                let first = options.clone().next();
                let chosen = options.find(|node| is(node, |own| own.attr("selected").is_some())).or(first);
                self.builder.styled(Style::Doubtful, &chosen.map(text_of).unwrap_or_default())
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, node: &Node) {
        self.depth -= 1;
        if !node.is_element() {
            return;
        }
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        let Some((kind, looks, _)) = self.open.pop() else { return };
        self.counted(looks, |many, one| *many -= one);
        match kind {
            Kind::Table => self.builder.close_table(),
            Kind::Row => self.builder.close_row(),
            Kind::Cell => self.builder.close_cell(),
            Kind::Preformatted => {
                self.preformatted -= 1;
                self.builder.end_line();
            }
            _ if looks.is_apart => self.builder.end_line(),
            _ => {}
        }
    }

    /// How text is painted here.
    fn paint(&self) -> Paint {
        self.open.last().map_or_else(|| Paint::of_page(self.sheets.paint), |(.., paint)| *paint)
    }

    fn style(&self) -> Style {
        match self.shown.map(|many| many > 0) {
            [true, ..] => Style::Struck,
            [_, true, _] => Style::Doubtful,
            _ if self.paint().is_unseen() => Style::Doubtful,
            [.., true] => Style::Mark,
            _ => Style::Shown,
        }
    }

    /// Text as a browser shows it: white space collapses, except in preformatted text.
    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        if self.preformatted > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.builder.break_line();
                }
                self.builder.styled(self.style(), line)?;
            }
            return Ok(());
        }
        let is_space = |char: char| matches!(char, ' ' | '\t' | '\n' | '\r' | '\x0c');
        if text.starts_with(is_space) && !self.builder.at_space() {
            self.builder.styled(self.style(), " ")?;
        }
        let mut words = text.split(is_space).filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            self.builder.styled(self.style(), word)?;
            if words.peek().is_some() || text.ends_with(is_space) {
                self.builder.styled(self.style(), " ")?;
            }
        }
        Ok(())
    }
}
