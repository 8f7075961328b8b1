//! The relations that the form's own structure defines between its figures: pairs of equal sums of cells.
//!
//! Source: the corner cell of 表三 (第一项加第二项之和，等于第三项加第四项之和) and the 总计 of its rows and columns
//! and of the blocks of 表四.

use std::sync::LazyLock;

use super::{
    figures::{Figure, Figures},
    form::{APPLICANTS, Cell, OTHER_PARTS, PLAIN_OUTCOMES, Row, Table},
    location::Location,
};

/// Two sums of cells that must be equal.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The place that represents the relation.
    pub location: Location,
    /// The cells of the left sum.
    pub left: Vec<Cell>,
    /// The cells of the right sum.
    pub right: Vec<Cell>,
}

/// The rows that represent （六）其他处理: its parts if any of them is filled in, or if the report has them and no
/// figure of its own for the row; else the row itself.
pub fn rows_of_other(has: impl Fn(Row) -> bool, is_filled: impl Fn(Row) -> bool) -> &'static [Row] {
    let alone = has(Row::OtherOutcome) && !has(Row::OtherSubtotal);
    let parts = alone || OTHER_PARTS.into_iter().any(|row| has(row) && is_filled(row));
    if parts { &OTHER_PARTS } else { &[Row::OtherSubtotal] }
}

/// The same for one column of a report.
pub fn others(figures: &Figures, at: usize) -> &'static [Row] {
    rows_of_other(|row| figures.has_row(row), |row| figures.count(row.nth(at)) != Figure::Blank)
}

/// The cells of the results in one column of 表三: （一）to（五）, then those that represent （六）.
pub fn results(figures: &Figures, at: usize) -> Vec<Cell> {
    PLAIN_OUTCOMES.iter().chain(others(figures, at)).map(|row| row.nth(at)).collect()
}

/// The rows of the corner cell: 第一项加第二项之和，等于第三项加第四项之和.
pub const BALANCE: ([Row; 2], [Row; 2]) =
    ([Row::Received, Row::CarriedOver], [Row::OutcomesTotal, Row::CarriedForward]);

/// Every relation of the form, made once: a report only chooses among them.
struct Law {
    balances: Vec<Relation>,
    /// The sum of the results in each column, by the parts of （六）, and by its own row.
    outcomes: [Vec<Relation>; 2],
    others: Vec<Relation>,
    /// The sum within each row, at its total.
    totals: Vec<Relation>,
    /// The same, at the row.
    rows: Vec<Relation>,
}

static LAW: LazyLock<Law> = LazyLock::new(|| {
    let columns = 0..APPLICANTS.len();
    let totals: Vec<Relation> = Row::ALL.into_iter().map(sum_of_row).collect();
    let at_row = |(row, own): (Row, &Relation)| Relation { location: Location::Row(row), ..own.clone() };
    Law {
        balances: columns.clone().map(balance_of_column).collect(),
        outcomes: [&OTHER_PARTS[..], &[Row::OtherSubtotal]]
            .map(|others| columns.clone().map(|at| sum_of_outcomes(others, at)).collect()),
        others: columns.map(sum_of_others).collect(),
        rows: Row::ALL.into_iter().zip(&totals).map(at_row).collect(),
        totals,
    }
});

fn balance_of_column(at: usize) -> Relation {
    let cells = |rows: [Row; 2]| rows.map(|row| row.nth(at)).to_vec();
    let location = Location::Column(Table::Applications, APPLICANTS[at]);
    Relation { location, left: cells(BALANCE.0), right: cells(BALANCE.1) }
}

fn sum_of_outcomes(others: &[Row], at: usize) -> Relation {
    let total = Row::OutcomesTotal.nth(at);
    let left = PLAIN_OUTCOMES.iter().chain(others).map(|row| row.nth(at)).collect();
    Relation { location: Location::Cell(total), left, right: vec![total] }
}

fn sum_of_others(at: usize) -> Relation {
    let subtotal = Row::OtherSubtotal.nth(at);
    let left = OTHER_PARTS.map(|row| row.nth(at)).to_vec();
    Relation { location: Location::Cell(subtotal), left, right: vec![subtotal] }
}

fn sum_of_row(row: Row) -> Relation {
    let mut left: Vec<Cell> = row.cells().collect();
    let total: Vec<Cell> = left.pop().into_iter().collect();
    let location = total.first().map_or(Location::Row(row), |total| Location::Cell(*total));
    Relation { location, left, right: total }
}

/// The balance of one column of 表三.
pub fn column_balance(at: usize) -> &'static Relation {
    &LAW.balances[at]
}

/// The sum of the results in one column of 表三.
pub fn outcomes_sum(figures: &Figures, at: usize) -> &'static Relation {
    let by_row = others(figures, at).len() == 1;
    &LAW.outcomes[usize::from(by_row)][at]
}

/// The sum of the parts of （六）其他处理 in one column, for rows with a figure of their own.
pub fn other_sum(at: usize) -> &'static Relation {
    &LAW.others[at]
}

/// The sum within a row of 表三 or a block of 表四: the last cell is the sum of all others.
pub fn row_sum(row: Row) -> &'static Relation {
    &LAW.totals[row as usize]
}

impl Relation {
    /// Whether all its figures are there and the sums are equal.
    pub fn plainly_holds(&self, figures: &Figures) -> bool {
        figures.sum(&self.left).is_some_and(|left| figures.sum(&self.right) == Some(left))
    }
}

/// Whether all of these relations plainly hold, no block of 表四 is missing, and no figure was read by assuming one.
pub fn plainly_hold(figures: &Figures) -> bool {
    let blocks = || Table::Remedies.rows().all(|block| figures.has_row(block));
    let hold = || relations(figures).iter().all(|relation| relation.plainly_holds(figures));
    !figures.rest_on_assumptions() && blocks() && hold()
}

/// All relations of 表三 and 表四, for the tables that the report has.
pub fn relations(figures: &Figures) -> Vec<&'static Relation> {
    let mut relations = Vec::with_capacity(64);
    if figures.has_table(Table::Applications) {
        for at in 0..APPLICANTS.len() {
            relations.extend([column_balance(at), outcomes_sum(figures, at)]);
        }
        relations.extend(row_sums(figures, Table::Applications));
    }
    if figures.has_table(Table::Remedies) {
        relations.extend(row_sums(figures, Table::Remedies));
    }
    relations
}

fn row_sums(figures: &Figures, table: Table) -> impl Iterator<Item = &'static Relation> {
    let rows = table.rows().filter(|row| figures.has_row(*row));
    rows.map(|row| &LAW.rows[row as usize])
}
