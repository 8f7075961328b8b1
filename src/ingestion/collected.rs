//! What has been read so far: figures, with what can't be read for certain apart from what can.

use super::figure;
use crate::layout::{GridCell, Why};
use crate::report::{
    Cell, Column, Defect, DefectKind, Figure, Figures, Location, Place, Reading, Row, Standing, Table, figures::Counts,
};

/// What has been read so far.
#[derive(Default)]
pub(super) struct Collected {
    /// Whether a heading gives the amount in 元 and not in 万元.
    pub in_yuan: bool,
    pub figures: Figures,
    pub defects: Vec<Defect>,
    pub readings: Vec<Reading>,
}

impl Collected {
    /// Notes that a table is there.
    pub fn see(&mut self, table: Table) {
        self.figures.stand(table, Standing::Whole);
    }

    /// Whether any of these tables was seen.
    pub fn has_seen(&self, tables: &[Table]) -> bool {
        tables.iter().any(|table| self.figures.standing(*table) != Standing::Absent)
    }

    /// Notes a defect.
    pub fn defect(&mut self, location: Location, kind: DefectKind, printed: &str, place: Place) {
        let printed = short(printed);
        self.defects.push(Defect { location, printed, kind, candidates: Vec::new(), place });
    }

    /// Notes a label that is worded differently from the form's, once.
    pub fn unusual_label(&mut self, location: Location, printed: &str, place: Place) {
        let printed: String = printed.split_whitespace().collect();
        self.note_once(location, DefectKind::UnusualLabel, &printed, place);
    }

    /// Notes a column that a heading lacks, once.
    pub fn missing_column(&mut self, table: Table, column: Column, place: Place) {
        self.note_once(Location::Column(table, column), DefectKind::MissingColumn, "", place);
    }

    fn note_once(&mut self, location: Location, kind: DefectKind, printed: &str, place: Place) {
        if !self.defect_at(location, kind) {
            self.defect(location, kind, printed, place);
        }
    }

    /// Whether a defect of a kind was noted at a place.
    pub fn defect_at(&self, location: Location, kind: DefectKind) -> bool {
        self.defects.iter().any(|defect| defect.location == location && defect.kind == kind)
    }

    /// Compares a cell that was read with the same cell of another table: where they differ, nobody can
    /// say which is meant.
    pub fn compare(&mut self, cell: Cell, text: &str, place: Place) {
        let same = if cell.is_amount() {
            figure::amount(text, self.in_yuan).value.as_deref() == self.figures.amount(cell)
        } else {
            figure::count(text, cell.column().may_be_negative()).value == self.figures.count(cell)
        };
        let known = self.figures.amount(cell).is_some() || self.figures.count(cell).known().is_some();
        if !same && known {
            self.contradict(cell, text, place);
        }
    }

    /// Takes back a figure that another table contradicts.
    pub fn contradict(&mut self, cell: Cell, other: &str, other_place: Place) {
        let reading = self.readings.iter().find(|reading| reading.cell == cell);
        let (first, place) = reading.map(|own| (own.printed.clone(), own.place.clone())).unwrap_or_default();
        let candidates = vec![self.figures.shown(cell).zh.into_owned(), short(other)];
        self.figures.set_count(cell, Figure::Blank);
        self.figures.set_amount(cell, None);
        let printed = short(&format!("{first}；另一处（{}）：{other}", other_place.shown().zh.trim()));
        let (location, kind) = (Location::Cell(cell), DefectKind::Contradicted);
        self.defects.push(Defect { location, printed, kind, candidates, place });
    }

    /// Puts a row whose figures can't be assigned to its columns.
    pub fn put_misaligned(&mut self, row: Row, printed: &str, place: Place) {
        self.put_unread(row, DefectKind::Misaligned, printed, place);
    }

    /// Whether any figure of a row is known.
    pub fn is_known(&self, row: Row) -> bool {
        let figures = &self.figures;
        row.cells().any(|cell| figures.amount(cell).is_some() || figures.count(cell).known().is_some())
    }

    /// Whether any figure of a row is the one that a text is.
    pub fn has_said(&self, row: Row, text: &str) -> bool {
        let count = figure::count(text, false).value;
        row.cells().any(|cell| self.figures.count(cell) == count && count.known().is_some())
    }

    /// Puts a row whose figures can't be read, and why. What was read of it before is taken back.
    pub fn put_unread(&mut self, row: Row, kind: DefectKind, printed: &str, place: Place) {
        self.figures.put_row(row, Counts::default());
        row.cells().filter(|cell| cell.is_amount()).for_each(|cell| self.figures.set_amount(cell, None));
        self.defect(Location::Row(row), kind, printed, place);
    }

    /// The columns that a row of the document has: those that its heading doesn't lack.
    pub fn columns(&self, row: Row) -> Vec<Cell> {
        let lacks = |column: Column| {
            let place = Location::Column(row.table(), column);
            self.defects.iter().any(|defect| defect.kind == DefectKind::MissingColumn && defect.location == place)
        };
        row.cells().filter(|cell| !lacks(cell.column())).collect()
    }

    /// Reads one cell of a row that was put. `printed` is what the document has there.
    pub fn put_cell(&mut self, cell: Cell, text: &str, printed: &str, place: Place) {
        let defect = if cell.is_amount() {
            let read = figure::amount(text, self.in_yuan);
            self.figures.set_amount(cell, read.value);
            read.defect
        } else {
            let read = figure::count(text, cell.column().may_be_negative());
            self.figures.set_count(cell, if read.value == Figure::Unread { Figure::Blank } else { read.value });
            read.defect
        };
        if let Some(kind) = defect {
            self.defect(Location::Cell(cell), kind, printed, place.clone());
        }
        self.readings.push(Reading { cell, place, printed: short(printed) });
    }
}

impl Collected {
    /// Reads one cell of a grid, of a row that was put: where it holds more than it shows, that is told,
    /// and where nobody can say what it shows, nothing is taken.
    pub fn put_grid_cell(&mut self, cell: Cell, own: &GridCell, place: Place) {
        match &own.concealed {
            None => self.put_cell(cell, &own.text, own.text.trim(), place),
            Some(concealed) if concealed.certain => {
                self.put_cell(cell, &own.text, &concealed.printed, place.clone());
                self.defect(Location::Cell(cell), DefectKind::Note, &concealed.printed, place);
            }
            Some(concealed) => {
                let kind = match concealed.why {
                    Why::Hidden => DefectKind::Concealed,
                    Why::Style => DefectKind::Obscured,
                    Why::Format => DefectKind::Formatted,
                    Why::Formula => DefectKind::Uncomputed,
                };
                self.defect(Location::Cell(cell), kind, &concealed.printed, place.clone());
                self.readings.push(Reading { cell, place, printed: short(&concealed.printed) });
            }
        }
    }
}

/// The text of a place as far as a finding quotes it.
pub(super) fn short(printed: &str) -> String {
    const LONGEST: usize = 200;
    printed.char_indices().nth(LONGEST).map_or(printed, |(end, _)| &printed[..end]).to_owned()
}
