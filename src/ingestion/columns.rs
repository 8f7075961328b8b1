//! The one assigner of columns: gives each cell of a row to the column that its heading names.
//!
//! A heading that can't be read is unknown, which is not missing; nothing is given to a column where the
//! headings contradict it.

use std::{collections::BTreeMap, ops::Range};

use super::figure::is_figure;
use crate::layout::GridCell;
use crate::report::Column;

/// What a cell of a heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// It names a column.
    Column(Column),
    /// It stands over several columns, which the row below names: 法人或其他组织.
    Group,
    /// It names no column of the form, as far as it can be read.
    Unknown,
    /// It names a column that stands beside those of the form: 备注.
    Other,
}

/// The columns that a table's heading names, and where.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    headings: Vec<Placed>,
    /// Whether the places are those of an earlier grid: a table goes on over a page break.
    elsewhere: bool,
    /// Whether rows are lines of text, whose last cells may be left out where they are blank.
    of_lines: bool,
}

/// A heading, where it stands, and in which row.
#[derive(Clone, Debug)]
struct Placed {
    heading: Heading,
    at: Range<u32>,
    row: u32,
}

/// A column with its place.
#[derive(Clone, Debug)]
struct Named {
    column: Column,
    at: Range<u32>,
    row: u32,
}

/// The cell of a column; nothing where a line ends before it.
pub(super) type Assigned<'c> = (Column, Option<&'c GridCell>);

impl Columns {
    /// Forgets all columns.
    pub fn clear(&mut self) {
        self.headings.clear();
        self.elsewhere = false;
    }

    /// Notes what a heading says. A heading that is repeated on the next page replaces the first.
    pub fn name(&mut self, heading: Heading, at: Range<u32>, row: u32) {
        if self.elsewhere {
            self.clear();
        }
        self.headings.push(Placed { heading, at, row });
    }

    /// Says that another grid begins: its places are not those of the headings.
    pub fn begin_grid(&mut self, of_lines: bool) {
        self.elsewhere = true;
        self.of_lines = of_lines;
    }

    /// Whether a heading names a column.
    pub fn has(&self, column: Column) -> bool {
        self.headings.iter().any(|own| own.heading == Heading::Column(column))
    }

    /// Columns, from left to right, with their places. A column whose heading is repeated side by side,
    /// or below itself, stands under all of them.
    fn of(&self, due: &[Column]) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        for placed in &self.headings {
            let Heading::Column(column) = placed.heading else { continue };
            let touches = |own: &&mut Named| {
                own.column == column && placed.at.start <= own.at.end && own.at.start <= placed.at.end
            };
            match found.iter_mut().find(touches) {
                Some(own) => own.at = own.at.start.min(placed.at.start)..own.at.end.max(placed.at.end),
                None if due.contains(&column) => found.push(Named { column, at: placed.at.clone(), row: placed.row }),
                None => {}
            }
        }
        found.sort_by_key(|own| own.at.start);
        found
    }

    /// Whether a cell stands under a heading that is none of the form's, and under none of the form's.
    pub fn stands_beside(&self, cell: &GridCell) -> bool {
        let under = |other: bool| {
            let mut own = self.headings.iter().filter(|own| (own.heading == Heading::Other) == other);
            own.any(|own| own.heading != Heading::Unknown && overlap(cell, &own.at))
        };
        under(true) && !under(false)
    }

    /// The places of headings that could not be read.
    fn unknown(&self) -> impl Iterator<Item = &Range<u32>> {
        self.headings.iter().filter(|own| own.heading == Heading::Unknown).map(|own| &own.at)
    }

    /// The columns as a reader meets them, row by row; a group's stand in its place. Spans may be lost.
    pub fn read(&self, due: &[Column]) -> Vec<Column> {
        let mut rows: BTreeMap<u32, Vec<&Placed>> = BTreeMap::new();
        self.headings.iter().for_each(|own| rows.entry(own.row).or_default().push(own));
        let mut read = Vec::new();
        let mut rows = rows.into_values().peekable();
        while let Some(mut row) = rows.next() {
            row.sort_by_key(|own| own.at.start);
            let grouped = row.iter().any(|own| own.heading == Heading::Group);
            let mut below = if grouped { rows.next().unwrap_or_default() } else { Vec::new() };
            below.sort_by_key(|own| own.at.start);
            let above: Vec<Heading> = row.iter().map(|own| own.heading).collect();
            for own in row {
                match own.heading {
                    Heading::Group => {
                        let own = std::mem::take(&mut below).into_iter().map(|own| own.heading);
                        read.extend(own.filter(|heading| !above.contains(heading)));
                    }
                    heading => read.push(heading),
                }
            }
        }
        let mut columns: Vec<Column> = Vec::new();
        for heading in read {
            match heading {
                Heading::Column(column) if due.contains(&column) && columns.last() != Some(&column) => {
                    columns.push(column)
                }
                _ => {}
            }
        }
        columns
    }

    /// The order in which the columns stand; nothing where that is not certain.
    fn order(&self, due: &[Column]) -> Option<Vec<Column>> {
        let read = self.read(due);
        // Then the columns are in the form's order, even where spans were lost and the headings stand
        // over other columns.
        if read == due || self.is_in_two_rows(&read, due) {
            return Some(due.to_vec());
        }
        let named = self.of(due);
        let complete = |order: &[Column]| order.len() == due.len() && due.iter().all(|column| order.contains(column));
        let placed: Vec<Column> = named.iter().map(|own| own.column).collect();
        if complete(&placed) && self.are_plausible(&named, due) {
            return Some(placed);
        }
        // Places that overlap say nothing; what is read row by row does, where a group has its own row.
        (self.has_group() && complete(&read) && !are_apart(&named)).then_some(read)
    }
}

impl Columns {
    /// Whether 自然人 and 总计 stand a row above the kinds of 法人或其他组织, as in the form of 表三.
    fn is_in_two_rows(&self, read: &[Column], due: &[Column]) -> bool {
        let ends = [due.first(), due.last()].into_iter().flatten();
        let two_rows = ends.chain(due.get(1..due.len().saturating_sub(1)).unwrap_or_default());
        let rows = self.headings.iter().filter(|own| matches!(own.heading, Heading::Column(_))).map(|own| own.row);
        let several = rows.clone().min() != rows.max();
        several && read.iter().eq(two_rows)
    }

    /// Whether a heading stands twice in a row where another of the form's columns has none: nobody can say which
    /// of the two is the other's.
    fn are_mistaken(&self, due: &[Column]) -> bool {
        let of = |column: Column| self.headings.iter().filter(move |own| own.heading == Heading::Column(column));
        let is_twice = |column: &Column| {
            of(*column).next().is_some_and(|first| of(*column).any(|own| own.row == first.row && own.at != first.at))
        };
        !due.iter().all(|column| self.has(*column)) && due.iter().any(is_twice)
    }

    fn has_group(&self) -> bool {
        self.headings.iter().any(|own| own.heading == Heading::Group)
    }

    /// Whether the places of columns can be believed: they are in the form's order, or all in one row, or in
    /// the order in which they are read where a group has its own row.
    fn are_plausible(&self, named: &[Named], due: &[Column]) -> bool {
        let in_one_row = named.iter().all(|own| own.row == named[0].row);
        let columns = || named.iter().map(|own| own.column);
        let as_read = || self.has_group() && columns().eq(self.read(due));
        are_apart(named) && (in_form_order(columns(), due) || in_one_row || as_read())
    }

    /// Whether the headings that can be read stand where the form has them, among those that can't.
    fn fit_the_form(&self, named: &[Named], due: &[Column]) -> bool {
        let mut all: Vec<u32> = named.iter().map(|own| own.at.start).chain(self.unknown().map(|at| at.start)).collect();
        all.sort_unstable();
        let place = |own: &Named| all.iter().position(|start| *start == own.at.start);
        let due_place = |own: &Named| due.iter().position(|column| *column == own.column);
        all.len() != due.len() || named.iter().all(|own| place(own) == due_place(own))
    }
}

fn are_apart(named: &[Named]) -> bool {
    named.iter().zip(named.iter().skip(1)).all(|(one, next)| one.at.end <= next.at.start)
}

/// Whether columns stand in the order of the form.
fn in_form_order(columns: impl Iterator<Item = Column>, due: &[Column]) -> bool {
    columns.map(|own| due.iter().position(|column| *column == own)).is_sorted()
}

/// The cell of each column that the table has; nothing where that is not certain. Columns that are left
/// out are missing in the table.
///
/// As many cells as columns are taken in the order of the headings: spans are often drawn wrong,
/// order hardly ever is. Else each cell must stand under one heading alone.
///
/// `from` is where the row's label ends: headings that begin before it have lost their places.
pub(super) fn assign<'c>(
    cells: &[&'c GridCell],
    from: u32,
    due: &[Column],
    columns: &Columns,
) -> Option<Vec<Assigned<'c>>> {
    let mut named = columns.of(due);
    if columns.are_mistaken(due) {
        return None;
    }
    let placed = !columns.elsewhere && named.first().is_some_and(|first| first.at.start >= from);
    let trusted = placed && columns.are_plausible(&named, due);
    let unknown: Vec<&Range<u32>> = columns.unknown().collect();
    let open = due.len() - named.iter().map(|own| own.column).filter(|own| due.contains(own)).count().min(due.len());
    // The one heading that can't be read is that of the one column that is not named.
    if let ([at], 1, true) = (unknown.as_slice(), open, trusted) {
        let column = due.iter().copied().find(|column| !columns.has(*column))?;
        named.push(Named { column, at: (*at).clone(), row: named[0].row });
        named.sort_by_key(|own| own.at.start);
    }
    let kept: Vec<&GridCell> = cells.iter().filter(|cell| !(placed && columns.stands_beside(cell))).copied().collect();
    let cells = kept.as_slice();
    let own = if trusted { between_edges(cells, &named, &unknown) } else { cells };
    let order = || -> Option<Vec<Column>> {
        let placed = || named.iter().map(|own| own.column);
        match named.len() {
            all if all == due.len() && open == 1 => Some(placed().collect()),
            all if all == due.len() => columns.order(due),
            // Without headings, or with some that can't be read, the form's order is taken if those
            // that can be read stand in it.
            _ if in_form_order(placed(), due) && columns.fit_the_form(&named, due) => Some(due.to_vec()),
            _ => None,
        }
    };
    if own.len() == due.len() {
        return Some(paired(order()?, own));
    }
    let all_open_are_missing = unknown.is_empty() && named.len() * 2 >= due.len() && !columns.elsewhere;
    let missing = named.len() < due.len() && all_open_are_missing;
    if missing && own.len() == named.len() {
        if trusted {
            return Some(paired(named.iter().map(|own| own.column).collect(), own));
        }
        let read = columns.read(due);
        if read.len() == named.len() && in_form_order(read.iter().copied(), due) {
            return Some(paired(read, own));
        }
    }
    if trusted && (named.len() == due.len() || missing) {
        return by_place(own, &named, &unknown, columns.of_lines);
    }
    let window = only_window(own, due.len())?;
    Some(paired(order()?, window))
}

fn paired<'c>(order: Vec<Column>, cells: &[&'c GridCell]) -> Vec<Assigned<'c>> {
    order.into_iter().zip(cells.iter().copied().map(Some)).collect()
}

fn is_blank(cell: &GridCell) -> bool {
    cell.text.trim().is_empty() && cell.concealed.is_none()
}

/// The cells without the blank ones left of all headings and right of them: they belong to a label, or to
/// a figure, that spans columns.
fn between_edges<'a, 'c>(cells: &'a [&'c GridCell], named: &[Named], unknown: &[&Range<u32>]) -> &'a [&'c GridCell] {
    let places = || named.iter().map(|own| &own.at).chain(unknown.iter().copied());
    let (start, end) = (places().map(|at| at.start).min(), places().map(|at| at.end).max());
    let before = |cell: &GridCell| start.is_some_and(|start| cell.columns().end <= start);
    let behind = |cell: &GridCell| end.is_some_and(|end| cell.column >= end);
    let from = cells.iter().take_while(|cell| is_blank(cell) && before(cell)).count();
    let to = cells.len() - cells[from..].iter().rev().take_while(|cell| is_blank(cell) && behind(cell)).count();
    &cells[from..to]
}

/// The only run of so many cells beside which all others are blank.
fn only_window<'a, 'c>(cells: &'a [&'c GridCell], width: usize) -> Option<&'a [&'c GridCell]> {
    let extra = cells.len().checked_sub(width)?;
    let from = cells.iter().take_while(|cell| is_blank(cell)).count().min(extra);
    let behind = cells.iter().rev().take_while(|cell| is_blank(cell)).count().min(extra);
    // Any number of blanks before, up to `from`, and the rest behind.
    (from + behind == extra).then(|| &cells[from..from + width])
}

fn overlap(cell: &GridCell, at: &Range<u32>) -> bool {
    cell.columns().start < at.end && at.start < cell.columns().end
}

/// Each column's cell by its place. `may_end` tells that blank cells may be left out.
fn by_place<'c>(
    cells: &[&'c GridCell],
    named: &[Named],
    unknown: &[&Range<u32>],
    may_end: bool,
) -> Option<Vec<Assigned<'c>>> {
    let headed =
        |cell: &GridCell| named.iter().any(|own| overlap(cell, &own.at)) || unknown.iter().any(|at| overlap(cell, at));
    // Words beside the table are remarks; a figure belongs somewhere.
    if cells.iter().any(|cell| is_figure(&cell.text) && !headed(cell)) {
        return None;
    }
    named.iter().map(|own| Some((own.column, under(cells, own, named, may_end)?))).collect()
}

/// The one cell under a heading that stands under no other.
fn under<'c>(cells: &[&'c GridCell], heading: &Named, named: &[Named], may_end: bool) -> Option<Option<&'c GridCell>> {
    let own: Vec<&GridCell> = cells.iter().filter(|cell| overlap(cell, &heading.at)).copied().collect();
    let alone = |cell: &&GridCell| named.iter().all(|it| it.column == heading.column || !overlap(cell, &it.at));
    if own.is_empty() {
        return may_end.then_some(None);
    }
    if !own.iter().all(alone) {
        return None;
    }
    let filled: Vec<&GridCell> = own.iter().filter(|cell| !is_blank(cell)).copied().collect();
    match filled.as_slice() {
        [] => Some(own.first().copied()),
        // A merged cell whose value was repeated.
        [first, rest @ ..] if rest.iter().all(|cell| cell.text.trim() == first.text.trim()) => Some(Some(first)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Column::{InForce, Issued, Repealed};

    const DUE: [Column; 3] = [Issued, Repealed, InForce];

    fn all(texts: [&str; 3]) -> Option<Vec<String>> {
        Some(texts.map(str::to_owned).to_vec())
    }

    /// Headings from left to right, each a column wide; `None` is one that can't be read.
    fn headed(from: u32, headings: &[Option<Column>]) -> Columns {
        let mut columns = Columns::default();
        for (at, heading) in (from..).zip(headings) {
            columns.name(heading.map_or(Heading::Unknown, Heading::Column), at..at + 1, 1);
        }
        columns
    }

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
        let found = assign(&cells, 0, &DUE, columns)?;
        let text = |column: &Column| {
            let own = found.iter().find(|(own, _)| own == column);
            own.map_or_else(
                || "missing".to_owned(),
                |(_, cell)| cell.map_or_else(String::new, |cell| cell.text.clone()),
            )
        };
        Some(DUE.iter().map(text).collect())
    }

    #[test]
    fn cells_go_to_the_column_under_whose_heading_they_stand() {
        let mut columns = Columns::default();
        for (column, at) in [(InForce, 1..2), (Issued, 2..4), (Repealed, 4..5)] {
            columns.name(Heading::Column(column), at, 1);
        }
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
            columns.name(Heading::Column(column), at, row);
        }
        let three = [(3, 1, "a"), (4, 1, "b"), (5, 1, "c")];
        let form = Some(["a", "b", "c"].map(str::to_owned).to_vec());
        assert_eq!(assigned(&three, &columns), form, "read row by row they are the form's");
        let mut columns = Columns::default();
        for (column, at, row) in [(InForce, 0..1, 1), (Issued, 1..2, 1), (Repealed, 2..3, 2)] {
            columns.name(Heading::Column(column), at, row);
        }
        assert_eq!(assigned(&three, &columns), None);
    }

    #[test]
    fn on_the_next_page_only_order_counts() {
        let mut columns = Columns::default();
        columns.begin_grid(false);
        let four = [(1, 1, ""), (2, 1, "a"), (3, 1, ""), (4, 1, "c")];
        assert_eq!(assigned(&four, &columns), Some(["a", "", "c"].map(str::to_owned).to_vec()));
        let doubtful = [(1, 1, ""), (2, 1, "a"), (3, 1, "b"), (4, 1, "")];
        assert_eq!(assigned(&doubtful, &columns), None);
    }

    #[test]
    fn a_heading_that_cannot_be_read_is_unknown_and_not_missing() {
        let three = [(1, 1, "a"), (2, 1, "b"), (3, 1, "c")];
        let columns = headed(1, &[Some(InForce), None, Some(Repealed)]);
        assert_eq!(assigned(&three, &columns), all(["b", "c", "a"]), "the one that is left");
        let columns = headed(1, &[Some(InForce), None, None]);
        assert_eq!(assigned(&three, &columns), all(["a", "b", "c"]).filter(|_| false), "two are left, out of order");
    }

    #[test]
    fn a_column_that_no_heading_names_is_missing_where_its_cells_are_too() {
        let columns = headed(3, &[Some(Issued), Some(InForce)]);
        let row = [(1, 1, ""), (2, 1, ""), (3, 1, "a"), (4, 1, "c")];
        assert_eq!(assigned(&row, &columns), all(["a", "missing", "c"]), "blank cells belong to the label");
        assert_eq!(assigned(&[(3, 1, "a"), (4, 1, "b"), (5, 1, "c")], &columns), all(["a", "b", "c"]));
    }

    #[test]
    fn blank_cells_keep_their_columns_and_lines_may_end_before_them() {
        let mut columns = headed(1, &[Some(Issued), Some(Repealed), Some(InForce)]);
        assert_eq!(assigned(&[(1, 1, "a"), (2, 1, "b")], &columns), None, "a row of a document is short");
        columns.of_lines = true;
        assert_eq!(assigned(&[(1, 1, "a"), (2, 1, "b")], &columns), all(["a", "b", ""]));
        let wide = [(1, 1, "a"), (2, 1, ""), (3, 1, "c"), (4, 1, "")];
        assert_eq!(assigned(&wide, &columns), all(["a", "", "c"]));
        columns.begin_grid(true);
        assert_eq!(
            assigned(&[(0, 1, ""), (1, 1, "a"), (2, 1, "b"), (3, 1, "")], &columns),
            None,
            "either may be spare"
        );
    }

    #[test]
    fn a_merged_value_that_was_repeated_is_one() {
        let columns = headed(1, &[Some(Issued), Some(Issued), Some(Repealed), Some(InForce)]);
        let row = |second| [(1, 1, "a"), (2, 1, second), (3, 1, "b"), (4, 1, "c")];
        assert_eq!(assigned(&row("a"), &columns), all(["a", "b", "c"]));
        assert_eq!(assigned(&row("x"), &columns), None);
    }

    #[test]
    fn a_heading_that_stands_twice_in_place_of_another_is_not_believed() {
        let three = [(1, 1, "a"), (2, 1, "b"), (3, 1, "c")];
        for headings in [[Repealed, Repealed, InForce], [Issued, Issued, InForce], [Issued, Repealed, Issued]] {
            assert_eq!(assigned(&three, &headed(1, &headings.map(Some))), None, "{headings:?}");
        }
        // Below itself it is the same, and so is one of a column that no row has.
        let mut columns = headed(1, &[Some(Issued), Some(Repealed), Some(InForce)]);
        columns.name(Heading::Column(Issued), 1..2, 2);
        assert_eq!(assigned(&three, &columns), all(["a", "b", "c"]));
    }

    #[test]
    fn a_group_stands_in_its_place_where_spans_were_lost() {
        let due = [Issued, Repealed, InForce];
        let mut columns = Columns::default();
        columns.name(Heading::Column(InForce), 0..1, 1);
        columns.name(Heading::Group, 1..2, 1);
        columns.name(Heading::Column(Issued), 0..1, 2);
        columns.name(Heading::Column(Repealed), 1..2, 2);
        assert_eq!(columns.order(&due), Some(vec![InForce, Issued, Repealed]));
    }
}
