//! OpenDocument texts and spreadsheets: content.xml is the same for both.

use super::{
    archive::Archive,
    xml::{Element, Met, walk},
};
use crate::ingestion::{builder::Builder, layout::Block, limits::Limits, refusal::Refusal};

/// Elements whose content is not shown in the text: deleted text, notes, hidden text.
const UNSEEN: [&str; 7] =
    ["tracked-changes", "annotation", "note", "hidden-text", "hidden-paragraph", "automatic-styles", "forms"];
/// The most blank cells that stand one behind the other within a table; more fill up a sheet.
const FILLER: usize = 100;

/// The blocks of a document.
pub(super) fn blocks(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<Block>, Refusal> {
    let bytes = archive.require("content.xml")?;
    let mut walker = Walk { builder: Builder::new(limits), paragraphs: 0, unseen: 0, repeat: 1, blank: true };
    walk(&bytes, "content.xml", limits, |met| walker.meet(&met))?;
    Ok(walker.builder.finish())
}

struct Walk<'l> {
    builder: Builder<'l>,
    /// How many paragraphs are open.
    paragraphs: usize,
    unseen: usize,
    /// How many times the open cell stands there, and whether it has no text.
    repeat: usize,
    blank: bool,
}

impl Walk<'_> {
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
            Met::Close(name) => self.close(name),
            Met::Text(text) if self.paragraphs > 0 && self.unseen == 0 => self.text(text),
            Met::Text(_) => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        self.blank &= text.trim().is_empty();
        self.builder.text(text)
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), Refusal> {
        let number = |name: &str| element.number(name).unwrap_or(1);
        match element.name {
            "table" => self.builder.open_table()?,
            "table-row" => self.builder.open_row(),
            "table-cell" => {
                (self.repeat, self.blank) = (number("number-columns-repeated"), true);
                self.builder.open_cell(number("number-columns-spanned"), number("number-rows-spanned"))?;
            }
            "p" | "h" => self.paragraphs += 1,
            "s" if self.paragraphs > 0 => self.text(&" ".repeat(number("c").min(FILLER)))?,
            "tab" if self.paragraphs > 0 => self.text("\t")?,
            "line-break" if self.paragraphs > 0 => self.builder.break_line(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "table" => self.builder.close_table(),
            "table-row" => self.builder.close_row(),
            "table-cell" => {
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

#[cfg(test)]
mod tests {
    use super::{super::archive::tests::packed, *};

    #[test]
    fn spans_and_repeated_cells_are_read() {
        let content = "<office:document-content><office:body><office:text><text:p>前<text:s text:c='2'/>言</text:p>\
            <table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>a</text:p></table:table-cell>\
            <table:covered-table-cell/><table:table-cell table:number-columns-repeated='2'><text:p>0</text:p></table:table-cell>\
            <table:table-cell table:number-columns-repeated='16000'/></table:table-row></table:table></office:text></office:body></office:document-content>";
        let bytes = packed(&[("content.xml", content.as_bytes())]);
        let limits = Limits::default();
        let blocks = blocks(&mut Archive::open(&bytes, &limits).unwrap(), &limits).unwrap();
        let [Block::Text { text, .. }, Block::Grid(grid)] = &blocks[..] else { panic!("{blocks:?}") };
        let cells: Vec<(&str, u32)> = grid.rows[0].cells.iter().map(|it| (it.text.as_str(), it.column)).collect();
        assert_eq!((text.as_str(), cells), ("前  言\n", vec![("a", 0), ("0", 2), ("0", 3), ("", 4)]));
    }
}
