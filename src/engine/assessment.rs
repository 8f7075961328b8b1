//! What a check answers.

use std::borrow::Cow;

use super::reconcile::Repair;
use crate::{
    report::{Edition, Location, Place},
    rule::{Basis, Operand, Outcome, Severity},
    submission::Waiver,
    words::Text,
};

/// What was found out about one report. The same input gives the same assessment.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The form that the report follows, as found.
    pub edition: Edition,
    /// The answer in one word.
    pub verdict: Verdict,
    /// What is wrong, in the order of the form.
    pub findings: Vec<Finding>,
    /// How every rule ended, in the order of the catalogue.
    pub rulings: Vec<SignedRuling>,
    /// The smallest corrections that would make the relations of 表三 and 表四 hold: proposals.
    pub repairs: Vec<Repair>,
    /// How many findings there are, those cut included.
    pub counts: Counts,
    /// The digest of the rule set in force.
    pub rule_set_digest: String,
    /// The digest of what was handed in.
    pub input_digest: String,
    /// How many findings the cap cut off.
    pub findings_cut: usize,
    /// Fingerprints of the baseline that are not found any more.
    pub fixed: Vec<String>,
    /// The packs whose rules are in force beside the built-in ones.
    pub packs: Vec<PackInForce>,
    /// The profile by which it was judged.
    pub profile: String,
    /// The waivers that concern this report, and what came of each.
    pub waivers: Vec<WaiverUse>,
}

/// A waiver, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverUse {
    /// The waiver.
    pub waiver: Waiver,
    /// What came of it.
    pub worth: WaiverOutcome,
    /// How many findings it covers, in force or not.
    pub findings: usize,
}

/// What came of a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WaiverOutcome {
    /// It is in force, and covers findings.
    Applied,
    /// Its last day is over.
    Expired,
    /// It covers no finding.
    Unmatched,
    /// The rule's findings can't be waived.
    NotWaivable,
    /// The request doesn't say as of when to check, so that nobody can say whether it has expired.
    Undated,
    /// The day as of which to check lies before the end of the report's year.
    Premature,
    /// It came with the request, and the operator heeds none that do.
    NotHeeded,
}

/// Whether a finding was there in an earlier assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was not.
    New,
    /// It was.
    Persisting,
}

/// The answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No rule of severity error is violated, and all of them could be decided.
    Compliant,
    /// No rule of severity error is known to be violated, but not all could be decided.
    Undetermined,
    /// A rule of severity error is violated.
    NonCompliant,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of severity error.
    pub errors: usize,
    /// Of severity warning.
    pub warnings: usize,
    /// Of severity info.
    pub infos: usize,
    /// Of any severity, but waived: these are in none of the others.
    pub waived: usize,
}

impl Counts {
    /// Counts one finding more.
    pub fn add(&mut self, severity: Severity) {
        *self.of(severity) += 1;
    }

    /// Counts findings that are not kept.
    pub fn add_many(&mut self, severity: Severity, more: usize) {
        *self.of(severity) += more;
    }

    /// Counts a finding as waived that was counted before.
    pub fn waive(&mut self, severity: Severity) {
        *self.of(severity) -= 1;
        self.waived += 1;
    }

    fn of(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Info => &mut self.infos,
        }
    }
}

/// How one rule ended, signed with its code.
#[derive(Clone, Debug)]
pub struct SignedRuling {
    /// The rule's code.
    pub code: Cow<'static, str>,
    /// How grave a violation is in this report.
    pub severity: Severity,
    /// How the rule ended.
    pub outcome: Outcome,
    /// Whether an instance could not be decided, whatever came of the others.
    pub undecided: bool,
    /// Whether the rule came to no end: it failed, or had no time or steps left.
    pub failed: bool,
    /// Why: what could not be decided, why the rule does not apply, what was assumed.
    pub reasons: Vec<Text>,
}

/// A pack of rules that a user wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackInForce {
    /// Its name.
    pub name: String,
    /// Its version, as its author counts.
    pub version: String,
    /// The digest of its files.
    pub digest: String,
}

/// One thing that is wrong, signed.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's code.
    pub code: Cow<'static, str>,
    /// How grave it is.
    pub severity: Severity,
    /// The rule's title.
    pub title: Text,
    /// What is wrong here.
    pub message: Text,
    /// Where.
    pub location: Location,
    /// Where in the document.
    pub place: Place,
    /// The text found there, personal numbers masked.
    pub text: String,
    /// What the rule expects there.
    pub expected: Text,
    /// What stands there.
    pub actual: Text,
    /// Expected less actual, where both are figures.
    pub difference: Option<i64>,
    /// The figures that enter the relation.
    pub operands: Vec<Operand>,
    /// The relation with its figures.
    pub equation: String,
    /// The clauses on which the finding stands.
    pub basis: Vec<Basis>,
    /// What to do.
    pub advice: Text,
    /// The name of this fault.
    pub fingerprint: String,
    /// Whether it was there before, where there is an earlier assessment.
    pub state: Option<State>,
    /// The waiver that covers it, by its place among those of the assessment.
    pub waiver: Option<usize>,
}
