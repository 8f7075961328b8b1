//! Collects what is wrong with a file while it is read: nothing stops at the first.

use std::ops::Range;

use serde_saphyr::Spanned;

use super::{
    mended::is_stand_in,
    named_text::NamedText,
    problem::{Problem, in_order},
};
use crate::words::Text;

/// The problems of a file so far. What stands in for something that could not be read has none.
pub struct Noted<'a> {
    file: NamedText<'a>,
    problems: Vec<Problem>,
}

impl<'a> Noted<'a> {
    /// None so far.
    pub fn of(file: NamedText<'a>) -> Self {
        Self { file, problems: Vec::new() }
    }

    /// Notes a problem of what was read from a place.
    pub fn note<T>(&mut self, at: &Spanned<T>, why: Text) {
        self.add(at, Problem::at(self.file.name, at, why));
    }

    /// Notes a problem of some characters of a text.
    pub fn note_part(&mut self, at: &Spanned<String>, part: Range<usize>, why: Text) {
        self.add(at, self.file.problem(at, part, why));
    }

    /// Notes a problem of an element as a whole.
    pub fn note_element<T>(&mut self, at: &Spanned<T>, why: Text) {
        self.add(at, self.file.problem_of(at, why));
    }

    /// Notes a problem of the whole file.
    pub fn note_whole(&mut self, why: Text) {
        self.problems.push(Problem::whole(self.file.name, why));
    }

    /// Notes problems that were found elsewhere.
    pub fn extend(&mut self, problems: Vec<Problem>) {
        self.problems.extend(problems);
    }

    /// The result, if there are no problems.
    ///
    /// # Errors
    ///
    /// The problems, in order.
    pub fn end<T>(self, read: T) -> Result<T, Vec<Problem>> {
        let problems = in_order(self.problems, |_| Some(self.file.text));
        if problems.is_empty() { Ok(read) } else { Err(problems) }
    }

    /// The problems as they were noted.
    pub fn problems(self) -> Vec<Problem> {
        self.problems
    }

    fn add<T>(&mut self, at: &Spanned<T>, problem: Problem) {
        if !is_stand_in(at) {
            self.problems.push(problem);
        }
    }
}
