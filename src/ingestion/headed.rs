//! The rows of a grid that are headings, and which columns of the form they name.

use super::{columns::Heading, declared::Declared, grids::Reader, headings, line::Line, remedies::Label};
use crate::{
    layout::GridCell,
    report::{Column, Location, Table},
};

impl Reader<'_> {
    /// Whether a row is a heading: of a block, of a table, or of columns.
    pub fn heading(&mut self, line: &Line<'_>) -> bool {
        if self.is_in_turned(line) || self.table.is_some() && line.numbers_columns() {
            return true;
        }
        let short = |text: &&String| text.chars().count() < 20;
        if line.plain.iter().filter(short).any(|text| headings::is_block(text)) {
            self.begin(self.disclosure);
            self.name_columns(line);
            return true;
        }
        if line.begins("本列数据的勾稽关系") || line.begins("申请人情况") {
            self.begin(Table::Applications);
            self.name_columns(line);
            self.name_beside(line);
            return true;
        }
        if line.has_figures() {
            return false;
        }
        if self.heads_turned(line) {
            return true;
        }
        match headings::table_of(&line.plain, self.disclosure) {
            Some(table) if self.table != Some(table) || headings::begins_anew(&line.plain) => self.begin(table),
            _ => {}
        }
        self.name_columns(line)
    }

    /// Notes the columns that a row of a heading names; whether there are any.
    fn name_columns(&mut self, line: &Line<'_>) -> bool {
        let Some(table) = self.table else {
            return false;
        };
        match table {
            Table::Remedies => self.name_remedies(line),
            _ => self.name_labels(line, table),
        }
    }

    fn name_labels(&mut self, line: &Line<'_>, table: Table) -> bool {
        let texts = || line.row.cells.iter().zip(&line.plain);
        let exact: Vec<Option<Heading>> = texts().map(|(_, text)| headings::column(text, table)).collect();
        let named = exact.iter().any(Option::is_some);
        if !named {
            return false;
        }
        for ((cell, text), exact) in texts().zip(exact) {
            let heading = exact.or_else(|| self.near_column(line, cell, text, table));
            let Some(heading) = heading else { continue };
            self.columns.name(heading, cell.columns(), line.row.number);
            if heading == Heading::Column(Column::Amount) {
                let declared = Declared::of(text);
                self.read.in_yuan = declared.in_yuan;
                self.declared = Some(declared);
            }
        }
        true
    }

    /// Notes the columns beside the form's, whose headings may stand beside all of its rows: 序号.
    fn name_beside(&mut self, line: &Line<'_>) {
        let beside = line.row.cells.iter().zip(&line.plain).filter(|(_, text)| headings::stands_beside(text));
        beside.for_each(|(cell, _)| self.columns.name(Heading::Other, cell.columns(), line.row.number));
    }

    /// The column that a heading means that is off by a character.
    fn near_column(&mut self, line: &Line<'_>, cell: &GridCell, text: &str, table: Table) -> Option<Heading> {
        if headings::stands_beside(text) {
            return Some(Heading::Other);
        }
        if cell.text.trim().is_empty() || headings::names_no_column(text) {
            return None;
        }
        let Some(column) = headings::near(text, table) else {
            return Some(Heading::Unknown);
        };
        self.read.unusual_label(Location::Column(table, column), &cell.text, line.place(Some(cell)));
        Some(Heading::Column(column))
    }

    fn name_remedies(&mut self, line: &Line<'_>) -> bool {
        let labels: Vec<Option<Label>> = line.plain.iter().map(|text| headings::remedy(text)).collect();
        let named = labels.iter().any(Option::is_some);
        for ((cell, text), label) in line.row.cells.iter().zip(&line.plain).zip(labels) {
            let near = || {
                let column = headings::near(text, Table::Remedies).filter(|_| named)?;
                let at = Location::Column(Table::Remedies, column);
                self.read.unusual_label(at, &cell.text, line.place(Some(cell)));
                Some(Label::Result(column))
            };
            if let Some(label) = label.or_else(near) {
                self.remedies.name(label, cell.columns());
            }
        }
        named
    }
}
