//! Compares an assessment with an earlier one of the same report.

use std::collections::BTreeSet;

use super::assessment::{Assessment, State};

impl Assessment {
    /// Marks each finding as new or persisting, and lists what was fixed. `earlier` holds the
    /// fingerprints of the earlier assessment.
    pub fn compare_with(&mut self, earlier: &[String]) {
        let earlier: BTreeSet<&str> = earlier.iter().map(String::as_str).collect();
        for finding in &mut self.findings {
            let before = earlier.contains(finding.fingerprint.as_str());
            finding.state = Some(if before { State::Persisting } else { State::New });
        }
        // What the cap cut off may persist unseen: then nothing can be said to be fixed.
        if self.findings_cut == 0 {
            let now: BTreeSet<&str> = self.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
            self.fixed = earlier.difference(&now).map(|fingerprint| (*fingerprint).to_owned()).collect();
        }
    }
}
