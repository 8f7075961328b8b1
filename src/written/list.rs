//! A file that holds a list: where it can't be parsed as a whole, each element is parsed by itself, so that each tells all
//! of its own faults.

use std::{borrow::Cow, ops::Range};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_saphyr::{Error, Spanned};

use super::{faults::Faults, fields::Torn, mended::content, named_text::NamedText, node::Node, problem::Problem};

/// How many characters are parsed again at most to find the faulty elements of a list.
const MAX_EFFORT: usize = 32 << 20;

/// A part of a file with some of its list's elements. All lines have their places in the file.
pub struct Part<'a, F> {
    /// The text: that of the file, without the lines of other elements.
    pub text: Cow<'a, str>,
    /// All faults that can be told without knowing what the fields are for.
    pub problems: Vec<Problem>,
    /// Its content, with something that stands in for what is faulty; nothing where that can't be told.
    pub content: Option<F>,
}

impl<'a, F: DeserializeOwned + JsonSchema> Part<'a, F> {
    /// Looks for everything that is wrong with a part, of which the parser has found something.
    fn faulty(
        file: NamedText<'_>,
        text: Cow<'a, str>,
        schema: &Value,
        found: Problem,
        torn: impl FnOnce(&str) -> Torn,
    ) -> Self {
        if let Ok(tree) = file.read::<Spanned<Node>>(&text) {
            let (mut problems, mended) = Faults::of(file, schema, &[], &tree);
            // What the parser misses it may miss behind the element that lacks it.
            let is_found =
                |told: &Problem| (told.line, told.column) == (found.line, found.column) || told.why == found.why;
            if !problems.iter().any(is_found) {
                problems.push(found);
            }
            return Self { text, problems, content: content(&mended) };
        }
        let Torn { mut problems, names, rest } = torn(&text);
        let mut sound = None;
        if let Some(rest) = rest {
            let (others, mended) = Faults::of(file, schema, &names, &rest);
            problems.extend(others);
            sound = content(&mended);
        }
        if problems.is_empty() {
            problems.push(found);
        }
        Self { text, problems, content: sound }
    }
}

impl<'a> NamedText<'a> {
    /// Parses the file.
    ///
    /// # Errors
    ///
    /// What is wrong with it as YAML, or all that is wrong with its fields.
    pub fn parse<T: DeserializeOwned + JsonSchema>(self) -> Result<T, Vec<Problem>> {
        let Part { content, problems, .. } = self.parse_what_there_is();
        content.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// Parses the file as far as it can be read.
    pub fn parse_what_there_is<T: DeserializeOwned + JsonSchema>(self) -> Part<'a, T> {
        let text = Cow::Borrowed(self.text);
        match self.read(self.text) {
            Ok(content) => Part { text, problems: Vec::new(), content: Some(content) },
            Err(error) => {
                let schema = schemars::schema_for!(T).to_value();
                Part::faulty(self, text, &schema, self.refused(&error), |_| Torn::default())
            }
        }
    }

    /// Parses a file whose field `key` is a list: one part if nothing is wrong, else parts that can be parsed, and one for
    /// each element that can't.
    pub fn parse_list<F: DeserializeOwned + JsonSchema>(self, key: &str) -> Vec<Part<'a, F>> {
        let whole = match self.read(self.text) {
            Ok(content) => return vec![Part { text: self.text.into(), problems: Vec::new(), content: Some(content) }],
            Err(error) => self.refused(&error),
        };
        let schema = schemars::schema_for!(F).to_value();
        let list = List::of(self.text, key);
        let mut search = Search { file: self, schema: &schema, list, effort: 0, parts: Vec::new() };
        search.look(0, search.list.starts.len());
        let mut parts = std::mem::take(&mut search.parts);
        if parts.iter().all(|part| part.problems.is_empty()) {
            // No element has it: it is in the lines around them.
            let around = Part::faulty(self, self.text.into(), &schema, whole, |_| Torn::default());
            let content = around.content.filter(|_| parts.is_empty());
            parts.push(Part { content, ..around });
        }
        parts
    }
}

/// The lines of a file, and those at which the elements of its list begin.
struct List<'a> {
    lines: Vec<&'a str>,
    starts: Vec<usize>,
    end: usize,
}

impl<'a> List<'a> {
    /// Finds the elements by their indentation: it tells even where the file is not YAML. A list on one line has none.
    fn of(text: &'a str, key: &str) -> Self {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let head = lines.iter().position(|line| {
            let rest = line.strip_prefix(key).and_then(|rest| rest.trim_start().strip_prefix(':'));
            rest.is_some_and(|rest| rest.trim().is_empty() || rest.trim_start().starts_with('#'))
        });
        let (mut starts, mut end) = (Vec::new(), lines.len());
        let mut indent = None;
        for (at, line) in lines.iter().enumerate().skip(head.map_or(lines.len(), |head| head + 1)) {
            let own = line.len() - line.trim_start_matches(' ').len();
            let content = line.trim();
            // What is indented with tabs is a fault of the element in which it is.
            if content.is_empty() || content.starts_with('#') || line[own..].starts_with('\t') {
                continue;
            }
            let element = content == "-" || content.starts_with("- ");
            if element && own == *indent.get_or_insert(own) {
                starts.push(at);
            } else if indent.is_none_or(|indent| own <= indent) {
                end = at;
                break;
            }
        }
        Self { lines, starts, end }
    }

    /// The lines of some elements.
    fn lines_of(&self, elements: Range<usize>) -> Range<usize> {
        let begin = |element: usize| self.starts.get(element).copied().unwrap_or(self.end);
        begin(elements.start)..begin(elements.end)
    }

    /// The text with only some of the elements.
    fn only(&self, from: usize, to: usize) -> String {
        let (first, list, last) = (self.lines_of(0..0).start, self.lines_of(from..to), self.end);
        let keeps = |at: usize| at < first || list.contains(&at) || at >= last;
        let line = |(at, line): (usize, &&'a str)| if keeps(at) { *line } else { "\n" };
        self.lines.iter().enumerate().map(line).collect()
    }
}

/// Divides a list until each part can be parsed or is one element.
struct Search<'a, 's, F> {
    file: NamedText<'a>,
    schema: &'s Value,
    list: List<'a>,
    effort: usize,
    parts: Vec<Part<'a, F>>,
}

impl<F: DeserializeOwned + JsonSchema> Search<'_, '_, F> {
    fn look(&mut self, from: usize, to: usize) {
        if from >= to || self.effort > MAX_EFFORT {
            return;
        }
        let text = self.list.only(from, to);
        self.effort += text.len();
        let part = match self.file.read(&text) {
            Ok(content) => Part { text: text.into(), problems: Vec::new(), content: Some(content) },
            Err(_) if to - from > 1 => {
                let middle = from + (to - from) / 2;
                self.look(from, middle);
                return self.look(middle, to);
            }
            // What it repeats is in another element: that is no fault of either.
            Err(Error::UnknownAnchor { .. }) => return,
            Err(error) => {
                let torn = |text: &str| {
                    let lines: Vec<&str> = text.split_inclusive('\n').collect();
                    Torn::of(self.file, &lines, self.list.lines_of(from..to))
                };
                Part::faulty(self.file, text.into(), self.schema, self.file.refused(&error), torn)
            }
        };
        self.parts.push(part);
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::written::is_stand_in;

    #[derive(Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct File {
        list: Vec<Element>,
        #[serde(default)]
        _more: u32,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Element {
        #[schemars(with = "u32")]
        a: Spanned<u32>,
    }

    /// The sound elements with their lines, and the lines of the faulty ones.
    fn found(text: &str) -> (Vec<(u32, u64)>, Vec<u64>) {
        let parts = NamedText { name: "x.yaml", text }.parse_list::<File>("list");
        let (mut sound, mut faulty) = (Vec::new(), Vec::new());
        for part in parts {
            faulty.extend(part.problems.iter().map(|problem| problem.line));
            let sound_of = part.content.into_iter().flat_map(|file| file.list).filter(|own| !is_stand_in(&own.a));
            sound.extend(sound_of.map(|own| (own.a.value, own.a.defined.line())));
        }
        (sound, faulty)
    }

    #[test]
    fn each_faulty_element_tells_its_own_fault_and_the_others_are_read() {
        assert_eq!(found("list:\n  - a: 1\n  - a: 2\n"), (vec![(1, 2), (2, 3)], vec![]));
        let text =
            "# 单\nlist: # 三项\n  - a: 1\n  - b: 2\n\n  # 空\n  - a: 3\n  - a: {\n  - a: 5\n    c: 1\n_more: 1\n";
        // What is sound beside a fault is read too.
        assert_eq!(found(text), (vec![(1, 3), (3, 7), (5, 9)], vec![4, 8, 10]));
        // Around the elements, and of a list on one line: one fault for each faulty element.
        assert_eq!(found("list:\n- a: 1\n_mor: 1\n").1, [3]);
        assert_eq!(found("list: [{ a: 1 }, { b: 2 }, { c: 3 }]").1, [1, 1]);
        assert_eq!(found("list:\n- a: &x 1\n- a: *x\n- b: 1\n").1, [4]);
        assert_eq!(found("list:\n  - a: 1\n  - b: 1\n\ta: 1\n  - c: 1\n"), (vec![(1, 2)], vec![3, 5]));
        assert_eq!(found("lst:\n- a: 1\n").1, [1]);
    }
}
