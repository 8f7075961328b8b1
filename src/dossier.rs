//! All that a rule may look at.

use std::sync::OnceLock;

use crate::{
    narrative::{self, Statement},
    report::{AnnualReport, Date, Hints},
};

/// One report, with what belongs to it. Nothing in it is taken from the clock.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// The report to be checked.
    pub report: AnnualReport,
    /// Last year's report of the same body.
    pub previous: Option<AnnualReport>,
    /// The reports of subordinate bodies for the same year.
    pub subordinates: Vec<AnnualReport>,
    /// Whether `subordinates` are all there are.
    pub subordinates_complete: bool,
    /// What the caller knows of the report.
    pub hints: Hints,
    /// The date as of which to check.
    pub as_of: Option<Date>,
    /// Words that the operator doesn't want to see in reports.
    pub forbidden_words: Vec<String>,
    /// What the text states: found once, when first asked for.
    pub found_statements: OnceLock<Vec<Statement>>,
}

impl Dossier {
    /// What the report's text states.
    pub fn statements(&self) -> &[Statement] {
        self.found_statements.get_or_init(|| narrative::statements(&self.report))
    }
}
