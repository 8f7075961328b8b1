//! Arithmetic with blanks: what is known of a number or of a comparison, for rules of all kinds.
//!
//! A blank is an unknown number that isn't negative, unless its column allows negative numbers. A comparison holds or
//! fails if it does so whatever the blanks are. Otherwise it holds, with a remark, if it holds with the blanks read as
//! 0, nothing is unread, and there is at least one figure. In all other cases it is open. A blank that may be negative
//! is never read as 0.

use std::cmp::Ordering;

use super::{
    Decimal,
    figures::{Figure, Figures, Standing},
    form::Cell,
};

/// The fixed-point scale: numbers are stored as multiples of 1/`SCALE`, so that amounts are exact.
pub const SCALE: i128 = 100_000_000;
const PLACES: u32 = 8;

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Whether the comparison holds for two numbers in this order.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// What is known of a condition, in the order of doubt: of a conjunction the last is known, of a disjunction the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// It holds.
    True,
    /// It holds with the blanks read as 0.
    WithBlanksAsZero,
    /// It can't be decided.
    Open,
    /// It does not hold.
    False,
}

/// The possible values of a number: its least and largest value, `None` if unbounded, and its value with the blanks
/// as 0, `None` if a figure is unread.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub least: Option<i128>,
    pub most: Option<i128>,
    pub as_zero: Option<i128>,
    /// Whether it contains something that the report fills in: blanks alone prove nothing.
    pub filled: bool,
}

impl Known {
    /// What certainly holds, or certainly does not.
    pub fn certainly(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }

    /// What is known of the conjunction of both.
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }

    /// What is known of the disjunction of both.
    pub fn or(self, other: Self) -> Self {
        self.min(other)
    }

    /// What is known of the negation: what only holds with blanks as 0 must not become a violation.
    pub fn opposite(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::WithBlanksAsZero | Self::Open => Self::Open,
        }
    }
}

/// What is known of a comparison of two numbers, from their difference compared with 0.
pub fn compare(difference: Range, comparison: Comparison) -> Known {
    let holds = |difference: i128| comparison.holds(difference.cmp(&0));
    let (least, most) = (difference.least, difference.most);
    let below = |bound: i128| most.is_some_and(|most| most < bound);
    let above = |bound: i128| least.is_some_and(|least| least > bound);
    let certain = match comparison {
        _ if least.is_some() && least == most => return Known::certainly(least.is_some_and(holds)),
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
    match (certain, difference.as_zero) {
        (Some(holds), _) => Known::certainly(holds),
        (None, Some(as_zero)) if holds(as_zero) && difference.filled => Known::WithBlanksAsZero,
        _ => Known::Open,
    }
}

impl Range {
    /// A known number.
    pub fn exactly(value: i128) -> Self {
        Self { least: Some(value), most: Some(value), as_zero: Some(value), filled: false }
    }

    /// A number about which nothing is known: reading it as 0 would be a guess.
    pub fn unread(may_be_negative: bool) -> Self {
        Self { least: (!may_be_negative).then_some(0), most: None, as_zero: None, filled: false }
    }

    /// The number times `factor`.
    pub fn times(self, factor: i128) -> Self {
        let times = |value: Option<i128>| value.and_then(|value| value.checked_mul(factor));
        let (least, most) = (times(self.least), times(self.most));
        let (least, most) = if factor < 0 { (most, least) } else { (least, most) };
        Self { least, most, as_zero: times(self.as_zero), ..self }
    }

    /// The sum of two numbers.
    pub fn and(self, other: Self) -> Self {
        let sum =
            |one: Option<i128>, other: Option<i128>| one.zip(other).and_then(|(one, other)| one.checked_add(other));
        Self {
            least: sum(self.least, other.least),
            most: sum(self.most, other.most),
            as_zero: sum(self.as_zero, other.as_zero),
            filled: self.filled || other.filled,
        }
    }

    /// The number, if it is known.
    pub fn value(self) -> Option<i128> {
        self.least.filter(|least| self.most == Some(*least))
    }

    /// The number, marked as filled in by the report.
    pub fn filled_in(self) -> Self {
        Self { filled: true, ..self }
    }

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self::exactly(i128::from(number) * SCALE)
    }

    /// The product of two numbers; unknown if it isn't exact.
    pub fn multiplied(self, other: Self) -> Self {
        let whole = |range: Self| range.value().filter(|value| value % SCALE == 0).map(|value| value / SCALE);
        if let Some(factor) = whole(self) {
            return other.times(factor);
        }
        if let Some(factor) = whole(other) {
            return self.times(factor);
        }
        let product = |one: Option<i128>, other: Option<i128>| {
            let product = one?.checked_mul(other?)?;
            (product % SCALE == 0).then_some(product / SCALE)
        };
        let exact = product(self.value(), other.value());
        let as_zero = product(self.as_zero, other.as_zero);
        Self { least: exact, most: exact, as_zero, filled: self.filled || other.filled }
    }

    /// The possible values if one of the two numbers is meant.
    pub fn either(self, other: Self) -> Self {
        Self {
            least: self.least.zip(other.least).map(|(one, other)| one.min(other)),
            most: self.most.zip(other.most).map(|(one, other)| one.max(other)),
            as_zero: self.as_zero.filter(|value| other.as_zero == Some(*value)),
            filled: self.filled || other.filled,
        }
    }

    /// What a cell may hold: a count, or an amount in 万元.
    pub fn of(figures: &Figures, cell: Cell) -> Self {
        let known = match figures.count(cell) {
            Figure::Known(count) => Some(Self::whole(count.into())),
            _ if cell.is_amount() => figures.amount(cell).and_then(Decimal::parse).and_then(scaled).map(Self::exactly),
            Figure::Blank | Figure::Unread => None,
        };
        known.map_or_else(|| Self::unknown(figures, cell), Self::filled_in)
    }

    fn unknown(figures: &Figures, cell: Cell) -> Self {
        let negative = cell.column().may_be_negative();
        // A row that a whole table lacks must not be read as 0.
        let blank = figures.is_blank(cell) && figures.standing(cell.row().table()) == Standing::Whole;
        Self { as_zero: (blank && !negative).then_some(0), ..Self::unread(negative) }
    }
}

/// An amount in units of 1/[`SCALE`]; `None` if it has more decimal places than that.
pub fn scaled(amount: Decimal) -> Option<i128> {
    let more = PLACES.checked_sub(amount.places)?;
    amount.units.checked_mul(10_i128.checked_pow(more)?)
}

/// A number in units of 1/[`SCALE`], as people write it.
pub fn shown(value: i128) -> String {
    let (whole, rest) = (value / SCALE, (value % SCALE).unsigned_abs());
    let sign = if value < 0 && whole == 0 { "-" } else { "" };
    let fraction = format!("{rest:08}");
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}
