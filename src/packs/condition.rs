//! Conditions that are linear over cells: comparisons of sums, joined by and, or, not. They are looked
//! at without allocation.

use std::{collections::BTreeMap, ops::Range as Span};

use super::{
    known::{Comparison, Known, Range, SCALE, compare, quantity},
    names::{Quantity, Subject, Variable},
};
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Cell, Ledger},
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
    blocks: Box<[Block]>,
    constant: i64,
}

/// Cells that stand together in the form and have the same factor.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    factor: i64,
    rows: Span<usize>,
    columns: Span<usize>,
}

impl Plain {
    /// The largest sum of factors, and the largest constant: with counts of 31 bits, less than 2^63.
    const MAX_FACTORS: u64 = 1_000_000_000;
    const MAX_CONSTANT: u64 = 1 << 60;

    fn of(left: &Sum, right: &Sum) -> Option<Self> {
        let terms = left.terms.iter().map(|term| (term, 1)).chain(right.terms.iter().map(|term| (term, -1)));
        // A factor that comes to 0 stays: its cell must be known all the same.
        let mut factors: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        let mut all = 0_u64;
        for ((factor, variable), sign) in terms {
            let cell = match (variable.of, variable.what) {
                (Subject::Own, Quantity::Cell(cell)) if !cell.is_amount() => cell,
                _ => return None,
            };
            all = all.checked_add(factor.unsigned_abs()).filter(|all| *all <= Self::MAX_FACTORS)?;
            *factors.entry((cell.row() as usize, cell.at())).or_default() += factor * sign;
        }
        let constant = left.constant.checked_sub(right.constant).filter(|constant| constant % SCALE == 0)?;
        let constant = i64::try_from(constant / SCALE).ok()?;
        let small = constant.unsigned_abs() <= Self::MAX_CONSTANT;
        small.then(|| Self { blocks: blocks(&factors), constant })
    }

    /// The difference, if every count is known.
    #[inline]
    fn value(&self, ledger: &Ledger) -> Option<i64> {
        self.blocks.iter().try_fold(self.constant, |sum, block| {
            let own = ledger.sum(&block.rows, &block.columns)?;
            Some(sum + block.factor * own)
        })
    }
}

/// Cells, by row and place in it, joined to blocks.
fn blocks(factors: &BTreeMap<(usize, usize), i64>) -> Box<[Block]> {
    let mut runs: Vec<Block> = Vec::new();
    for (&(row, at), &factor) in factors {
        match runs.last_mut() {
            Some(run) if run.factor == factor && run.rows.start == row && run.columns.end == at => run.columns.end += 1,
            _ => runs.push(Block { factor, rows: row..row + 1, columns: at..at + 1 }),
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    for run in runs {
        let above = blocks.iter_mut().find(|block| {
            block.factor == run.factor && block.columns == run.columns && block.rows.end == run.rows.start
        });
        match above {
            Some(block) => block.rows.end += 1,
            None => blocks.push(run),
        }
    }
    blocks.into()
}

impl Compared {
    /// Two sums, compared so.
    pub fn new(left: Sum, comparison: Comparison, right: Sum) -> Self {
        let plain = Plain::of(&left, &right);
        Self { left, comparison, right, plain }
    }

    fn of(&self, dossier: &Dossier) -> Known {
        match self.plain.as_ref().and_then(|plain| plain.value(dossier.ledger())) {
            Some(difference) => Known::certainly(self.comparison.holds(difference.cmp(&0))),
            None => compare(self.left.range(dossier).and(self.right.range(dossier).times(-1)), self.comparison),
        }
    }
}

impl Condition {
    /// What is known of the condition for a dossier.
    #[inline]
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
