//! Limits on what operators write, for their manual.

use crate::words::Text;

/// The most of something.
pub struct Limit {
    /// Of what.
    pub of: Text,
    /// How many.
    pub most: u64,
}

impl Limit {
    /// The most of something.
    pub const fn new(zh: &'static str, en: &'static str, most: u64) -> Self {
        Self { of: Text::fixed(zh, en), most }
    }
}
