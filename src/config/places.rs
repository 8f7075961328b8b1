//! Where settings stand in their file.

use std::{collections::HashMap, ops::Range};

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;
use toml::de::{DeTable, DeValue};

use super::printed::joined;
use crate::{
    words::Text,
    written::{NamedText, Node, Problem},
};

/// A file of settings, and where each of them stands in it.
#[derive(Default)]
pub(super) struct Places {
    name: String,
    text: String,
    /// Name and value of each setting, by its path.
    found: HashMap<String, [Problem; 2]>,
}

/// What of a setting is wrong.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Name,
    Value,
}

/// YAML of any content.
#[derive(Deserialize, JsonSchema)]
#[serde(transparent)]
struct Tree(#[schemars(with = "serde_json::Value")] Spanned<Node>);

impl Places {
    /// The places in a file of TOML.
    pub fn of_toml(name: &str, text: &str) -> Self {
        let mut places = Self::new(name, text);
        if let Ok(table) = DeTable::parse(text) {
            places.table("", table.get_ref());
        }
        places
    }

    /// The places in a file of YAML.
    pub fn of_yaml(name: &str, text: &str) -> Self {
        let mut places = Self::new(name, text);
        if let Ok(Tree(tree)) = (NamedText { name, text }).parse() {
            places.node("", &tree);
        }
        places
    }

    fn new(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), found: HashMap::new() }
    }

    /// The file's name and its text.
    pub fn file(&self) -> (&str, &str) {
        (&self.name, &self.text)
    }

    /// A problem of a setting, at its place if the file has it.
    pub fn problem(&self, path: &str, part: Part, why: Text) -> Problem {
        let place = self.found.get(path).map(|places| match part {
            Part::Name => &places[0],
            Part::Value => &places[1],
        });
        place.map_or_else(
            || Problem::whole(&self.name, why.clone()),
            |place| Problem { why: why.clone(), ..place.clone() },
        )
    }

    fn table(&mut self, path: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let path = joined(path, key.get_ref());
            let places = [at(&self.name, &self.text, key.span()), at(&self.name, &self.text, value.span())];
            self.found.insert(path.clone(), places);
            match value.get_ref() {
                DeValue::Table(inner) => self.table(&path, inner),
                DeValue::Array(elements) => {
                    for (number, element) in elements.iter().enumerate() {
                        let place = at(&self.name, &self.text, element.span());
                        self.found.insert(format!("{path}[{number}]"), [place.clone(), place]);
                    }
                }
                _ => {}
            }
        }
    }

    fn node(&mut self, path: &str, node: &Spanned<Node>) {
        match &node.value {
            Node::Mapping(fields) => {
                for (key, value) in fields {
                    let path = joined(path, &key.value);
                    let place = |own: Problem| own.in_text(&self.text);
                    let places = [
                        place(Problem::at(&self.name, key, Text::default())),
                        place(Problem::at(&self.name, value, Text::default())),
                    ];
                    self.found.insert(path.clone(), places);
                    self.node(&path, value);
                }
            }
            Node::List(elements) => {
                for (number, element) in elements.iter().enumerate() {
                    let place = Problem::at(&self.name, element, Text::default()).in_text(&self.text);
                    self.found.insert(format!("{path}[{number}]"), [place.clone(), place]);
                }
            }
            _ => {}
        }
    }
}

/// The place of some bytes of a file; of several lines, on the first.
pub(super) fn at(name: &str, text: &str, Range { start, end }: Range<usize>) -> Problem {
    let before = text.get(..start).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
    let here = text.get(start..end).unwrap_or_default();
    let length = here.lines().next().unwrap_or_default().chars().count() as u64;
    let line = before.matches('\n').count() as u64 + 1;
    Problem { line, column, length, ..Problem::whole(name, Text::default()) }.in_text(text)
}
