//! All that is wrong with the fields of a file, by the schema that editors hold it to: a parser tells but the first.

use serde_json::Value;
use serde_saphyr::Spanned;

use super::{
    mended::{kinds, placeless, resolved, stand_in, words},
    named_text::NamedText,
    node::Node,
    problem::Problem,
    yaml,
};
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
    /// What is wrong with a file, in its order, and the tree with something that fits in the place of all that doesn't.
    pub fn of(
        file: NamedText<'a>,
        schema: &'a Value,
        torn: &'a [String],
        tree: &Spanned<Node>,
    ) -> (Vec<Problem>, Spanned<Node>) {
        let mut faults = Self { file, schema, torn, problems: Vec::new() };
        let mended = faults.look(schema, tree);
        (faults.problems, mended)
    }

    fn look(&mut self, wanted: &Value, node: &Spanned<Node>) -> Spanned<Node> {
        let wanted = resolved(self.schema, wanted);
        if let Some(options) = wanted["anyOf"].as_array() {
            // What may be left out: the option that is not null says how it is written.
            let option = options.iter().find(|option| option["type"] != "null");
            return match option.filter(|_| node.value != Node::Null) {
                Some(option) => self.look(option, node),
                None => node.clone(),
            };
        }
        let kinds = kinds(wanted);
        let fits = |kind: &&str| node.value.kinds().contains(kind) && node.value.is_within(&wanted["format"]);
        if !kinds.is_empty() && !kinds.iter().any(fits) {
            let at = Problem::at(self.file.name, node, Text::default()).in_text(self.file.text);
            let why = yaml::shape(kinds[0], &at.source, at.column);
            self.problems.push(Problem { why, ..at });
            return stand_in(self.schema, wanted);
        }
        let as_written = |own: &Self| Spanned::new(own.as_written(node), node.referenced, node.defined);
        let mended = match &node.value {
            // An unquoted text may look like something else: off, and digits.
            Node::Bool(_) | Node::Integer(_) | Node::Number(_) if !words(wanted).is_empty() || kinds == ["string"] => {
                return as_written(self);
            }
            Node::Mapping(fields) => Node::Mapping(self.fields(wanted, node, fields)),
            Node::Null if kinds.first() == Some(&"object") => Node::Mapping(self.fields(wanted, node, &[])),
            Node::List(elements) if wanted["items"].is_object() => {
                Node::List(elements.iter().map(|element| self.look(&wanted["items"], element)).collect())
            }
            Node::Text(text) => {
                let words = words(wanted);
                if !words.is_empty() && !words.contains(&text.as_str()) {
                    self.note(node, yaml::no_variant(text, &words));
                    return stand_in(self.schema, wanted);
                }
                return node.clone();
            }
            _ => return node.clone(),
        };
        Spanned::new(mended, node.referenced, node.defined)
    }

    /// Fields as they are, without those that are not known, and with those that are missing.
    fn fields(
        &mut self,
        wanted: &Value,
        node: &Spanned<Node>,
        fields: &[(Spanned<String>, Spanned<Node>)],
    ) -> Vec<(Spanned<String>, Spanned<Node>)> {
        let known = wanted["properties"].as_object();
        let (mut mended, mut misspelt) = (Vec::new(), Vec::new());
        for (key, value) in fields {
            match (known.and_then(|known| known.get(&key.value)), &wanted["additionalProperties"]) {
                (Some(field), _) => mended.push((key.clone(), self.look(field, value))),
                (None, Value::Bool(false)) => {
                    let names: Vec<&str> =
                        known.into_iter().flat_map(|known| known.keys()).map(String::as_str).collect();
                    misspelt.extend(yaml::meant(&key.value, &names).map(str::to_owned));
                    self.note(key, yaml::no_field(&key.value, &names));
                }
                (None, others @ Value::Object(_)) => mended.push((key.clone(), self.look(others, value))),
                (None, _) => mended.push((key.clone(), value.clone())),
            }
        }
        let required: Vec<&str> =
            wanted["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, field) in known.into_iter().flatten() {
            let told = misspelt.contains(name) || self.torn.contains(name);
            let (is_there, is_required) = (node.value.field(name).is_some(), required.contains(&name.as_str()));
            if !is_there && is_required && !told {
                self.problems.push(self.file.problem_of(node, yaml::missing(name)));
            }
            // What can't be read, or is misspelt, is meant to be there.
            if !is_there && (is_required || told) {
                mended.push((placeless(name.clone()), stand_in(self.schema, field)));
            }
        }
        mended
    }

    /// The text of a value.
    fn as_written(&self, node: &Spanned<Node>) -> Node {
        let (line, column, long) = (node.defined.line(), node.defined.column(), node.defined.span().len());
        let number = |number: u64| usize::try_from(number).unwrap_or_default();
        let line = self.file.text.lines().nth(number(line).saturating_sub(1)).unwrap_or_default();
        Node::Text(line.chars().skip(number(column).saturating_sub(1)).take(number(long)).collect())
    }

    fn note<T>(&mut self, at: &Spanned<T>, why: Text) {
        self.problems.push(Problem::at(self.file.name, at, why));
    }
}
