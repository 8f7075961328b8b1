//! The relations that the form's own structure sets between its figures: sums of cells that are equal.
//!
//! Source: the corner cell of 表三 (第一项加第二项之和，等于第三项加第四项之和) and the 总计 of its rows,
//! columns and of the blocks of 表四.

use super::{
    figures::{Figure, Figures},
    form::{APPLICANTS, Cell, OTHER_PARTS, PLAIN_OUTCOMES, Row, Table},
    location::Location,
};

/// Two sums of cells that must be equal.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The place that stands for the relation.
    pub location: Location,
    /// The cells whose sum stands left.
    pub left: Vec<Cell>,
    /// The cells whose sum stands right.
    pub right: Vec<Cell>,
}

/// The rows of the results in one column of 表三: （一）to（五）, then the parts of （六）where any of
/// them has a figure, else （六）itself.
pub fn results(figures: &Figures, at: usize) -> Vec<Cell> {
    let known = |row: &Row| figures.count(row.nth(at)) != Figure::Blank;
    let parts = figures.has_row(Row::OtherOutcome) && !figures.has_row(Row::OtherSubtotal);
    let others: &[Row] = match parts || OTHER_PARTS.iter().any(|row| figures.has_row(*row) && known(row)) {
        true => &OTHER_PARTS,
        false => &[Row::OtherSubtotal],
    };
    PLAIN_OUTCOMES.iter().chain(others).map(|row| row.nth(at)).collect()
}

/// All relations of 表三 and 表四, as far as the report has the tables.
pub fn relations(figures: &Figures) -> Vec<Relation> {
    let mut relations = Vec::new();
    if figures.has_table(Table::Applications) {
        for (at, column) in APPLICANTS.into_iter().enumerate() {
            let total = Row::OutcomesTotal.nth(at);
            relations.push(Relation {
                location: Location::Column(Table::Applications, column),
                left: vec![Row::Received.nth(at), Row::CarriedOver.nth(at)],
                right: vec![total, Row::CarriedForward.nth(at)],
            });
            relations.push(Relation {
                location: Location::Cell(total),
                left: results(figures, at),
                right: vec![total],
            });
        }
        relations.extend(row_sums(figures, Table::Applications));
    }
    if figures.has_table(Table::Remedies) {
        relations.extend(row_sums(figures, Table::Remedies));
    }
    relations
}

/// The relations within the rows of a table: all cells but the last sum to the last.
fn row_sums(figures: &Figures, table: Table) -> impl Iterator<Item = Relation> {
    let rows = table.rows().filter(|row| figures.has_row(*row));
    rows.filter_map(|row| {
        let mut left: Vec<Cell> = row.cells().collect();
        let total = left.pop()?;
        Some(Relation { location: Location::Row(row), left, right: vec![total] })
    })
}
