//! Documents that end in the middle: of a row, of a table's heading, of a section's heading, of a sentence.
//! What lies behind is not known; nothing of it is missing.

use super::{collected::Collected, stream::Stream};
use crate::{
    report::{AnnualReport, Cell, Defect, DefectKind, Edition, Figure, Format, Location, Place, Row, Table},
    words::plain,
};

/// How much text may stand behind the last figures of a table that is cut short, in characters: half a label.
const HALF_A_LABEL: usize = 60;

/// Whether a text behind the last figures of a document can be the beginning of the next row.
pub(super) fn is_half_a_label(rest: &str) -> bool {
    rest.chars().count() <= HALF_A_LABEL && !rest.contains('。')
}

/// The same of a table's heading.
pub(super) fn is_half_a_heading(rest: &str) -> bool {
    const LONGEST: usize = 200;
    rest.chars().count() <= LONGEST && !rest.contains('。')
}

impl Collected {
    /// Whether the last row that an edition's table must have was not found, or has too few figures.
    pub fn lacks_last_row(&self, table: Table, edition: Edition) -> bool {
        let last = table.rows().filter(|row| row.required(edition)).last();
        last.is_some_and(|row| !self.figures.has_row(row) || self.is_short(row))
    }

    /// Whether a row was found with fewer figures than it has columns.
    fn is_short(&self, row: Row) -> bool {
        let known = |cell: Cell| self.figures.count(cell).known().is_some();
        !row.cells().any(known) && self.is_misaligned(row)
    }

    fn is_misaligned(&self, row: Row) -> bool {
        let short = |kind| matches!(kind, DefectKind::Misaligned | DefectKind::NoSplit | DefectKind::Text);
        self.defects.iter().any(|defect| short(defect.kind) && defect.location == Location::Row(row))
    }

    /// Takes back what the end of the document cut off: a last row without all its cells, or a
    /// last figure that may go on.
    pub fn drop_cut_row(&mut self, table: Table, ends_open: bool) {
        let Some(row) = table.rows().filter(|row| self.figures.has_row(*row)).last() else {
            return;
        };
        let unsplit = self.defect_at(Location::Row(row), DefectKind::NoSplit);
        if unsplit && !ends_open {
            // Its digits are all there, and say something that nobody can read: that is told.
        } else if self.is_misaligned(row) {
            self.defects.retain(|defect| defect.location != Location::Row(row));
            self.figures.remove_row(row);
        } else if ends_open {
            let known =
                |cell: &Cell| self.figures.count(*cell).known().is_some() || self.figures.amount(*cell).is_some();
            let last = row.cells().rev().find(known);
            let behind: Vec<Cell> = row.cells().filter(|cell| last.is_none_or(|last| *cell >= last)).collect();
            for cell in behind {
                self.figures.set_count(cell, Figure::Blank);
                self.figures.set_amount(cell, None);
                let reading = self.readings.iter().find(|reading| reading.cell == cell);
                let (printed, place) = reading.map(|it| (it.printed.clone(), it.place.clone())).unwrap_or_default();
                self.defect(Location::Cell(cell), DefectKind::Text, &printed, place);
            }
        }
    }
}

/// Where a document ends outside its tables, if it ends in the middle of something.
pub(super) fn in_text(stream: &Stream<'_>, report: &AnnualReport) -> Option<Defect> {
    let text = stream.original.trim_end();
    let last_line = text.rsplit('\n').next().unwrap_or_default();
    let location = in_heading(last_line, report).or_else(|| in_sentence(last_line, report))?;
    Some(Defect {
        location,
        printed: last_line.chars().rev().take(HALF_A_LABEL).collect::<Vec<_>>().into_iter().rev().collect(),
        kind: DefectKind::Truncated,
        candidates: Vec::new(),
        place: stream.place(text.len()),
    })
}

/// The table before which a document ends in the middle of a section's heading.
fn in_heading(last_line: &str, report: &AnnualReport) -> Option<Location> {
    const TITLES: [(u8, Table, &str); 2] = [
        (3, Table::Applications, "三、收到和处理政府信息公开申请情况"),
        (4, Table::Remedies, "四、政府信息公开行政复议、行政诉讼情况"),
    ];
    /// In bytes, with room for blanks between its characters.
    const LONGEST: usize = 600;
    // No title is longer.
    let words = (last_line.len() <= LONGEST).then(|| plain(last_line))?;
    let (_, table, _) = TITLES.into_iter().find(|(number, _, title)| {
        let title = plain(title);
        report.section(*number).is_none() && words.chars().count() >= 2 && words != title && title.starts_with(&words)
    })?;
    Some(Location::Table(table))
}

/// The section in which a plain text ends in the middle of a sentence, where later ones are not there.
fn in_sentence(last_line: &str, report: &AnnualReport) -> Option<Location> {
    /// Shorter lines in which no sentence ends are signatures, headings or page numbers.
    const SHORTEST: usize = 15;
    let is_text = report.source.as_ref().is_none_or(|source| source.format == Format::Text);
    let last = report.sections.last().filter(|last| is_text && last.number < 6)?;
    let latest = report.sections.iter().all(|section| section.number <= last.number);
    let ends_in = |words: &str| last.text.trim_end().ends_with(words);
    let open = last_line
        .trim_end()
        .ends_with(|char: char| char.is_alphanumeric() || matches!(char, '，' | '、' | ',' | '：' | '（'));
    let is_date = last_line.trim_end().ends_with('日') || last_line.trim_end().ends_with("]");
    let long = last_line.chars().count() >= SHORTEST;
    let is_sentence = last_line.contains('。') || long && last_line.contains(['，', ',', '；']);
    (latest && open && !is_date && is_sentence && ends_in(last_line.trim())).then_some(Location::Section(last.number))
}

/// A document that ends in the middle of a table. `ends_open` tells that it ends with a figure.
pub(super) fn in_table(table: Table, rest: &str, ends_open: bool, place: Place, read: &mut Collected) {
    read.drop_cut_row(table, ends_open);
    read.defect(Location::Table(table), DefectKind::Truncated, rest, place);
}
