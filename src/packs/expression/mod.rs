//! An expression: parsed, its names looked up in the form, its types checked; what comes out is a typed tree.

pub(super) mod checking;
pub(super) mod labels;
pub(super) mod names;
pub(super) mod parsing;
pub(super) mod pattern;
pub(super) mod tree;
