//! Collects the problems of a file of profiles or waivers while it is read.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_saphyr::Spanned;

use crate::{
    rule::Rule,
    words::Text,
    written::{Faulty, NamedText, Node, Problem, in_order},
};

/// Reads a file against the existing rules.
pub(super) struct ListReader<'a> {
    file: NamedText<'a>,
    pub rules: &'a [Rule],
    problems: Vec<Problem>,
    /// Whether elements of the list could not be read.
    pub is_torn: bool,
    /// Those elements, as far as they can be read.
    pub torn: Vec<Node>,
}

impl<'a> ListReader<'a> {
    /// A reader without problems so far.
    pub fn new(file: NamedText<'a>, rules: &'a [Rule]) -> Self {
        Self { file, rules, problems: Vec::new(), is_torn: false, torn: Vec::new() }
    }

    /// What can be read of a file whose field `key` is a list; what can't is noted.
    pub fn parsed<F: DeserializeOwned + JsonSchema>(&mut self, key: &str) -> Vec<F> {
        let mut read = Vec::new();
        for part in self.file.parse_list(key) {
            match part.content {
                Ok(content) => read.push(content),
                Err(Faulty { problems, tree }) => {
                    self.problems.extend(problems);
                    self.is_torn = true;
                    let list = tree.as_ref().and_then(|tree| tree.value.field(key));
                    let elements = list.iter().flat_map(|list| list.value.elements());
                    self.torn.extend(elements.map(|element| element.value.clone()));
                }
            }
        }
        read
    }

    /// Notes a problem at a place.
    pub fn note<T>(&mut self, at: &Spanned<T>, why: Text) {
        self.problems.push(Problem::at(self.file.name, at, why));
    }

    /// Notes a problem of an element as a whole.
    pub fn note_element<T>(&mut self, at: &Spanned<T>, why: Text) {
        self.problems.push(self.file.problem_of(at, why));
    }

    /// Notes a problem of the whole file.
    pub fn note_whole(&mut self, why: Text) {
        self.problems.push(Problem::whole(self.file.name, why));
    }

    /// The result, if there are no problems.
    pub fn end<T>(self, read: T) -> Result<T, Vec<Problem>> {
        let problems = in_order(self.problems, |_| Some(self.file.text));
        if problems.is_empty() { Ok(read) } else { Err(problems) }
    }
}
