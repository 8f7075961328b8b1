//! What a rule says of a report: its violations, what it could not decide, what it assumed.

use super::Severity;
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Cell, Figure, Location, Place, Row},
    words::Text,
};

/// The most violations that a ruling keeps.
pub const MAX_VIOLATIONS: usize = 200;

/// A rule's answer on a report: what does not hold, what could not be decided, or why it does not apply.
/// Everything else holds.
#[derive(Clone, Debug, Default)]
pub struct Ruling {
    /// What does not hold; the first instances, if there are many.
    pub violations: Vec<Violation>,
    /// How many more instances do not hold: they are only counted.
    pub more: usize,
    /// What could not be decided, and why.
    pub undecided: Vec<Text>,
    /// The rows whose content it lacks: because of these it is undecided, as far as it is known.
    pub lacks: Vec<Row>,
    /// Whether the rule itself did not finish: it failed, or ran out of time or steps.
    pub failed: bool,
    /// What was assumed where the rule holds.
    pub remarks: Vec<Text>,
    /// Why the rule does not apply to this report.
    pub not_applicable: Option<Text>,
}

impl Ruling {
    /// Every instance holds.
    pub fn satisfied() -> Self {
        Self::default()
    }

    /// The rule does not apply, for this reason.
    pub fn not_applicable(why: Text) -> Self {
        Self { not_applicable: Some(why), ..Self::default() }
    }

    /// The rule can't be decided, for this reason.
    pub fn undetermined(why: Text) -> Self {
        Self { undecided: vec![why], ..Self::default() }
    }

    /// Says in which rows something is not there, so that it is undecided.
    pub fn lacking(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.lacks.extend(rows);
        self
    }

    /// The rule did not finish, for this reason.
    pub fn failed(why: Text) -> Self {
        Self { undecided: vec![why], failed: true, ..Self::default() }
    }

    /// These instances do not hold; all others do.
    pub fn of(violations: impl IntoIterator<Item = Violation>) -> Self {
        let mut violations = violations.into_iter();
        let kept = violations.by_ref().take(MAX_VIOLATIONS).collect();
        Self { violations: kept, more: violations.count(), ..Self::default() }
    }

    /// How the rule ended.
    pub fn outcome(&self) -> Outcome {
        if !self.violations.is_empty() {
            Outcome::Violated
        } else if !self.undecided.is_empty() {
            Outcome::Undetermined
        } else if self.not_applicable.is_some() {
            Outcome::NotApplicable
        } else {
            Outcome::Satisfied
        }
    }
}

/// How a rule ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Every instance holds.
    Satisfied,
    /// At least one instance does not hold.
    Violated,
    /// No instance is known not to hold, and at least one could not be decided.
    Undetermined,
    /// The rule does not apply.
    NotApplicable,
}

/// One instance that does not hold, unsigned.
#[derive(Clone, Debug)]
pub struct Violation {
    /// In which of the reports.
    pub origin: Origin,
    /// Where.
    pub location: Location,
    /// What is wrong here.
    pub message: Text,
    /// What the rule expects there.
    pub expected: Text,
    /// The actual value.
    pub actual: Text,
    /// Expected minus actual, if both are figures.
    pub difference: Option<i64>,
    /// The figures of the relation, or the cells that the message is about.
    pub operands: Vec<Operand>,
    /// The relation with its figures, if there is one.
    pub equation: String,
    /// What to do.
    pub advice: Text,
    /// Where in the text of the location, in bytes, if it is about some words of it.
    pub span: Option<std::ops::Range<usize>>,
    /// The place in the document, if it is not the place of a cell.
    pub place: Place,
    /// The severity of this instance, if it differs from the rule's.
    pub severity: Option<Severity>,
    /// Distinguishes several things that a rule checks in the same place; empty if there is only one.
    pub instance: String,
    /// The rule that tells of the same slip, and where: if it does, this one is not told besides.
    pub yields_to: Option<(&'static str, Location)>,
}

impl Violation {
    /// A violation at a place.
    pub fn at(location: Location, message: Text) -> Self {
        Self {
            origin: Origin::Subject,
            location,
            message,
            expected: Text::default(),
            actual: Text::default(),
            difference: None,
            operands: Vec::new(),
            equation: String::new(),
            advice: Text::default(),
            span: None,
            place: Place::default(),
            severity: None,
            instance: String::new(),
            yields_to: None,
        }
    }

    /// Sets the expected and the actual value.
    pub fn expecting(self, expected: Text, actual: Text) -> Self {
        Self { expected, actual, ..self }
    }

    /// Sets the advice.
    pub fn advising(self, advice: Text) -> Self {
        Self { advice, ..self }
    }

    /// Sets a severity that differs from the rule's.
    pub fn graded(self, severity: Severity) -> Self {
        Self { severity: Some(severity), ..self }
    }

    /// Leaves the slip to a rule that tells of it at a place, if that rule is in force and does.
    pub fn yielding_to(self, rule: &'static str, at: Location) -> Self {
        Self { yields_to: Some((rule, at)), ..self }
    }

    /// Says that it is another of the reports that it is about.
    pub fn of_report(self, origin: Origin) -> Self {
        Self { origin, ..self }
    }

    /// Sets the place in the document.
    pub fn placed(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// Sets the cells that the message is about.
    pub fn about(mut self, dossier: &Dossier, cells: impl IntoIterator<Item = Cell>) -> Self {
        let figures = &dossier.report.figures;
        self.operands.extend(cells.into_iter().map(|cell| Operand {
            origin: Origin::Subject,
            cell,
            figure: figures.count(cell),
            side: Side::Beside,
            factor: 1,
        }));
        self
    }

    /// Adds the same cells of last year's report.
    pub fn beside_last_year(mut self, previous: &AnnualReport, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.operands.extend(cells.into_iter().map(|cell| Operand {
            origin: Origin::Previous,
            cell,
            figure: previous.figures.count(cell),
            side: Side::Beside,
            factor: 1,
        }));
        self
    }
}

/// Which of the reports of a submission is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The one that is checked.
    #[default]
    Subject,
    /// Last year's.
    Previous,
    /// That of a subordinate, by its place in the list.
    Subordinate(usize),
}

impl Origin {
    /// The report that is meant.
    pub fn in_dossier(self, dossier: &Dossier) -> Option<&AnnualReport> {
        match self {
            Self::Subject => Some(&dossier.report),
            Self::Previous => dossier.previous.as_ref(),
            Self::Subordinate(at) => dossier.subordinates.get(at),
        }
    }
}

/// One figure of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operand {
    /// The report in which it stands.
    pub origin: Origin,
    /// The cell.
    pub cell: Cell,
    /// Its content.
    pub figure: Figure,
    /// Its side of the relation.
    pub side: Side,
    /// How often it counts there: −1 where it is subtracted.
    pub factor: i64,
}

/// The side of a relation on which a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Not in a relation.
    Beside,
    /// Left of the sign.
    Left,
    /// Right of the sign.
    Right,
}
