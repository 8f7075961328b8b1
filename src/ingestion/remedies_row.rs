//! The one row of 表四 in a grid.

use std::ops::Range;

use super::{
    columns::Assigned,
    figure::{is_bare_figure, is_stroke, numbers_a_row},
    grids::Reader,
    line::{Line, holds_figure},
};
use crate::{
    layout::GridCell,
    report::{
        Cell, DefectKind, Location, Row, Table,
        form::{REMEDIES, RESULTS},
    },
};

impl Reader<'_> {
    /// The one row of 表四: fifteen figures in the order of its headings.
    pub fn remedies_row(&mut self, line: &Line<'_>) -> bool {
        let width = REMEDIES.len() * RESULTS.len();
        let all: Vec<&GridCell> = line.row.cells.iter().collect();
        let figures = all.iter().filter(|cell| holds_figure(cell)).count();
        let named = self.remedies.is_named();
        let blank_row = line.plain.iter().all(String::is_empty) && all.len() != width;
        let words = line.plain.iter().zip(&all).any(|(text, cell)| !text.is_empty() && !holds_figure(cell));
        if !named || blank_row || words && figures < RESULTS.len() || !(figures > 0 || all.len() == width) {
            return false;
        }
        let seen = self.read.figures.has_row(Row::Reconsideration);
        if seen && figures < RESULTS.len() {
            return false;
        }
        self.read.see(Table::Remedies);
        self.last = Some(Row::LitigationAfterReconsideration);
        if !seen {
            for column in RESULTS.into_iter().filter(|column| !self.remedies.has(*column)) {
                self.read.missing_column(Table::Remedies, column, line.place(None));
            }
        }
        match self.remedies_of(&all) {
            Some(cells) => {
                let taken = |own: &GridCell| cells.iter().any(|(_, cell)| std::ptr::eq(*cell, own));
                // The headings say which the fifteen are; what stands beside them is told.
                let is_beside = |(at, own): &(usize, &&GridCell)| {
                    let says_nothing = is_stroke(&own.text) || *at == 0 && numbers_a_row(&own.text);
                    is_bare_figure(&own.text) && !says_nothing && !taken(own)
                };
                if let Some((_, stray)) = all.iter().enumerate().find(is_beside).filter(|_| !seen) {
                    let place = line.place(Some(*stray));
                    let location = Location::Table(Table::Remedies);
                    self.read.defect(location, DefectKind::ExtraRow, stray.text.trim(), place);
                }
                for row in REMEDIES {
                    let own: Vec<Assigned<'_>> = cells
                        .iter()
                        .filter(|(cell, _)| cell.row() == row)
                        .map(|(cell, own)| (cell.column(), Some(*own)))
                        .collect();
                    self.put_assigned(line, row, &own);
                }
            }
            None if seen => {
                let printed: Vec<&str> = all.iter().map(|cell| cell.text.trim()).collect();
                self.read.defect(
                    Location::Table(Table::Remedies),
                    DefectKind::ExtraRow,
                    &printed.join(" "),
                    line.place(None),
                );
            }
            None => {
                let printed: Vec<&str> = all.iter().map(|cell| cell.text.trim()).collect();
                let place = line.place(all.first().copied());
                REMEDIES.iter().for_each(|row| self.read.put_misaligned(*row, &printed.join(" "), place.clone()));
            }
        }
        true
    }

    /// The cells of 表四 with theirs in the grid; nothing where that is not certain.
    fn remedies_of<'c>(&self, all: &[&'c GridCell]) -> Option<Vec<(Cell, &'c GridCell)>> {
        let order = self.remedies.order()?;
        if all.len() == order.len() {
            return Some(order.into_iter().zip(all.iter().copied()).collect());
        }
        // A margin of a sheet, a column of remarks, or a label before the figures.
        let under = |at: &Range<u32>| {
            let mut own = all.iter().filter(|cell| cell.columns().start < at.end && at.start < cell.columns().end);
            own.next().copied().filter(|cell| own.next().is_none() && !cell.text.trim().is_empty())
        };
        let placed = self.remedies.placed().filter(|_| !self.remedies.is_elsewhere())?;
        placed.into_iter().map(|(cell, at)| Some((cell, under(&at)?))).collect()
    }
}
