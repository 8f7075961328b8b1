//! Figures that were read by assuming a relation: they can neither prove it nor show that it fails.

use crate::packs::expression::tree::{List, Number, Tree};
use crate::report::arithmetic::Comparison;
use crate::report::{Cell, Figures, Table};

/// Whether an equation relates cells of a row, or of a column of 表三, that was read by assuming that its figures
/// agree.
pub(in crate::packs) fn proves_itself(
    figures: &Figures,
    comparison: Comparison,
    cells: impl IntoIterator<Item = Cell>,
) -> bool {
    if !matches!(comparison, Comparison::Equal | Comparison::Unequal) {
        return false;
    }
    let mut assumed = Vec::new();
    let mut twice = false;
    for cell in cells {
        let (row, at) = (cell.row(), cell.at());
        let column = row.table() == Table::Applications && figures.column_is_assumed(at);
        let places = [figures.row_is_assumed(row).then_some((true, row as usize)), column.then_some((false, at))];
        for place in places.into_iter().flatten() {
            twice |= assumed.contains(&place);
            assumed.push(place);
        }
    }
    twice
}

/// The cells of the checked report in a number.
pub(in crate::packs) fn cells(number: &Number) -> Vec<Cell> {
    match number {
        Number::Variable(variable) => variable.own_cell().into_iter().collect(),
        Number::Sum(one, other) | Number::Difference(one, other) | Number::Product(one, other) => {
            [cells(one), cells(other)].concat()
        }
        Number::Choice(_, one, other) => [cells(one), cells(other)].concat(),
        Number::Day(day) => cells(day),
        Number::Total(list) => cells_in(list),
        _ => Vec::new(),
    }
}

fn cells_in(list: &List) -> Vec<Cell> {
    match list {
        List::Cells(variables) => variables.iter().filter_map(|variable| variable.own_cell()).collect(),
        List::Literal(trees) => {
            let numbers = trees.iter().filter_map(|tree| match tree {
                Tree::Number(number) => Some(cells(number)),
                _ => None,
            });
            numbers.flatten().collect()
        }
        List::Map(of, _) | List::Filter(of, _) => cells_in(of),
        List::Subordinates => Vec::new(),
    }
}
