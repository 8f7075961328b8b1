//! What could not be decided, waivers without effect, and what else there is to say.

use super::{
    shape::{Open, Trial, Void},
    writer::Writer,
};
use crate::{
    engine::{Finding, ReasonKind, SignedRuling, WaiverOutcome, WaiverUse},
    render::visible::visible,
    rule::Outcome,
    submission::Covers,
    words::Text,
};

/// The most reasons under one open rule.
const MOST_REASONS: usize = 1;

impl Writer<'_> {
    pub fn notes(&self) -> Vec<String> {
        let (fixed, cut) = (self.assessment.fixed.len(), self.assessment.findings_cut);
        let mut codes: Vec<&str> = self.assessment.fixed.iter().filter_map(|own| own.split(':').nth(1)).collect();
        codes.dedup();
        let fixed = (fixed > 0).then(|| {
            Text::new(
                format!("已改正 {fixed} 处（{}）", codes.join("、")),
                format!("{fixed} faults were fixed ({})", codes.join(", ")),
            )
        });
        let cut = (cut > 0).then(|| Text::new(format!("另有 {cut} 处未列出"), format!("{cut} more are not listed")));
        fixed.iter().chain(&cut).map(|text| self.text(text)).collect()
    }

    /// What is not decided, once for all rules that stay open for the same reason.
    pub fn open(&self, rulings: &[SignedRuling]) -> Vec<Open> {
        let mut open: Vec<Open> = Vec::new();
        for ruling in rulings.iter().filter(|ruling| ruling.outcome == Outcome::Undetermined && !ruling.trial) {
            let undecided = ruling.reasons.iter().filter(|(kind, _)| *kind == ReasonKind::Undecided);
            let mut reasons: Vec<String> = undecided.map(|(_, why)| self.text(why)).collect();
            let count = reasons.len();
            self.shorten(&mut reasons, MOST_REASONS, count);
            match open.iter_mut().find(|own| own.reasons == reasons) {
                Some(own) => own.codes.push(ruling.code.to_string()),
                None => open.push(Open { codes: vec![ruling.code.to_string()], reasons }),
            }
        }
        open
    }

    /// What rules on trial found.
    pub fn trial(&self, findings: &[Finding]) -> Vec<Trial> {
        let told = |own: &Finding| Trial {
            severity: own.severity,
            name: format!("{} {}", own.code, visible(&own.location.printed())),
            message: self.text(&own.message),
        };
        findings.iter().map(told).collect()
    }

    /// A waiver without effect.
    pub fn void(&self, used: &WaiverUse) -> Option<Void> {
        let why = match used.outcome {
            WaiverOutcome::Applied => return None,
            WaiverOutcome::Expired => self.words("已过有效期", "it has expired"),
            WaiverOutcome::Unmatched => self.words("没有对应的问题", "it covers no finding"),
            WaiverOutcome::NotWaivable => self.words("该规则不得豁免", "the rule can't be waived"),
            WaiverOutcome::Undated => self.words(
                "未给出检查日期（--as-of），无法确定是否有效",
                "no date is given (--as-of), so it may have expired",
            ),
            WaiverOutcome::Premature => self
                .words("检查日期早于报告年度末，无法确定是否有效", "the date is before the end of the report's year"),
            WaiverOutcome::NotHeeded => {
                self.words("运行方不接受随请求提交的豁免", "the operator heeds no waivers of requests")
            }
        };
        let what = match &used.waiver.covers {
            Covers::Fingerprint(fingerprint) => fingerprint.clone(),
            Covers::Rule { code, body, .. } => format!("{code} {body}"),
        };
        let name = [used.waiver.id.as_str(), &what].join(" ");
        Some(Void { name: visible(name.trim()).into_owned(), why })
    }
}
