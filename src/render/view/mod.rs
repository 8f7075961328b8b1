//! What people are shown of an assessment, in one language: the problems first, each with what to change and why, then what
//! is undecided and what would settle it, then the verdict. It decides what is shown; renderers print it.
//!
//! The part of the form that matters is drawn as the relations that fail: each figure of the row or column behind its own
//! words, 0 left out where there are many, and above them the wrong cell with what it should be. A drawing of the rows
//! themselves would need 130 columns for seven figures under the form's headings, and say nothing more.

mod open;
mod place;
mod problem;
mod relation;
mod shape;
mod writer;

pub use shape::{Choice, Open, Problem, Relation, Trial, View, Void};

use super::verdict::told;
use crate::{engine::Assessment, report::AnnualReport, words::Language};
use writer::Writer;

/// The names of the files: the report's, and those of what was sent beside it; empty and left out where they are not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileNames<'a> {
    /// The report's.
    pub report: &'a str,
    /// Whether it is structured: places are then those of the document of which it was made.
    pub is_structured: bool,
    /// Last year's report's.
    pub previous: &'a str,
    /// Those of subordinates, in the order in which they were sent.
    pub subordinates: &'a [String],
}

impl<'a> From<&'a str> for FileNames<'a> {
    fn from(report: &'a str) -> Self {
        Self { report, ..Self::default() }
    }
}

impl View {
    /// An assessment of the report of a file.
    pub fn of(files: FileNames<'_>, report: &AnnualReport, assessment: &Assessment, language: Language) -> Self {
        let name = files.report;
        let writer = Writer { files, report, assessment, language };
        let problems = assessment.causes.iter().enumerate().map(|(at, cause)| writer.problem(at + 1, cause));
        let void = assessment.waivers.iter().filter_map(|used| writer.void(used));
        Self {
            language,
            problems: problems.collect(),
            notes: writer.notes(),
            open: writer.open(&assessment.rulings),
            trial: writer.trial(&assessment.trial),
            void: void.collect(),
            verdict: told(name, report, assessment, language),
        }
    }
}
