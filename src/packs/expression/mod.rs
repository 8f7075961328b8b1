//! An expression is parsed, its names are looked up in the form, its types are checked; the result is a typed tree.

pub(super) mod checking;
pub(super) mod hints;
pub(super) mod labels;
pub(super) mod names;
pub(super) mod parsing;
pub(super) mod pattern;
pub(super) mod senses;
pub(super) mod tree;
pub(super) mod wrong;
