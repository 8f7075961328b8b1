//! A YAML file as an operator wrote it: its content, and the positions in it.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_saphyr::{Error, Spanned};

use super::{full_width, problem::Problem, yaml};
use crate::words::Text;

/// A file's name, for problems, and its text.
#[derive(Clone, Copy, Debug)]
pub struct NamedText<'a> {
    /// Its name in problems.
    pub name: &'a str,
    /// Its content.
    pub text: &'a str,
}

impl NamedText<'_> {
    /// Parses a part of the file.
    pub(super) fn read<T: DeserializeOwned>(self, part: &str) -> Result<T, Error> {
        serde_saphyr::from_str(part).map_err(|error| match error {
            Error::WithSnippet { error, .. } => *error,
            error => error,
        })
    }

    /// The problem that the parser found.
    pub(super) fn refused(self, error: &Error) -> Problem {
        let (line, column) = error.location().map_or((0, 0), |at| (at.line(), at.column()));
        let length = error.location().map_or(0, |at| at.span().len());
        let file = self.name.to_owned();
        let problem = Problem { file, line, column, length, ..Problem::default() }.in_text(self.text);
        if let Some((at, why)) = full_width::sign(&problem.source).filter(|_| yaml::is_of_syntax(error)) {
            return Problem { column: at as u64 + 1, length: 1, why, ..problem };
        }
        let why = yaml::why(error, &problem.source, column);
        Problem { why, ..problem }
    }

    /// A problem of an element as a whole.
    pub fn problem_of<T>(self, element: &Spanned<T>, why: Text) -> Problem {
        Problem::of_element((self.name, self.text), element, why)
    }

    /// A problem of some characters of a text, wherever they are in the file: the text may be quoted, indented, and folded
    /// over lines.
    pub fn problem(self, at: &Spanned<String>, part: Range<usize>, why: Text) -> Problem {
        let start = usize::try_from(at.defined.span().offset()).unwrap_or(usize::MAX);
        let file = self.name.to_owned();
        match self.place(start, &at.value, part.start) {
            Some((line, column)) if start != 0 => {
                let last = part.end.max(part.start + 1) - 1;
                let end = self.place(start, &at.value, last).filter(|end| end.0 == line);
                let length = end.map_or(0, |end| end.1.saturating_sub(column) + 1);
                Problem { file, line, column, length, why, ..Problem::default() }
            }
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

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[schemars(with = "Vec<String>")]
        says: Vec<Spanned<String>>,
    }

    #[test]
    fn a_character_is_found_however_the_text_is_written() {
        let text = "says:\n  - 甲乙 丙丁\n  - '甲乙 丙丁'\n  - >-\n    甲乙\n    丙丁\n  - |\n\n    甲乙\n    丙丁\n  - \"甲\\\"乙 丙丁\"\n";
        let source = NamedText { name: "x.yaml", text };
        let file: File = source.parse().unwrap_or_else(|problems| panic!("{problems:?}"));
        let places: Vec<(u64, u64)> = file
            .says
            .iter()
            .map(|at| {
                let offset = at.value.chars().position(|char| char == '丙').unwrap_or_default();
                let problem = source.problem(at, offset..offset + 1, Text::default());
                (problem.line, problem.column)
            })
            .collect();
        assert_eq!(places, [(2, 8), (3, 9), (6, 5), (10, 5), (11, 11)]);
    }

    #[test]
    fn a_misspelt_field_is_told_with_the_nearest_right_one() {
        let problem = |text| match (NamedText { name: "x.yaml", text }).parse::<File>() {
            Err(problems) => problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
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
