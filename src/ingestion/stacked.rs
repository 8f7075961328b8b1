//! Rows of the form that stand in one row of a grid, their labels and figures below each other in its cells.

use std::borrow::Cow;

use super::row_label::exact;
use crate::{
    layout::{Grid, GridCell, GridRow},
    report::Table,
    words::plain,
};

/// The grid with each of such rows as the rows that stand in it.
pub(super) fn unstacked(grid: Cow<'_, Grid>) -> Cow<'_, Grid> {
    if grid.rows.iter().all(|row| stack(row).is_none()) {
        return grid;
    }
    let rows = grid.rows.iter().flat_map(|row| match stack(row) {
        Some((label, count)) => (0..count).map(|at| part(row, label, at)).collect(),
        None => vec![row.clone()],
    });
    let rows = rows.collect();
    Cow::Owned(Grid { page: grid.page, sheet: grid.sheet.clone(), table: grid.table, rows })
}

/// Which cell of a row holds labels of the form below each other, and how many; each filled cell behind it has as
/// many lines.
fn stack(row: &GridRow) -> Option<(usize, usize)> {
    let lines = |cell: &GridCell| cell.text.trim().lines().count();
    let named = |line: &str| Table::ALL.into_iter().any(|table| exact(&plain(line), table).is_some());
    let stacked = |cell: &GridCell| lines(cell) > 1 && cell.text.trim().lines().all(named);
    let label = row.cells.iter().rposition(stacked)?;
    let count = lines(&row.cells[label]);
    let mut figures = row.cells[label + 1..].iter().filter(|cell| !cell.text.trim().is_empty()).peekable();
    let all = figures.peek().is_some() && figures.all(|cell| lines(cell) == count && cell.concealed.is_none());
    all.then_some((label, count))
}

/// The row at a place of the stack. What stands before the labels heads the first.
fn part(row: &GridRow, label: usize, at: usize) -> GridRow {
    let own = |(which, cell): (usize, &GridCell)| {
        let text = match which < label {
            true if at == 0 => cell.text.clone(),
            true => String::new(),
            false => cell.text.trim().lines().nth(at).unwrap_or_default().to_owned(),
        };
        GridCell { text, ..cell.clone() }
    };
    GridRow { number: row.number, cells: row.cells.iter().enumerate().map(own).collect() }
}
