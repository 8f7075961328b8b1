//! A YAML file as an operator wrote it: its content, and the positions in it.

use serde::de::DeserializeOwned;
use serde_saphyr::{Error, Spanned};

use super::problem::Problem;
use crate::words::{Text, spelling::instead};

/// A file's name, for problems, and its text.
#[derive(Clone, Copy, Debug)]
pub struct NamedText<'a> {
    /// Its name in problems.
    pub name: &'a str,
    /// Its content.
    pub text: &'a str,
}

impl NamedText<'_> {
    /// Parses the file.
    ///
    /// # Errors
    ///
    /// What is wrong with it as YAML, or with its fields.
    pub fn parse<T: DeserializeOwned>(self) -> Result<T, Problem> {
        serde_saphyr::from_str(self.text).map_err(|error| {
            let (line, column) = error.location().map_or((0, 0), |at| (at.line(), at.column()));
            Problem { file: self.name.to_owned(), line, column, why: why(error.without_snippet()) }
        })
    }

    /// A problem `offset` characters after the beginning of a text, wherever that character is in the file: the text
    /// may be quoted, indented, and folded over lines.
    pub fn problem(self, at: &Spanned<String>, offset: usize, why: Text) -> Problem {
        let start = usize::try_from(at.defined.span().offset()).unwrap_or(usize::MAX);
        match self.place(start, &at.value, offset) {
            Some((line, column)) if start != 0 => Problem { file: self.name.to_owned(), line, column, why },
            _ => Problem::at(self.name, at, why),
        }
    }

    /// Line and column, from 1, of a character of `value`, whose text begins at `start`. White space is not counted:
    /// it is what folding and indenting change.
    fn place(self, start: usize, value: &str, offset: usize) -> Option<(u64, u64)> {
        let mut written = self.text.chars().enumerate().skip(start);
        let mut found = start;
        for (at, wanted) in value.chars().enumerate().filter(|(_, char)| !char.is_whitespace()) {
            found = written.find(|(_, char)| *char == wanted)?.0;
            if at >= offset {
                break;
            }
        }
        let before: String = self.text.chars().take(found).collect();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Some((line as u64, column as u64))
    }
}

/// What is wrong with a file, for people.
fn why(error: &Error) -> Text {
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            let (zh, en) = instead(field, expected);
            Text::new(format!("没有 {field} 这个字段{zh}"), format!("there is no field {field}{en}"))
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            let (zh, en) = instead(variant, expected);
            Text::new(format!("不能写 {variant}{zh}"), format!("{variant} can't stand here{en}"))
        }
        Error::SerdeMissingField { field, .. } => {
            Text::new(format!("缺少字段 {field}"), format!("the field {field} is missing"))
        }
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or_default();
            Text::new(format!("字段 {key} 重复"), format!("the field {key} is there twice"))
        }
        other => {
            let why = other.to_string();
            let why: String = why.lines().next().unwrap_or_default().chars().take(300).collect();
            // The most common fault: a placeholder in a text without quotes.
            let braces = why.contains("flow mapping");
            let (zh, en) = if braces {
                ("（含有 { } 的文字要加引号）", " (a text with braces needs quotes)")
            } else {
                ("", "")
            };
            Text::new(format!("格式有误：{why}{zh}"), format!("{why}{en}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        says: Vec<Spanned<String>>,
    }

    #[test]
    fn a_character_is_found_however_the_text_is_written() {
        let text = "says:\n  - 甲乙 丙丁\n  - '甲乙 丙丁'\n  - >-\n    甲乙\n    丙丁\n  - |\n\n    甲乙\n    丙丁\n  - \"甲\\\"乙 丙丁\"\n";
        let source = NamedText { name: "x.yaml", text };
        let file: File = source.parse().unwrap_or_else(|problem| panic!("{problem}"));
        let places: Vec<(u64, u64)> = file
            .says
            .iter()
            .map(|at| {
                let offset = at.value.chars().position(|char| char == '丙').unwrap_or_default();
                let problem = source.problem(at, offset, Text::default());
                (problem.line, problem.column)
            })
            .collect();
        assert_eq!(places, [(2, 8), (3, 9), (6, 5), (10, 5), (11, 11)]);
    }

    #[test]
    fn a_misspelt_field_is_told_with_the_nearest_right_one() {
        let problem = |text| match (NamedText { name: "x.yaml", text }).parse::<File>() {
            Err(problem) => problem.to_string(),
            Ok(_) => String::new(),
        };
        assert_eq!(
            problem("saya: []"),
            "x.yaml:1:1: 没有 saya 这个字段，是否为 says？ / there is no field saya: is it says?"
        );
        assert_eq!(problem("{}"), "x.yaml:1:1: 缺少字段 says / the field says is missing");
        assert!(problem("surprise: 1").contains("可用：says"));
        assert!(problem("{ says: [] {word} }").contains("要加引号"));
    }
}
