//! A fault of an expression, or of another text of a rule.

use std::ops::Range;

use crate::words::Text;

/// What is wrong with an expression, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::packs) struct Wrong {
    /// The range of the offending characters.
    pub at: Range<usize>,
    /// What is wrong.
    pub why: Text,
}

/// A part of an expression of which nothing is known: what is wrong with it is noted, and no other fault follows from it.
#[derive(Clone, Copy, Debug)]
pub(in crate::packs) struct Unknown;
