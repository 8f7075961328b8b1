//! Compares an assessment with an earlier one of the same report.

use std::collections::BTreeSet;

use super::assessment::{Assessment, SignedRuling, State};
use crate::rule::Outcome;

impl Assessment {
    /// Whether the rule that a fingerprint names ran now, not on trial, and decided all that it looked at.
    fn is_decided(&self, fingerprint: &str) -> bool {
        let code = fingerprint.split(':').nth(1).unwrap_or_default();
        let ruling = self.rulings.iter().find(|ruling| ruling.code == code);
        let ended = |ruling: &SignedRuling| matches!(ruling.outcome, Outcome::Satisfied | Outcome::Violated);
        let counts = |ruling: &SignedRuling| !ruling.failed && !ruling.off && !ruling.trial;
        ruling.is_some_and(|ruling| ended(ruling) && !ruling.undecided && counts(ruling))
    }

    /// Marks each finding as new or persisting, and lists the fixed ones. `earlier` holds the fingerprints of the
    /// earlier assessment.
    pub fn compare_with(&mut self, earlier: &BTreeSet<String>) {
        let earlier: BTreeSet<&str> = earlier.iter().map(String::as_str).collect();
        for finding in &mut self.findings {
            let before = earlier.contains(finding.fingerprint.as_str());
            finding.state = Some(if before { State::Persisting } else { State::New });
        }
        // Findings beyond the cap may persist unseen: then none can be called fixed. Nor can what no rule decided now.
        if self.findings_cut == 0 {
            let now: BTreeSet<&str> = self.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
            let gone = earlier.difference(&now).filter(|fingerprint| self.is_decided(fingerprint));
            self.fixed = gone.map(|fingerprint| (*fingerprint).to_owned()).collect();
        }
    }
}
