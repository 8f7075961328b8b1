//! Reads the figures of rows, and keeps what can't be read for certain apart from what can.

use super::{
    cells::{Shape, Token, row_text},
    figure,
    glued::{Kind, Splits, split},
    settle,
    stream::Stream,
};
use crate::report::{
    Cell, Column, Defect, DefectKind, Edition, Figure, Figures, Location, Reading, Row, Standing, Table,
    figures::Counts, form::RESULTS,
};

/// The three blocks of 表四, which stand in one row.
const REMEDIES: [Row; 3] = [Row::Reconsideration, Row::DirectLitigation, Row::LitigationAfterReconsideration];

/// A row whose digits can be split in more than one way.
pub(super) struct Pending {
    pub row: Row,
    pub readings: Vec<Vec<String>>,
    pub printed: String,
    pub line: u32,
}

/// What has been read so far.
pub(super) struct Rows<'a, 'b> {
    stream: &'a Stream<'b>,
    /// Whether a heading gives the amount in 元 and not in 万元.
    pub in_yuan: bool,
    pub figures: Figures,
    pub defects: Vec<Defect>,
    pub readings: Vec<Reading>,
    pub pending: Vec<Pending>,
    /// Rows that stand whole in a line of their own: the sign of text from a PDF.
    pub whole_lines: usize,
}

impl<'a, 'b> Rows<'a, 'b> {
    /// Nothing read yet.
    pub fn new(stream: &'a Stream<'b>) -> Self {
        Self {
            stream,
            in_yuan: false,
            figures: Figures::default(),
            defects: Vec::new(),
            readings: Vec::new(),
            pending: Vec::new(),
            whole_lines: 0,
        }
    }

    /// Notes that a table is there.
    pub fn see(&mut self, table: Table) {
        self.figures.stand(table, Standing::Whole);
    }

    /// Notes a defect.
    pub fn defect(&mut self, location: Location, kind: DefectKind, printed: &str, line: u32) {
        let printed = short(printed);
        self.defects.push(Defect { location, printed, kind, candidates: Vec::new(), line });
    }

    /// Whether the last row that an edition's table must have was not found.
    pub fn lacks_last_row(&self, table: Table, edition: Edition) -> bool {
        let last = table.rows().filter(|row| row.required(edition)).last();
        last.is_some_and(|row| {
            !self.figures.has_row(row) || self.figures.row(row).is_some_and(|counts| self.is_short(row, counts))
        })
    }

    /// Whether a row was found with fewer figures than it has columns.
    fn is_short(&self, row: Row, counts: &Counts) -> bool {
        let misaligned =
            |defect: &Defect| defect.kind == DefectKind::Misaligned && defect.location == Location::Row(row);
        counts.iter().all(|figure| figure.known().is_none()) && self.defects.iter().any(misaligned)
    }

    /// Takes back what the end of the document cut off: a last row without all its cells, or a
    /// last figure that may go on.
    pub fn drop_cut_row(&mut self, table: Table, nothing_behind: bool) {
        let Some(row) = table.rows().filter(|row| self.figures.has_row(*row)).last() else {
            return;
        };
        let at = Location::Row(row);
        if self.defects.iter().any(|defect| defect.kind == DefectKind::Misaligned && defect.location == at) {
            self.defects.retain(|defect| defect.location != at);
            self.figures.remove_row(row);
        } else if let Some(cell) = row.cells().next_back().filter(|_| nothing_behind) {
            self.figures.set_count(cell, Figure::Blank);
            let reading = self.readings.iter().find(|reading| reading.cell == cell);
            let (printed, line) = reading.map_or((String::new(), 0), |it| (it.printed.clone(), it.line));
            self.defect(Location::Cell(cell), DefectKind::Text, &printed, line);
        }
    }

    /// Reads the figures behind a row's label. A row that is `divided` into others may have none of
    /// its own. Tells where the figures end in the original.
    pub fn read_row(&mut self, row: Row, divided: bool, raw: &str, at: usize) -> usize {
        let width = row.columns().len();
        let text = row_text(raw, at, width);
        if let Some(extra) = &text.extra_row {
            let line = self.stream.line(extra.at);
            self.defect(Location::Table(row.table()), DefectKind::ExtraRow, extra.text, line);
        }
        match text.shape {
            // A row that other rows divide has no figures of its own.
            Shape::Nothing if row == Row::OtherSubtotal || (row == Row::OtherServices && divided) => at,
            Shape::Nothing => {
                self.put_misaligned(row, "", at);
                at
            }
            Shape::Cells(cells) => self.put_cells(row, &cells),
            Shape::Run(run) => {
                self.note_whole_line(&run, at, width);
                self.put_run(row, &run)
            }
        }
    }

    /// Reads the one row of 表四, whose three blocks of five figures stand side by side.
    pub fn read_remedies(&mut self, raw: &str, at: usize) -> usize {
        let width = REMEDIES.len() * RESULTS.len();
        match row_text(raw, at, width).shape {
            Shape::Nothing => at,
            Shape::Cells(cells) if cells.len() == width => {
                let ends =
                    REMEDIES.iter().zip(cells.chunks(RESULTS.len())).map(|(row, cells)| self.put_cells(*row, cells));
                ends.last().unwrap_or(at)
            }
            Shape::Cells(cells) => {
                let printed: Vec<&str> = cells.iter().map(|cell| cell.text).collect();
                let (printed, start) = (printed.join(" "), cells.first().map_or(at, |cell| cell.at));
                REMEDIES.iter().for_each(|row| self.put_misaligned(*row, &printed, start));
                cells.last().map_or(at, |cell| cell.at + cell.text.len())
            }
            Shape::Run(run) => self.put_remedies_run(&run, width),
        }
    }

    fn put_remedies_run(&mut self, run: &Token<'_>, width: usize) -> usize {
        let end = run.at + run.text.len();
        let block = RESULTS.len();
        let of_row = |readings: &[Vec<String>], which: usize| {
            let mut own: Vec<Vec<String>> =
                readings.iter().map(|reading| reading[which * block..(which + 1) * block].to_vec()).collect();
            own.sort_unstable();
            own.dedup();
            own
        };
        match split(run.text, &vec![Kind::Count; width], Some(block)) {
            Splits::Certain(reading) => {
                let readings = [reading];
                for (which, row) in REMEDIES.into_iter().enumerate() {
                    self.put_readings(row, of_row(&readings, which), false, run);
                }
            }
            Splits::Left { readings, assumed } => {
                for (which, row) in REMEDIES.into_iter().enumerate() {
                    self.put_readings(row, of_row(&readings, which), assumed, run);
                }
            }
            Splits::Unknown => REMEDIES.iter().for_each(|row| self.put_misaligned(*row, run.text, run.at)),
        }
        end
    }

    /// A row that stands whole in a line, its cells apart by spaces, comes from a PDF: there
    /// labels are broken around their figures, which this reader would get wrong.
    fn note_whole_line(&mut self, run: &Token<'_>, label_end: usize, width: usize) {
        let line_end = self.stream.original[run.at..].find('\n').map_or(self.stream.original.len(), |end| run.at + end);
        let alone = self.stream.original[run.at + run.text.len()..line_end].trim().is_empty();
        let begins_line =
            self.stream.original[..label_end].rsplit('\n').next().is_some_and(|line| line.chars().count() < 40);
        let apart = run.text.split_whitespace().count() == width && width >= 3;
        self.whole_lines += usize::from(alone && begins_line && apart);
    }

    fn put_misaligned(&mut self, row: Row, printed: &str, at: usize) {
        self.figures.put_row(row, Counts::default());
        let line = self.stream.line(at);
        self.defect(Location::Row(row), DefectKind::Misaligned, printed, line);
    }

    /// The columns that a row of the document has: those that its heading doesn't lack.
    fn columns(&self, row: Row) -> Vec<Cell> {
        let lacks = |column: Column| {
            let place = Location::Column(row.table(), column);
            self.defects.iter().any(|defect| defect.kind == DefectKind::MissingColumn && defect.location == place)
        };
        row.cells().filter(|cell| !lacks(cell.column())).collect()
    }

    fn put_cells(&mut self, row: Row, tokens: &[Token<'_>]) -> usize {
        let cells = self.columns(row);
        let end = tokens.last().map_or(0, |token| token.at + token.text.len());
        if cells.len() != tokens.len() {
            let printed: Vec<&str> = tokens.iter().map(|token| token.text).collect();
            self.put_misaligned(row, &printed.join(" "), tokens.first().map_or(0, |token| token.at));
            return end;
        }
        self.figures.put_row(row, Counts::default());
        for (cell, token) in cells.into_iter().zip(tokens) {
            let line = self.stream.line(token.at);
            self.put_cell(cell, token.text, token.text, line);
        }
        end
    }

    /// Reads one cell. `printed` is what the document has there.
    fn put_cell(&mut self, cell: Cell, text: &str, printed: &str, line: u32) {
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
            self.defect(Location::Cell(cell), kind, printed, line);
        }
        self.readings.push(Reading { cell, line, printed: short(printed) });
    }

    fn put_run(&mut self, row: Row, run: &Token<'_>) -> usize {
        let cells = self.columns(row);
        let kinds: Vec<Kind> = cells.iter().map(|cell| kind_of(*cell)).collect();
        let sums = (row.table() == Table::Applications && cells.len() == row.columns().len()).then_some(cells.len());
        let run = bare(run, &kinds);
        match split(run.text, &kinds, sums) {
            Splits::Certain(reading) => self.put_readings(row, vec![reading], false, &run),
            Splits::Left { readings, assumed } => self.put_readings(row, readings, assumed, &run),
            Splits::Unknown => self.put_misaligned(row, run.text, run.at),
        }
        run.at + run.text.len()
    }

    /// Takes over what all readings of a row share. Where they differ, 表三's columns may settle
    /// the row later; else it stays open.
    fn put_readings(&mut self, row: Row, readings: Vec<Vec<String>>, assumed: bool, run: &Token<'_>) {
        let line = self.stream.line(run.at);
        self.figures.put_row(row, Counts::default());
        if assumed {
            self.defect(Location::Row(row), DefectKind::AssumedRowSum, run.text, line);
        }
        match readings.as_slice() {
            [only] => {
                let cells = self.columns(row);
                for (cell, text) in cells.into_iter().zip(only) {
                    self.put_cell(cell, text, run.text, line);
                }
            }
            _ => self.pending.push(Pending { row, readings, printed: run.text.to_owned(), line }),
        }
    }

    /// Settles the rows that are still open as far as the columns of 表三 allow; what is open
    /// after that is a defect with its candidates.
    pub fn settle(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let columns = settle::by_columns(&self.figures, &pending);
        for (mut row, chosen) in pending.into_iter().zip(columns.chosen) {
            row.readings = chosen;
            self.put_shared(&row);
        }
        for column in columns.assumed {
            self.defect(Location::Column(Table::Applications, column), DefectKind::AssumedColumnSums, "", 0);
        }
    }

    /// Puts the figures that all readings share, and notes the readings of the others.
    fn put_shared(&mut self, row: &Pending) {
        for (at, cell) in self.columns(row.row).into_iter().enumerate() {
            let mut candidates: Vec<String> = row.readings.iter().map(|reading| reading[at].clone()).collect();
            candidates.sort_by_key(|candidate| (candidate.len(), candidate.clone()));
            candidates.dedup();
            match candidates.as_slice() {
                [only] => self.put_cell(cell, only, &row.printed, row.line),
                _ => {
                    candidates.truncate(20);
                    let (location, printed, line) = (Location::Cell(cell), short(&row.printed), row.line);
                    self.defects.push(Defect { location, printed, kind: DefectKind::Ambiguous, candidates, line });
                }
            }
        }
    }
}

/// The text of a place as far as a finding quotes it.
fn short(printed: &str) -> String {
    printed.chars().take(200).collect()
}

/// The run without a point, sign or unit behind it that no figure of the row can have.
fn bare<'t>(run: &Token<'t>, kinds: &[Kind]) -> Token<'t> {
    let has_amount = kinds.contains(&Kind::Amount);
    let belongs = |char: char| char.is_ascii_digit() || (has_amount && matches!(char, '元' | '万'));
    Token { text: run.text.trim_end_matches(|char| !belongs(char)), at: run.at }
}

fn kind_of(cell: Cell) -> Kind {
    match cell.column() {
        column if column.may_be_negative() => Kind::Signed,
        _ if cell.is_amount() => Kind::Amount,
        _ => Kind::Count,
    }
}
