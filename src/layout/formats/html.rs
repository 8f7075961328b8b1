//! HTML: what a reader sees of the page, as lines and grids.

use ego_tree::{NodeRef, iter::Edge};
use scraper::{Html, Node, node::Element};

use super::hiding::{self, Sheets};
use crate::layout::{blocks::Block, builder::Builder, limits::Limits, refusal::Refusal, runs::Style};

/// Elements whose content is never seen as text.
const UNSEEN: [&str; 18] = [
    "script", "style", "head", "template", "noscript", "textarea", "select", "iframe", "object", "svg", "math",
    "audio", "video", "title", "rt", "rp", "canvas", "datalist",
];
/// Elements that begin and end a line.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
    "caption",
];
/// Types of input that show what is filled in.
const TYPED: [&str; 7] = ["text", "number", "tel", "search", "url", "email", "date"];
/// Elements without content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

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
    guard_depth(text, limits.depth)?;
    let page = Html::parse_document(text);
    let mut walk = Walk {
        builder: Builder::new(limits),
        sheets: Sheets::of(&page),
        doubtful: 0,
        preformatted: 0,
        hidden: 0,
        is_text: false,
        marked: 0,
        struck: 0,
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

/// The parser's time grows with the square of the depth, so the nesting is counted first.
///
/// An end tag closes the nearest open element of its name and everything in it; elements that a parser closes by
/// itself (a paragraph, a cell, a list item) count as closed.
fn guard_depth(text: &str, limit: usize) -> Result<(), Refusal> {
    const CLOSED_BY_ITSELF: [&str; 13] =
        ["p", "li", "td", "tr", "th", "tbody", "thead", "tfoot", "dd", "dt", "option", "colgroup", "caption"];
    let bytes = text.as_bytes();
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        at += found + 1;
        let ends = bytes.get(at) == Some(&b'/');
        let from = at + usize::from(ends);
        let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = &text[from..from + length];
        if name.is_empty() || !name.as_bytes()[0].is_ascii_alphabetic() {
            continue;
        }
        let is = |own: &&str| own.eq_ignore_ascii_case(name);
        if VOID.iter().any(is) || CLOSED_BY_ITSELF.iter().any(is) {
            continue;
        }
        if !ends {
            open.push(name);
            Limits::hold(open.len(), limit, "元素嵌套层数", "elements within each other")?;
        } else if let Some(own) = open.iter().rposition(is) {
            open.truncate(own);
        }
    }
    Ok(())
}

fn memchr(wanted: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == wanted)
}

/// The state of the walk through the page.
struct Walk<'l> {
    builder: Builder<'l>,
    preformatted: usize,
    /// How many hidden elements are open, and whether their content is text.
    hidden: usize,
    is_text: bool,
    /// How many open elements raise their text, and how many strike it out.
    marked: usize,
    struck: usize,
    depth: usize,
    sheets: Sheets,
    /// How many open elements may not be seen.
    doubtful: usize,
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
        if self.hidden > 0 || is_hidden(element) {
            self.is_text = !UNSEEN.contains(&element.name()) && (self.hidden == 0 || self.is_text);
            self.hidden += 1;
            return Ok(());
        }
        if is_turned(element) {
            self.builder.styled(self.style(), "\u{202e}")?;
        }
        self.marked += usize::from(is_mark(element));
        self.struck += usize::from(is_struck(element));
        self.doubtful += usize::from(self.may_be_hidden(element));
        let span = |name: &str| element.attr(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
        match element.name() {
            "table" => self.builder.open_table()?,
            "tr" => self.builder.open_row(),
            "td" | "th" => self.builder.open_cell(span("colspan"), span("rowspan"))?,
            "br" => self.builder.break_line(),
            "img" | "embed" => self.builder.picture(),
            // A reader sees what is filled in.
            "input" if element.attr("type").is_none_or(|own| TYPED.contains(&own.to_ascii_lowercase().as_str())) => {
                self.builder.styled(Style::Doubtful, element.attr("value").unwrap_or_default())?;
            }
            "pre" => {
                self.builder.end_line();
                self.preformatted += 1;
            }
            name if BLOCKS.contains(&name) => self.builder.end_line(),
            _ => {}
        }
        Ok(())
    }

    /// What a page shows of elements whose content is no text of its own: the page within a frame, and what a form
    /// is filled in with, which a program on the page may change.
    fn embedded(&mut self, node: NodeRef<'_, Node>, limits: &Limits) -> Result<(), Refusal> {
        let Some(element) = node.value().as_element().filter(|own| self.hidden == 1 && !is_hidden_itself(own)) else {
            return Ok(());
        };
        match element.name() {
            "iframe" => {
                let Some(inner) = element.attr("srcdoc") else { return Ok(()) };
                let limits = Limits { depth: limits.depth / 2, ..limits.clone() };
                self.builder.end_line();
                self.builder.insert(blocks(inner, &limits)?)
            }
            "svg" | "math" | "object" | "canvas" => {
                self.builder.picture();
                Ok(())
            }
            "textarea" => self.builder.styled(Style::Doubtful, &text_of(node)),
            "select" => {
                let is_option =
                    |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|own| own.name() == "option");
                let is_chosen = |node: &NodeRef<'_, Node>| {
                    node.value().as_element().is_some_and(|own| own.attr("selected").is_some())
                };
                let mut options = node.descendants().filter(is_option);
                let first = options.clone().next();
                let chosen = options.find(is_chosen).or(first).map(text_of).unwrap_or_default();
                self.builder.styled(Style::Doubtful, &chosen)
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self, node: &Node) {
        self.depth -= 1;
        let Node::Element(element) = node else {
            return;
        };
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        self.marked -= usize::from(is_mark(element));
        self.struck -= usize::from(is_struck(element));
        self.doubtful -= usize::from(self.may_be_hidden(element));
        match element.name() {
            "table" => self.builder.close_table(),
            "tr" => self.builder.close_row(),
            "td" | "th" => self.builder.close_cell(),
            "pre" => {
                self.preformatted -= 1;
                self.builder.end_line();
            }
            name if BLOCKS.contains(&name) => self.builder.end_line(),
            _ => {}
        }
    }

    fn style(&self) -> Style {
        match (self.struck, self.doubtful, self.marked) {
            (1.., ..) => Style::Struck,
            (0, 1.., _) => Style::Doubtful,
            (0, 0, 1..) => Style::Mark,
            (0, 0, 0) => Style::Shown,
        }
    }

    /// Whether the styles of a page may keep an element from being seen, or whether it opens at a click.
    fn may_be_hidden(&self, element: &Element) -> bool {
        let closed = matches!(element.name(), "details" | "dialog") && element.attr("open").is_none();
        let styled = element.attr("style").is_some() && hiding::hides(&own_style(element));
        closed || styled || self.sheets.may_hide(element)
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

/// An element's `style` attribute, in the form in which styles are compared.
fn own_style(element: &Element) -> String {
    element.attr("style").map(hiding::normal).unwrap_or_default()
}

/// Whether an element raises or lowers its text, like the marks that point to notes.
fn is_mark(element: &Element) -> bool {
    let style = || own_style(element);
    matches!(element.name(), "sup" | "sub")
        || element.attr("style").is_some()
            && style().split(';').any(|rule| matches!(rule, "vertical-align:super" | "vertical-align:sub"))
}

/// Whether an element strikes its text out.
fn is_struck(element: &Element) -> bool {
    let drawn = || !own_style(element).contains("text-decoration:none");
    matches!(element.name(), "s" | "strike" | "del") && drawn()
        || element.attr("style").is_some()
            && own_style(element)
                .split(';')
                .any(|rule| rule.starts_with("text-decoration") && rule.contains("line-through"))
}

/// Whether an element overrides the direction of its text.
fn is_turned(element: &Element) -> bool {
    element.name() == "bdo"
        || element.attr("style").is_some()
            && own_style(element).contains("unicode-bidi")
            && own_style(element).contains("override")
}

/// Whether an element and everything in it is invisible.
fn is_hidden(element: &Element) -> bool {
    UNSEEN.contains(&element.name()) || is_hidden_itself(element)
}

/// Whether an element's own attributes hide it.
fn is_hidden_itself(element: &Element) -> bool {
    let style = own_style(element);
    element.attr("hidden").is_some()
        || style.split(';').any(|rule| matches!(rule, "display:none" | "visibility:hidden" | "mso-hide:all"))
        || style.contains("display:none!")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::refusal::Obstacle;

    fn read(text: &str) -> Vec<Block> {
        blocks(text, &Limits::default()).expect("HTML")
    }

    #[test]
    fn a_frame_is_read_and_what_a_form_is_filled_in_with_is_in_doubt() {
        let page = "<body><iframe srcdoc='&lt;p&gt;框内&lt;/p&gt;'></iframe><table><tr>\
            <td><select><option>1<option selected>2</select></td><td><textarea>3</textarea></td><td><input value=4></td>\
            <td><input type=checkbox value=5>6</td><td style='display:none'><textarea>7</textarea></td></tr></table>";
        let [Block::Text { text, .. }, Block::Grid(grid)] = &read(page)[..] else { panic!("text and a grid") };
        assert_eq!(text, "框内\n");
        let cells = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.concealed.as_ref().map(|it| it.certain)));
        let doubt = Some(false);
        assert_eq!(cells.collect::<Vec<_>>(), [("2", doubt), ("3", doubt), ("4", doubt), ("6", None)]);
    }

    #[test]
    fn a_page_is_read_as_it_is_seen() {
        let page = "<body><p>一、总体\n情况</p><p>甲<span>乙</span><br>丙</p><script>丁</script><div hidden>戊</div>\
                    <p style='display: none'>己</p><pre>庚\n辛</pre>";
        let [Block::Text { text, .. }] = &read(page)[..] else { panic!("text") };
        assert_eq!(text, "一、总体 情况\n甲乙\n丙\n庚\n辛\n");
    }

    #[test]
    fn a_cells_digits_may_be_spread_and_its_blank_may_be_marked() {
        let page = "<table><tr><td><p><span>1</span><span>2</span></p></td><td><o:p>&nbsp;</o:p></td>\
                    <td><p><span><span> 3 </span></span></p></td><td><span style='display:none'>9</span>4</td></table>";
        let [Block::Grid(grid)] = &read(page)[..] else { panic!("a grid") };
        let texts: Vec<&str> = grid.rows[0].cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["12", "\u{a0}", "3", "4"]);
        let doubts = grid.rows[0].cells.iter().map(|cell| cell.concealed.as_ref().map(|it| it.certain));
        assert_eq!(doubts.collect::<Vec<_>>(), [None, None, None, Some(false)], "what is hidden leaves a doubt");
    }

    #[test]
    fn marks_and_what_is_struck_out_are_no_part_of_a_figure() {
        let page = "<table><tr><td>1<sup>2</sup></td><td><del>77</del>42</td><td>1<s>2</s>3</td>\
                    <td><span style='text-decoration: line-through'>7</span> 4</td><td>5<span style='vertical-align:super'>[1]</span></td></tr></table>";
        let [Block::Grid(grid)] = &read(page)[..] else { panic!("a grid") };
        let cells = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.concealed.as_ref().map(|it| it.certain)));
        let expected = [("1²", None), ("42", Some(true)), ("13", Some(false)), ("4", Some(true)), ("5[¹]", None)];
        assert_eq!(cells.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn too_deep_and_too_wide_is_refused() {
        let deep = "<div>".repeat(100_000);
        let wide = "<table><tr><td colspan=10000000>1</td><td>2</td></tr></table>";
        for page in [deep.as_str(), wide] {
            assert_eq!(blocks(page, &Limits::default()).expect_err("too much").obstacle, Obstacle::TooLarge);
        }
        assert!(blocks(&"<p>文字".repeat(2_000), &Limits::default()).is_ok(), "paragraphs are not nested");
    }

    #[test]
    fn a_text_with_a_stray_tag_is_no_page() {
        assert!(!is_html("年度报告\n<!--[if !supportLists]-->一、<!--[endif]-->总体情况\n正文\n正文</p>\n"));
        assert!(is_html("<p>年度报告</p><p>一、总体情况</p>") && is_html("<!doctype html><html>"));
    }
}
