//! Conditions that are linear over cells: comparisons of sums, joined by and, or, not. They are looked
//! at without allocation.

use super::{
    assumed::proves_itself,
    quantities::{has_section, quantity},
};
use crate::packs::expression::names::{Quantity, Subject, Variable};
use crate::report::arithmetic::{Comparison, Known, Range, SCALE, compare};
use crate::{
    dossier::{Dossier, Lanes, Ledger, Slot},
    report::{AnnualReport, Cell},
    words::plain::is_shown,
};

/// A sum of variables, each taken so many times, and a constant in [`SCALE`]-th parts.
#[derive(Clone, Debug, Default)]
pub(in crate::packs) struct Sum {
    /// Variables with their factors.
    pub terms: Vec<(i64, Variable)>,
    /// The constant.
    pub constant: i128,
}

/// A condition on a dossier.
#[derive(Clone, Debug)]
pub(in crate::packs) enum Condition {
    /// Two sums compare so.
    Compare(Compared),
    /// A section of the report is so.
    OfSection(u8, SectionTest),
    /// All hold.
    All(Vec<Condition>),
    /// One of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// Always, or never.
    Fixed(bool),
}

/// What a section may be asked.
#[derive(Clone, Debug)]
pub(in crate::packs) enum SectionTest {
    /// It is there.
    Present,
    /// Its text has so many characters, white space left out.
    HasLength(usize),
    /// Its text contains these words.
    Contains(String),
}

/// Two sums that are compared.
#[derive(Clone, Debug)]
pub(in crate::packs) struct Compared {
    left: Sum,
    comparison: Comparison,
    right: Sum,
    plain: Option<Plain>,
}

/// The difference of two sums of counts of the report, for the case that all of them are known: then
/// nothing can overflow, and no doubt has to be carried along.
#[derive(Clone, Debug)]
struct Plain {
    blocks: Box<[Lanes]>,
    constant: i64,
}

impl Plain {
    /// The most cells: one that is taken three times stands there three times.
    const MAX_CELLS: u64 = 1_000;
    /// The largest constant, to be far from overflow.
    const MAX_CONSTANT: u64 = 1 << 60;

    fn of(left: &Sum, right: &Sum) -> Option<Self> {
        let mut slots = Vec::new();
        let terms = left.terms.iter().map(|term| (term, 1)).chain(right.terms.iter().map(|term| (term, -1)));
        for ((factor, variable), sign) in terms {
            let cell = match (variable.of, variable.what) {
                (Subject::Own, Quantity::Cell(cell)) if !cell.is_amount() => cell,
                (Subject::Own, Quantity::Places(cell)) => cell,
                _ => return None,
            };
            let times = factor.unsigned_abs();
            if times == 0 || times > Self::MAX_CELLS {
                return None;
            }
            let slot = if factor * sign > 0 { Slot::added(cell) } else { Slot::subtracted(cell) };
            slots.extend((0..times).map(|_| slot));
        }
        let constant = left.constant.checked_sub(right.constant).filter(|constant| constant % SCALE == 0)?;
        let constant = i64::try_from(constant / SCALE).ok()?;
        let small = slots.len() as u64 <= Self::MAX_CELLS && constant.unsigned_abs() <= Self::MAX_CONSTANT;
        small.then(|| Self { blocks: Slot::blocks(&slots).into(), constant })
    }

    /// The difference, if every count is known.
    #[inline]
    fn value(&self, ledger: &Ledger) -> Option<i64> {
        Some(self.constant + ledger.sum(&self.blocks)?)
    }
}

impl Compared {
    /// Two sums, compared so.
    pub fn new(left: Sum, comparison: Comparison, right: Sum) -> Self {
        let plain = Plain::of(&left, &right);
        Self { left, comparison, right, plain }
    }

    #[inline]
    fn of(&self, dossier: &Dossier) -> Known {
        match self.plain.as_ref().and_then(|plain| plain.value(dossier.ledger())) {
            Some(difference) => Known::certainly(self.comparison.holds(difference.cmp(&0))),
            None => self.in_doubt(dossier),
        }
    }

    /// The same with all that may be unknown or assumed; apart, so that the way above stays short.
    #[inline(never)]
    fn in_doubt(&self, dossier: &Dossier) -> Known {
        let figures = &dossier.report.figures;
        if figures.rest_on_assumptions()
            && proves_itself(figures, self.comparison, self.left.cells().chain(self.right.cells()))
        {
            return Known::Open;
        }
        compare(self.left.range(dossier).and(self.right.range(dossier).times(-1)), self.comparison)
    }
}

impl Condition {
    /// What is known of the condition for a dossier.
    #[inline]
    pub fn of(&self, dossier: &Dossier) -> Known {
        match self {
            Self::Compare(compared) => compared.of(dossier),
            other => other.of_another_kind(dossier),
        }
    }

    /// Apart, so that comparisons of sums, which are nearly all conditions, stay short.
    #[inline(never)]
    fn of_another_kind(&self, dossier: &Dossier) -> Known {
        match self {
            Self::Compare(compared) => compared.of(dossier),
            Self::OfSection(number, test) => test.of(&dossier.report, *number),
            Self::All(parts) => joined(parts, dossier, Known::True, Known::False, Known::and),
            Self::Any(parts) => joined(parts, dossier, Known::False, Known::True, Known::or),
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

impl SectionTest {
    fn of(&self, report: &AnnualReport, number: u8) -> Known {
        let text = || report.section(number).map_or("", |section| section.text.as_str());
        match self {
            Self::Present => has_section(report, number),
            Self::HasLength(_) | Self::Contains(_) if report.is_cut_before(number) => Known::Open,
            Self::HasLength(0) => Known::True,
            Self::HasLength(least) => {
                // Read no further than asked.
                let mut letters = text().chars().filter(|char| is_shown(*char));
                Known::certainly(letters.nth(least - 1).is_some())
            }
            Self::Contains(words) => Known::certainly(text().contains(words.as_str())),
        }
    }
}

/// What is known of all parts, or of any: once it is decided, the others are not looked at.
fn joined(
    parts: &[Condition],
    dossier: &Dossier,
    mut known: Known,
    decided: Known,
    join: fn(Known, Known) -> Known,
) -> Known {
    for part in parts {
        known = join(known, part.of(dossier));
        if known == decided {
            break;
        }
    }
    known
}

impl Sum {
    /// What the sum may be for a dossier.
    pub fn range(&self, dossier: &Dossier) -> Range {
        let terms = self.terms.iter();
        let terms = terms.map(|(factor, variable)| {
            let of = report(dossier, variable.of);
            quantity(dossier, of, *variable).times(i128::from(*factor))
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
