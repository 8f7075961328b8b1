//! Gives each cell of a row to the column under whose heading it stands.

use std::ops::Range;

use crate::layout::GridCell;
use crate::report::Column;

/// The columns that a table's heading names, and where.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    named: Vec<Named>,
    /// Whether the places are those of an earlier grid: a table goes on over a page break.
    elsewhere: bool,
}

/// A column that a heading names: where it stands, and in which row.
#[derive(Clone, Debug)]
struct Named {
    column: Column,
    at: Range<u32>,
    row: u32,
}

impl Columns {
    /// Forgets all columns.
    pub fn clear(&mut self) {
        self.named.clear();
        self.elsewhere = false;
    }

    /// Notes that a heading names a column. A heading that is repeated replaces the first.
    pub fn name(&mut self, column: Column, at: Range<u32>, row: u32) {
        if self.elsewhere {
            self.clear();
        }
        self.named.push(Named { column, at, row });
    }

    /// Says that another grid begins: its places are not those of the headings.
    pub fn leave_grid(&mut self) {
        self.elsewhere = true;
    }

    /// Whether a heading names a column.
    pub fn has(&self, column: Column) -> bool {
        self.named.iter().any(|own| own.column == column)
    }

    /// Whether a cell stands under a heading; nobody knows in a grid that has none of its own.
    pub fn cover(&self, cell: &GridCell) -> bool {
        self.elsewhere || self.named.iter().any(|own| overlap(cell, &own.at))
    }

    /// Whether a heading names any column.
    pub fn is_named(&self) -> bool {
        !self.named.is_empty()
    }

    /// Columns, from left to right, with their places.
    fn of(&self, due: &[Column]) -> Vec<Named> {
        let mut own: Vec<Named> = self.named.iter().filter(|own| due.contains(&own.column)).cloned().collect();
        own.sort_by_key(|own| own.at.start);
        own
    }

    /// Whether the headings, read row by row, are those of the form: then the columns are in its
    /// order, even where spans were lost and the headings stand over other columns.
    fn reads_as_the_form(&self, due: &[Column]) -> bool {
        let read = || self.named.iter().map(|own| own.column).filter(|column| due.contains(column));
        // In 表三 自然人 and 总计 stand a row above the kinds of 法人或其他组织.
        let ends = [due.first(), due.last()].into_iter().flatten();
        let two_rows = ends.chain(due.get(1..due.len().saturating_sub(1)).unwrap_or_default());
        read().eq(due.iter().copied()) || read().eq(two_rows.copied())
    }
}

/// Whether columns stand in the order of the form.
fn in_form_order(named: &[Named], due: &[Column]) -> bool {
    named.iter().map(|own| due.iter().position(|column| *column == own.column)).is_sorted()
}

/// Whether the places of columns can be believed: they are in the form's order, or all in one row.
fn is_plausible(named: &[Named], due: &[Column]) -> bool {
    let in_one_row = named.iter().all(|own| own.row == named[0].row);
    let apart = named.iter().zip(named.iter().skip(1)).all(|(one, next)| one.at.end <= next.at.start);
    apart && (in_form_order(named, due) || in_one_row)
}

/// The cell of each column; nothing where that is not certain.
///
/// As many cells as columns are taken in the order of the headings: spans are often drawn wrong,
/// order hardly ever is. Else each cell must stand under one heading alone.
pub(super) fn assign<'c>(cells: &[&'c GridCell], due: &[Column], columns: &Columns) -> Option<Vec<&'c GridCell>> {
    let named = columns.of(due);
    let all_named = named.len() == due.len();
    let in_order = |cells: &[&'c GridCell]| -> Option<Vec<&'c GridCell>> {
        // Without headings, or with some that can't be read, the form's order is taken if those
        // that can be read stand in it.
        if columns.reads_as_the_form(due) || (!all_named && in_form_order(&named, due)) {
            return Some(cells.to_vec());
        }
        if !all_named || !is_plausible(&named, due) {
            return None;
        }
        due.iter().map(|column| cells.get(named.iter().position(|own| own.column == *column)?).copied()).collect()
    };
    if cells.len() == due.len() {
        return in_order(cells);
    }
    if all_named && !columns.elsewhere {
        let plausible = is_plausible(&named, due);
        let own = |column: &Column| named.iter().find(|own| own.column == *column && plausible);
        return due.iter().map(|column| under(cells, own(column)?, &named)).collect();
    }
    // Blank cells before the figures belong to a label that spans columns.
    let blank = |cell: &GridCell| cell.text.trim().is_empty();
    let extra = cells.len().checked_sub(due.len())?;
    let (before, rest) = cells.split_at(extra);
    let certain = before.iter().all(|cell| blank(cell)) && rest.last().is_some_and(|cell| !blank(cell));
    if certain { in_order(rest) } else { None }
}

fn overlap(cell: &GridCell, at: &Range<u32>) -> bool {
    cell.columns().start < at.end && at.start < cell.columns().end
}

/// The one cell under a heading that stands under no other.
fn under<'c>(cells: &[&'c GridCell], heading: &Named, named: &[Named]) -> Option<&'c GridCell> {
    let own: Vec<&GridCell> = cells.iter().filter(|cell| overlap(cell, &heading.at)).copied().collect();
    let alone = |cell: &&GridCell| named.iter().all(|it| it.column == heading.column || !overlap(cell, &it.at));
    if own.is_empty() || !own.iter().all(alone) {
        return None;
    }
    let filled: Vec<&GridCell> = own.iter().filter(|cell| !cell.text.trim().is_empty()).copied().collect();
    match filled.as_slice() {
        [] => own.first().copied(),
        [only] => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Column::{InForce, Issued, Repealed};

    fn row(cells: &[(u32, u32, &str)]) -> Vec<GridCell> {
        let cell = |(column, width, text): &(u32, u32, &str)| GridCell {
            text: (*text).into(),
            number: 0,
            column: *column,
            width: *width,
            height: 1,
            ..GridCell::default()
        };
        cells.iter().map(cell).collect()
    }

    fn assigned(cells: &[(u32, u32, &str)], columns: &Columns) -> Option<Vec<String>> {
        let cells = row(cells);
        let cells: Vec<&GridCell> = cells.iter().collect();
        let found = assign(&cells, &[Issued, Repealed, InForce], columns)?;
        Some(found.into_iter().map(|cell| cell.text.clone()).collect())
    }

    #[test]
    fn cells_go_to_the_column_under_whose_heading_they_stand() {
        let mut columns = Columns::default();
        for (column, at) in [(InForce, 1..2), (Issued, 2..4), (Repealed, 4..5)] {
            columns.name(column, at, 1);
        }
        let all = |texts: [&str; 3]| Some(texts.map(str::to_owned).to_vec());
        assert_eq!(assigned(&[(1, 2, "a"), (3, 1, "b"), (4, 1, "c")], &columns), all(["b", "c", "a"]), "by order");
        assert_eq!(assigned(&[(1, 1, "a"), (2, 1, ""), (3, 1, "b"), (4, 1, "c")], &columns), all(["b", "c", "a"]));
        assert_eq!(assigned(&[(1, 1, "a"), (2, 1, "x"), (3, 1, "b"), (4, 1, "c")], &columns), None, "two figures");
        assert_eq!(assigned(&[(1, 2, "a"), (3, 2, "b")], &columns), None, "a cell under two headings");
        assert_eq!(assigned(&[(1, 1, "a"), (2, 3, "b")], &columns), None, "two columns of which one covers the other");
    }

    #[test]
    fn headings_that_lost_their_spans_are_not_believed() {
        // 法人或其他组织 lost its span: the third column of the form is over the fourth of the grid.
        let mut columns = Columns::default();
        for (column, at, row) in [(Issued, 0..1, 1), (InForce, 1..2, 1), (Repealed, 2..3, 2)] {
            columns.name(column, at, row);
        }
        let three = [(3, 1, "a"), (4, 1, "b"), (5, 1, "c")];
        let form = Some(["a", "b", "c"].map(str::to_owned).to_vec());
        assert_eq!(assigned(&three, &columns), form, "read row by row they are the form's");
        let mut columns = Columns::default();
        for (column, at, row) in [(InForce, 0..1, 1), (Issued, 1..2, 1), (Repealed, 2..3, 2)] {
            columns.name(column, at, row);
        }
        assert_eq!(assigned(&three, &columns), None);
    }

    #[test]
    fn on_the_next_page_only_order_counts() {
        let mut columns = Columns::default();
        columns.leave_grid();
        let four = [(1, 1, ""), (2, 1, "a"), (3, 1, ""), (4, 1, "c")];
        assert_eq!(assigned(&four, &columns), Some(["a", "", "c"].map(str::to_owned).to_vec()));
        let doubtful = [(1, 1, ""), (2, 1, "a"), (3, 1, "b"), (4, 1, "")];
        assert_eq!(assigned(&doubtful, &columns), None);
    }
}
