//! OpenDocument texts and spreadsheets: content.xml is the same for both.

use super::{
    archive::Archive,
    styles::{Styles, is_whitish},
    xml::{Element, Met, walk},
};
use crate::layout::{blocks::Block, builder::Builder, limits::Limits, refusal::Refusal, runs::Style};

/// Elements whose content is not shown in the text: deleted text, notes, hidden text.
const UNSEEN: [&str; 10] = [
    // What a merged cell covers may be kept, and is not shown.
    "covered-table-cell",
    "tracked-changes",
    "annotation",
    "note",
    "hidden-text",
    "hidden-paragraph",
    "automatic-styles",
    "forms",
    "ruby-text",
    // What lies anywhere on a sheet, in no cell of it.
    "shapes",
];
/// The most repetitions of a blank cell that are kept within a table; more only fill up a sheet.
const FILLER: usize = 100;

/// The blocks of a document.
pub(super) fn blocks(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<Block>, Refusal> {
    let mut styles = Styles::default();
    if let Some(bytes) = archive.read("styles.xml")? {
        walk(&bytes, "styles.xml", limits, |met| {
            if let Met::Open(element) = met {
                note_style(&mut styles, &element);
            }
            Ok(())
        })?;
    }
    let bytes = archive.require("content.xml")?;
    let mut walker = Walk {
        builder: Builder::new(limits),
        paragraphs: 0,
        unseen: 0,
        repeat: 1,
        blank: true,
        stored: (Style::Shown, String::new()),
        styles,
        open: Vec::new(),
    };
    walk(&bytes, "content.xml", limits, |met| walker.meet(&met))?;
    Ok(walker.builder.finish())
}

struct Walk<'l> {
    builder: Builder<'l>,
    /// How many paragraphs are open.
    paragraphs: usize,
    unseen: usize,
    /// How often the open cell is repeated, and whether it has no text.
    repeat: usize,
    blank: bool,
    /// What the open cell stores beside its text, and how that is shown where it has none.
    stored: (Style, String),
    styles: Styles,
    /// The styles of the open elements whose style matters; `None` where they state none.
    open: Vec<Option<Style>>,
}

/// Elements whose style decides how their text is shown.
const STYLED: [&str; 4] = ["span", "p", "h", "table-cell"];

/// Shapes that stand anywhere on the page, and may hold text.
const BOXES: [&str; 13] = [
    "text-box",
    "custom-shape",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "regular-polygon",
    "path",
    "connector",
    "measure",
    "caption",
];

impl Walk<'_> {
    fn meet(&mut self, met: &Met<'_>) -> Result<(), Refusal> {
        if let Met::Open(element) = met {
            note_style(&mut self.styles, element);
        }
        match met {
            Met::Open(element) if self.unseen > 0 || self.is_unseen(element) => {
                self.unseen += 1;
                Ok(())
            }
            Met::Close(_) if self.unseen > 0 => {
                self.unseen -= 1;
                Ok(())
            }
            Met::Open(element) => self.open(element),
            Met::Close(name) => self.close(name),
            Met::Text(text) if self.paragraphs > 0 && self.unseen == 0 => self.text(text),
            Met::Text(_) => Ok(()),
        }
    }

    /// Whether an element is not shown: a sheet or a section may be hidden, and a row filtered out.
    fn is_unseen(&self, element: &Element<'_>) -> bool {
        let is = |name: &str, value: &str| element.attribute(name).as_deref() == Some(value);
        match element.name {
            "table" => self.style_of(element) == Style::Absent,
            "table-row" => is("visibility", "collapse") || is("visibility", "filter"),
            "section" => is("display", "none"),
            name => UNSEEN.contains(&name),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        self.blank &= text.trim().is_empty();
        let hides = |style: Style| matches!(style, Style::Struck | Style::Hidden | Style::Absent);
        let all = || self.open.iter().filter_map(|style| *style);
        let mut within = all().skip_while(|style| !hides(*style));
        let style = match within.next() {
            // What an element hides another in it may show again.
            Some(_) if within.any(|style| style == Style::Shown) => Style::Doubtful,
            Some(style) => style,
            None => all().find(|style| *style != Style::Shown).unwrap_or_default(),
        };
        self.builder.styled(style, text)
    }

    /// The style of an element by its name.
    fn style_of(&self, element: &Element<'_>) -> Style {
        self.styles.of(&element.text("style-name"))
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), Refusal> {
        if STYLED.contains(&element.name) {
            let name = element.text("style-name");
            let default = Some(self.styles.of(&name)).filter(|style| *style != Style::Shown);
            self.open.push(self.styles.stated(&name).or(default));
        }
        let number = |name: &str| element.number(name).unwrap_or(1);
        match element.name {
            "table" => self.builder.open_table()?,
            "table-row" => self.builder.open_row(),
            "table-cell" => {
                (self.repeat, self.blank) = (number("number-columns-repeated"), true);
                self.stored = stored(element);
                self.builder.open_cell(number("number-columns-spanned"), number("number-rows-spanned"))?;
            }
            "image" | "object" => self.builder.picture(),
            name if BOXES.contains(&name) => self.builder.open_box(),
            "p" | "h" => self.paragraphs += 1,
            "s" if self.paragraphs > 0 => self.text(&" ".repeat(number("c").min(FILLER)))?,
            "tab" if self.paragraphs > 0 => self.text("\t")?,
            "line-break" if self.paragraphs > 0 => self.builder.break_line(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        if STYLED.contains(&name) {
            self.open.pop();
        }
        match name {
            name if BOXES.contains(&name) => self.builder.close_box(),
            "table" => self.builder.close_table(),
            "table-row" => self.builder.close_row(),
            "table-cell" => {
                let (style, stored) = std::mem::take(&mut self.stored);
                if self.blank && !stored.is_empty() {
                    self.blank = false;
                    self.builder.styled(style, &stored)?;
                }
                self.builder.close_cell();
                let more = if self.blank && self.repeat > FILLER { 1 } else { self.repeat };
                for _ in 1..more {
                    self.builder.repeat_cell()?;
                }
            }
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.builder.end_line();
            }
            _ => {}
        }
        Ok(())
    }
}

/// What a cell stores that may have no text: a program shows it in the cell's format.
fn stored(element: &Element<'_>) -> (Style, String) {
    let value = |name: &str| element.text(name);
    match value("value-type").as_str() {
        // What nobody has computed has no type.
        "" => (Style::Shown, value("formula").trim_start_matches("of:").to_owned()),
        "float" => (Style::Shown, value("value")),
        "string" => (Style::Shown, value("string-value")),
        _ => (Style::Doubtful, value("value") + &value("date-value") + &value("time-value")),
    }
}

/// Records what a style says about how its text is shown.
fn note_style(styles: &mut Styles, element: &Element<'_>) {
    let says = |name: &str, plain: &str| element.attribute(name).map(|value| !value.starts_with(plain));
    match element.name {
        "style" => {
            styles.open(element.text("name"));
            styles.based_on(element.text("parent-style-name"));
        }
        "text-properties" => {
            let properties = [
                // Sheets show it all the same.
                (says("display", "true"), Style::Hidden),
                (says("text-line-through-style", "none").or(says("text-line-through-type", "none")), Style::Struck),
                (says("text-position", "0%"), Style::Mark),
            ];
            let said = properties.iter().find(|(said, _)| *said == Some(true)).map(|(_, style)| *style);
            let plain = properties.iter().any(|(said, _)| *said == Some(false)).then_some(Style::Shown);
            said.or(plain).into_iter().for_each(|style| styles.shows(style));
            if element.attribute("color").is_some_and(|color| is_whitish(&color)) {
                styles.shows(Style::Doubtful);
            }
        }
        "table-properties" if says("display", "true") == Some(true) => styles.shows(Style::Absent),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{super::archive::tests::packed, *};

    #[test]
    fn spans_and_repeated_cells_are_read() {
        let content = "<office:document-content><office:body><office:text><text:p>前<text:s text:c='2'/>言</text:p>\
            <table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>a</text:p></table:table-cell>\
            <table:covered-table-cell/><table:table-cell table:number-columns-repeated='2' table:formula='of:=1' office:value-type='float'><text:p>0</text:p></table:table-cell>\
            <table:table-cell table:number-columns-repeated='16000'/></table:table-row></table:table></office:text></office:body></office:document-content>";
        let bytes = packed(&[("content.xml", content.as_bytes())]);
        let limits = Limits::default();
        let blocks = blocks(&mut Archive::open(&bytes, &limits).unwrap(), &limits).unwrap();
        let [Block::Text { text, .. }, Block::Grid(grid)] = &blocks[..] else { panic!("{blocks:?}") };
        let cells: Vec<(&str, u32)> = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.column)).collect();
        assert_eq!((text.as_str(), cells), ("前  言\n", vec![("a", 0), ("0", 2), ("0", 3), ("", 4)]));
    }

    #[test]
    fn marks_and_what_is_struck_out_are_no_part_of_a_figure() {
        let style = |name: &str, property: &str| {
            format!("<style:style style:name='{name}'><style:text-properties {property}/></style:style>")
        };
        let styles = style("M", "style:text-position='super 58%'")
            + &style("S", "style:text-line-through-style='solid'")
            + &style("N", "style:text-line-through-style='none' style:text-position='0% 100%'")
            + &style("H", "text:display='none'");
        let span = |name: &str, text: &str| format!("<text:span text:style-name='{name}'>{text}</text:span>");
        let cells = [
            "1".to_owned() + &span("M", "2"),
            span("S", "77") + &span("N", "42"),
            "1".to_owned() + &span("S", "2") + "3",
            "1".to_owned() + &span("H", "3"),
        ];
        let cells = cells.map(|runs| format!("<table:table-cell><text:p>{runs}</text:p></table:table-cell>")).concat();
        let whole = "<table:table-cell table:style-name='S'><text:p>7</text:p></table:table-cell>";
        let content = format!(
            "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
             <table:table><table:table-row>{cells}{whole}</table:table-row></table:table></office:body></office:document-content>"
        );
        let bytes = packed(&[("content.xml", content.as_bytes())]);
        let limits = Limits::default();
        let blocks = blocks(&mut Archive::open(&bytes, &limits).unwrap(), &limits).unwrap();
        let [Block::Grid(grid)] = &blocks[..] else { panic!("{blocks:?}") };
        let found = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.concealed.as_ref().map(|it| it.certain)));
        let doubt = Some(false);
        let expected = [("1²", None), ("42", Some(true)), ("13", doubt), ("1", doubt), ("", doubt)];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    /// The cells of a table of one row, and whether each is in doubt.
    fn cells_of(styles: &str, cells: &[&str]) -> Vec<(String, bool)> {
        let row: String = cells.iter().map(|cell| format!("<table:table-cell>{cell}</table:table-cell>")).collect();
        let content = format!(
            "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
             <table:table><table:table-row>{row}</table:table-row></table:table></office:body></office:document-content>"
        );
        let bytes = packed(&[("content.xml", content.as_bytes())]);
        let limits = Limits::default();
        let blocks = blocks(&mut Archive::open(&bytes, &limits).unwrap(), &limits).unwrap();
        let Some(Block::Grid(grid)) = blocks.last() else { panic!("{blocks:?}") };
        let cells = grid.rows[0].cells.iter();
        cells.map(|it| (it.text.clone(), it.concealed.as_ref().is_some_and(|it| !it.certain))).collect()
    }

    #[test]
    fn boxes_and_pictures_beside_a_figure_put_it_in_doubt() {
        let boxed = "<draw:text-box><text:p>2</text:p></draw:text-box>";
        let cells = [
            &format!("<text:p>1<draw:frame>{boxed}</draw:frame></text:p>"),
            &format!("<text:p>1<draw:frame>{boxed}</draw:frame>3</text:p>"),
            "<text:p>1<draw:custom-shape><text:p>2</text:p></draw:custom-shape></text:p>",
            "<text:p>1</text:p><draw:frame><draw:text-box/></draw:frame>",
            "<text:p>12<draw:frame><draw:image/></draw:frame></text:p>",
            "<text:p><draw:line/>12</text:p>",
            "<text:p>主动公开本机关制发的规范性文件的情况以及其他各项工作的情况<draw:frame><draw:image/></draw:frame></text:p>",
            "<text:p>12</text:p>",
        ];
        let found = cells_of("", &cells);
        let texts = ["1\n2", "1\n2\n3", "1\n2", "1", "12", "12"].map(|text| (text.to_owned(), true));
        assert_eq!(found[..6], texts);
        assert_eq!((found[6].1, &found[7]), (false, &("12".to_owned(), false)));
    }

    #[test]
    fn white_and_nearly_white_text_is_in_doubt() {
        for (colour, doubt) in [("#ffffff", true), ("#FFFFFE", true), ("#000000", false), ("#ff0000", false)] {
            let style =
                format!("<style:style style:name='W'><style:text-properties fo:color='{colour}'/></style:style>");
            let cell = "<text:p><text:span text:style-name='W'>1</text:span>8230</text:p>";
            assert_eq!(cells_of(&style, &[cell, cell])[0], ("18230".to_owned(), doubt), "{colour}");
        }
    }

    #[test]
    fn what_lies_on_a_sheet_belongs_to_none_of_its_cells() {
        let shapes = "<table:shapes><draw:frame><draw:image/><draw:text-box><text:p>9</text:p></draw:text-box></draw:frame></table:shapes>";
        let row = "<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell/></table:table-row>";
        let content = format!("<office:body><table:table>{shapes}{row}</table:table></office:body>");
        let bytes = packed(&[("content.xml", content.as_bytes())]);
        let limits = Limits::default();
        let blocks = blocks(&mut Archive::open(&bytes, &limits).unwrap(), &limits).unwrap();
        let [Block::Grid(grid)] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!((grid.rows[0].cells[0].text.as_str(), &grid.rows[0].cells[0].concealed), ("1", &None));
    }

    #[test]
    fn what_is_shown_again_within_what_is_struck_out_is_in_doubt() {
        let style = |name: &str, property: &str| {
            format!("<style:style style:name='{name}'><style:text-properties {property}/></style:style>")
        };
        let styles =
            "<style:default-style><style:text-properties style:text-line-through-style='none'/></style:default-style>"
                .to_owned()
                + &style("S", "style:text-line-through-style='solid'")
                + &style("N", "style:text-line-through-style='none'")
                + &style("H", "text:display='none'")
                + &style("V", "text:display='true'")
                + &style("B", "fo:font-weight='bold'");
        let span = |name: &str, text: &str| format!("<text:span text:style-name='{name}'>{text}</text:span>");
        let cells = [
            span("S", &(span("N", "1") + "9")) + "2",
            format!("<text:p text:style-name='S'>{}</text:p>", span("N", "1")),
            span("H", &span("V", "1")) + "2",
            span("S", &span("B", "77")) + "42",
            span("S", "77") + "42",
            span("N", &span("S", "77")) + "42",
        ];
        let cells = cells.map(|cell| format!("<text:p>{cell}</text:p>"));
        let found = cells_of(&styles, &cells.each_ref().map(String::as_str));
        let expected = [("12", true), ("1", true), ("12", true), ("42", false), ("42", false), ("42", false)];
        assert_eq!(found, expected.map(|(text, doubt)| (text.to_owned(), doubt)));
    }
}
