//! Reads a file of profiles or waivers against the existing rules.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::KnownRules;
use crate::written::{NamedText, Noted, Problem};

/// Reads a file against the existing rules.
pub(super) struct ListReader<'a> {
    file: NamedText<'a>,
    pub known: KnownRules<'a>,
    /// What is wrong with it so far.
    pub noted: Noted<'a>,
    /// Whether there are elements of the list of which nothing could be read.
    pub is_torn: bool,
}

impl<'a> ListReader<'a> {
    /// A reader without problems so far.
    pub fn new(file: NamedText<'a>, known: KnownRules<'a>) -> Self {
        Self { file, known, noted: Noted::of(file), is_torn: false }
    }

    /// What can be read of a file whose field `key` is a list; what can't is noted.
    pub fn parsed<F: DeserializeOwned + JsonSchema>(&mut self, key: &str) -> Vec<F> {
        let mut read = Vec::new();
        for part in self.file.parse_list(key) {
            self.noted.extend(part.problems);
            self.is_torn |= part.content.is_none();
            read.extend(part.content);
        }
        read
    }

    /// The result, if there are no problems.
    pub fn end<T>(self, read: T) -> Result<T, Vec<Problem>> {
        self.noted.end(read)
    }
}
