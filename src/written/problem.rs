//! What is wrong with a file that an operator wrote.

use std::fmt;

use serde::Serialize;
use serde_saphyr::Spanned;

use crate::words::{Language, Text};

/// The most faults that are reported.
pub const MAX_PROBLEMS: usize = 50;

/// Something wrong with a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The file, by its name in the folder.
    pub file: String,
    /// Line and column, from 1; 0 if the problem concerns the whole file.
    pub line: u64,
    /// See `line`.
    pub column: u64,
    /// How many characters are at fault; 0 if only the first is known.
    pub length: u64,
    /// The line as it is in the file; empty if the file is not at hand.
    pub source: String,
    /// What is wrong, and what was expected.
    pub why: Text,
}

/// A problem as tools read it: one object a line.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    line: u64,
    column: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u64>,
    message: &'a str,
}

impl Problem {
    /// A problem of a file as a whole.
    pub fn whole(file: &str, why: Text) -> Self {
        Self { file: file.to_owned(), why, ..Self::default() }
    }

    /// A problem of what was read from a place in a file.
    pub fn at<T>(file: &str, at: &Spanned<T>, why: Text) -> Self {
        let (line, column) = (at.referenced.line(), at.referenced.column());
        // What an alias repeats is not where the alias is.
        let length = if at.referenced == at.defined { at.defined.span().len() } else { 0 };
        Self { file: file.to_owned(), line, column, length, why, ..Self::default() }
    }

    /// A problem of an element of a file, given by name and text, such as that it lacks a field: the word with which it begins shows which one it is.
    pub(super) fn of_element<T>((file, text): (&str, &str), at: &Spanned<T>, why: Text) -> Self {
        let problem = Self::at(file, at, why).in_text(text);
        let before = usize::try_from(problem.column.max(1) - 1).unwrap_or_default();
        let word =
            problem.source.chars().skip(before).take_while(|char| char.is_alphanumeric() || *char == '_').count();
        Self { length: word.max(1) as u64, ..problem }
    }

    /// The same problem with the line of the file in which it is.
    pub fn in_text(mut self, text: &str) -> Self {
        let at = usize::try_from(self.line).unwrap_or_default();
        if at > 0 {
            text.lines().nth(at - 1).unwrap_or_default().clone_into(&mut self.source);
        }
        self
    }

    /// The place and what is wrong there, on one line.
    pub fn told(&self, language: Language) -> String {
        let why = self.why.in_language(language);
        match self.line {
            0 => format!("{}: {why}", self.file),
            line => format!("{}:{line}:{}: {why}", self.file, self.column),
        }
    }

    /// The problem as a JSON object, on one line. The column behind its end is told if it is known.
    pub fn json(&self, language: Language) -> String {
        let end_column = (self.length > 0).then_some(self.column + self.length);
        let Self { file, line, column, .. } = self;
        let message = self.why.in_language(language);
        serde_json::to_string(&Line { file, line: *line, column: *column, end_column, message }).unwrap_or_default()
    }
}

/// Problems in the order of their files and lines, each once and with its line; `text` gives the text of a file.
pub fn in_order<'a>(problems: Vec<Problem>, text: impl Fn(&str) -> Option<&'a str>) -> Vec<Problem> {
    let with_line = |problem: Problem| match text(&problem.file) {
        Some(text) => problem.in_text(text),
        None => problem,
    };
    let mut problems: Vec<Problem> = problems.into_iter().map(with_line).collect();
    problems.sort_by(|one, other| (&one.file, one.line, one.column).cmp(&(&other.file, other.line, other.column)));
    problems.dedup();
    problems.truncate(MAX_PROBLEMS);
    problems
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} / {}", self.told(Language::Zh), self.why.en)
    }
}
