//! Compares an assessment with an earlier one of the same report.

use std::collections::BTreeSet;

use super::assessment::{Assessment, State};

impl Assessment {
    /// Marks each finding as new or persisting, and lists the fixed ones. `earlier` holds the fingerprints of the
    /// earlier assessment.
    pub fn compare_with(&mut self, earlier: &[String]) {
        let earlier: BTreeSet<&str> = earlier.iter().map(String::as_str).collect();
        for finding in &mut self.findings {
            let before = earlier.contains(finding.fingerprint.as_str());
            finding.state = Some(if before { State::Persisting } else { State::New });
        }
        // Findings beyond the cap may persist unseen: then none can be called fixed.
        if self.findings_cut == 0 {
            let now: BTreeSet<&str> = self.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
            self.fixed = earlier.difference(&now).map(|fingerprint| (*fingerprint).to_owned()).collect();
        }
    }
}
