//! Tables that stand side by side on one sheet, with a blank column between them.

use std::{borrow::Cow, collections::BTreeSet, ops::Range};

use super::headings;
use crate::{
    layout::{Grid, GridCell, GridRow},
    words::plain,
};

/// The tables of a grid: those that stand side by side one after the other, each with its own cells.
pub(super) fn apart(grid: &Grid) -> Vec<Cow<'_, Grid>> {
    let is_blank = |row: &GridRow| cells_with_text(row).next().is_none();
    let go_on =
        |above: &GridRow, below: &GridRow| above.number + 1 == below.number && !is_blank(above) && !is_blank(below);
    let regions: Vec<&[GridRow]> = grid.rows.chunk_by(go_on).collect();
    let sides: Vec<Vec<Range<u32>>> = regions.iter().map(|rows| sides(rows)).collect();
    if sides.iter().all(|sides| sides.len() < 2) {
        return vec![Cow::Borrowed(grid)];
    }
    let mut grids: Vec<Grid> = Vec::new();
    let mut goes_on = false;
    for (rows, sides) in regions.into_iter().zip(sides) {
        if sides.len() < 2 {
            match grids.last_mut().filter(|_| goes_on) {
                Some(last) => last.rows.extend_from_slice(rows),
                None => grids.push(Grid { rows: rows.to_vec(), ..empty(grid) }),
            }
        } else {
            grids.extend(sides.iter().map(|side| Grid { rows: within(rows, side), ..empty(grid) }));
        }
        goes_on = sides.len() < 2;
    }
    grids.into_iter().map(Cow::Owned).collect()
}

fn empty(grid: &Grid) -> Grid {
    Grid { page: grid.page, sheet: grid.sheet.clone(), table: grid.table, rows: Vec::new() }
}

/// The columns of each table, where several of the form's stand side by side.
fn sides(rows: &[GridRow]) -> Vec<Range<u32>> {
    let filled = |row: &&GridRow| cells_with_text(row).nth(1).is_some();
    // A line of one cell is a title, and may stand over all tables.
    let cells: Vec<&GridCell> = rows.iter().filter(filled).flat_map(cells_with_text).collect();
    let mut taken: Vec<Range<u32>> = cells.iter().map(|cell| cell.columns()).collect();
    taken.sort_unstable_by_key(|columns| columns.start);
    let mut blocks: Vec<Range<u32>> = Vec::new();
    for columns in taken {
        match blocks.last_mut().filter(|last| columns.start <= last.end) {
            Some(last) => last.end = last.end.max(columns.end),
            None => blocks.push(columns),
        }
    }
    let mut sides: Vec<(Range<u32>, BTreeSet<u8>)> = Vec::new();
    for block in blocks {
        let own = tables(&cells, &block);
        match sides.last_mut().filter(|(_, last)| own.is_subset(last)) {
            Some((last, _)) => last.end = block.end,
            None => sides.push((block, own)),
        }
    }
    let begins = sides.first_mut().filter(|(_, own)| !own.is_empty()).map(|(first, _)| first.start = 0).is_some();
    if begins { sides.into_iter().map(|(side, _)| side).collect() } else { Vec::new() }
}

fn cells_with_text(row: &GridRow) -> impl Iterator<Item = &GridCell> {
    row.cells.iter().filter(|cell| !cell.text.trim().is_empty() || cell.concealed.is_some())
}

/// The tables of the form whose headings stand in some columns.
fn tables(cells: &[&GridCell], columns: &Range<u32>) -> BTreeSet<u8> {
    // Most cells are figures, and no heading is.
    let own = cells.iter().filter(|cell| columns.contains(&cell.column) && !cell.text.is_ascii());
    own.filter_map(|cell| headings::begun_by(&plain(&cell.text))).collect()
}

/// The rows with their cells that stand in some columns.
fn within(rows: &[GridRow], columns: &Range<u32>) -> Vec<GridRow> {
    let own = |row: &GridRow| {
        let cells = row.cells.iter().filter(|cell| columns.contains(&cell.column));
        GridRow { number: row.number, cells: cells.cloned().collect() }
    };
    rows.iter().map(own).filter(|row| !row.cells.is_empty()).collect()
}
