//! Rules that are made once for each of several values: a name in braces in their texts is replaced by the value.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::packs::expression::names;
use crate::words::Text;

/// The most values that a name may stand for.
pub(in crate::packs) const MAX_VALUES: usize = 200;

/// The name of `for_each`, and one of its values.
pub(in crate::packs) struct Each<'a> {
    name: &'a str,
    /// The value.
    pub value: String,
}

impl<'a> Each<'a> {
    /// The name with each of its values, in order.
    ///
    /// # Errors
    ///
    /// What `for_each` should contain.
    pub fn all(for_each: &'a BTreeMap<String, Value>) -> Result<Vec<Self>, Text> {
        let values = match for_each.iter().next() {
            Some((name, values)) if for_each.len() == 1 => values_of(values).map(|values| (name, values)),
            _ => None,
        };
        let sound = values.filter(|(_, values)| (1..=MAX_VALUES).contains(&values.len()));
        let (name, values) = sound.ok_or_else(|| {
            Text::new(
                format!("for_each 应为一个名称，其值为 applicants、results 或 1 至 {MAX_VALUES} 个文字的列表"),
                format!("for_each has one name, and applicants, results or a list of 1 to {MAX_VALUES} words for it"),
            )
        })?;
        Ok(values.into_iter().map(|value| Self { name, value }).collect())
    }

    /// A text with the value filled in, if there is one.
    pub fn filled(by: Option<&Self>, text: &str) -> String {
        by.map_or_else(|| text.to_owned(), |each| text.replace(&each.placeholder(), &each.value))
    }

    /// Maps a character index in the filled text to the index in the text as written.
    pub fn written(by: Option<&Self>, text: &str, at: usize) -> usize {
        let Some(each) = by else {
            return at;
        };
        let (placeholder, value) = (each.placeholder(), each.value.chars().count());
        let (mut written, mut full) = (0, 0);
        for piece in text.split(&placeholder) {
            let long = piece.chars().count();
            if at < full + long {
                return written + at - full;
            }
            (written, full) = (written + long, full + long);
            if at < full + value {
                return written;
            }
            (written, full) = (written + placeholder.chars().count(), full + value);
        }
        written
    }

    fn placeholder(&self) -> String {
        format!("{{{}}}", self.name)
    }
}

/// The listed values: a list by its name, or words.
fn values_of(values: &Value) -> Option<Vec<String>> {
    match values {
        Value::String(list) => names::list(list),
        Value::Array(values) => values.iter().map(|value| value.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_filled_text_leads_back_to_the_text_as_written() {
        let each = Each { name: "c", value: "total".to_owned() };
        let text = "a.{c} + b.{c} == x";
        assert_eq!(Each::filled(Some(&each), text), "a.total + b.total == x");
        let back = |at| Each::written(Some(&each), text, at);
        assert_eq!([0, 1, 2, 6, 7, 10, 12, 16, 17, 21].map(back), [0, 1, 2, 2, 5, 8, 10, 10, 13, 17]);
        assert_eq!(Each::written(None, text, 7), 7);
    }
}
