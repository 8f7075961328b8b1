//! Dossiers as JSON, and merge patches on them: the form of rules' examples.

use serde_json::Value;

use super::{json, report::report_from, v1};
use crate::{
    dossier::{Dossier, Parameters},
    report::{AnnualReport, Body, Date},
    submission::{Faults, Hints},
    words::Text,
};

/// The clean dossier of each edition, to which examples are patches.
pub const CLEAN: [(&str, &str); 2] = [
    ("2019", include_str!("../../examples/dossier-2019.json")),
    ("2021", include_str!("../../examples/dossier-2021.json")),
];

/// Applies a merge patch to a value (RFC 7396).
pub fn patched(mut target: Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else {
        return patch.clone();
    };
    if !target.is_object() {
        target = Value::Object(serde_json::Map::default());
    }
    let Some(fields) = target.as_object_mut() else {
        return target;
    };
    for (name, change) in changes {
        if change.is_null() {
            fields.remove(name);
        } else {
            let old = fields.remove(name).unwrap_or(Value::Null);
            fields.insert(name.clone(), patched(old, change));
        }
    }
    target
}

/// The dossier of an example: a clean dossier with a patch applied, both given as JSON text.
///
/// # Errors
///
/// If something is not JSON, or not a valid report.
pub fn example(clean: &str, patch: &str) -> Result<Dossier, Text> {
    let value = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| Text::same(error.to_string()));
    dossier_from(&patched(value(clean)?, &value(patch)?))
}

/// A dossier from its JSON form. Last year's report is of the same body and the year before, and those of subordinates of
/// the same year, where they don't say otherwise.
///
/// # Errors
///
/// If a report in it is invalid.
pub fn dossier_from(value: &Value) -> Result<Dossier, Text> {
    let list = |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let own = &value["report"];
    let year = own["year"].as_i64();
    let identified = |mut part: Value, year: Option<i64>, body: Option<&Value>| {
        let fields = part.as_object_mut().into_iter();
        fields.for_each(|fields| {
            let default = |name: &str, value: Option<Value>| value.map(|value| (name.to_owned(), value));
            for (name, value) in
                [default("year", year.map(Value::from)), default("body", body.cloned())].into_iter().flatten()
            {
                fields.entry(name).or_insert(value);
            }
        });
        report(part)
    };
    let previous = |previous| identified(previous, year.map(|year| year - 1), own.get("body"));
    let subordinates = list("subordinates").into_iter().map(|part| identified(part, year, None));
    Ok(Dossier {
        report: report(own.clone())?,
        previous: value.get("previous").cloned().map(previous).transpose()?,
        subordinates: subordinates.collect::<Result<_, _>>()?,
        subordinates_complete: value["subordinates_complete"].as_bool().unwrap_or_default(),
        hints: hints(&value["hints"]),
        as_of: date(&value["as_of"]),
        parameters: parameters(&value["parameters"]),
        ..Dossier::default()
    })
}

fn hints(value: &Value) -> Hints {
    let year = value["year"].as_i64().and_then(|year| i32::try_from(year).ok());
    let text = |name: &str| value["body"][name].as_str().map(str::to_owned).unwrap_or_default();
    let body = value.get("body").map(|_| Body { name: text("name"), code: text("code"), ..Body::default() });
    Hints { body, year, published_on: date(&value["published_on"]) }
}

/// A report from its JSON form, in which sections may be a map keyed by number.
fn report(mut value: Value) -> Result<AnnualReport, Text> {
    if let Some(Value::Object(sections)) = value.get("sections").cloned() {
        let list = sections.into_iter().map(|(number, mut section)| {
            if let (Some(fields), Ok(number)) = (section.as_object_mut(), number.parse::<i32>()) {
                fields.insert("number".to_owned(), number.into());
            }
            section
        });
        value["sections"] = list.collect();
    }
    let message: v1::AnnualReport = json::from_value(&value).map_err(|wrong| wrong.told())?;
    let mut faults = Faults::default();
    let report = report_from(message, "report", &mut faults);
    match faults.into_list().into_iter().next() {
        None => Ok(report),
        Some(fault) => Err(Text::new(
            format!("{} {}", fault.field, fault.expected.zh),
            format!("{} {}", fault.field, fault.expected.en),
        )),
    }
}

fn parameters(value: &Value) -> Parameters {
    let words = value["forbidden_words"].as_array().into_iter().flatten();
    let percent = |name: &str| value[name].as_u64().and_then(|percent| usize::try_from(percent).ok());
    let plain = Parameters::default();
    Parameters {
        four_decimals: value["four_decimals"].as_bool().unwrap_or_default(),
        blanks_are_errors: value["blanks_are_errors"].as_bool().unwrap_or_default(),
        text_similarity: percent("text_similarity").unwrap_or(plain.text_similarity),
        problems_similarity: percent("problems_similarity").unwrap_or(plain.problems_similarity),
        forbidden_words: words.filter_map(|word| word.as_str().map(str::to_owned)).collect(),
    }
}

fn date(value: &Value) -> Option<Date> {
    let part = |name: &str| value[name].as_i64().and_then(|part| i32::try_from(part).ok());
    Date::new(part("year")?, part("month")?, part("day")?)
}
