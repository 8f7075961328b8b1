//! All that a rule may look at.

mod ledger;

use std::sync::OnceLock;

pub use ledger::{Lanes, Ledger, Slot};

use crate::{
    deadline::Deadline,
    narrative::{self, Cut, Found, Statement},
    report::{AnnualReport, Date},
    submission::Hints,
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
    /// What the operator sets for the rules.
    pub parameters: Parameters,
    /// What the text states: found once, when first asked for.
    pub found_statements: OnceLock<Found>,
    /// The counts of the tables, laid out for sums when first asked for.
    pub laid_out: OnceLock<Box<Ledger>>,
}

/// What an operator may set for the rules, by a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Whether the procurement amount has four decimals whatever its column declares (AMT-001).
    pub four_decimals: bool,
    /// Whether a blank cell is an error (TAB-008, TAL-008).
    pub blanks_are_errors: bool,
    /// From how many percent on two whole texts repeat each other (YOY-005, AGG-003).
    pub text_similarity: usize,
    /// From how many percent on two sections five repeat each other (YOY-006).
    pub problems_similarity: usize,
    /// Words that reports are not to contain (TXT-011).
    pub forbidden_words: Vec<String>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            four_decimals: false,
            blanks_are_errors: false,
            text_similarity: narrative::similarity::WHOLE_TEXT,
            problems_similarity: narrative::similarity::SECTION_FIVE,
            forbidden_words: Vec::new(),
        }
    }
}

impl Dossier {
    /// The counts of the report's tables, laid out for sums.
    pub fn ledger(&self) -> &Ledger {
        self.laid_out.get_or_init(|| Box::new(Ledger::of(&self.report.figures)))
    }

    /// What the report's text states.
    pub fn statements(&self) -> &[Statement] {
        &self.find_statements(&Deadline::NEVER).statements
    }

    /// Why there may be more that the text states than [`Self::statements`] tells; nothing where it was
    /// read to its end.
    pub fn text_cut(&self) -> Option<Cut> {
        self.find_statements(&Deadline::NEVER).cut
    }

    /// Finds what the text states, if nobody has asked before: until the deadline.
    pub fn find_statements(&self, deadline: &Deadline) -> &Found {
        self.found_statements.get_or_init(|| narrative::statements(&self.report, deadline))
    }
}
