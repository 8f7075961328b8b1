//! Shared by the rules on single cells: all cells of a row with the same fault are one finding.

use crate::{
    dossier::Dossier,
    report::{Cell, Location, Row},
    rule::Violation,
    words::Text,
};

/// The cells with a fault, row by row, in the rows that the report has.
pub(super) fn by_row(dossier: &Dossier, faulty: impl Fn(Cell) -> bool) -> Vec<(Row, Vec<Cell>)> {
    let rows = Row::ALL.into_iter().filter(|row| dossier.report.figures.has_row(*row));
    let faulty = rows.map(|row| (row, row.cells().filter(|cell| faulty(*cell)).collect::<Vec<_>>()));
    faulty.filter(|(_, cells)| !cells.is_empty()).collect()
}

/// The finding on a row's faulty cells: at the cell if there is only one, else at the row.
pub(super) fn violation(dossier: &Dossier, row: Row, cells: &[Cell], zh: &str, en: &str) -> Violation {
    let location = match cells {
        [cell] => Location::Cell(*cell),
        _ => Location::Row(row),
    };
    let columns: Vec<&str> = cells.iter().map(|cell| cell.column().label(row.table())).collect();
    let columns = columns.join("、");
    let place = Location::Row(row).printed();
    let message = Text::new(format!("{place}：{columns} {zh}"), format!("{place}: {columns}: {en}"));
    Violation::at(location, message).about(dossier, cells.iter().copied())
}
