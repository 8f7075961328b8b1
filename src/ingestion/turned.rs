//! Tables that stand turned: the form's rows side by side as columns, and its columns below each other.
//!
//! Their figures are not read: the form has no such table. They are told to be in doubt, never to be missing.

use std::collections::BTreeSet;

use super::{
    grids::Reader,
    headings,
    line::Line,
    row_label::{RowLabel, exact, row_of},
};
use crate::report::{Row, Table};

impl Reader<'_> {
    /// Whether a line without figures heads a turned table: it names several of the form's rows side by side.
    pub fn heads_turned(&mut self, line: &Line<'_>) -> bool {
        /// 表三's rows may stand beside one that they divide.
        const OF_APPLICATIONS: usize = 3;
        const OF_DISCLOSURE: usize = 2;
        let kinds = [(self.disclosure, OF_DISCLOSURE), (Table::Applications, OF_APPLICATIONS)];
        let named = |table: Table, row: fn(&str, Table) -> Option<RowLabel>| -> BTreeSet<Row> {
            line.plain.iter().filter_map(|text| row(text, table)).map(|label| label.row).collect()
        };
        let turned =
            |(table, least): &(Table, usize)| named(*table, exact).len() >= *least && !names_columns(line, *table);
        let Some((table, _)) = kinds.into_iter().find(turned) else {
            return false;
        };
        self.begin(table);
        self.read.see(table);
        self.is_turned = true;
        let printed: Vec<&str> = line.row.cells.iter().map(|cell| cell.text.trim()).collect();
        for row in named(table, |text, table| row_of(text, table, None)) {
            if !self.read.figures.has_row(row) {
                self.read.put_misaligned(row, &printed.join(" "), line.place(None));
            }
        }
        true
    }

    /// Whether a line holds figures of a turned table: it names a column before them.
    pub fn is_in_turned(&self, line: &Line<'_>) -> bool {
        self.is_turned && line.has_figures() && self.table.is_some_and(|table| names_columns(line, table))
    }
}

/// Whether a line names columns of a table.
fn names_columns(line: &Line<'_>, table: Table) -> bool {
    line.plain.iter().any(|text| headings::column(text, table).is_some())
}
