//! Faults of the files in which rules are written, as commands tell them.

use std::io::Write;

use super::{Format, Lang, print};
use crate::{
    engine::mask::mask,
    render::{visible, visible_json},
    words::Language,
    written::Problem,
};

/// How faults are told.
#[derive(Clone, Copy, Debug)]
pub(super) enum Telling {
    /// For people, in one language: with the line and carets under the place.
    People(Language),
    /// The same in both languages, where nobody said which.
    Both,
    /// A JSON object a line, on standard output.
    Json(Language),
}

impl Telling {
    /// How faults are told in an output form.
    pub fn of(format: Format, lang: Lang) -> Self {
        match format {
            Format::Text => Self::People(lang.into()),
            Format::Json => Self::Json(lang.into()),
        }
    }

    /// Tells faults.
    pub fn tell(self, problems: &[Problem]) {
        for problem in problems {
            match self {
                Self::People(language) => complain(&problem.told(language), problem),
                Self::Both => complain(&problem.to_string(), problem),
                Self::Json(language) => print(&(visible_json(&problem.json(language)) + "\n")),
            }
        }
    }
}

fn complain(told: &str, problem: &Problem) {
    let marked = problem.marked();
    let lines = told.lines().chain(marked.lines()).map(|line| visible(&mask(line)).into_owned() + "\n");
    let _ = std::io::stderr().lock().write_all(lines.collect::<String>().as_bytes());
}
