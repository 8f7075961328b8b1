//! The names that expressions may use: the field names of the contract.

use super::labels::{LABELS, Label};
use crate::{
    report::{
        Cell, Location, Row,
        form::{APPLICANTS, RESULTS},
    },
    words::spelling::distance,
};

/// A quantity of one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) struct Variable {
    /// The report it belongs to.
    pub of: Subject,
    /// The quantity.
    pub what: Quantity,
}

/// A numeric property of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Quantity {
    /// A cell.
    Cell(Cell),
    /// The report year.
    Year,
    /// The number of characters in the text of a section, without white space.
    Length(u8),
    /// The number of decimal places with which an amount is written.
    Places(Cell),
    /// A part of a day.
    Day(Day, DayPart),
}

/// A date of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Day {
    /// When it was made public; for the checked report, the date that the caller states takes precedence.
    Published,
    /// When it was submitted.
    Submitted,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum DayPart {
    Year,
    Month,
    Day,
}

/// Days by name, and their parts.
const DAYS: [(&str, Day); 2] = [("published_on", Day::Published), ("submitted_on", Day::Submitted)];
pub(in crate::packs) const DAY_PARTS: [(&str, DayPart); 3] =
    [("year", DayPart::Year), ("month", DayPart::Month), ("day", DayPart::Day)];

/// Which report is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Subject {
    /// The report that is being checked.
    Own,
    /// Last year's.
    Previous,
    /// The one that a comprehension's name stands for, counted from the outermost.
    Each(usize),
}

/// What a dotted path in a report stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Field {
    /// A number.
    Quantity(Quantity),
    /// A text.
    Label(Label),
    /// A day.
    Day(Day),
}

impl Variable {
    /// The cell of the checked report, if the variable is one.
    pub fn own_cell(self) -> Option<Cell> {
        match (self.of, self.what) {
            (Subject::Own, Quantity::Cell(cell) | Quantity::Places(cell)) => Some(cell),
            _ => None,
        }
    }
}

/// What a dotted path in a report stands for.
pub(in crate::packs) fn field(path: &str) -> Option<Field> {
    if path == "year" {
        return Some(Field::Quantity(Quantity::Year));
    }
    if let Some((_, label)) = LABELS.into_iter().find(|(name, _)| *name == path) {
        return Some(Field::Label(label));
    }
    if let Some((name, day)) = DAYS.into_iter().find(|(name, _)| path.starts_with(name)) {
        let part = |part: &str| DAY_PARTS.into_iter().find(|(own, _)| *own == part).map(|(_, part)| part);
        return match &path[name.len()..] {
            "" => Some(Field::Day(day)),
            rest => Some(Field::Quantity(Quantity::Day(day, part(rest.strip_prefix('.')?)?))),
        };
    }
    match Location::parse(path) {
        Some(Location::Cell(cell)) => Some(Field::Quantity(Quantity::Cell(cell))),
        _ => None,
    }
}

/// The row that a dotted path in a report stands for.
pub(in crate::packs) fn row(path: &str) -> Option<Row> {
    match Location::parse(path) {
        Some(Location::Row(row)) => Some(row),
        _ => None,
    }
}

/// The names of what is under a path that stands for no value itself: of rows, or of fields.
pub(in crate::packs) fn under(path: &str) -> Vec<&'static str> {
    let rows = Row::ALL.into_iter().map(Row::path);
    let paths = rows.chain(LABELS.into_iter().map(|(name, _)| name));
    let rest = paths.filter_map(|own| own.strip_prefix(path).and_then(|rest| rest.strip_prefix('.')));
    let mut names: Vec<&str> = rest.map(|rest| rest.split('.').next().unwrap_or_default()).collect();
    names.dedup();
    names
}

/// Whether a name stands for a report; `locals` are the names of the enclosing comprehensions.
pub(in crate::packs) fn is_subject(name: &str, locals: &[&str]) -> bool {
    matches!(name, "report" | "previous") || locals.contains(&name)
}

/// The cells of one column in all rows of a group that have no parts of their own, without the total:
/// `applications.outcomes` and `natural_person`.
pub(in crate::packs) fn column(group: &str, column: &str) -> Vec<Cell> {
    let under = |row: &Row| {
        let path = row.path().strip_prefix(group).and_then(|rest| rest.strip_prefix('.'));
        path.is_some_and(|rest| rest != "total" && !rest.ends_with(".subtotal"))
    };
    let rows = Row::ALL.into_iter().filter(under);
    rows.filter_map(|row| row.cells().find(|cell| cell.column().field() == column)).collect()
}

/// The columns that a list's name stands for, for rules that are made once per column.
pub(in crate::packs) fn list(name: &str) -> Option<Vec<String>> {
    let fields = |columns: &[crate::report::Column]| columns.iter().map(|it| it.field().to_owned()).collect();
    match name {
        "applicants" => Some(fields(&APPLICANTS)),
        "results" => Some(fields(&RESULTS)),
        _ => None,
    }
}

/// The known name nearest to a wrong one; `None` if none is near.
pub(in crate::packs) fn nearest(wrong: &str) -> Option<String> {
    let prefix = wrong.split_inclusive('.').next().filter(|_| wrong.contains('.')).unwrap_or("report.");
    let paths = Row::ALL.into_iter().flat_map(|row| row.cells().map(|cell| cell.path()).chain([row.path().to_owned()]));
    let labels = LABELS.into_iter().map(|(name, _)| name.to_owned());
    let parts = |(name, _): (&'static str, Day)| DAY_PARTS.map(|(part, _)| format!("{name}.{part}"));
    let others = labels.chain(["year".to_owned()]).chain(DAYS.into_iter().flat_map(parts));
    let path = wrong.strip_prefix(prefix).unwrap_or(wrong);
    let near = paths.chain(others).filter_map(|known| Some((letters(path, &known)?, known))).min()?;
    Some(format!("{prefix}{}", near.1))
}

/// How many letters of a path are wrong if another was meant; `None` if one of its parts is another word.
fn letters(path: &str, meant: &str) -> Option<usize> {
    let (parts, known): (Vec<&str>, Vec<&str>) = (path.split('.').collect(), meant.split('.').collect());
    if parts.len() != known.len() {
        // A dot may be missing, or one too many.
        let wrong = distance(path, meant);
        return (wrong <= 2 && wrong <= path.chars().count() / 3).then_some(wrong);
    }
    let wrong = parts.into_iter().zip(known).map(|(part, known)| {
        let wrong = distance(part, known);
        (wrong <= part.chars().count().max(known.len()) / 3).then_some(wrong)
    });
    wrong.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_contract_and_a_wrong_one_has_a_neighbour() {
        let total = match Location::parse("applications.received.total") {
            Some(Location::Cell(cell)) => cell,
            other => unreachable!("{other:?}"),
        };
        assert_eq!(field("applications.received.total"), Some(Field::Quantity(Quantity::Cell(total))));
        assert_eq!(field("applications.received.totl"), None);
        assert_eq!(field("body.name"), Some(Field::Label(Label::Body)));
        assert_eq!(field("published_on"), Some(Field::Day(Day::Published)));
        let month = Quantity::Day(Day::Submitted, DayPart::Month);
        assert_eq!(field("submitted_on.month"), Some(Field::Quantity(month)));
        assert!(["published_on.", "published_on.weekday", "published_only", "body.names"].map(field) == [None; 4]);
        for (wrong, right) in [
            ("report.aplications.received.totl", Some("report.applications.received.total")),
            ("s.aplications.received.total", Some("s.applications.received.total")),
            ("previous.body.nam", Some("previous.body.name")),
            ("report.publishd_on.day", Some("report.published_on.day")),
            ("something.else.altogether", None),
            ("report.applications.outcomes.grantd.total", Some("report.applications.outcomes.granted.total")),
            // Words that stand for something else are not those that are nearest by chance.
            ("report.applications.outcomes.fees.total", None),
            ("report.disclosure_2021.permits.amount", None),
            ("report.page", None),
        ] {
            assert_eq!(nearest(wrong).as_deref(), right);
        }
    }

    #[test]
    fn a_column_has_the_rows_without_parts() {
        let cells = column("applications.outcomes", "business");
        assert_eq!(cells.len(), 21);
        assert!(cells.iter().all(|cell| cell.path().ends_with(".business")));
    }
}
