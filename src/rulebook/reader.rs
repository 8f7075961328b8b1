//! Collects the problems of a file of profiles or waivers while it is read.

use serde_saphyr::Spanned;

use crate::{
    rule::Rule,
    words::Text,
    written::{MAX_PROBLEMS, Problem},
};

/// Reads a file against the existing rules.
pub(super) struct ListReader<'a> {
    file: String,
    pub rules: &'a [Rule],
    problems: Vec<Problem>,
}

impl<'a> ListReader<'a> {
    /// A reader without problems so far.
    pub fn new(file: &str, rules: &'a [Rule]) -> Self {
        Self { file: file.to_owned(), rules, problems: Vec::new() }
    }

    /// Notes a problem at a place.
    pub fn note<T>(&mut self, at: &Spanned<T>, why: Text) {
        self.problems.push(Problem::at(&self.file, at, why));
    }

    /// Notes a problem of the whole file.
    pub fn note_whole(&mut self, why: Text) {
        self.problems.push(Problem::whole(&self.file, why));
    }

    /// The result, if there are no problems.
    pub fn end<T>(mut self, read: T) -> Result<T, Vec<Problem>> {
        self.problems.truncate(MAX_PROBLEMS);
        if self.problems.is_empty() { Ok(read) } else { Err(self.problems) }
    }
}
