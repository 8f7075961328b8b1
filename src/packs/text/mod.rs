//! What the YAML of a pack may say.

pub(super) mod definition;
pub(super) mod documentation;
