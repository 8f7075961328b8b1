//! What an expression comes to once its names are resolved: comparisons of sums, joined by and, or,
//! not. It is looked at without allocation.
//!
//! A blank is an unknown number that isn't negative, unless its column may be. A comparison holds or
//! fails if it does so whatever the blanks are; else it holds, with a remark, if it does with the
//! blanks read as 0 and nothing is unread; else it is open.

use super::names::{Variable, Whose};
use crate::{
    dossier::Dossier,
    report::{Cell, Decimal, Figure, Figures, Standing},
};

/// Numbers are held in so many parts of one, so that amounts are exact.
pub(super) const SCALE: i128 = 100_000_000;
const PLACES: u32 = 8;

/// A sum of variables, each taken so many times, and a constant in [`SCALE`]-th parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// Variables with their factors.
    pub terms: Vec<(i64, Variable)>,
    /// The constant.
    pub constant: i128,
}

/// How two sums are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A condition on a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// What is known of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It holds.
    True,
    /// It holds with the blanks read as 0.
    WithBlanksAsNought,
    /// It does not hold.
    False,
    /// Nobody can say.
    Open,
}

/// What a sum may come to: its least and largest value, none where there is no bound, and its value
/// with the blanks as 0, none where a figure is unread.
#[derive(Clone, Copy, Debug)]
struct Range {
    least: Option<i128>,
    most: Option<i128>,
    as_nought: Option<i128>,
}

impl Condition {
    /// What is known of the condition for a dossier.
    pub fn of(&self, dossier: &Dossier) -> Known {
        match self {
            Self::Compare(left, comparison, right) => compare(left, *comparison, right, dossier),
            Self::Contains(number, words) => {
                let own = dossier.report.sections.iter().filter(|section| section.number == *number);
                known(own.into_iter().any(|section| section.text.contains(words.as_str())))
            }
            Self::HasSection(number) => known(dossier.report.section(*number).is_some()),
            Self::All(parts) => parts.iter().fold(Known::True, |all, part| worse(all, part.of(dossier))),
            Self::Any(parts) => parts.iter().fold(Known::False, |any, part| better(any, part.of(dossier))),
            Self::Not(inner) => match inner.of(dossier) {
                Known::True => Known::False,
                Known::False => Known::True,
                // What only holds with blanks as 0 may not be held against anybody.
                Known::WithBlanksAsNought | Known::Open => Known::Open,
            },
            Self::Fixed(holds) => known(*holds),
        }
    }

    /// The sums that the condition compares, where it is one comparison.
    pub fn compared(&self) -> Option<(&Sum, Comparison, &Sum)> {
        match self {
            Self::Compare(left, comparison, right) => Some((left, *comparison, right)),
            _ => None,
        }
    }

    /// Whether the condition asks for last year's report.
    pub fn asks_for_previous(&self) -> bool {
        let of = |sum: &Sum| {
            let previous = |(_, variable): &(i64, Variable)| {
                matches!(variable, Variable::Cell(Whose::Previous, _) | Variable::Year(Whose::Previous))
            };
            sum.terms.iter().any(previous)
        };
        match self {
            Self::Compare(left, _, right) => of(left) || of(right),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::asks_for_previous),
            Self::Not(inner) => inner.asks_for_previous(),
            Self::Contains(..) | Self::HasSection(_) | Self::Fixed(_) => false,
        }
    }
}

fn known(holds: bool) -> Known {
    if holds { Known::True } else { Known::False }
}

fn worse(one: Known, other: Known) -> Known {
    let rank = |known: Known| match known {
        Known::True => 0,
        Known::WithBlanksAsNought => 1,
        Known::Open => 2,
        Known::False => 3,
    };
    if rank(one) >= rank(other) { one } else { other }
}

fn better(one: Known, other: Known) -> Known {
    if worse(one, other) == one { other } else { one }
}

fn compare(left: &Sum, comparison: Comparison, right: &Sum, dossier: &Dossier) -> Known {
    let range = left.range(dossier, 1).and(right.range(dossier, -1));
    let holds = |difference: i128| match comparison {
        Comparison::Equal => difference == 0,
        Comparison::Unequal => difference != 0,
        Comparison::Less => difference < 0,
        Comparison::LessOrEqual => difference <= 0,
        Comparison::Greater => difference > 0,
        Comparison::GreaterOrEqual => difference >= 0,
    };
    let (least, most) = (range.least, range.most);
    let below = |bound: i128| most.is_some_and(|most| most < bound);
    let above = |bound: i128| least.is_some_and(|least| least > bound);
    let certain = match comparison {
        _ if least.is_some() && least == most => return known(least.is_some_and(holds)),
        Comparison::Equal => (above(0) || below(0)).then_some(false),
        Comparison::Unequal => (above(0) || below(0)).then_some(true),
        Comparison::Less => {
            if below(0) {
                Some(true)
            } else {
                above(-1).then_some(false)
            }
        }
        Comparison::LessOrEqual => {
            if below(1) {
                Some(true)
            } else {
                above(0).then_some(false)
            }
        }
        Comparison::Greater => {
            if above(0) {
                Some(true)
            } else {
                below(1).then_some(false)
            }
        }
        Comparison::GreaterOrEqual => {
            if above(-1) {
                Some(true)
            } else {
                below(0).then_some(false)
            }
        }
    };
    match (certain, range.as_nought) {
        (Some(holds), _) => known(holds),
        (None, Some(difference)) if holds(difference) => Known::WithBlanksAsNought,
        _ => Known::Open,
    }
}

impl Range {
    fn exactly(value: i128) -> Self {
        Self { least: Some(value), most: Some(value), as_nought: Some(value) }
    }

    /// Nothing is known, and reading it as 0 would be a guess.
    fn unread(may_be_negative: bool) -> Self {
        Self { least: (!may_be_negative).then_some(0), most: None, as_nought: None }
    }

    fn times(self, factor: i128) -> Self {
        let times = |value: Option<i128>| value.and_then(|value| value.checked_mul(factor));
        let (least, most) = (times(self.least), times(self.most));
        let (least, most) = if factor < 0 { (most, least) } else { (least, most) };
        Self { least, most, as_nought: times(self.as_nought) }
    }

    fn and(self, other: Self) -> Self {
        let sum =
            |one: Option<i128>, other: Option<i128>| one.zip(other).and_then(|(one, other)| one.checked_add(other));
        Self {
            least: sum(self.least, other.least),
            most: sum(self.most, other.most),
            as_nought: sum(self.as_nought, other.as_nought),
        }
    }
}

impl Sum {
    fn range(&self, dossier: &Dossier, sign: i128) -> Range {
        let terms = self.terms.iter();
        let terms = terms.map(|(factor, variable)| variable.range(dossier).times(i128::from(*factor) * sign));
        terms.fold(Range::exactly(self.constant * sign), Range::and)
    }

    /// The value of the sum, where every figure in it is known.
    pub fn value(&self, dossier: &Dossier) -> Option<i128> {
        let range = self.range(dossier, 1);
        range.least.filter(|least| range.most == Some(*least))
    }

    /// The cells of the report that enter the sum.
    pub fn cells(&self) -> impl Iterator<Item = Cell> {
        self.terms.iter().filter_map(|(_, variable)| match variable {
            Variable::Cell(Whose::Own, cell) | Variable::Places(cell) => Some(*cell),
            _ => None,
        })
    }
}

impl Variable {
    fn range(self, dossier: &Dossier) -> Range {
        let whole = |value: Option<i64>| value.map(|value| Range::exactly(i128::from(value) * SCALE));
        let found = match self {
            Self::Cell(Whose::Own, cell) => return figure(&dossier.report.figures, cell),
            Self::Cell(Whose::Previous, cell) => {
                let figures = dossier.previous.as_ref().map(|report| &report.figures);
                return figures.map_or_else(|| Range::unread(true), |figures| figure(figures, cell));
            }
            Self::Year(Whose::Own) => whole(dossier.report.year.map(i64::from)),
            Self::Year(Whose::Previous) => {
                whole(dossier.previous.as_ref().and_then(|report| report.year).map(i64::from))
            }
            Self::Length(number) => {
                let own = dossier.report.section(number).map_or("", |section| section.text.as_str());
                whole(i64::try_from(own.chars().filter(|char| !char.is_whitespace()).count()).ok())
            }
            Self::Places(cell) => {
                let amount = dossier.report.figures.amount(cell).and_then(Decimal::parse);
                whole(amount.map(|amount| i64::from(amount.places)))
            }
        };
        found.unwrap_or_else(|| Range::unread(true))
    }
}

/// What a cell may hold.
fn figure(figures: &Figures, cell: Cell) -> Range {
    let negative = cell.column().may_be_negative();
    if cell.is_amount() {
        let written = figures.amount(cell).and_then(Decimal::parse).and_then(scaled);
        return written.map_or_else(|| unknown(figures, cell, negative), Range::exactly);
    }
    match figures.count(cell) {
        Figure::Known(count) => Range::exactly(i128::from(count) * SCALE),
        Figure::Blank | Figure::Unread => unknown(figures, cell, negative),
    }
}

fn unknown(figures: &Figures, cell: Cell, negative: bool) -> Range {
    let table = figures.standing(cell.row().table());
    let blank = figures.count(cell) == Figure::Blank && table == Standing::Whole;
    // A row that a whole table doesn't have is not there to be read as 0.
    let as_nought = (blank && figures.has_row(cell.row()) && figures.amount(cell).is_none()).then_some(0);
    Range { as_nought, ..Range::unread(negative) }
}

/// An amount in [`SCALE`]-th parts; nothing for one with more decimal places than that.
pub(super) fn scaled(amount: Decimal) -> Option<i128> {
    let more = PLACES.checked_sub(amount.places)?;
    amount.units.checked_mul(10_i128.checked_pow(more)?)
}

/// A number in [`SCALE`]-th parts as people write it.
pub(super) fn shown(value: i128) -> String {
    let (whole, rest) = (value / SCALE, (value % SCALE).unsigned_abs());
    let sign = if value < 0 && whole == 0 { "-" } else { "" };
    let fraction = format!("{rest:08}");
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}
