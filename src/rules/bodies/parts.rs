//! The reports that a summary adds up, and the cells in which it does.

use crate::{
    dossier::Dossier,
    report::{AnnualReport, Cell, Column, Row, Table, arithmetic::Range},
    words::Text,
};

/// The reports of subordinate bodies for the year of the summary, and those whose year is unknown.
pub(super) struct Parts<'a> {
    /// The reports.
    pub reports: Vec<&'a AnnualReport>,
    /// Whether they are complete.
    pub complete: bool,
}

impl<'a> Parts<'a> {
    /// The parts of a dossier; else why there are none.
    pub fn of(dossier: &'a Dossier) -> Result<Self, Text> {
        if dossier.subordinates.is_empty() {
            return Err(Text::fixed("未提供下级报告", "no reports of subordinates were sent"));
        }
        if dossier.subordinates().is_empty() {
            return Err(Text::fixed(
                "下级报告有重复的，或不是本年度的，不作比较（见 CTX-003）",
                "a subordinate's report is there twice or of another year: they are not compared (see CTX-003)",
            ));
        }
        Ok(Self { reports: dossier.subordinates().iter().collect(), complete: dossier.subordinates_complete })
    }

    /// The sum of the parts in a cell.
    pub fn sum(&self, cell: Cell) -> Range {
        let parts = self.reports.iter().map(|part| Range::of(&part.figures, cell));
        parts.fold(Range::exactly(0), Range::and)
    }

    /// The parts with a larger count in a cell than the whole, with their names and figures.
    pub fn exceeding(&self, dossier: &Dossier, cell: Cell) -> Vec<(String, i64)> {
        let Some(whole) = dossier.report.figures.count(cell).known() else {
            return Vec::new();
        };
        let count = |part: &AnnualReport| part.figures.count(cell).known().filter(|count| *count > whole);
        let parts = self.reports.iter().enumerate();
        parts.filter_map(|(at, part)| count(part).map(|count| (name_of(part, at), count))).collect()
    }
}

/// The name of a body; its place in the list if it has none.
pub(super) fn name_of(part: &AnnualReport, at: usize) -> String {
    if part.body.name.is_empty() { format!("下级报告[{at}]") } else { part.body.name.clone() }
}

/// The rows that a summary adds up: all of tables three and four, and those of decisions.
pub(super) fn rows(dossier: &Dossier) -> impl Iterator<Item = Row> {
    let figures = &dossier.report.figures;
    Row::ALL.into_iter().filter(|row| figures.has_row(*row) && cells(*row).next().is_some())
}

/// The cells of a row that are added up, 总计 first.
pub(super) fn cells(row: Row) -> impl Iterator<Item = Cell> {
    let summed = move |cell: &Cell| match row.table() {
        Table::Applications | Table::Remedies => true,
        Table::Disclosure2019 | Table::Disclosure2021 => cell.column() == Column::Decisions,
    };
    row.cells().rev().filter(summed)
}
