//! Rules that are made once for each of several values: a name in braces in their texts is replaced by the value.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::packs::expression::names;
use crate::words::{Text, spelling::instead};

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
    /// What is wrong with `for_each`.
    pub fn all(for_each: &'a BTreeMap<String, Value>) -> Result<Vec<Self>, Text> {
        let mut names = for_each.iter();
        let (Some((name, values)), None) = (names.next(), names.next()) else {
            return Err(Text::fixed(
                "for_each 应恰有一个名称，如 { column: applicants }",
                "for_each has exactly one name, as in { column: applicants }",
            ));
        };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            return Err(Text::new(
                format!("for_each 的名称应由小写字母和下划线组成，而不是 {name}"),
                format!("the name in for_each has small letters and _: not {name}"),
            ));
        }
        let all = values_of(values)?;
        if !(1..=MAX_VALUES).contains(&all.len()) {
            return Err(Text::new(
                format!("{name} 应有 1 至 {MAX_VALUES} 项，此处有 {} 项", all.len()),
                format!("{name} has 1 to {MAX_VALUES} values, and here are {}", all.len()),
            ));
        }
        Ok(all.into_iter().map(|value| Self { name, value }).collect())
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
fn values_of(values: &Value) -> Result<Vec<String>, Text> {
    match values {
        Value::String(list) => names::list(list).ok_or_else(|| {
            let (zh, en) = instead(list, &["applicants", "results"]);
            Text::new(format!("没有名为 {list} 的列表{zh}"), format!("there is no list {list}{en}"))
        }),
        Value::Array(values) => {
            let word = |value: &Value| match value {
                Value::Number(number) => Some(number.to_string()),
                value => value.as_str().map(str::to_owned),
            };
            values.iter().map(word).collect::<Option<_>>().ok_or_else(not_listed)
        }
        _ => Err(not_listed()),
    }
}

fn not_listed() -> Text {
    Text::fixed(
        "for_each 的值应为 applicants、results 或文字的列表，如 [甲, 乙]",
        "the value in for_each is applicants, results or a list of texts, such as [one, other]",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_for_each_is_told_by_its_kind() {
        for (written, said) in [
            (r#"{}"#, "恰有一个名称"),
            (r#"{ "a": ["x"], "b": ["y"] }"#, "恰有一个名称"),
            (r#"{ "列": ["x"] }"#, "小写字母"),
            (r#"{ "a": "aplicants" }"#, "是否为 applicants"),
            (r#"{ "a": [] }"#, "此处有 0 项"),
            (r#"{ "a": [["x"]] }"#, "文字的列表"),
            (r#"{ "a": { "b": "x" } }"#, "文字的列表"),
        ] {
            let for_each = serde_json::from_str(written).unwrap_or_default();
            let why = Each::all(&for_each).err().unwrap_or_default();
            assert!(why.zh.contains(said), "{written}: {}", why.zh);
        }
        let years = BTreeMap::from([("year".to_owned(), serde_json::json!([2022, 2023]))]);
        assert!(Each::all(&years).is_ok_and(|all| all.len() == 2 && all[1].value == "2023"));
    }

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
