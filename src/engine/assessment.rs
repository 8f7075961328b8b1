//! The result of a check.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::reconcile::Repair;
use crate::{
    dossier::Dossier,
    narrative::Statement,
    report::{Edition, Location, Place, Row},
    rule::{Basis, Operand, Origin, Outcome, Severity},
    submission::Waiver,
    words::Text,
};

/// A report as read with what belongs to it, and its assessment.
#[derive(Debug)]
pub struct Checked {
    /// The report as read, and what it was compared with.
    pub dossier: Dossier,
    /// The assessment.
    pub assessment: Assessment,
    /// The digest of what was sent as last year's report.
    pub previous_digest: Option<[u8; 32]>,
    /// The digests of what was sent as the reports of subordinates.
    pub subordinate_digests: Vec<[u8; 32]>,
    /// How many fingerprints the assessment was compared with, and their digest, if there was a baseline.
    pub baseline: Option<(usize, [u8; 32])>,
}

/// The result of checking one report. The same input gives the same assessment.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The edition of the form that the report follows, as recognised.
    pub edition: Edition,
    /// The overall verdict.
    pub verdict: Verdict,
    /// The findings, in the order of the form.
    pub findings: Vec<Finding>,
    /// What rules on trial found, in the order of the form: it neither counts nor decides.
    pub trial: Vec<Finding>,
    /// How every rule ended, in the order of the catalogue.
    pub rulings: Vec<SignedRuling>,
    /// The smallest corrections that would make the relations of 表三 and 表四 hold; proposals only.
    pub repairs: Vec<Repair>,
    /// How many findings there are, including those cut off.
    pub counts: Counts,
    /// The digest of the rule set in force.
    pub rule_set_digest: String,
    /// The digest of the input.
    pub input_digest: String,
    /// How many findings the cap cut off.
    pub findings_cut: usize,
    /// Fingerprints of the baseline that no longer occur.
    pub fixed: Vec<String>,
    /// The packs whose rules are in force besides the built-in rules.
    pub packs: Vec<PackInForce>,
    /// The profile that was applied.
    pub profile: String,
    /// The waivers that concern this report, and the outcome of each.
    pub waivers: Vec<WaiverUse>,
    /// What the text states, in its order.
    pub statements: Vec<Statement>,
    /// Whether the verdict would be another without the waivers.
    pub rests_on_waivers: bool,
    /// Whether the report was checked as a draft: blanks were open, and the verdict is provisional.
    pub provisional: bool,
    /// What is behind the findings.
    pub causes: Vec<Cause>,
}

/// A waiver, and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverUse {
    /// The waiver.
    pub waiver: Waiver,
    /// Its outcome.
    pub outcome: WaiverOutcome,
    /// How many findings it covers, whether it applies or not.
    pub findings: usize,
}

/// The outcome of a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WaiverOutcome {
    /// It is in force, and covers findings.
    Applied,
    /// Its last day has passed.
    Expired,
    /// It covers no finding.
    Unmatched,
    /// The rule's findings can't be waived.
    NotWaivable,
    /// The request has no date as of which to check, so that expiry can't be determined.
    Undated,
    /// The date as of which to check lies before the end of the report's year.
    Premature,
    /// It came with the request, and the operator ignores such waivers.
    NotHeeded,
}

/// Whether a finding was already in an earlier assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was not.
    New,
    /// It was.
    Persisting,
}

/// The overall verdict.
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
    /// Of the errors, those that are wrong with the request, not with the report.
    pub context_errors: usize,
    /// Of any severity, but waived: they are not in the other counts.
    pub waived: usize,
    /// Of any severity, by rules on trial: they are in no other count.
    pub trial: usize,
}

impl Counts {
    /// Counts so many more findings.
    pub fn add(&mut self, severity: Severity, more: usize) {
        *self.of(severity) += more;
    }

    /// Counts as waived a finding that was counted before.
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

/// What a reason explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReasonKind {
    /// Why the rule does not apply.
    NotApplicable,
    /// What could not be decided.
    Undecided,
    /// What was assumed, or left out.
    Remark,
}

/// How one rule ended, with its code.
#[derive(Clone, Debug)]
pub struct SignedRuling {
    /// The rule's code.
    pub code: Cow<'static, str>,
    /// The severity of a violation in this report.
    pub severity: Severity,
    /// How the rule ended.
    pub outcome: Outcome,
    /// Whether an instance could not be decided, whatever the outcome of the others.
    pub undecided: bool,
    /// The rows whose content it lacks.
    pub lacks: Vec<Row>,
    /// Whether the rule did not finish: it failed, or ran out of time or steps.
    pub failed: bool,
    /// Whether the profile has it switched off.
    pub off: bool,
    /// Whether the rule is on trial: how it ended decides nothing.
    pub trial: bool,
    /// Why.
    pub reasons: SmallVec<[(ReasonKind, Text); 1]>,
}

/// A pack of user-written rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackInForce {
    /// Its name.
    pub name: String,
    /// Its version, as its author numbers it.
    pub version: String,
    /// The digest of its files.
    pub digest: String,
}

impl Finding {
    /// Whether another finding says the same of another place of the same table, section or part of the report: the two are
    /// told as one finding with two occurrences.
    pub fn is_beside(&self, other: &Self) -> bool {
        let same_rule = (&self.code, self.severity, &self.advice) == (&other.code, other.severity, &other.advice);
        same_rule && self.location.whole() == other.location.whole()
    }
}

/// One signed finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's code.
    pub code: Cow<'static, str>,
    /// Its severity.
    pub severity: Severity,
    /// The rule's title.
    pub title: Text,
    /// What is wrong here.
    pub message: Text,
    /// In which of the reports.
    pub origin: Origin,
    /// Where.
    pub location: Location,
    /// The place in the document.
    pub place: Place,
    /// Where in the text of the location, in bytes, if it is about some words of it.
    pub span: Option<std::ops::Range<usize>>,
    /// The text found there, with personal numbers masked.
    pub text: String,
    /// What the rule expects there.
    pub expected: Text,
    /// The actual value.
    pub actual: Text,
    /// Expected minus actual, if both are figures.
    pub difference: Option<i64>,
    /// The figures in the relation.
    pub operands: Vec<Operand>,
    /// The relation with its figures.
    pub equation: String,
    /// The clauses that the finding is based on.
    pub basis: Vec<Basis>,
    /// What to do.
    pub advice: Text,
    /// Whether it is wrong with the request, not with the report.
    pub of_context: bool,
    /// Whether a rule on trial found it.
    pub of_trial: bool,
    /// The stable identifier of this fault.
    pub fingerprint: String,
    /// Whether the earlier assessment had it too, if there is an earlier one.
    pub state: Option<State>,
    /// The waiver that covers it, as an index into those of the assessment.
    pub waiver: Option<usize>,
}

/// What kind of thing is behind findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseKind {
    /// Figures contradict each other; which is wrong, the alternatives propose.
    WrongValue,
    /// The text, or the way in which something is written, is wrong.
    Wording,
    /// Something that the form or the law asks for is not there.
    Missing,
    /// A rule of another kind is broken.
    Other,
    /// Something could not be read with certainty.
    Unread,
    /// What was sent beside the report does not belong to it.
    Context,
}

/// What is behind one finding or several.
#[derive(Clone, Debug)]
pub struct Cause {
    /// What kind of thing.
    pub kind: CauseKind,
    /// The gravest severity of its findings.
    pub severity: Severity,
    /// The place of what is to be changed.
    pub location: Location,
    /// That place in the document.
    pub place: Place,
    /// In a sentence, for people.
    pub message: Text,
    /// Corrections of which each alone would do, the likeliest first.
    pub alternatives: Vec<Repair>,
    /// Its findings, by their places among those of the assessment.
    pub findings: Vec<usize>,
    /// The codes of the rules that stay open while this could not be read.
    pub undecided: Vec<Cow<'static, str>>,
    /// Whether all its findings are waived.
    pub waived: bool,
}
