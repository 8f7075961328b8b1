//! The fields of one element of a list by their indentation: where the element is no YAML, each is read by itself, so that
//! one wrong quote doesn't hide what is wrong with the other fields.

use std::ops::Range;

use serde_saphyr::{Error, Spanned};

use super::{full_width, named_text::NamedText, node::Node, problem::Problem, yaml};

/// What stands behind the name of a field, or was meant to.
const COLONS: [char; 2] = [':', '：'];

/// An element of which some fields can't be read.
#[derive(Default)]
pub(super) struct Torn {
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// Their names.
    pub names: Vec<String>,
    /// The other fields, as a part of the file.
    pub rest: Option<Spanned<Node>>,
}

impl Torn {
    /// Reads the fields of the element on some lines of a file that can't be read. `lines` has no other elements.
    pub fn of(file: NamedText<'_>, lines: &[&str], element: Range<usize>) -> Self {
        let mut torn = Self::default();
        let mut sound = lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let fields = fields(lines, element.clone());
        for (at, field) in fields.iter().enumerate() {
            let problem = if let Some(problem) = field.colon(file, lines) {
                torn.names.push(field.name.clone());
                problem
            } else if fields[..at].iter().any(|other| other.name == field.name) {
                field.twice(file)
            } else {
                match file.read::<Node>(&field.alone(lines, element.clone())) {
                    // What it repeats may be in another field.
                    Ok(_) | Err(Error::UnknownAnchor { .. }) => continue,
                    Err(error) => {
                        // What stands on its other lines may be fields too, which it has swallowed.
                        let own = lines[field.lines.clone()].iter().filter_map(|line| line.split_once(COLONS));
                        torn.names.extend(own.map(|(name, _)| name.trim().to_owned()));
                        torn.names.push(field.name.clone());
                        file.refused(&error)
                    }
                }
            };
            torn.problems.push(problem);
            field.lines.clone().for_each(|at| sound[at] = field.blank(lines[at]));
        }
        torn.rest = file.read(&sound.concat()).ok().filter(|_| !torn.problems.is_empty());
        torn
    }
}

/// A field: its name, and its lines.
struct Field {
    name: String,
    lines: Range<usize>,
    /// Where its name begins on its line; what stands before it on the element's first line is the dash.
    indent: usize,
}

impl Field {
    /// The lines with this field alone.
    fn alone(&self, lines: &[&str], element: Range<usize>) -> String {
        let keep = |at: usize| !element.contains(&at) || self.lines.contains(&at);
        let line = |(at, line): (usize, &&str)| if keep(at) { (*line).to_owned() } else { self.blank(line) };
        lines.iter().enumerate().map(line).collect()
    }

    /// A line without its content, but with its dash; as long as it was, so that what is behind it stays in its place.
    fn blank(&self, line: &str) -> String {
        let dash = line.get(..self.indent).filter(|before| before.trim() == "-").unwrap_or_default();
        format!("{dash:width$}\n", width = line.trim_end_matches('\n').chars().count())
    }

    /// The fault that the colon behind its name is full-width: by itself it would be a text.
    fn colon(&self, file: NamedText<'_>, lines: &[&str]) -> Option<Problem> {
        let before = lines.get(self.lines.start)?.split_once(COLONS)?.0;
        let is_wide = lines[self.lines.start][before.len()..].starts_with('：');
        let place = |column| Problem {
            file: file.name.to_owned(),
            line: self.lines.start as u64 + 1,
            column,
            length: 1,
            why: full_width::colon(&self.name),
            ..Problem::default()
        };
        is_wide.then(|| place(before.chars().count() as u64 + 1))
    }

    /// The fault that the element has a field of this name before this one.
    fn twice(&self, file: NamedText<'_>) -> Problem {
        let (line, column) = (self.lines.start as u64 + 1, self.indent as u64 + 1);
        let (file, length, why) = (file.name.to_owned(), self.name.chars().count() as u64, yaml::twice(&self.name));
        Problem { file, line, column, length, why, ..Problem::default() }
    }
}

/// The fields of an element, which are aligned; none if it is written on one line, in braces.
fn fields(lines: &[&str], element: Range<usize>) -> Vec<Field> {
    let Some(first) = lines.get(element.start) else { return Vec::new() };
    let before = first.len() - first.trim_start().len();
    let behind = first[before..].strip_prefix('-').unwrap_or_default();
    let indent = before + 1 + behind.len() - behind.trim_start().len();
    let mut fields: Vec<Field> = Vec::new();
    for at in element {
        let line = lines[at];
        let (own, content) = (line.len() - line.trim_start_matches(' ').len(), line.trim());
        let begins = fields.is_empty() || own == indent && !content.is_empty() && !content.starts_with('#');
        let name = line.get(indent..).and_then(|rest| rest.split_once(COLONS)).map(|(name, _)| name.trim());
        match (fields.last_mut(), name) {
            (_, Some(name)) if begins && !name.starts_with('{') => {
                fields.push(Field { name: name.to_owned(), lines: at..at + 1, indent });
            }
            (Some(field), _) => field.lines.end = at + 1,
            (None, _) => return Vec::new(),
        }
    }
    fields
}
