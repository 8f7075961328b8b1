//! Marks the findings that a waiver covers: they stay in the assessment, and no longer count toward the verdict.

use super::{
    Engine,
    assessment::{Assessment, WaiverOutcome, WaiverUse},
    verdict,
};
use crate::{
    report::{AnnualReport, Date},
    submission::{Covers, Waiver},
};

/// Where a waiver comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The operator's file.
    Operator,
    /// A request whose waivers the operator accepts.
    Request,
    /// A request whose waivers the operator ignores.
    Unheeded,
}

impl Engine {
    /// Applies waivers to the assessment of a report, and lists the outcome of each waiver that concerns it. Waivers
    /// of a request are always listed. An operator's waiver of a fingerprint is listed only if it matches: it may be
    /// meant for any other report.
    pub fn waive<'a>(
        &self,
        assessment: &mut Assessment,
        report: &AnnualReport,
        as_of: Option<Date>,
        waivers: impl IntoIterator<Item = (&'a Waiver, Origin)>,
    ) {
        let mut waivers = waivers.into_iter().peekable();
        if waivers.peek().is_none() {
            return;
        }
        for (waiver, origin) in waivers {
            let concerns = waiver.covers.concerns(&report.body, report.year);
            let covered = if concerns { covered(assessment, waiver) } else { Vec::new() };
            let elsewhere = !concerns || matches!(waiver.covers, Covers::Fingerprint(_));
            if covered.is_empty() && elsewhere && origin == Origin::Operator {
                continue;
            }
            let worth = match origin {
                Origin::Unheeded => WaiverOutcome::NotHeeded,
                _ => self.worth(assessment, waiver, &covered, (report.year, as_of)),
            };
            if worth == WaiverOutcome::Applied {
                let at = assessment.waivers.len();
                for place in &covered {
                    let finding = &mut assessment.findings[*place];
                    // Of two waivers of one finding the first is told.
                    if finding.waiver.is_none() {
                        finding.waiver = Some(at);
                        assessment.counts.waive(finding.severity);
                    }
                }
            }
            assessment.waivers.push(WaiverUse { waiver: waiver.clone(), outcome: worth, findings: covered.len() });
        }
        super::causes::heed_waivers(&mut assessment.causes, &assessment.findings);
        let before = assessment.verdict;
        assessment.verdict = verdict(report, assessment.provisional, &assessment.counts, &assessment.rulings);
        assessment.rests_on_waivers = before != assessment.verdict;
    }

    fn worth(
        &self,
        assessment: &Assessment,
        waiver: &Waiver,
        covered: &[usize],
        at: (Option<i32>, Option<Date>),
    ) -> WaiverOutcome {
        let waivable = |place: &usize| {
            let code = &assessment.findings[*place].code;
            self.rules.iter().any(|rule| rule.code == *code && rule.bounds.waivable)
        };
        let (year, as_of) = at;
        match as_of {
            _ if covered.is_empty() => WaiverOutcome::Unmatched,
            _ if !covered.iter().all(waivable) => WaiverOutcome::NotWaivable,
            None => WaiverOutcome::Undated,
            // No report is checked before its year is over: such a date would revive expired waivers.
            Some(day) if year.and_then(|year| Date::new(year, 12, 31)).is_some_and(|end| day < end) => {
                WaiverOutcome::Premature
            }
            Some(day) if day > waiver.expires => WaiverOutcome::Expired,
            Some(_) => WaiverOutcome::Applied,
        }
    }
}

/// The places of the findings that a waiver covers.
fn covered(assessment: &Assessment, waiver: &Waiver) -> Vec<usize> {
    let findings = assessment.findings.iter().enumerate();
    let own = findings.filter(|(_, it)| waiver.covers.covers(&it.code, &it.fingerprint));
    own.map(|(place, _)| place).collect()
}
