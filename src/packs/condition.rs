//! Conditions that are linear over cells: comparisons of sums, joined by and, or, not. They are looked
//! at without allocation.

use super::{
    known::{Comparison, Known, Range, SCALE, compare, quantity},
    names::{Quantity, Subject, Variable},
};
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Cell, Figure, Figures},
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
    Compare(Compared),
    /// The text of a section has so many characters, white space left out.
    HasLength(u8, usize),
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

/// Two sums that are compared.
#[derive(Clone, Debug)]
pub(super) struct Compared {
    left: Sum,
    comparison: Comparison,
    right: Sum,
    plain: Option<Plain>,
}

/// The difference of two sums of counts of the report, for the case that all of them are known: then
/// nothing can overflow, and no doubt has to be carried along.
#[derive(Clone, Debug)]
struct Plain {
    cells: Box<[(i64, Cell)]>,
    constant: i64,
}

impl Plain {
    /// The most cells, and the largest factor and constant: with counts of 31 bits, less than 2^63.
    const MAX_CELLS: usize = 1_000;
    const MAX_FACTOR: u64 = 1_000_000;
    const MAX_CONSTANT: u64 = 1 << 60;

    fn of(left: &Sum, right: &Sum) -> Option<Self> {
        let terms = left.terms.iter().map(|term| (term, 1)).chain(right.terms.iter().map(|term| (term, -1)));
        let cell = |((factor, variable), sign): (&(i64, Variable), i64)| match (variable.of, variable.what) {
            (Subject::Own, Quantity::Cell(cell)) if !cell.is_amount() && factor.unsigned_abs() <= Self::MAX_FACTOR => {
                Some((factor * sign, cell))
            }
            _ => None,
        };
        let cells: Box<[(i64, Cell)]> = terms.map(cell).collect::<Option<_>>()?;
        let constant = left.constant.checked_sub(right.constant).filter(|constant| constant % SCALE == 0)?;
        let constant = i64::try_from(constant / SCALE).ok()?;
        let small = cells.len() <= Self::MAX_CELLS && constant.unsigned_abs() <= Self::MAX_CONSTANT;
        small.then_some(Self { cells, constant })
    }

    /// The difference, if every count is known.
    fn value(&self, figures: &Figures) -> Option<i64> {
        self.cells.iter().try_fold(self.constant, |sum, (factor, cell)| match figures.count(*cell) {
            Figure::Known(count) => Some(sum + factor * i64::from(count)),
            Figure::Blank | Figure::Unread => None,
        })
    }
}

impl Compared {
    /// Two sums, compared so.
    pub fn new(left: Sum, comparison: Comparison, right: Sum) -> Self {
        let plain = Plain::of(&left, &right);
        Self { left, comparison, right, plain }
    }

    fn of(&self, dossier: &Dossier) -> Known {
        match self.plain.as_ref().and_then(|plain| plain.value(&dossier.report.figures)) {
            Some(difference) => Known::certainly(self.comparison.holds(difference.cmp(&0))),
            None => compare(self.left.range(dossier).and(self.right.range(dossier).times(-1)), self.comparison),
        }
    }
}

impl Condition {
    /// What is known of the condition for a dossier.
    pub fn of(&self, dossier: &Dossier) -> Known {
        match self {
            Self::Compare(compared) => compared.of(dossier),
            Self::HasLength(number, least) => {
                let text = dossier.report.section(*number).map_or("", |section| section.text.as_str());
                let nth = least.checked_sub(1);
                let long = nth.is_none_or(|nth| text.chars().filter(|char| !char.is_whitespace()).nth(nth).is_some());
                Known::certainly(long)
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
            Self::Compare(compared) => Some((&compared.left, compared.comparison, &compared.right)),
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
