//! The typed tree of an expression: each kind of value has its own tree type, so that no wrong type can occur when it
//! runs.

use super::{
    labels::Label,
    names::{Subject, Variable},
    pattern::Pattern,
};
use crate::narrative::Sense;
use crate::report::{
    Date,
    arithmetic::{Comparison, SCALE, shown},
};
use crate::words::Text;

/// An expression of any kind.
#[derive(Clone, Debug)]
pub(in crate::packs) enum Tree {
    Number(Number),
    Truth(Truth),
    Words(Words),
    Report(Subject),
    List(List),
}

/// The kinds of value that a list may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Kind {
    Number,
    /// A number that stands for a day.
    Day,
    Truth,
    Words,
    Report,
}

/// An expression with a number as value.
#[derive(Clone, Debug)]
pub(in crate::packs) enum Number {
    /// In units of 1/[`SCALE`](crate::report::arithmetic::SCALE).
    Constant(i128),
    Variable(Variable),
    Sum(Box<Number>, Box<Number>),
    Difference(Box<Number>, Box<Number>),
    Product(Box<Number>, Box<Number>),
    /// The sum of a list of numbers.
    Total(Box<List>),
    /// The size of a list.
    Size(Box<List>),
    /// The number of characters in a text, without white space.
    Length(Box<Words>),
    /// The similarity of two texts, in percent.
    Similarity(Box<Words>, Box<Words>),
    /// The number that the narrative states.
    Stated(Sense),
    Choice(Box<Truth>, Box<Number>, Box<Number>),
    /// A day as a number that grows with it: 20240131.
    Day(Box<Number>),
    /// The one that a comprehension's name stands for, counted from the outermost.
    Local(usize),
}

impl Number {
    /// Whether the number stands for a day.
    pub fn is_day(&self) -> bool {
        match self {
            Self::Day(_) => true,
            Self::Choice(_, one, other) => one.is_day() && other.is_day(),
            _ => false,
        }
    }

    /// A value of the number, for people.
    pub fn said(&self, value: i128) -> Text {
        let day = self.is_day().then(|| i32::try_from(value / SCALE).ok()).flatten();
        match day.and_then(|day| Date::new(day / 10_000, day / 100 % 100, day % 100)) {
            Some(day) => Text::new(format!("{}年{}月{}日", day.year(), day.month(), day.day()), day.to_string()),
            None => Text::same(shown(value)),
        }
    }
}

/// An expression with a truth value.
#[derive(Clone, Debug)]
pub(in crate::packs) enum Truth {
    Fixed(bool),
    Compare(Box<Number>, Comparison, Box<Number>),
    /// Two texts are the same.
    Same(Box<Words>, Box<Words>),
    /// One text occurs in another at this position.
    Part(Box<Words>, Position, Box<Words>),
    /// The pattern was compiled when the pack was loaded.
    Matches(Box<Words>, Box<Pattern>),
    HasSection(Subject, u8),
    /// A number is present.
    Filled(Variable),
    /// A text is present.
    IsNamed(Subject, Label),
    /// The narrative states a number in this sense.
    IsStated(Sense),
    /// The subordinates' reports are complete.
    SubordinatesComplete,
    All(Vec<Truth>),
    Any(Vec<Truth>),
    Not(Box<Truth>),
    /// The condition holds for this share of a list.
    Of(Share, Box<List>, Box<Truth>),
    /// A list contains the value.
    Among(Box<Tree>, Box<List>),
    Choice(Box<Truth>, Box<Truth>, Box<Truth>),
    Local(usize),
}

/// For how many elements of a list a condition must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Share {
    All,
    Any,
    One,
}

/// Where in a text another occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Position {
    Anywhere,
    Beginning,
    End,
}

/// An expression with a text as value.
#[derive(Clone, Debug)]
pub(in crate::packs) enum Words {
    Literal(String),
    /// The text of a section; empty if the report doesn't have it.
    Section(Subject, u8),
    Label(Subject, Label),
    Choice(Box<Truth>, Box<Words>, Box<Words>),
    Local(usize),
}

/// An expression with a list as value.
#[derive(Clone, Debug)]
pub(in crate::packs) enum List {
    /// Values of one kind.
    Literal(Vec<Tree>),
    /// Cells of a report.
    Cells(Vec<Variable>),
    Subordinates,
    /// A value for each element of a list.
    Map(Box<List>, Box<Tree>),
    /// The elements of a list for which the condition holds.
    Filter(Box<List>, Box<Truth>),
}
