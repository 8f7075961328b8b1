//! Faults of the files in which rules are written, as commands tell them.

use std::io::Write;

use super::{Format, print};
use crate::{
    engine::mask::mask,
    render::{visible, visible_json},
    words::Language,
    written::Problem,
};

/// How faults are told.
#[derive(Clone, Copy, Debug)]
pub(super) enum Telling {
    /// For people: with the line and carets under the place.
    People(Language),
    /// A JSON object a line, on standard output.
    Json(Language),
}

impl Telling {
    /// How faults are told in an output form.
    pub fn of(format: Format, language: Language) -> Self {
        match format {
            Format::Text => Self::People(language),
            Format::Json => Self::Json(language),
        }
    }

    /// Tells faults.
    pub fn tell(self, problems: &[Problem]) {
        for problem in problems {
            match self {
                Self::People(language) => complain(&problem.shown(language)),
                Self::Json(language) => print(&(visible_json(&problem.json(language)) + "\n")),
            }
        }
    }
}

fn complain(shown: &str) {
    let lines = shown.lines().map(|line| visible(&mask(line)).into_owned() + "\n");
    let _ = std::io::stderr().lock().write_all(lines.collect::<String>().as_bytes());
}
