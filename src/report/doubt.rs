//! What is known of cells that could not be read.

use super::{AnnualReport, Cell, Decimal, DefectKind, Figure, Location};

impl AnnualReport {
    /// The cells whose figure is not known and not blank either.
    pub fn unread_cells(&self) -> impl Iterator<Item = Cell> {
        self.figures.cells_where(|count| count == Figure::Unread)
    }

    /// Whether it is a document in which none of the form's six sections was found: what it lacks, an excerpt may lack, or
    /// a reading that didn't know its headings.
    pub fn shows_no_section(&self) -> bool {
        self.source.is_some() && (1..=6).all(|number| self.section(number).is_none())
    }

    /// Whether a cell that could not be read holds a number without a sign, whichever it is: digits ran
    /// together, and each reading is one.
    pub fn is_some_number(&self, cell: Cell) -> bool {
        let unsigned = |text: &String| Decimal::parse(text).is_some_and(|number| !number.is_negative());
        let shows = |text: &str| !text.contains(['-', '\u{2212}', '负', '减']);
        self.defects.iter().any(|defect| match (defect.location, defect.kind) {
            (Location::Cell(own), DefectKind::Ambiguous) if own == cell => {
                !defect.candidates.is_empty() && defect.candidates.iter().all(unsigned)
            }
            (Location::Row(row), DefectKind::NoSplit) => row == cell.row() && shows(&defect.printed),
            _ => false,
        })
    }
}
