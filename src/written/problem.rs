//! What is wrong with a file that an operator wrote.

use std::fmt;

use serde_saphyr::Spanned;

use crate::words::{Language, Text};

/// The most faults that are reported.
pub const MAX_PROBLEMS: usize = 50;

/// Something wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, by its name in the folder.
    pub file: String,
    /// Line and column, from 1; 0 if the problem concerns the whole file.
    pub line: u64,
    /// See `line`.
    pub column: u64,
    /// What is wrong, and what was expected.
    pub why: Text,
}

impl Problem {
    /// A problem of a file as a whole.
    pub fn whole(file: &str, why: Text) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0, why }
    }

    /// The place and what is wrong there, in one language.
    pub fn in_language(&self, language: Language) -> String {
        let Self { file, line, column, why } = self;
        let why = why.in_language(language);
        if *line == 0 { format!("{file}: {why}") } else { format!("{file}:{line}:{column}: {why}") }
    }

    /// A problem of what was read from a place in a file.
    pub fn at<T>(file: &str, at: &Spanned<T>, why: Text) -> Self {
        let (line, column) = (at.referenced.line(), at.referenced.column());
        Self { file: file.to_owned(), line, column, why }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, why } = self;
        write!(formatter, "{file}:{line}:{column}: {} / {}", why.zh, why.en)
    }
}
