//! Finds the form's tables in grids, by their labels, wherever they stand: one way for HTML, Word, Excel,
//! OpenDocument, PDF, and lines of text with separators.
//!
//! A sheet may hold a whole report. Rows that belong to no table of the form are handed on as text, in
//! their place.

use std::ops::Range;

use super::{
    collected::Collected,
    columns::{Assigned, Columns},
    cut,
    declared::Declared,
    figure::apart_from_year,
    headings, identity, in_time,
    line::{Line, holds_figure},
    outline,
    parts::{OfLines, Part, disclosure_table, is_of_earlier_year, parts, year_of},
    remedies::RemedyHeadings,
    row_label::row_of,
};
use crate::deadline::Deadline;
use crate::layout::{Block, Grid, GridCell, Refusal};
use crate::{
    report::{Cell, DefectKind, Edition, Location, Place, Row, Table, figures::Counts},
    words::plain,
};

/// What grids leave: the text, with the place of each of its lines, and what they told.
pub(super) struct Remainder {
    /// Text and rows that belong to no table of the form. A row of a text that does leaves an empty line.
    pub text: String,
    /// The place of each line.
    pub places: Vec<Place>,
    /// Where rows of a text stood that belong to tables.
    pub taken: Vec<Range<usize>>,
    /// The edition that the labels of 表二 belong to.
    pub edition: Edition,
    /// What the heading of the amounts declares, where grids have one.
    pub declared: Option<Declared>,
}

/// Reads the tables of the form from all grids, unless time runs out. `ends_open` tells that the document ends in the middle of
/// a text.
pub(super) fn read(
    blocks: &[Block],
    ends_open: bool,
    read: &mut Collected,
    deadline: &Deadline,
) -> Result<Remainder, Refusal> {
    let parts = parts(blocks);
    let (disclosure, foreign) = disclosure_table(&parts);
    let mut reader = Reader::new(read, disclosure);
    reader.year = year_of(&parts);
    for part in &parts {
        in_time(deadline.is_over())?;
        match part {
            Part::Lines { lines, page, .. } => reader.text(lines, *page, deadline)?,
            Part::Table { grid, lines } => {
                if !grid.sheet.is_empty() {
                    reader.is_of_another_year = is_of_earlier_year(&grid.sheet, reader.year, &parts);
                }
                reader.grid(grid, lines.as_ref());
            }
        }
    }
    reader.note_cut(&parts, ends_open);
    let seen = reader.read.has_seen(&[disclosure]);
    for label in foreign.into_iter().filter(|_| seen) {
        reader.read.defect(Location::Table(disclosure), DefectKind::ForeignLabel, label, Place::default());
    }
    let edition = match disclosure {
        Table::Disclosure2019 if seen => Edition::Of2019,
        _ if seen => Edition::Of2021,
        _ => Edition::Unknown,
    };
    Ok(Remainder { text: reader.text, places: reader.places, taken: reader.taken, edition, declared: reader.declared })
}

/// The walk through a document's tables.
pub(super) struct Reader<'r> {
    pub read: &'r mut Collected,
    /// The 表二 of the edition that was found.
    pub disclosure: Table,
    /// The table that goes on, and whether it stands turned.
    pub table: Option<Table>,
    pub is_turned: bool,
    /// The columns that its heading names.
    pub columns: Columns,
    /// The heading of 表四.
    pub remedies: RemedyHeadings,
    /// The row that was read last.
    pub last: Option<Row>,
    /// The words of the row before, where they belong to no table: a label may begin there.
    pub begun: String,
    text: String,
    places: Vec<Place>,
    /// Where the text goes on behind the last row of a table, in bytes.
    rest_from: usize,
    /// Where rows of a text stood that belong to tables.
    taken: Vec<Range<usize>>,
    /// Whether the row that was read last ended before its last cells.
    is_short: bool,
    /// The report's year, and whether the caption above names another.
    year: Option<i32>,
    is_of_another_year: bool,
    pub declared: Option<Declared>,
}

impl<'r> Reader<'r> {
    fn new(read: &'r mut Collected, disclosure: Table) -> Self {
        Reader {
            read,
            disclosure,
            table: None,
            is_turned: false,
            columns: Columns::default(),
            remedies: RemedyHeadings::default(),
            last: None,
            begun: String::new(),
            text: String::new(),
            places: Vec::new(),
            rest_from: 0,
            taken: Vec::new(),
            is_short: false,
            year: None,
            is_of_another_year: false,
            declared: None,
        }
    }

    fn text(&mut self, lines: &[&str], page: u32, deadline: &Deadline) -> Result<(), Refusal> {
        let mut paced = deadline.paced();
        for line in lines {
            in_time(paced.is_over())?;
            // The heading of a block may stand above the table that holds its rows.
            if line.len() < 120 && line.contains("条第") && headings::is_block(&plain(line)) {
                self.begin(self.disclosure);
            }
            self.note_caption(line);
            self.keep(line, Place { page, ..Place::default() });
        }
        self.begun.clear();
        Ok(())
    }

    /// Notes what a line says of the tables below it: the heading of a section or of an annex ends the table above,
    /// and a caption may name another year than the report's.
    fn note_caption(&mut self, line: &str) {
        /// A caption is no paragraph.
        const LONGEST: usize = 60;
        let line = line.trim();
        if line.is_empty() || line.chars().count() > LONGEST || line.contains('。') {
            return;
        }
        let begins = line.starts_with('附') || outline::is_heading(line);
        if begins {
            self.table = None;
        }
        match (identity::year_of_caption(line), self.year) {
            (Some(own), Some(year)) => self.is_of_another_year = own != year,
            _ if begins => self.is_of_another_year = false,
            _ => {}
        }
    }

    /// Notes that a document ends in the middle of a table: behind its last figures stands nothing, or half a
    /// label in a text, and its last row is not there. Sheets end with their tables anyway.
    fn note_cut(&mut self, parts: &[Part<'_>], ends_open: bool) {
        let tables = parts.iter().rev().filter_map(|part| match part {
            Part::Table { grid, lines } => Some((grid, lines)),
            Part::Lines { .. } => None,
        });
        let Some((grid, lines)) = { tables }.next() else {
            return;
        };
        let Some(table) = self.table.filter(|_| grid.sheet.is_empty()) else {
            return;
        };
        let edition = if self.disclosure == Table::Disclosure2019 { Edition::Of2019 } else { Edition::Of2021 };
        let rest = self.text[self.rest_from..].trim().to_owned();
        let is_last = matches!(parts.last(), Some(Part::Table { .. }));
        let ends_here = rest.is_empty() || (lines.is_some() || is_last) && cut::is_half_a_label(&rest);
        // Where the last row of all ends before its last cells, these may be cut off too.
        let is_short = self.is_short && lines.is_some() && is_last && rest.is_empty();
        if !ends_here || !(self.read.lacks_last_row(table, edition) || is_short) {
            return;
        }
        let row = grid.rows.last().map_or(0, |row| row.number);
        let place = match lines {
            Some(_) => Place::on_line(row),
            None => Place { page: grid.page, table: grid.table, row, ..Place::default() },
        };
        self.read.see(table);
        match lines {
            // The last figure may go on where not even its line ends.
            Some(of_lines) => {
                let open = is_short
                    || of_lines.ends_open && grid.rows.last().is_some_and(|row| row.cells.iter().any(holds_figure));
                cut::in_table(table, &rest, open, place, self.read);
            }
            None => cut::in_table(table, &rest, ends_open && rest.is_empty(), place, self.read),
        }
        let kept = self.text[..self.rest_from].matches('\n').count();
        self.text.truncate(self.rest_from);
        self.places.truncate(kept);
    }

    fn keep(&mut self, line: &str, place: Place) {
        self.text.push_str(line);
        self.text.push('\n');
        self.places.push(place);
    }

    pub fn begin(&mut self, table: Table) {
        self.table = Some(table);
        self.is_turned = false;
        self.columns.clear();
        self.remedies.clear();
    }

    fn grid(&mut self, grid: &Grid, lines: Option<&OfLines<'_>>) {
        self.columns.begin_grid(lines.is_some());
        self.remedies.begin_grid();
        let mut own_rows = 0;
        let mut at = 0;
        let mut kept = 0;
        while let Some(row) = grid.rows.get(at) {
            let mut line = Line::of(grid, row.clone(), lines);
            let next = self.is_open_label(&line).then(|| grid.rows.get(at + 1)).flatten();
            let next = next.map(|row| Line::of(grid, row.clone(), lines)).filter(Line::is_of_figures);
            at += 1 + usize::from(next.is_some());
            next.into_iter().for_each(|next| line.join(next));
            // A table of another year is nobody's: neither its figures nor its words are the report's.
            let belongs = self.is_of_another_year || self.heading(&line) || self.figures(&line, own_rows > 0);
            own_rows += usize::from(belongs);
            match lines {
                None if !belongs => self.keep_row(&line),
                None => {}
                Some(of_lines) => {
                    let first = grid.rows.first().map_or(1, |row| row.number);
                    let end = grid.rows.get(at).map_or(of_lines.lines.len(), |next| (next.number - first) as usize);
                    self.keep_lines(of_lines, kept..end.min(of_lines.lines.len()), belongs);
                    kept = end;
                }
            }
            if belongs {
                self.rest_from = self.text.len();
            }
            self.begun = if belongs || line.has_figures() { String::new() } else { line.plain.concat() };
        }
    }

    /// Whether a row has a label and no figure: it may go on in the next.
    fn is_open_label(&self, line: &Line<'_>) -> bool {
        let Some(table) = self.table.filter(|table| *table != Table::Remedies && !line.has_figures()) else {
            return false;
        };
        let last = line.plain.iter().rev().find(|text| !text.is_empty());
        last.is_some_and(|text| row_of(text, table, self.last).is_some())
    }

    /// Hands a row on as text.
    fn keep_row(&mut self, line: &Line<'_>) {
        let texts = line.row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
        let texts: Vec<&str> = texts.collect();
        for (at, part) in texts.join(" ").split('\n').enumerate() {
            if !(part.is_empty() && at == 0) {
                self.keep(part, line.place(None));
            }
        }
    }

    /// Hands lines on as they are, or empty ones in their place.
    fn keep_lines(&mut self, of_lines: &OfLines<'_>, own: Range<usize>, belongs: bool) {
        let start = self.text.len();
        for line in &of_lines.lines[own] {
            // Behind the last figure a paragraph may follow at once.
            self.keep(
                if belongs { apart_from_year(line).1 } else { line },
                Place { page: of_lines.page, ..Place::default() },
            );
        }
        let blank = self.text[start..].trim().is_empty();
        match self.taken.last_mut().filter(|last| last.end == start) {
            Some(last) if belongs && blank => last.end = self.text.len(),
            _ if belongs && blank => self.taken.push(start..self.text.len()),
            _ => {}
        }
    }

    /// Whether a row holds figures of the form, or stands where the form has none.
    fn figures(&mut self, line: &Line<'_>, within: bool) -> bool {
        match self.table {
            Some(Table::Remedies) if !self.remedies.are_columns_of_rows() => {
                self.remedies_row(line) || self.labelled(line, within)
            }
            _ => self.labelled(line, within),
        }
    }

    /// Puts the cells of a row; a second row of the same name can't replace the first.
    pub fn put_assigned(&mut self, line: &Line<'_>, row: Row, assigned: &[Assigned<'_>]) {
        let cells = assigned.iter().filter_map(|(column, cell)| Some((row.cell(*column)?, *cell)));
        let cells: Vec<(Cell, Option<&GridCell>)> = cells.collect();
        if self.read.figures.has_row(row) {
            for (cell, own) in cells {
                let text = own.map_or("", |own| own.text.trim());
                self.read.compare(cell, text, line.place(own));
            }
            return;
        }
        self.read.figures.put_row(row, Counts::default());
        self.is_short = cells.iter().any(|(_, own)| own.is_none());
        for (cell, own) in cells {
            if let Some(own) = own {
                self.read.put_grid_cell(cell, own, line.place(Some(own)));
            }
        }
    }
}
