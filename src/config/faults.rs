//! What is wrong with settings: all of it at once, each with the setting's name, what was found, where it came from, and what
//! was expected.

use config::{Value, ValueKind};
use serde_json::Value as Schema;

use super::{
    places::{Part, Places},
    printed::{joined, resolved},
};
use crate::{
    words::{Text, spelling::instead},
    written::{Problem, in_order},
};

/// The largest number that a file can hold.
const MOST: i64 = i64::MAX;

/// Everything that is wrong with settings, held to their schema. `places` is the file from which they come, but for the
/// environment.
pub(super) fn faults(places: &Places, settings: &Value, schema: &Schema) -> Vec<Problem> {
    let mut look = Look { places, root: schema, found: Vec::new() };
    look.at(settings, "", schema);
    let (name, text) = places.file();
    in_order(look.found, |file| (file == name).then_some(text))
}

struct Look<'a> {
    places: &'a Places,
    root: &'a Schema,
    found: Vec<Problem>,
}

impl Look<'_> {
    fn at(&mut self, value: &Value, name: &str, field: &Schema) {
        let wanted = resolved(field, self.root);
        let words: Vec<&str> = words(wanted);
        let number = number(&value.kind);
        let (zh, en) = match (kind(wanted), &value.kind) {
            ("object", ValueKind::Table(inner)) => return self.fields(inner, name, wanted),
            ("object", _) => ("若干项设置".to_owned(), "a table of settings".to_owned()),
            ("array", ValueKind::Array(elements)) => {
                let each = elements.iter().enumerate();
                return each.for_each(|(at, own)| self.at(own, &format!("{name}[{at}]"), &wanted["items"]));
            }
            ("array", _) => ("列表，如 [\"甲\", \"乙\"]".to_owned(), "a list, such as [\"one\", \"other\"]".to_owned()),
            ("boolean", ValueKind::Boolean(_)) => return,
            ("boolean", ValueKind::String(own)) if matches!(own.as_str(), "true" | "false") => return,
            ("boolean", _) => ("true 或 false".to_owned(), "true or false".to_owned()),
            ("integer", _) => {
                let (least, most) = range(field);
                if number.is_some_and(|own| (i128::from(least)..=i128::from(most)).contains(&own)) {
                    return;
                }
                match most {
                    MOST => (format!("不小于 {least} 的整数"), format!("a whole number of {least} or more")),
                    _ => (format!("{least} 至 {most} 的整数"), format!("a whole number from {least} to {most}")),
                }
            }
            (_, ValueKind::String(own)) if words.is_empty() || words.contains(&own.as_str()) => return,
            _ if !words.is_empty() => (words.join(" 或 "), words.join(" or ")),
            (_, ValueKind::Table(_) | ValueKind::Array(_) | ValueKind::Nil) => {
                ("一段文字".to_owned(), "a text".to_owned())
            }
            // A number is taken for the text that it is written as.
            _ => return,
        };
        let shown = shown(&value.kind);
        self.note(
            value,
            (name, Part::Value),
            format!("{name} 应为{}{zh}，实为{}{}", blank_before(&zh), blank_before(&shown.zh), shown.zh),
            format!("{name} must be {en}, and is {}", shown.en),
        );
    }

    fn fields(&mut self, settings: &config::Map<String, Value>, name: &str, wanted: &Schema) {
        let known: Vec<&str> =
            wanted["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
        let mut names: Vec<&String> = settings.keys().collect();
        names.sort_unstable();
        for key in names {
            let (value, path) = (&settings[key], joined(name, key));
            if known.contains(&key.as_str()) {
                self.at(value, &path, &wanted["properties"][key]);
            } else {
                let (zh, en) = instead(key, &known);
                self.note(
                    value,
                    (&path, Part::Name),
                    format!("没有 {path} 这项设置{zh}"),
                    format!("there is no setting {path}{en}"),
                );
            }
        }
    }

    fn note(&mut self, value: &Value, (name, part): (&str, Part), zh: String, en: String) {
        let why = Text::new(zh, en);
        self.found.push(match value.origin() {
            Some(ENVIRONMENT) => Problem::whole(&format!("GOUJI_{}", name.to_uppercase().replace('.', "__")), why),
            _ => self.places.problem(name, part, why),
        });
    }
}

fn kind(wanted: &Schema) -> &str {
    wanted["type"].as_str().unwrap_or_default()
}

/// The words of which a setting is one.
fn words(wanted: &Schema) -> Vec<&str> {
    let listed = wanted["enum"].as_array().into_iter().flatten();
    let described = wanted["oneOf"].as_array().into_iter().flatten().map(|option| &option["const"]);
    listed.chain(described).filter_map(Schema::as_str).collect()
}

/// The least and the greatest number that a setting may be.
fn range(field: &Schema) -> (i64, i64) {
    let by_width = if field["format"] == "uint32" { i64::from(u32::MAX) } else { MOST };
    (field["minimum"].as_i64().unwrap_or_default(), field["maximum"].as_i64().unwrap_or(by_width))
}

/// The whole number that a value is, also where it is written as a text.
fn number(kind: &ValueKind) -> Option<i128> {
    match kind {
        ValueKind::I64(own) => Some((*own).into()),
        ValueKind::U64(own) => Some((*own).into()),
        ValueKind::I128(own) => Some(*own),
        ValueKind::String(own) => own.parse().ok(),
        _ => None,
    }
}

/// A value as it was written.
fn shown(kind: &ValueKind) -> Text {
    match kind {
        ValueKind::Nil => Text::fixed("空", "nothing"),
        ValueKind::Table(_) => Text::fixed("若干项设置", "a table of settings"),
        ValueKind::Array(_) => Text::fixed("列表", "a list"),
        ValueKind::String(own) => Text::same(format!("“{own}”")),
        ValueKind::Float(own) => Text::same(format!("{own:?}")),
        other => Text::same(other.to_string()),
    }
}

/// What the library calls the environment.
const ENVIRONMENT: &str = "the environment";

fn blank_before(words: &str) -> &'static str {
    if words.starts_with(|char: char| char.is_ascii_alphanumeric() || char == '-') { " " } else { "" }
}
