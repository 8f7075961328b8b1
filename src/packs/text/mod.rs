//! The YAML of a pack.

pub(super) mod definition;
pub(super) mod documentation;
