//! All that is wrong with the fields of a file, by the schema that editors hold it to: a parser tells but the first.

use serde_json::Value;
use serde_saphyr::Spanned;

use super::{named_text::NamedText, node::Node, problem::Problem, yaml};
use crate::words::Text;

/// Holds a tree to a schema.
pub(super) struct Faults<'a> {
    file: NamedText<'a>,
    schema: &'a Value,
    /// Fields that could not be read, whose faults are told: they are not missing.
    torn: &'a [String],
    problems: Vec<Problem>,
}

impl<'a> Faults<'a> {
    /// What is wrong with a file, in its order.
    pub fn of(file: NamedText<'a>, schema: &'a Value, torn: &'a [String], tree: &Spanned<Node>) -> Vec<Problem> {
        let mut faults = Self { file, schema, torn, problems: Vec::new() };
        faults.look(schema, tree);
        faults.problems
    }

    fn look(&mut self, wanted: &Value, node: &Spanned<Node>) {
        let wanted = self.resolved(wanted);
        if let Some(options) = wanted["anyOf"].as_array() {
            // What may be left out: the option that is not null says how it is written.
            let option = options.iter().find(|option| option["type"] != "null");
            return option.filter(|_| node.value != Node::Null).into_iter().for_each(|option| self.look(option, node));
        }
        let kinds = kinds(wanted);
        if !kinds.is_empty() && !kinds.iter().any(|kind| node.value.kinds().contains(kind)) {
            let at = Problem::at(self.file.name, node, Text::default()).in_text(self.file.text);
            let why = yaml::shape(kinds[0], &at.source, at.column);
            return self.problems.push(Problem { why, ..at });
        }
        match &node.value {
            Node::Mapping(fields) => self.fields(wanted, node, fields),
            Node::List(elements) if wanted["items"].is_object() => {
                elements.iter().for_each(|element| self.look(&wanted["items"], element));
            }
            Node::Text(text) => {
                let words = words(wanted);
                if !words.is_empty() && !words.contains(&text.as_str()) {
                    self.note(node, yaml::no_variant(text, &words));
                }
            }
            _ => {}
        }
    }

    fn fields(&mut self, wanted: &Value, node: &Spanned<Node>, fields: &[(Spanned<String>, Spanned<Node>)]) {
        let known = wanted["properties"].as_object();
        let mut misspelt = Vec::new();
        for (key, value) in fields {
            match (known.and_then(|known| known.get(&key.value)), &wanted["additionalProperties"]) {
                (Some(field), _) => self.look(field, value),
                (None, Value::Bool(false)) => {
                    let names: Vec<&str> =
                        known.into_iter().flat_map(|known| known.keys()).map(String::as_str).collect();
                    misspelt.extend(near(&key.value, &names));
                    self.note(key, yaml::no_field(&key.value, &names));
                }
                (None, others @ Value::Object(_)) => self.look(others, value),
                (None, _) => {}
            }
        }
        let required = wanted["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for name in required {
            let told = misspelt.iter().any(|near| near == name) || self.torn.iter().any(|torn| torn == name);
            if node.value.field(name).is_none() && !told {
                self.problems.push(self.file.problem_of(node, yaml::missing(name)));
            }
        }
    }

    fn note<T>(&mut self, at: &Spanned<T>, why: Text) {
        self.problems.push(Problem::at(self.file.name, at, why));
    }

    /// The schema behind a reference.
    fn resolved<'s>(&self, wanted: &'s Value) -> &'s Value
    where
        'a: 's,
    {
        match wanted["$ref"].as_str().and_then(|path| self.schema.pointer(path.trim_start_matches('#'))) {
            Some(referred) => referred,
            None => wanted,
        }
    }
}

fn near(wrong: &str, names: &[&str]) -> Option<String> {
    crate::words::spelling::near(wrong, names.iter().copied()).map(str::to_owned)
}

/// The kinds of value that a schema allows; none if it allows all.
fn kinds(wanted: &Value) -> Vec<&str> {
    match &wanted["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The words of which a schema wants one; none if it wants no certain ones.
fn words(wanted: &Value) -> Vec<&str> {
    let listed = wanted["enum"].as_array().into_iter().flatten();
    let described = wanted["oneOf"].as_array().into_iter().flatten().map(|option| &option["const"]);
    listed.chain(described).filter_map(Value::as_str).collect()
}
