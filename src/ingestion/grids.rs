//! Maps grids to the form: one way for HTML, Word, Excel, OpenDocument and PDF.
//!
//! Tables are recognised by their labels, wherever they stand; a sheet may hold a whole report.
//! Rows that belong to no table of the form are handed on as text, in their place.

use super::{
    collected::{Collected, short},
    columns::{Columns, assign},
    declared::Declared,
    figure::is_figure,
    labels,
    row_label::{RowLabel, row_of},
};
use crate::layout::{Block, Grid, GridCell, GridRow};
use crate::{
    report::{
        Cell, Column, Defect, DefectKind, Edition, Figure, Location, Place, Row, Table,
        figures::Counts,
        form::{APPLICANTS, REMEDIES, RESULTS},
    },
    words::plain,
};

/// What grids leave: the text, with the place of each of its lines, and what they told.
pub(super) struct Remainder {
    /// Text and rows that belong to no table of the form.
    pub text: String,
    /// The place of each line.
    pub places: Vec<Place>,
    /// The edition that the labels of 表二 belong to.
    pub edition: Edition,
    /// What the heading of the amounts declares, where grids have one.
    pub declared: Option<Declared>,
}

/// Reads the tables of the form from all grids.
pub(super) fn read(blocks: &[Block], read: &mut Collected) -> Remainder {
    let (disclosure, foreign) = disclosure_table(blocks);
    let mut reader = Reader {
        read,
        disclosure,
        part: None,
        columns: Columns::default(),
        heads: Vec::new(),
        last: None,
        text: String::new(),
        places: Vec::new(),
        declared: None,
    };
    for block in blocks {
        match block {
            Block::Text { text, page } => reader.text(text, *page),
            Block::Grid(grid) => reader.grid(grid),
        }
    }
    reader.note_cut(blocks);
    let seen = reader.read.has_seen(&[disclosure]);
    for label in foreign.into_iter().filter(|_| seen) {
        reader.read.defect(Location::Table(disclosure), DefectKind::ForeignLabel, label, Place::default());
    }
    let edition = match disclosure {
        Table::Disclosure2019 if seen => Edition::Of2019,
        _ if seen => Edition::Of2021,
        _ => Edition::Unknown,
    };
    Remainder { text: reader.text, places: reader.places, edition, declared: reader.declared }
}

/// Whose edition's 表二 the grids hold, by its labels, and the labels of the other edition in it.
fn disclosure_table(blocks: &[Block]) -> (Table, Vec<&'static str>) {
    let grids = blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Text { .. } => None,
    });
    let cells = grids.flat_map(|grid| &grid.rows).flat_map(|row| &row.cells);
    let texts: Vec<String> = cells.map(|cell| plain(&cell.text)).filter(|text| text.chars().count() < 60).collect();
    let found = |own: &[&'static str]| -> Vec<&'static str> {
        own.iter().copied().filter(|label| texts.iter().any(|text| text.contains(label))).collect()
    };
    let (old, new) = (found(&labels::OF_2019), found(&labels::OF_2021));
    if old.len() > new.len() { (Table::Disclosure2019, new) } else { (Table::Disclosure2021, old) }
}

/// A part of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Disclosure,
    Applications,
    Remedies,
}

struct Reader<'r> {
    read: &'r mut Collected,
    /// The 表二 of the edition that was found.
    disclosure: Table,
    /// The part whose table goes on.
    part: Option<Part>,
    /// The columns that its heading names.
    columns: Columns,
    /// In 表四, where the headings of its blocks begin: 行政复议, 未经复议直接起诉, 复议后起诉.
    heads: Vec<(Row, u32)>,
    /// The row that was read last.
    last: Option<Row>,
    text: String,
    places: Vec<Place>,
    declared: Option<Declared>,
}

/// A row of a grid, with its cells' texts in the form in which labels are looked for.
struct Line<'g> {
    grid: &'g Grid,
    row: &'g GridRow,
    plain: Vec<String>,
}

impl Line<'_> {
    fn place(&self, cell: Option<&GridCell>) -> Place {
        let Grid { page, sheet, table, .. } = self.grid;
        let cell = cell.map_or(0, |cell| cell.number);
        Place { line: 0, page: *page, sheet: sheet.clone(), table: *table, row: self.row.number, cell }
    }

    /// Whether a cell has this text, or begins with it.
    fn begins(&self, words: &str) -> bool {
        self.plain.iter().any(|text| text.starts_with(words))
    }

    fn has_figures(&self) -> bool {
        self.row.cells.iter().any(holds_figure)
    }
}

impl Reader<'_> {
    fn text(&mut self, text: &str, page: u32) {
        for line in text.trim_end_matches('\n').split('\n') {
            // The heading of a block may stand above the table that holds its rows.
            if line.len() < 120 && line.contains("条第") && is_block_heading(&plain(line)) {
                self.begin(Part::Disclosure);
            }
            self.keep(line, Place { page, ..Place::default() });
        }
    }

    /// Notes that a document ends in the middle of a table: nothing stands behind it, and its last row
    /// is not there. Sheets end with their tables anyway.
    fn note_cut(&mut self, blocks: &[Block]) {
        let Some(Block::Grid(grid)) = blocks.last().filter(|_| self.part.is_some()) else {
            return;
        };
        let Some(table) = self.last.map(Row::table).filter(|_| grid.sheet.is_empty()) else {
            return;
        };
        let edition = if self.disclosure == Table::Disclosure2019 { Edition::Of2019 } else { Edition::Of2021 };
        let due = table.rows().filter(|row| row.required(edition)).last();
        if let Some(row) = grid.rows.last().filter(|_| due.is_some_and(|row| !self.read.figures.has_row(row))) {
            let Grid { page, table: number, .. } = grid;
            let place = Place { page: *page, table: *number, row: row.number, ..Place::default() };
            self.read.defect(Location::Table(table), DefectKind::Truncated, "", place);
        }
    }

    fn keep(&mut self, line: &str, place: Place) {
        self.text.push_str(line);
        self.text.push('\n');
        self.places.push(place);
    }

    fn begin(&mut self, part: Part) {
        self.part = Some(part);
        self.columns.clear();
        self.heads.clear();
    }

    fn grid(&mut self, grid: &Grid) {
        self.columns.leave_grid();
        let mut own_rows = 0;
        for row in &grid.rows {
            let line = Line { grid, row, plain: row.cells.iter().map(|cell| plain(&cell.text)).collect() };
            let belongs = self.heading(&line) || self.figures(&line, own_rows > 0);
            own_rows += usize::from(belongs);
            if !belongs {
                let texts = row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
                let texts: Vec<&str> = texts.collect();
                for (at, part) in texts.join(" ").split('\n').enumerate() {
                    if !(part.is_empty() && at == 0) {
                        self.keep(part, line.place(None));
                    }
                }
            }
        }
    }

    /// Whether a row is a heading: of a block, of a table, or of columns.
    fn heading(&mut self, line: &Line<'_>) -> bool {
        if line.plain.iter().any(|text| text.chars().count() < 20 && is_block_heading(text)) {
            self.begin(Part::Disclosure);
            self.name_columns(line);
            return true;
        }
        if line.begins("本列数据的勾稽关系") || line.begins("申请人情况") {
            self.begin(Part::Applications);
            self.name_columns(line);
            return true;
        }
        let has = |words: &str| line.plain.iter().any(|text| text == words);
        if has("行政复议") && has("行政诉讼") {
            self.begin(Part::Remedies);
        } else if self.part != Some(Part::Applications) && has("信息内容") && !line.has_figures() {
            self.begin(Part::Disclosure);
        }
        !line.has_figures() && self.name_columns(line)
    }

    /// Notes the columns that a row of a heading names; whether there are any.
    fn name_columns(&mut self, line: &Line<'_>) -> bool {
        let Some(part) = self.part else {
            return false;
        };
        let mut named = false;
        let row = line.row.number;
        for (cell, text) in line.row.cells.iter().zip(&line.plain) {
            let at = cell.columns();
            match part {
                Part::Disclosure => {
                    let Some(column) = disclosure_column(text, self.disclosure) else { continue };
                    self.columns.name(column, at, row);
                    if column == Column::Amount {
                        let declared = Declared::of(text);
                        self.read.in_yuan = declared.in_yuan;
                        self.declared = Some(declared);
                    }
                }
                Part::Applications => {
                    let Some(column) = applicant_column(text) else { continue };
                    self.columns.name(column, at, row);
                }
                Part::Remedies => {
                    if let Some(block) = remedy_block(text) {
                        self.heads.push((block, at.start));
                    } else if let Some(column) = RESULTS.into_iter().find(|it| it.label(Table::Remedies) == text) {
                        self.columns.name(column, at, row);
                    } else if text != "行政诉讼" {
                        continue;
                    }
                }
            }
            named = true;
        }
        named
    }

    /// Whether a row holds figures of the form, or stands where the form has none.
    fn figures(&mut self, line: &Line<'_>, within: bool) -> bool {
        match self.part {
            Some(Part::Disclosure) => self.labelled(line, self.disclosure, within),
            Some(Part::Applications) => self.labelled(line, Table::Applications, within),
            Some(Part::Remedies) => self.remedies(line),
            None => false,
        }
    }

    /// A row with a label: the last cell that names a row of the form, and the figures behind it.
    fn labelled(&mut self, line: &Line<'_>, table: Table, within: bool) -> bool {
        let texts = line.plain.iter().enumerate().rev().filter(|(_, text)| !text.is_empty());
        let found = texts.into_iter().find_map(|(at, text)| Some((at, row_of(text, table, self.last)?)));
        let Some((at, label)) = found else {
            return within && self.extra_row(line, table);
        };
        let cells: Vec<&GridCell> = line.row.cells[at + 1..].iter().collect();
        if cells.is_empty() {
            return false;
        }
        self.read.see(table);
        self.last = Some(label.row);
        self.note_label(line, at, &label);
        self.put_row(line, label.row, &cells);
        true
    }

    fn put_row(&mut self, line: &Line<'_>, row: Row, cells: &[&GridCell]) {
        self.note_missing_columns(line, row, cells.len());
        let due = self.read.columns(row);
        let kinds: Vec<Column> = due.iter().map(|cell| cell.column()).collect();
        let place = line.place(cells.first().copied());
        let Some(assigned) = assign(cells, &kinds, &self.columns) else {
            let printed: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
            if !self.read.figures.has_row(row) {
                self.read.put_misaligned(row, &printed.join(" "), place);
            }
            return;
        };
        // A second row of the same name can't replace the first.
        if self.read.figures.has_row(row) {
            self.contradict(&due, &assigned);
            return;
        }
        self.read.figures.put_row(row, Counts::default());
        for (cell, own) in due.into_iter().zip(assigned) {
            self.read.put_grid_cell(cell, own, line.place(Some(own)));
        }
    }

    /// Where a row stands twice with other figures, neither is taken.
    fn contradict(&mut self, cells: &[Cell], again: &[&GridCell]) {
        for (cell, own) in cells.iter().zip(again) {
            let Some(at) = self.read.readings.iter().position(|reading| reading.cell == *cell) else {
                continue;
            };
            let first = self.read.readings[at].clone();
            if plain(&first.printed) == plain(&own.text) {
                continue;
            }
            self.read.figures.set_count(*cell, Figure::Blank);
            self.read.figures.set_amount(*cell, None);
            self.read.defects.push(Defect {
                location: Location::Cell(*cell),
                printed: short(&first.printed),
                kind: DefectKind::Ambiguous,
                candidates: vec![first.printed.clone(), short(own.text.trim())],
                place: first.place,
            });
        }
    }

    /// Notes the columns that the heading lacks, where the row lacks them too.
    fn note_missing_columns(&mut self, line: &Line<'_>, row: Row, cells: usize) {
        let due = row.columns();
        let missing: Vec<Column> = due.iter().filter(|column| !self.columns.has(**column)).copied().collect();
        if missing.is_empty() || missing.len() * 2 > due.len() || cells + missing.len() != due.len() {
            return;
        }
        for column in missing {
            let location = Location::Column(row.table(), column);
            let known = |defect: &Defect| defect.location == location && defect.kind == DefectKind::MissingColumn;
            if !self.read.defects.iter().any(known) {
                self.read.defect(location, DefectKind::MissingColumn, "", line.place(None));
            }
        }
    }

    fn note_label(&mut self, line: &Line<'_>, at: usize, label: &RowLabel) {
        if label.is_unusual {
            let cell = &line.row.cells[at];
            let printed: String = cell.text.split_whitespace().collect();
            self.read.defect(Location::Row(label.row), DefectKind::UnusualLabel, &printed, line.place(Some(cell)));
        }
    }

    /// A row that the form does not have, among rows that it has.
    fn extra_row(&mut self, line: &Line<'_>, table: Table) -> bool {
        let mut labelled = line.plain.iter().zip(&line.row.cells);
        let label = labelled.find(|(text, cell)| text.chars().count() >= 2 && !holds_figure(cell));
        let Some((_, cell)) = label.filter(|_| line.has_figures() && self.read.has_seen(&[table])) else {
            return false;
        };
        let place = line.place(Some(cell));
        self.read.defect(Location::Table(table), DefectKind::ExtraRow, cell.text.trim(), place);
        true
    }

    /// The one row of 表四: fifteen figures in the blocks' order.
    fn remedies(&mut self, line: &Line<'_>) -> bool {
        let width = REMEDIES.len() * RESULTS.len();
        let mut cells: Vec<&GridCell> = line.row.cells.iter().collect();
        if cells.len() > width {
            // A margin of a sheet, or a column of remarks.
            cells.retain(|cell| self.columns.cover(cell));
        }
        let blank_row = line.plain.iter().all(String::is_empty) && cells.len() != width;
        if blank_row || !(line.has_figures() || cells.len() == width) || !self.columns.is_named() {
            return false;
        }
        self.read.see(Table::Remedies);
        self.note_missing_results(line);
        let mut order = self.heads.clone();
        order.sort_by_key(|(_, column)| *column);
        let in_order = order.iter().map(|(row, _)| *row).eq(REMEDIES);
        if cells.len() == width && in_order {
            for (row, own) in REMEDIES.iter().zip(cells.chunks(RESULTS.len())) {
                if self.read.figures.has_row(*row) {
                    self.contradict(&row.cells().collect::<Vec<_>>(), own);
                    continue;
                }
                self.read.figures.put_row(*row, Counts::default());
                for (cell, own) in row.cells().zip(own) {
                    self.read.put_grid_cell(cell, own, line.place(Some(own)));
                }
            }
        } else {
            let printed: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
            let place = line.place(cells.first().copied());
            REMEDIES.iter().for_each(|row| self.read.put_misaligned(*row, &printed.join(" "), place.clone()));
        }
        self.part = None;
        true
    }

    /// Notes the results that the heading of 表四 nowhere names.
    fn note_missing_results(&mut self, line: &Line<'_>) {
        for column in RESULTS.into_iter().filter(|column| !self.columns.has(*column)).collect::<Vec<_>>() {
            let location = Location::Column(Table::Remedies, column);
            self.read.defect(location, DefectKind::MissingColumn, "", line.place(None));
        }
    }
}

/// Whether a cell holds a figure or a placeholder, and not a label that begins with its number.
fn holds_figure(cell: &GridCell) -> bool {
    let text = cell.text.trim();
    let digits = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let is_numbered = digits.len() < text.len() && digits.starts_with(['.', '．', '、']);
    let is_label = is_numbered && digits.chars().nth(1).is_some_and(|char| !char.is_ascii_digit());
    !text.is_empty() && !is_label && is_figure(text)
}

fn is_block_heading(text: &str) -> bool {
    labels::BLOCKS.iter().any(|(heading, _)| text.starts_with(heading))
}

/// The column of 表二 that a heading names.
fn disclosure_column(text: &str, table: Table) -> Option<Column> {
    let columns = table.rows().flat_map(|row| row.columns().iter().copied());
    columns.into_iter().find(|column| text.contains(&plain(labels::column_core(*column, table))))
}

/// The column of 表三 that a heading names. 总计 is sometimes called 合计.
fn applicant_column(text: &str) -> Option<Column> {
    let is = |column: &Column| {
        let label = column.label(Table::Applications);
        text == label || (label.chars().count() > 2 && text.starts_with(label))
    };
    let total = || (text == "合计").then_some(Column::Total);
    APPLICANTS.into_iter().find(is).or_else(total)
}

/// The block of 表四 that a heading names.
fn remedy_block(text: &str) -> Option<Row> {
    match text {
        "行政复议" => Some(Row::Reconsideration),
        _ if text.starts_with("未经复议") => Some(Row::DirectLitigation),
        _ if text.starts_with("复议后") => Some(Row::LitigationAfterReconsideration),
        _ => None,
    }
}
