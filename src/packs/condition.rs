//! Conditions that are linear over cells: comparisons of sums, joined by and, or, not. They are looked
//! at without allocation.

use super::{
    known::{Comparison, Known, Range, compare, quantity},
    names::{Subject, Variable},
};
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Cell},
};

/// A sum of variables, each taken so many times, and a constant in [`SCALE`]-th parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Sum {
    /// Variables with their factors.
    pub terms: Vec<(i64, Variable)>,
    /// The constant.
    pub constant: i128,
}

/// A condition on a dossier.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    /// Two sums compare so.
    Compare(Sum, Comparison, Sum),
    /// The text of a section contains these words.
    Contains(u8, String),
    /// The report has the section.
    HasSection(u8),
    /// All hold.
    All(Vec<Condition>),
    /// One of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// Always, or never.
    Fixed(bool),
}

impl Condition {
    /// What is known of the condition for a dossier.
    pub fn of(&self, dossier: &Dossier) -> Known {
        match self {
            Self::Compare(left, comparison, right) => {
                compare(left.range(dossier).and(right.range(dossier).times(-1)), *comparison)
            }
            Self::Contains(number, words) => {
                let own = dossier.report.section(*number);
                Known::certainly(own.is_some_and(|section| section.text.contains(words.as_str())))
            }
            Self::HasSection(number) => Known::certainly(dossier.report.section(*number).is_some()),
            Self::All(parts) => parts.iter().fold(Known::True, |all, part| all.and(part.of(dossier))),
            Self::Any(parts) => parts.iter().fold(Known::False, |any, part| any.or(part.of(dossier))),
            Self::Not(inner) => inner.of(dossier).opposite(),
            Self::Fixed(holds) => Known::certainly(*holds),
        }
    }

    /// The sums that the condition compares, where it is one comparison.
    pub fn compared(&self) -> Option<(&Sum, Comparison, &Sum)> {
        match self {
            Self::Compare(left, comparison, right) => Some((left, *comparison, right)),
            _ => None,
        }
    }
}

impl Sum {
    /// What the sum may be for a dossier.
    pub fn range(&self, dossier: &Dossier) -> Range {
        let terms = self.terms.iter();
        let terms = terms.map(|(factor, variable)| {
            let of = report(dossier, variable.of);
            quantity(of, variable.what).times(i128::from(*factor))
        });
        terms.fold(Range::exactly(self.constant), Range::and)
    }

    /// The cells of the report that enter the sum.
    pub fn cells(&self) -> impl Iterator<Item = Cell> {
        self.terms.iter().filter_map(|(_, variable)| variable.own_cell())
    }
}

fn report(dossier: &Dossier, of: Subject) -> Option<&AnnualReport> {
    match of {
        Subject::Own => Some(&dossier.report),
        Subject::Previous => dossier.previous.as_ref(),
        // Only comprehensions have these, and they are not linear.
        Subject::Each(_) => None,
    }
}
