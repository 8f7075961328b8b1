//! Word documents (OOXML): paragraphs and tables of the main part, as the page shows them.

mod fields;
mod rows;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::HashMap};

use super::{
    archive::Archive,
    encoding, html,
    numbering::Numbering,
    relations::{self, Relation, main_part, part_of},
    styles::{Styles, is_whitish},
    xml::{Element, Met, walk},
};
use crate::layout::{
    blocks::Block,
    builder::Builder,
    limits::Limits,
    refusal::{Obstacle, Refusal},
    runs::Style,
};
use fields::Fields;
use rows::{Rows, is_coloured};

/// Elements whose content isn't shown in the text: deleted field codes, fallbacks of alternatives that are read.
const UNSEEN: [&str; 8] = [
    "delInstrText",
    "Fallback",
    // Phonetic guides, and former properties of tracked changes.
    "rt",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
];
/// Elements whose content was deleted or moved away, with the change tracked.
const DELETED: [&str; 2] = ["del", "moveFrom"];
/// Elements of formulas in which what stands side by side is not read as one number: fractions, roots, matrices.
const BUILT: [&str; 8] = ["f", "rad", "nary", "m", "eqArr", "limLow", "limUpp", "sPre"];

/// The blocks of a document.
pub(super) fn blocks(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<Block>, Refusal> {
    let main = main_part(archive, "word/document.xml", limits)?;
    let relations = relations::of(archive, &main, limits)?;
    let numbering = archive.read(&part_of(archive, &relations, "numbering", "word/numbering.xml"))?;
    let styles = archive.read(&part_of(archive, &relations, "styles", "word/styles.xml"))?;
    let numbering = Numbering::read(numbering.as_deref(), styles.as_deref(), limits)?;
    let styles = named_styles(styles.as_deref(), limits)?;
    let embedded = embedded(archive, &relations, limits)?;
    let bytes = archive.require(&main)?;
    let mut walker = Walk { builder: Builder::new(limits), numbering, styles, embedded, ..Walk::new(limits) };
    walk(&bytes, &main, limits, |met| walker.meet(&met))?;
    Ok(walker.builder.finish())
}

/// The documents that stand in this one (altChunk), by the names that refer to them.
fn embedded(
    archive: &mut Archive<'_>,
    relations: &[Relation],
    limits: &Limits,
) -> Result<HashMap<String, Vec<Block>>, Refusal> {
    let mut embedded = HashMap::new();
    for relation in relations.iter().filter(|relation| relation.kind == "aFChunk") {
        let bytes = archive.require(&relation.target)?;
        let text = if bytes.starts_with(b"PK") { None } else { encoding::decode(&bytes).ok() };
        let Some((text, _)) = text.filter(|(text, _)| html::is_html(text)) else {
            return Err(Refusal::new(
                Obstacle::UnsupportedFormat,
                "文档内嵌有另一份文件（altChunk），请在 Word 中打开并另存为 DOCX 后重新提交",
                "the document holds another one (altChunk): open it in Word, and save it as DOCX again",
            ));
        };
        embedded.insert(relation.id.clone(), html::blocks(&text, limits)?);
    }
    Ok(embedded)
}

/// How the named paragraph and run styles show their text.
fn named_styles(bytes: Option<&[u8]>, limits: &Limits) -> Result<Styles, Refusal> {
    let mut styles = Styles::default();
    let Some(bytes) = bytes else { return Ok(styles) };
    walk(bytes, "word/styles.xml", limits, |met| {
        let Met::Open(element) = met else { return Ok(()) };
        match element.name {
            "style" => styles.open(element.text("styleId")),
            "basedOn" => styles.based_on(element.text("val")),
            _ => style_of(&element).into_iter().for_each(|style| styles.shows(style)),
        }
        Ok(())
    })?;
    Ok(styles)
}

/// Whether an element names a colour that is white, or nearly.
fn names_white(element: &Element<'_>) -> bool {
    let is_theme = |theme: &str| theme == "background1" || theme == "bg1";
    is_whitish(&element.attribute("val").unwrap_or_default())
        || element.attribute("themeColor").is_some_and(|theme| is_theme(&theme))
}

/// The smallest size of text that can be read, in half points.
const SMALLEST: usize = 5;

/// What a run property says about how the text is shown; `None` for other properties.
fn style_of(element: &Element<'_>) -> Option<Style> {
    let or_shown = |is: bool, style: Style| Some(if is { style } else { Style::Shown });
    let value = || element.text("val");
    match element.name {
        "vanish" => or_shown(element.is_on(), Style::Absent),
        "strike" | "dstrike" => or_shown(element.is_on(), Style::Struck),
        "vertAlign" => or_shown(value() != "baseline", Style::Mark),
        "position" => or_shown(value() != "0", Style::Mark),
        // What is white, or too small to be seen.
        "color" => names_white(element).then_some(Style::Doubtful),
        "sz" => (element.number("val").unwrap_or(SMALLEST) < SMALLEST).then_some(Style::Hidden),
        _ => None,
    }
}

/// What is known about a paragraph before its first text.
#[derive(Default)]
struct Paragraph {
    style: String,
    list: Option<String>,
    level: usize,
    has_text: bool,
}

struct Walk<'l> {
    builder: Builder<'l>,
    numbering: Numbering,
    styles: Styles,
    embedded: HashMap<String, Vec<Block>>,
    fields: Fields,
    /// Whether the open simple field is to be computed anew.
    simple_is_stale: bool,
    /// How many open formula elements raise or lower their content, and how many put it in doubt.
    raised: usize,
    built: usize,
    in_formula: bool,
    paragraph: Paragraph,
    in_run: bool,
    in_text: bool,
    in_code: bool,
    /// How the run is shown.
    style: Style,
    /// Whether the run is shaded: white text can be seen there.
    is_coloured: bool,
    /// What was known of the paragraph and the run around each open text box.
    boxes: Vec<(Paragraph, bool, Style, bool)>,
    rows: Rows,
    /// How many open elements have deleted content.
    deleted: usize,
    /// How many open elements aren't shown.
    unseen: usize,
}

impl<'l> Walk<'l> {
    fn new(limits: &'l Limits) -> Self {
        Walk {
            builder: Builder::new(limits),
            numbering: Numbering::default(),
            styles: Styles::default(),
            embedded: HashMap::new(),
            fields: Fields::default(),
            simple_is_stale: false,
            raised: 0,
            built: 0,
            in_formula: false,
            paragraph: Paragraph::default(),
            in_run: false,
            in_text: false,
            in_code: false,
            style: Style::Shown,
            is_coloured: false,
            boxes: Vec::new(),
            rows: Rows::default(),
            deleted: 0,
            unseen: 0,
        }
    }

    fn meet(&mut self, met: &Met<'_>) -> Result<(), Refusal> {
        match met {
            Met::Open(element) if self.unseen > 0 || UNSEEN.contains(&element.name) => {
                self.unseen += 1;
                Ok(())
            }
            Met::Close(_) if self.unseen > 0 => {
                self.unseen -= 1;
                Ok(())
            }
            Met::Open(element) => self.open(element),
            Met::Close(name) => {
                self.close(name);
                Ok(())
            }
            Met::Text(text) if self.in_code => {
                self.fields.code(text);
                Ok(())
            }
            Met::Text(text) if self.in_text && self.unseen == 0 => self.text(text),
            Met::Text(_) => Ok(()),
        }
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), Refusal> {
        match element.name {
            "tbl" => self.builder.open_table()?,
            "tr" => {
                self.builder.open_row();
                self.rows.open_row();
            }
            "tc" => {
                self.builder.open_cell(1, 1)?;
                self.rows.open_cell();
            }
            "gridSpan" => self.builder.widen(element.number("val").unwrap_or(1))?,
            "gridBefore" => self.builder.indent(element.number("val").unwrap_or(0))?,
            "vMerge" if element.attribute("val").as_deref() != Some("restart") => self.builder.continue_cell(),
            _ if self.rows.open(element) => {}
            "p" => self.paragraph = Paragraph::default(),
            "pStyle" => self.paragraph.style = element.text("val"),
            "numId" => self.paragraph.list = element.attribute("val").map(Cow::into_owned),
            "ilvl" => self.paragraph.level = element.number("val").unwrap_or(0),
            "altChunk" => {
                let blocks = self.embedded.remove(&element.text("id")).unwrap_or_default();
                self.builder.insert(blocks)?;
            }
            "oMath" | "oMathPara" => self.in_formula = true,
            name if self.in_formula && BUILT.contains(&name) => self.built += 1,
            name if DELETED.contains(&name) => self.deleted += 1,
            _ => self.open_in_text(element)?,
        }
        Ok(())
    }

    /// An element within a paragraph.
    fn open_in_text(&mut self, element: &Element<'_>) -> Result<(), Refusal> {
        match element.name {
            "r" => {
                (self.in_run, self.is_coloured) = (true, false);
                self.style = self.styles.of(&self.paragraph.style);
            }
            "rStyle" if self.in_run => {
                let named = self.styles.of(&element.text("val"));
                self.style = if named == Style::Shown { self.style } else { named };
            }
            "vanish" | "strike" | "dstrike" | "vertAlign" | "position" | "color" | "sz" if self.in_run => {
                self.set_style(element);
            }
            "shd" if self.in_run => self.is_coloured |= is_coloured(element),
            "highlight" if self.in_run => self.is_coloured = true,
            "sup" | "sub" => self.raised += 1,
            "bdo" => self.builder.text("\u{202e}")?,
            // A character of a symbol font: what it shows is unknown.
            "sym" if self.in_run => self.text("\u{fffd}")?,
            "fldChar" => {
                let shown = self.fields.character(element).filter(|shown| !shown.is_empty());
                shown.map_or(Ok(()), |shown| self.text(&shown))?;
            }
            "instrText" => self.in_code = true,
            "t" | "delText" => self.in_text = true,
            "drawing" | "pict" | "object" => self.builder.picture(),
            "txbxContent" => {
                let around = (std::mem::take(&mut self.paragraph), self.in_run, self.style, self.is_coloured);
                self.boxes.push(around);
                self.builder.open_box();
            }
            "fldSimple" => self.simple_is_stale = element.has("dirty"),
            "ptab" => self.text("\t")?,
            "tab" if self.in_run => self.text("\t")?,
            "br" | "cr" if self.in_run && self.fields.is_shown() => self.builder.break_line(),
            "noBreakHyphen" => self.text("-")?,
            _ => self.fields.form(element),
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "tbl" => self.builder.close_table(),
            "tr" => {
                self.builder.close_row();
                if !self.rows.close_row() {
                    self.builder.drop_row();
                }
            }
            "tc" => {
                self.builder.close_cell();
                self.rows.close_cell();
            }
            "p" => self.builder.end_line(),
            "txbxContent" => {
                self.builder.close_box();
                let around = self.boxes.pop().unwrap_or_default();
                (self.paragraph, self.in_run, self.style, self.is_coloured) = around;
            }
            "r" => self.in_run = false,
            "sup" | "sub" => self.raised = self.raised.saturating_sub(1),
            "t" | "delText" => self.in_text = false,
            "instrText" => self.in_code = false,
            "fldSimple" => self.simple_is_stale = false,
            "oMath" | "oMathPara" => (self.in_formula, self.built) = (false, 0),
            name if self.in_formula && BUILT.contains(&name) => self.built = self.built.saturating_sub(1),
            name if DELETED.contains(&name) => self.deleted = self.deleted.saturating_sub(1),
            _ => self.rows.close(name),
        }
    }

    /// A run's own properties override its style; what hides more overrides what hides less.
    fn set_style(&mut self, element: &Element<'_>) {
        match (style_of(element), self.style) {
            (Some(Style::Shown), own) => {
                let same = matches!(
                    (element.name, own),
                    ("vanish", Style::Absent)
                        | ("strike" | "dstrike", Style::Struck)
                        | ("vertAlign" | "position", Style::Mark)
                );
                self.style = if same { Style::Shown } else { own };
            }
            (Some(style), Style::Shown | Style::Mark) => self.style = style,
            (Some(style @ (Style::Hidden | Style::Absent)), _) => self.style = style,
            // Another colour than that of the named style.
            (None, Style::Doubtful) if element.name == "color" => self.style = Style::Shown,
            _ => {}
        }
    }

    /// Text of a run; the first shown text of a paragraph comes after the paragraph's ordinal.
    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        if !self.fields.is_shown() {
            return Ok(());
        }
        let style = match self.style {
            _ if self.deleted > 0 => Style::Struck,
            Style::Doubtful if self.is_coloured || self.rows.is_coloured() => self.rows.style(),
            Style::Shown if self.fields.is_stale() || self.simple_is_stale || self.built > 0 => Style::Doubtful,
            Style::Shown if self.raised > 0 => Style::Mark,
            Style::Shown => self.rows.style(),
            style => style,
        };
        if matches!(style, Style::Struck | Style::Hidden | Style::Absent) {
            return self.builder.styled(style, text);
        }
        if !self.paragraph.has_text {
            self.paragraph.has_text = true;
            let stated = self.paragraph.list.take().map(|list| (list, self.paragraph.level));
            let ordinal = self.numbering.ordinal(&self.paragraph.style, stated);
            self.builder.text(&ordinal)?;
        }
        self.builder.styled(style, text)
    }
}
