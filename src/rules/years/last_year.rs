//! Last year's report, if it was sent and really is last year's.

use crate::{dossier::Dossier, report::AnnualReport, words::Text};

/// Last year's report; else why there is none to compare with.
pub(in crate::rules) fn last_year(dossier: &Dossier) -> Result<&AnnualReport, Text> {
    let not_sent = || Text::fixed("未提供上一年度报告", "last year's report was not sent");
    if dossier.previous_misplaced().is_some() {
        return Err(Text::fixed(
            "作为上一年度报告提交的不是本单位上一年度的报告，不作比较（见 CTX-001、CTX-002）",
            "what was sent as last year's report is not this body's report of last year (see CTX-001, CTX-002)",
        ));
    }
    dossier.previous().ok_or_else(not_sent)
}

/// Whether the larger of two numbers is more than ten times the smaller, and at least `at_least`.
pub(in crate::rules) fn beyond_tenfold(one: i128, other: i128, at_least: i128) -> bool {
    let (less, more) = (one.min(other), one.max(other));
    less >= 0 && more >= at_least && more > less.saturating_mul(10)
}
