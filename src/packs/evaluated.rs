//! An expression by itself, without a rule.

use super::{
    expression::{checking, tree::Tree, wrong::Wrong},
    rule::decision::MAX_STEPS,
    running::{
        evaluation::{self, Evaluation},
        interpreter::Budget,
    },
};
use crate::{deadline::Deadline, dossier::Dossier, written::Problem};

/// An expression of the pack language, checked and ready to run.
pub struct Expression {
    tree: Tree,
    /// Whether it looks at last year's report.
    pub of_previous: bool,
    /// Whether it looks at the reports of subordinate bodies.
    pub of_subordinates: bool,
}

impl Expression {
    /// Checks an expression.
    ///
    /// # Errors
    ///
    /// All that is wrong with it, and where: the file of the problem is called `expression`.
    pub fn parse(source: &str) -> Result<Self, Vec<Problem>> {
        let problem = |wrong: Wrong| {
            let before: Vec<char> = source.chars().take(wrong.at.start).collect();
            let line = before.iter().filter(|char| **char == '\n').count() as u64 + 1;
            let column = before.iter().rev().take_while(|char| **char != '\n').count() as u64 + 1;
            let (file, length) = ("expression".to_owned(), wrong.at.len() as u64);
            Problem { file, line, column, length, why: wrong.why, ..Problem::default() }.in_text(source)
        };
        let checked = checking::any(source).map_err(|faults| faults.into_iter().map(problem).collect::<Vec<_>>())?;
        Ok(Self { tree: checked.tree, of_previous: checked.previous, of_subordinates: checked.subordinates })
    }

    /// Its value on a dossier, and what it looks at.
    pub fn on(&self, dossier: &Dossier, deadline: &Deadline) -> Evaluation {
        evaluation::evaluate(&self.tree, dossier, Budget { steps: MAX_STEPS, deadline })
    }
}
