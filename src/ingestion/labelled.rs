//! The rows of a grid that labels name: which cell does, and which figures are its row's.

use super::{
    columns::assign,
    figure::{is_bare_figure, is_stroke, numbers_a_row},
    grids::Reader,
    labels,
    line::Line,
    row_label::{RowLabel, exact, near, row_of},
};
use crate::{
    layout::GridCell,
    report::{DefectKind, Location, Row, Table},
};

impl Reader<'_> {
    /// A row with a label: the last cell that names a row of the form, and the figures behind it.
    pub fn labelled(&mut self, line: &Line<'_>, within: bool) -> bool {
        let Some(last) = self.label(line, line.row.cells.len()) else {
            return within && self.extra_row(line);
        };
        if line.has_figures_before(last.0) { self.beside(line, last) } else { self.alone(line, last) }
    }

    /// A row with all its figures behind its last label.
    fn alone(&mut self, line: &Line<'_>, last: (usize, RowLabel)) -> bool {
        let width = line.row.cells.len();
        // A line may end before blank cells; （六）has none where it is divided.
        let divided = last.1.row == Row::OtherSubtotal && self.disclosure == Table::Disclosure2021;
        if last.0 + 1 == width && (!line.is_of_text() || divided) {
            return false;
        }
        self.put_labelled(line, last, width, false);
        true
    }

    /// A row with figures before its last label: the form's rows may stand side by side, each with its figures, or
    /// one of them twice. Of what stands before all labels nobody can say what it is.
    fn beside(&mut self, line: &Line<'_>, last: (usize, RowLabel)) -> bool {
        let mut end = line.row.cells.len();
        let mut next = Some(last);
        let mut rows = Vec::new();
        while let Some((at, label)) = next {
            // Without figures of its own a label heads a group, or is a word in a remark.
            if (at + 1..end).any(|own| line.holds_figure(own) && !self.is_number(line, own)) {
                rows.push((at, label, end));
            }
            end = at;
            next = self.label(line, end);
        }
        let has_strays = self.has_strays(line, end);
        match (rows.is_empty(), has_strays) {
            (true, false) => return self.alone(line, last),
            (true, true) => self.put_labelled(line, last, line.row.cells.len(), true),
            (false, _) => {}
        }
        for (which, (at, label, end)) in rows.into_iter().rev().enumerate() {
            self.put_labelled(line, (at, label), end, has_strays && which == 0);
        }
        true
    }

    /// Whether figures stand before a cell that are neither the number of a label nor those of a column beside
    /// the form's.
    fn has_strays(&self, line: &Line<'_>, before: usize) -> bool {
        let mut figures = (0..before).filter(|at| line.holds_figure(*at));
        let is_first = |at: usize| line.plain[..at].iter().all(String::is_empty);
        figures.any(|at| {
            let cell = &line.row.cells[at];
            let numbers = is_first(at) && numbers_a_row(&cell.text);
            !(numbers || is_stroke(&cell.text) || self.columns.stands_beside(cell) || self.is_number(line, at))
        })
    }

    /// Whether a cell holds the number of the label behind it.
    fn is_number(&self, line: &Line<'_>, at: usize) -> bool {
        let behind = line.plain[at + 1..].iter().find(|text| !text.is_empty());
        let whole = format!("{}{}", line.plain[at], behind.map_or("", String::as_str));
        self.table.is_some_and(|table| exact(&whole, table).is_some())
            || labels::APPLICATION_GROUPS.contains(&whole.as_str())
    }

    /// Puts a row with its figures, which stand between its label and `end`. They are not read where `is_unclear`.
    fn put_labelled(&mut self, line: &Line<'_>, (at, label): (usize, RowLabel), end: usize, is_unclear: bool) {
        let table = label.row.table();
        if self.table != Some(table) {
            self.begin(table);
        }
        self.read.see(table);
        self.last = Some(label.row);
        let cell = &line.row.cells[at];
        if label.is_unusual {
            self.read.unusual_label(Location::Row(label.row), &cell.text, line.place(Some(cell)));
        }
        if is_unclear {
            let cells: Vec<&GridCell> = line.row.cells[..end].iter().collect();
            return self.put_unclear(line, label.row, &cells);
        }
        let cells: Vec<&GridCell> = line.row.cells[at + 1..end].iter().collect();
        self.put_row(line, label.row, &cells, cell.columns().end);
    }

    fn put_row(&mut self, line: &Line<'_>, row: Row, cells: &[&GridCell], from: u32) {
        let due = row.columns();
        if row.table() == Table::Remedies {
            self.columns = self.remedies.columns();
        }
        let Some(assigned) = assign(cells, from, due, &self.columns) else {
            return self.put_unclear(line, row, cells);
        };
        for column in due.iter().filter(|column| assigned.iter().all(|(own, _)| own != *column)) {
            self.read.missing_column(row.table(), *column, line.place(None));
        }
        self.put_assigned(line, row, &assigned);
    }

    /// Puts a row whose cells can't be given to its columns. Where it was read before, what was read is in doubt.
    fn put_unclear(&mut self, line: &Line<'_>, row: Row, cells: &[&GridCell]) {
        let is_new = !self.read.figures.has_row(row);
        // A total may stand once more by itself.
        let is_other = |cell: &&GridCell| is_bare_figure(&cell.text) && !self.read.has_said(row, &cell.text);
        if is_new || self.read.is_known(row) && cells.iter().any(is_other) {
            let printed: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
            self.read.put_misaligned(row, &printed.join(" "), line.place(cells.first().copied()));
        }
    }

    /// The row that the first cells of a line name, so many of them, and which of them does.
    fn label(&self, line: &Line<'_>, end: usize) -> Option<(usize, RowLabel)> {
        // A sentence is no label, whatever words it shares with one.
        let sentence = |at: usize| line.row.cells[at].text.contains('。');
        let texts =
            || line.plain[..end].iter().enumerate().rev().filter(|(at, text)| !text.is_empty() && !sentence(*at));
        let in_table = |table: Table| {
            if table == Table::Remedies && !self.remedies.are_columns_of_rows() {
                return None;
            }
            // The last label is the row's; what stands before it heads a group.
            let named = |text: &str| row_of(text, table, self.last).or_else(|| near(text, table, self.last));
            let own = texts().find_map(|(at, text)| Some((at, named(text)?)));
            own.or_else(|| self.begun_before(&line.plain[..end], table))
        };
        let own = self.table.and_then(in_table);
        // A table whose heading is lost is known by its rows.
        own.or_else(|| {
            // The short labels of 表二 stand in other tables too.
            let others = [Table::Applications].into_iter().filter(|table| self.table != Some(*table));
            let mut found = others.filter_map(|table| texts().find_map(|(at, text)| Some((at, exact(text, table)?))));
            found.next().filter(|(at, _)| line.has_figures_from(at + 1))
        })
    }

    /// The row whose label began in the row before.
    fn begun_before(&self, plain: &[String], table: Table) -> Option<(usize, RowLabel)> {
        let (at, text) = plain.iter().enumerate().find(|(_, text)| !text.is_empty())?;
        let whole = format!("{}{text}", self.begun);
        let words = !self.begun.is_empty() && !is_bare_figure(text);
        words.then(|| Some((at, exact(&whole, table)?))).flatten()
    }

    /// A row that the form does not have, among rows that it has.
    fn extra_row(&mut self, line: &Line<'_>) -> bool {
        /// So many figures are no page number, and neither is one in a table of a document, or one that cells stand
        /// beside.
        const SEVERAL: usize = 3;
        let Some(table) = self.table.filter(|table| line.has_figures() && self.read.has_seen(&[*table])) else {
            return false;
        };
        let label = line.cells(false).find(|(_, text)| text.chars().count() >= 2);
        // Notes and page numbers have words and strokes beside their figures.
        let figures = || line.cells(true).filter(|(cell, _)| !is_stroke(&cell.text) && is_bare_figure(&cell.text));
        let in_cells = !line.is_on_page() || line.row.cells.len() > 1;
        let several = || line.cells(true).count() >= SEVERAL;
        let unlabelled =
            || figures().next().filter(|_| in_cells).or_else(|| line.cells(true).next().filter(|_| several()));
        let Some((cell, _)) = label.or_else(unlabelled) else {
            return false;
        };
        self.read.defect(Location::Table(table), DefectKind::ExtraRow, cell.text.trim(), line.place(Some(cell)));
        true
    }
}
