//! Conditions that are linear over cells: comparisons of sums, joined by and, or, not. They are evaluated without
//! allocation.

use super::{
    assumed::proves_itself,
    quantities::{has_section, quantity},
};
use crate::packs::expression::names::{Quantity, Subject, Variable};
use crate::report::arithmetic::{Comparison, Known, Range, SCALE, compare};
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Cell, Decimal, Figures, Slot},
    words::plain::is_shown,
};

/// A sum of variables, each with a factor, and a constant in units of 1/[`SCALE`].
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
    /// A comparison of two sums.
    Compare(Compared),
    /// A test of one of the report's sections.
    OfSection(u8, SectionTest),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// Always, or never.
    Fixed(bool),
}

/// A test of a section.
#[derive(Clone, Debug)]
pub(in crate::packs) enum SectionTest {
    /// It is present.
    Present,
    /// Its text has at least this many characters, without white space.
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

/// The difference of two sums of the report's counts and decimal places, for the case that all are known: then nothing
/// can overflow, and there is no doubt to keep track of.
#[derive(Clone, Debug)]
struct Plain {
    added: Box<[Slot]>,
    subtracted: Box<[Slot]>,
    places: Box<[(i64, Cell)]>,
    constant: i64,
}

impl Plain {
    /// The most cells; a cell with the factor three counts three times.
    const MAX_CELLS: u64 = 1_000;
    /// The largest constant, chosen to be far from overflow.
    const MAX_CONSTANT: u64 = 1 << 60;

    fn of(left: &Sum, right: &Sum) -> Option<Self> {
        let (mut added, mut subtracted, mut places, mut all) = (Vec::new(), Vec::new(), Vec::new(), 0);
        let terms = left.terms.iter().map(|term| (term, 1)).chain(right.terms.iter().map(|term| (term, -1)));
        for ((factor, variable), sign) in terms {
            let (factor, times) = (factor * sign, factor.unsigned_abs());
            all += times;
            if times == 0 || all > Self::MAX_CELLS {
                return None;
            }
            match (variable.of, variable.what) {
                (Subject::Own, Quantity::Cell(cell)) if !cell.is_amount() => {
                    let slots = if factor > 0 { &mut added } else { &mut subtracted };
                    slots.extend((0..times).map(|_| Slot::of(cell)));
                }
                (Subject::Own, Quantity::Places(cell)) => places.push((factor, cell)),
                _ => return None,
            }
        }
        let constant = left.constant.checked_sub(right.constant).filter(|constant| constant % SCALE == 0)?;
        let constant = i64::try_from(constant / SCALE).ok()?;
        let small = constant.unsigned_abs() <= Self::MAX_CONSTANT;
        small.then(|| Self { added: added.into(), subtracted: subtracted.into(), places: places.into(), constant })
    }

    /// The difference, if all is known.
    #[inline]
    fn value(&self, figures: &Figures) -> Option<i64> {
        let counts = self.constant + figures.total(&self.added)? - figures.total(&self.subtracted)?;
        if self.places.is_empty() { Some(counts) } else { Some(counts + self.places(figures)?) }
    }

    /// A separate function, so that sums of counts, which are nearly all, stay short.
    #[inline(never)]
    fn places(&self, figures: &Figures) -> Option<i64> {
        let mut sum = 0;
        for (factor, cell) in &self.places {
            sum += factor * i64::from(figures.amount(*cell).and_then(Decimal::places)?);
        }
        Some(sum)
    }
}

impl Compared {
    /// A comparison of two sums.
    pub fn new(left: Sum, comparison: Comparison, right: Sum) -> Self {
        let plain = Plain::of(&left, &right);
        Self { left, comparison, right, plain }
    }

    #[inline]
    fn of(&self, dossier: &Dossier) -> Known {
        self.plainly(&dossier.report.figures).map_or_else(|| self.in_doubt(dossier), Known::certainly)
    }

    /// Whether it holds, if that is beyond doubt: no count in it is unknown, and nothing in the report is assumed.
    #[inline]
    fn plainly(&self, figures: &Figures) -> Option<bool> {
        if figures.rest_on_assumptions() { None } else { self.where_known(figures) }
    }

    /// Whether it holds, if its counts are known.
    #[inline]
    fn where_known(&self, figures: &Figures) -> Option<bool> {
        let difference = self.plain.as_ref()?.value(figures)?;
        Some(self.comparison.holds(difference.cmp(&0)))
    }

    /// The same when something may be unknown or assumed; a separate function, so that the common path stays short.
    #[inline(never)]
    fn in_doubt(&self, dossier: &Dossier) -> Known {
        let figures = &dossier.report.figures;
        if figures.rest_on_assumptions()
            && proves_itself(figures, self.comparison, self.left.cells().chain(self.right.cells()))
        {
            return Known::Open;
        }
        if let Some(holds) = self.where_known(figures) {
            return Known::certainly(holds);
        }
        compare(self.left.range(dossier).and(self.right.range(dossier).times(-1)), self.comparison)
    }
}

impl Condition {
    /// What is known of the condition in a dossier.
    #[inline]
    pub fn of(&self, dossier: &Dossier) -> Known {
        match self {
            Self::Compare(compared) => compared.of(dossier),
            other => other.of_another_kind(dossier),
        }
    }

    /// Whether it holds, where that is soon seen, as nearly always: else [`Self::of`] says what is known.
    #[inline]
    pub fn plainly_holds(&self, dossier: &Dossier) -> bool {
        match self {
            Self::Compare(compared) => compared.plainly(&dossier.report.figures) == Some(true),
            other => other.of(dossier) == Known::True,
        }
    }

    /// A separate function, so that comparisons of sums, which are nearly all conditions, stay short.
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

    /// The sums that the condition compares, if it is one comparison.
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
                // Reads no further than needed.
                let mut letters = text().chars().filter(|char| is_shown(*char));
                Known::certainly(letters.nth(least - 1).is_some())
            }
            Self::Contains(words) => Known::certainly(text().contains(words.as_str())),
        }
    }
}

/// What is known of all parts, or of any: once it is decided, the other parts are not evaluated.
#[inline]
fn joined(
    parts: &[Condition],
    dossier: &Dossier,
    mut known: Known,
    decided: Known,
    join: impl Fn(Known, Known) -> Known,
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
    /// What the sum may be in a dossier.
    pub fn range(&self, dossier: &Dossier) -> Range {
        let terms = self.terms.iter();
        let terms = terms.map(|(factor, variable)| {
            let of = report(dossier, variable.of);
            quantity(dossier, of, *variable).times(i128::from(*factor))
        });
        terms.fold(Range::exactly(self.constant), Range::and)
    }

    /// The cells of the report in the sum.
    pub fn cells(&self) -> impl Iterator<Item = Cell> {
        self.terms.iter().filter_map(|(_, variable)| variable.own_cell())
    }
}

fn report(dossier: &Dossier, of: Subject) -> Option<&AnnualReport> {
    match of {
        Subject::Own => Some(&dossier.report),
        Subject::Previous => dossier.previous(),
        // Only comprehensions have these, and they are not linear.
        Subject::Each(_) => None,
    }
}
