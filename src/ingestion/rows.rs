//! Reads the figures of rows from a text.

use super::{
    cells::{Shape, Token, row_text},
    collected::{Collected, short},
    figure::{UNITS, is_stroke},
    glued::{Kind, Splits, Sums, is_noted, split},
    order::Order,
    settle::{self, Pending},
    stream::Stream,
};
use crate::report::{
    Cell, Column, Defect, DefectKind, Location, Place, Row, Table,
    figures::Counts,
    form::{REMEDIES, RESULTS},
};

/// Reads rows from a text.
pub(super) struct Rows<'a, 'b> {
    stream: &'a Stream<'b>,
    /// What has been read so far.
    pub read: Collected,
    pub pending: Vec<Pending>,
    /// The order in which the columns of the rows that come next stand.
    pub order: Order,
}

impl<'a, 'b> Rows<'a, 'b> {
    /// Rows from a text, beside what was read before.
    pub fn new(stream: &'a Stream<'b>, read: Collected) -> Self {
        Self { stream, read, pending: Vec::new(), order: Order::Form }
    }

    /// Reads the figures behind a row's label. A row that is `divided` into others may have none of
    /// its own. Tells where the figures end in the original.
    pub fn read_row(&mut self, row: Row, divided: bool, raw: &str, at: usize) -> usize {
        let width = row.columns().len();
        let text = row_text(raw, at, width);
        if let Some(extra) = &text.extra_row {
            self.put_extra(row.table(), extra);
        }
        match text.shape {
            // A row that other rows divide has no figures of its own.
            Shape::Nothing if row == Row::OtherSubtotal || (row == Row::OtherServices && divided) => at,
            // Behind the label stands the next one: the row is blank. At the end of the document nobody knows, and
            // in 表二 no relation says whether figures were lost.
            Shape::Nothing
                if row.table() == Table::Applications
                    && !raw.contains(char::is_alphanumeric)
                    && at + raw.len() < self.stream.original.trim_end().len() =>
            {
                self.read.figures.put_row(row, Counts::default());
                at
            }
            Shape::Nothing => {
                self.put_unread(row, DefectKind::Text, row.label(), at);
                at
            }
            Shape::Cells(cells) => self.put_cells(row, &cells),
            // Where spaces part the figures of other rows, one word is one figure.
            Shape::Run(run) if width > 1 && self.stream.is_spaced() && is_apart(raw, &run, at) => {
                self.put_misaligned(row, run.text, run.at);
                run.at + run.text.len()
            }
            Shape::Run(run) => self.put_run(row, &run),
        }
    }

    /// Notes a row that no label of the form names.
    pub fn put_extra(&mut self, table: Table, first: &Token<'_>) {
        let place = self.stream.place(first.at);
        self.read.defect(Location::Table(table), DefectKind::ExtraRow, first.text, place);
    }

    /// Reads the one row of 表四, whose three blocks of five figures stand side by side, in the order of `cells`.
    pub fn read_remedies(&mut self, cells: &[Cell], raw: &str, at: usize) -> usize {
        // All of them may stand in one line.
        let line = raw.trim_start_matches(['\n', '\r']);
        let in_a_line = line.split('\n').next().is_some_and(|line| line.split_whitespace().count() > 1);
        let (raw, at) = if in_a_line { (line, at + raw.len() - line.len()) } else { (raw, at) };
        match row_text(raw, at, cells.len()).shape {
            Shape::Nothing => {
                REMEDIES.iter().for_each(|row| self.put_unread(*row, DefectKind::Text, row.label(), at));
                at
            }
            Shape::Cells(tokens) if tokens.len() == cells.len() => self.put_remedies(cells, &tokens),
            Shape::Cells(tokens) => {
                let printed: Vec<&str> = tokens.iter().map(|token| token.text).collect();
                let (printed, start) = (printed.join(" "), tokens.first().map_or(at, |token| token.at));
                REMEDIES.iter().for_each(|row| self.put_misaligned(*row, &printed, start));
                tokens.last().map_or(at, |token| token.at + token.text.len())
            }
            Shape::Run(run) => self.put_remedies_run(cells, &run),
        }
    }

    /// Puts the cells of 表四 with their texts. Tells where they end in the original.
    pub fn put_remedies(&mut self, cells: &[Cell], tokens: &[Token<'_>]) -> usize {
        REMEDIES.iter().for_each(|row| self.read.figures.put_row(*row, Counts::default()));
        for (cell, token) in cells.iter().zip(tokens) {
            let place = self.stream.place(token.at);
            self.read.put_cell(*cell, token.text, token.text, place);
        }
        tokens.last().map_or(0, |token| token.at + token.text.len())
    }

    fn put_remedies_run(&mut self, cells: &[Cell], run: &Token<'_>) -> usize {
        let end = run.at + run.text.len();
        let kinds = vec![Kind::Count; cells.len()];
        // The figures of a row in the order of the form, in each reading.
        let of_row = |readings: &[Vec<String>], row: Row| {
            let places: Vec<usize> = row.cells().filter_map(|due| cells.iter().position(|cell| *cell == due)).collect();
            let mut own: Vec<Vec<String>> =
                readings.iter().map(|reading| places.iter().map(|at| reading[*at].clone()).collect()).collect();
            own.sort_unstable();
            own.dedup();
            own
        };
        let (readings, assumed) = match split(run.text, &kinds, sums(cells, RESULTS.len()).as_ref()) {
            Splits::Certain(reading) => (vec![reading], false),
            Splits::Left { readings, assumed } => (readings, assumed),
            Splits::NoneSums => {
                REMEDIES.iter().for_each(|row| self.put_unread(*row, DefectKind::NoSplit, run.text, run.at));
                return end;
            }
            Splits::Unknown => {
                REMEDIES.iter().for_each(|row| self.put_misaligned(*row, run.text, run.at));
                return end;
            }
        };
        for row in REMEDIES {
            self.put_readings(row, of_row(&readings, row), assumed, run);
        }
        end
    }

    /// Puts a row whose figures can't be assigned to its columns.
    pub fn put_misaligned(&mut self, row: Row, printed: &str, at: usize) {
        self.put_unread(row, DefectKind::Misaligned, printed, at);
    }

    /// Puts a row whose figures can't be read, and why.
    fn put_unread(&mut self, row: Row, kind: DefectKind, printed: &str, at: usize) {
        let place = self.stream.place(at);
        self.read.put_unread(row, kind, printed, place);
    }

    /// Puts a row with the texts of its cells. Tells where they end in the original.
    pub fn put_cells(&mut self, row: Row, tokens: &[Token<'_>]) -> usize {
        let cells = self.order.arranged(self.read.columns(row)).unwrap_or_default();
        let end = tokens.last().map_or(0, |token| token.at + token.text.len());
        if cells.len() != tokens.len() {
            let printed: Vec<&str> = tokens.iter().map(|token| token.text).collect();
            self.put_misaligned(row, &printed.join(" "), tokens.first().map_or(0, |token| token.at));
            return end;
        }
        self.read.figures.put_row(row, Counts::default());
        for (cell, token) in cells.into_iter().zip(tokens) {
            let place = self.stream.place(token.at);
            self.read.put_cell(cell, token.text, token.text, place);
        }
        end
    }

    fn put_run(&mut self, row: Row, run: &Token<'_>) -> usize {
        let due = self.read.columns(row);
        let end = run.at + run.text.len();
        let Some(cells) = self.order.arranged(due.clone()) else {
            self.put_misaligned(row, run.text, run.at);
            return end;
        };
        let kinds: Vec<Kind> = cells.iter().map(|cell| kind_of(*cell)).collect();
        let sums = sums(&cells, row.columns().len()).filter(|_| row.table() == Table::Applications);
        let run = bare(run, &kinds);
        let in_form_order = |reading: Vec<String>| -> Vec<String> {
            let places = due.iter().filter_map(|due| cells.iter().position(|cell| cell == due));
            places.map(|at| reading[at].clone()).collect()
        };
        match split(run.text, &kinds, sums.as_ref()) {
            Splits::Certain(reading) => self.put_readings(row, vec![in_form_order(reading)], false, &run),
            Splits::Left { readings, assumed } => {
                let readings = readings.into_iter().map(in_form_order).collect();
                self.put_readings(row, readings, assumed, &run);
            }
            Splits::NoneSums => self.put_unread(row, DefectKind::NoSplit, run.text, run.at),
            Splits::Unknown => self.put_misaligned(row, run.text, run.at),
        }
        end
    }

    /// Takes over what all readings of a row share. Where they differ, 表三's columns may settle
    /// the row later; else it stays open.
    fn put_readings(&mut self, row: Row, readings: Vec<Vec<String>>, assumed: bool, run: &Token<'_>) {
        let place = self.stream.place(run.at);
        self.read.figures.put_row(row, Counts::default());
        if assumed {
            self.read.defect(Location::Row(row), DefectKind::AssumedRowSum, run.text, place.clone());
        }
        match readings.as_slice() {
            [only] => {
                let cells = self.read.columns(row);
                for (cell, text) in cells.into_iter().zip(only) {
                    self.read.put_cell(cell, text, run.text, place.clone());
                }
            }
            _ => self.pending.push(Pending { row, readings, printed: run.text.to_owned(), place }),
        }
    }

    /// Settles the rows that are still open as far as the columns of 表三 allow; what is open
    /// after that is a defect with its candidates.
    pub fn settle(&mut self) {
        self.doubt_splits();
        let pending = std::mem::take(&mut self.pending);
        let columns = settle::by_columns(&self.read.figures, &pending);
        for (mut row, chosen) in pending.into_iter().zip(columns.chosen) {
            row.readings = chosen;
            self.put_shared(&row);
        }
        for column in columns.assumed {
            self.read.defect(
                Location::Column(Table::Applications, column),
                DefectKind::AssumedColumnSums,
                "",
                Place::default(),
            );
        }
    }

    /// Where more rows of 表三 can't be split than can, the columns are not those that the form has, and a split that
    /// sums up does so by chance.
    fn doubt_splits(&mut self) {
        let rows = |kind: DefectKind| -> Vec<Row> {
            let defects = self.read.defects.iter().filter(|defect| defect.kind == kind);
            defects
                .filter_map(|defect| if let Location::Row(row) = defect.location { Some(row) } else { None })
                .collect()
        };
        let (split, unsplit) = (rows(DefectKind::AssumedRowSum), rows(DefectKind::NoSplit));
        if unsplit.len() <= split.len() {
            return;
        }
        for row in split.into_iter().filter(|row| row.table() == Table::Applications) {
            let reading = self.read.readings.iter().find(|reading| reading.cell.row() == row).cloned();
            let open =
                self.pending.iter().find(|open| open.row == row).map(|open| (open.printed.clone(), open.place.clone()));
            let (printed, place) = reading.map(|own| (own.printed, own.place)).or(open).unwrap_or_default();
            self.pending.retain(|open| open.row != row);
            self.read.defects.retain(|defect| defect.location != Location::Row(row));
            self.read.put_unread(row, DefectKind::NoSplit, &printed, place);
        }
    }

    /// Puts the figures that all readings share, and notes the readings of the others.
    fn put_shared(&mut self, row: &Pending) {
        for (at, cell) in self.read.columns(row.row).into_iter().enumerate() {
            let mut candidates: Vec<String> = row.readings.iter().map(|reading| reading[at].clone()).collect();
            candidates.sort_by_key(|candidate| (candidate.len(), candidate.clone()));
            candidates.dedup();
            match candidates.as_slice() {
                [only] => self.read.put_cell(cell, only, &row.printed, row.place.clone()),
                _ => {
                    candidates.truncate(20);
                    let (location, printed, place) = (Location::Cell(cell), short(&row.printed), row.place.clone());
                    self.read.defects.push(Defect {
                        location,
                        printed,
                        kind: DefectKind::Ambiguous,
                        candidates,
                        place,
                    });
                }
            }
        }
    }
}

/// Whether a run is one word, and white space stands before it.
fn is_apart(raw: &str, run: &Token<'_>, at: usize) -> bool {
    let before = &raw[..run.at - at];
    before.ends_with(char::is_whitespace) && !run.text.trim().contains(char::is_whitespace)
}

/// The run without a point, sign or unit behind it that no figure of the row can have.
fn bare<'t>(run: &Token<'t>, kinds: &[Kind]) -> Token<'t> {
    let has_amount = kinds.contains(&Kind::Amount);
    let unit = |char: char| UNITS.iter().any(|unit| unit.ends_with(char));
    let belongs = |char: char| {
        char.is_numeric()
            || is_noted(char)
            || is_stroke(&char.to_string())
            || unit(char)
            || (has_amount && matches!(char, '元' | '万'))
    };
    Token { text: run.text.trim_end_matches(|char| !belongs(char)), at: run.at }
}

/// The sums of cells in blocks of so many; nothing where a block has no total, or not all cells are there.
fn sums(cells: &[Cell], block: usize) -> Option<Sums> {
    let totals = cells.chunks(block).map(|own| own.iter().position(|cell| cell.column() == Column::Total));
    let totals: Vec<usize> = totals.collect::<Option<_>>()?;
    cells.len().is_multiple_of(block).then_some(Sums { block, totals })
}

fn kind_of(cell: Cell) -> Kind {
    match cell.column() {
        column if column.may_be_negative() => Kind::Signed,
        _ if cell.is_amount() => Kind::Amount,
        _ => Kind::Count,
    }
}
