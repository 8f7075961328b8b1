//! Everything that a rule may look at.

mod context;

use std::sync::OnceLock;

pub use context::{Misplaced, holds_nothing, other_body};

use crate::{
    deadline::Deadline,
    narrative::{self, Cut, Found, Index, Statement},
    report::{AnnualReport, Date, relations::plainly_hold},
    submission::Hints,
};

/// One report and what belongs to it. Nothing in it comes from the clock.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// The report to be checked.
    pub report: AnnualReport,
    /// What was sent as last year's report of the same body: to be compared with only by [`Self::previous`].
    pub previous: Option<AnnualReport>,
    /// What was sent as the reports of subordinate bodies: to be compared with only by [`Self::subordinates`].
    pub subordinates: Vec<AnnualReport>,
    /// Whether `subordinates` is complete.
    pub subordinates_complete: bool,
    /// What the caller knows about the report.
    pub hints: Hints,
    /// The date as of which to check.
    pub as_of: Option<Date>,
    /// Whether the report is still being filled in: blanks are open, and nothing that is missing is wrong.
    pub draft: bool,
    /// The operator's parameters for the rules.
    pub parameters: Parameters,
    /// The texts, read once when first requested.
    pub read_texts: OnceLock<Index>,
    /// The statements of the text: found once, when first requested.
    pub found_statements: OnceLock<Found>,
    /// Whether the figures agree: see [`Self::figures_agree`].
    pub agree: OnceLock<bool>,
}

/// What an operator may set for the rules in a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Whether the procurement amount must have four decimals whatever its column declares (AMT-001).
    pub four_decimals: bool,
    /// Whether a blank cell is an error (TAB-008, TAL-008).
    pub blanks_are_errors: bool,
    /// The similarity in percent from which two whole texts count as repeated (YOY-005, AGG-003).
    pub text_similarity: usize,
    /// The similarity in percent from which two sections five count as repeated (YOY-006).
    pub problems_similarity: usize,
    /// Words that reports must not contain (TXT-011).
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
    /// Whether all relations of the form hold between figures that are all there and stand as printed, as nearly always:
    /// asked once.
    pub fn figures_agree(&self) -> bool {
        *self.agree.get_or_init(|| plainly_hold(&self.report.figures))
    }

    /// The texts of the report, and the words in them.
    pub fn index(&self) -> &Index {
        self.read_texts.get_or_init(|| Index::of(&self.report))
    }

    /// The statements of the report's text.
    pub fn statements(&self) -> &[Statement] {
        &self.find_statements(&Deadline::NEVER).statements
    }

    /// Why the text may state more than [`Self::statements`] returns; `None` if it was read to its end.
    pub fn text_cut(&self) -> Option<Cut> {
        self.find_statements(&Deadline::NEVER).cut
    }

    /// Finds the statements of the text, unless that is done already; stops at the deadline.
    pub fn find_statements(&self, deadline: &Deadline) -> &Found {
        self.found_statements.get_or_init(|| match self.index_until(deadline) {
            Ok(index) => narrative::statements(&self.report, index, deadline),
            Err(cut) => Found { cut: Some(cut), ..Found::default() },
        })
    }

    /// The texts of the report; where time runs out before they are read, who requests them next reads them.
    fn index_until(&self, deadline: &Deadline) -> Result<&Index, Cut> {
        if let Some(index) = self.read_texts.get() {
            return Ok(index);
        }
        let index = Index::until(&self.report, deadline)?;
        Ok(self.read_texts.get_or_init(|| index))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn texts_are_not_read_on_when_time_is_over_and_never_left_half_read() {
        let report =
            AnnualReport {
                title: "甲局报告".into(), preamble: "收到申请5件。".into(), ..AnnualReport::default()
            };
        for questions in 0..4 {
            let dossier = Dossier { report: report.clone(), ..Dossier::default() };
            let asked = AtomicUsize::new(0);
            let deadline = Deadline::when(move || asked.fetch_add(1, Ordering::Relaxed) >= questions);
            assert_eq!(dossier.find_statements(&deadline).cut, Some(Cut::Time), "{questions}");
            assert!(dossier.read_texts.get().is_none(), "{questions}");
            assert_eq!(dossier.index().all().count(), 2);
        }
        let dossier = Dossier { report, ..Dossier::default() };
        assert_eq!(dossier.find_statements(&Deadline::NEVER).cut, None);
    }
}
