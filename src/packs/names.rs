//! The names that expressions may use: the field names of the contract.

use crate::report::{
    Cell, Location, Row,
    form::{APPLICANTS, RESULTS},
};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    /// A cell of the report, or of last year's.
    Cell(Whose, Cell),
    /// The report year.
    Year(Whose),
    /// How many characters the text of a section has, white space left out.
    Length(u8),
    /// How many decimal places an amount is written with.
    Places(Cell),
}

/// Whose report is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The report that is checked.
    Own,
    /// Last year's.
    Previous,
}

/// Splits a dotted name into whose report it is of and the rest.
pub(super) fn whose(name: &str) -> Option<(Whose, &str)> {
    let own = name.strip_prefix("report.").map(|rest| (Whose::Own, rest));
    own.or_else(|| name.strip_prefix("previous.").map(|rest| (Whose::Previous, rest)))
}

/// The figure that a dotted name stands for.
pub(super) fn variable(name: &str) -> Option<Variable> {
    let (whose, rest) = whose(name)?;
    match Location::parse(rest) {
        Some(Location::Cell(cell)) => Some(Variable::Cell(whose, cell)),
        _ if rest == "year" => Some(Variable::Year(whose)),
        _ => None,
    }
}

/// The row that a dotted name stands for.
pub(super) fn row(name: &str) -> Option<(Whose, Row)> {
    let (whose, rest) = whose(name)?;
    match Location::parse(rest) {
        Some(Location::Row(row)) => Some((whose, row)),
        _ => None,
    }
}

/// The names that a list stands for, where rules are made for each of several columns.
pub(super) fn list(name: &str) -> Option<Vec<String>> {
    let fields = |columns: &[crate::report::Column]| columns.iter().map(|it| it.field().to_owned()).collect();
    match name {
        "applicants" => Some(fields(&APPLICANTS)),
        "results" => Some(fields(&RESULTS)),
        _ => None,
    }
}

/// The known name that is nearest to a wrong one; nothing where none is near.
pub(super) fn nearest(wrong: &str) -> Option<String> {
    let prefix = if wrong.starts_with("previous.") { "previous." } else { "report." };
    let paths = Row::ALL.into_iter().flat_map(|row| row.cells().map(|cell| cell.path()).chain([row.path().to_owned()]));
    let names = paths.chain(["year".to_owned()]).map(|path| format!("{prefix}{path}"));
    let near = names.map(|name| (distance(wrong, &name), name)).min()?;
    (near.0 <= wrong.chars().count() / 3).then_some(near.1)
}

/// How many letters must be changed, added or left out to make one word of another.
pub(super) fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut costs: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = costs[0];
        costs[0] = at + 1;
        for (to, own) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *own);
            diagonal = costs[to + 1];
            costs[to + 1] = changed.min(diagonal + 1).min(costs[to] + 1);
        }
    }
    costs[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_contract_and_a_wrong_one_has_a_neighbour() {
        let total = Location::parse("applications.received.total");
        let found = variable("report.applications.received.total");
        assert!(
            matches!((found, total), (Some(Variable::Cell(Whose::Own, own)), Some(Location::Cell(cell))) if own == cell)
        );
        assert_eq!(variable("report.applications.received.totl"), None);
        let near = nearest("report.aplications.received.totl");
        assert_eq!(near.as_deref(), Some("report.applications.received.total"));
        assert_eq!(nearest("something.else.altogether"), None);
    }
}
