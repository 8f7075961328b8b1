//! What an expression says, its names and types checked: each kind of value has a tree of its own, so
//! that nothing that runs it can meet a wrong type.

use super::{
    labels::Label,
    names::{Subject, Variable},
    pattern::Pattern,
};
use crate::narrative::Sense;
use crate::report::arithmetic::Comparison;

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
    Truth,
    Words,
    Report,
}

/// An expression that comes to a number.
#[derive(Clone, Debug)]
pub(in crate::packs) enum Number {
    /// In parts of [`super::known::SCALE`].
    Constant(i128),
    Variable(Variable),
    Sum(Box<Number>, Box<Number>),
    Difference(Box<Number>, Box<Number>),
    Product(Box<Number>, Box<Number>),
    /// Of a list of numbers.
    Total(Box<List>),
    /// How many a list holds.
    Size(Box<List>),
    /// How many characters a text has, white space left out.
    Length(Box<Words>),
    /// How far two texts are alike, in percent.
    Similarity(Box<Words>, Box<Words>),
    /// What the narrative states.
    Stated(Sense),
    Choice(Box<Truth>, Box<Number>, Box<Number>),
    /// For which a name of a comprehension stands, counted from the outermost.
    Local(usize),
}

/// An expression that holds or not.
#[derive(Clone, Debug)]
pub(in crate::packs) enum Truth {
    Fixed(bool),
    Compare(Box<Number>, Comparison, Box<Number>),
    /// Two texts are the same.
    Same(Box<Words>, Box<Words>),
    /// One text stands in another so.
    Part(Box<Words>, Position, Box<Words>),
    /// The pattern was compiled when the pack was loaded.
    Matches(Box<Words>, Box<Pattern>),
    HasSection(Subject, u8),
    /// A number is filled in.
    Filled(Variable),
    /// A text is filled in.
    IsNamed(Subject, Label),
    /// The narrative states a number in this sense.
    IsStated(Sense),
    /// The subordinates' reports are all there are.
    SubordinatesComplete,
    All(Vec<Truth>),
    Any(Vec<Truth>),
    Not(Box<Truth>),
    /// For so many of a list the condition holds.
    Of(Share, Box<List>, Box<Truth>),
    /// A list holds the value.
    Among(Box<Tree>, Box<List>),
    Choice(Box<Truth>, Box<Truth>, Box<Truth>),
    Local(usize),
}

/// For how many of a list a condition is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Share {
    All,
    Any,
    One,
}

/// Where in a text another stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Position {
    Anywhere,
    Beginning,
    End,
}

/// An expression that comes to a text.
#[derive(Clone, Debug)]
pub(in crate::packs) enum Words {
    Literal(String),
    /// The text of a section; empty where the report doesn't have it.
    Section(Subject, u8),
    Label(Subject, Label),
    Choice(Box<Truth>, Box<Words>, Box<Words>),
    Local(usize),
}

/// An expression that comes to a list.
#[derive(Clone, Debug)]
pub(in crate::packs) enum List {
    /// Values of one kind.
    Literal(Vec<Tree>),
    /// Cells of a report.
    Cells(Vec<Variable>),
    Subordinates,
    /// A value for each of a list.
    Map(Box<List>, Box<Tree>),
    /// Those of a list for which the condition holds.
    Filter(Box<List>, Box<Truth>),
}
