//! Last year's report, if it was sent and really is last year's.

use crate::{dossier::Dossier, report::AnnualReport, rule::Ruling, words::Text};

/// Last year's report; else the ruling that says why there is none to compare with.
pub(in crate::rules) fn last_year(dossier: &Dossier) -> Result<&AnnualReport, Ruling> {
    let Some(previous) = &dossier.previous else {
        return Err(Ruling::not_applicable(Text::fixed("未提供上一年度报告", "last year's report was not sent")));
    };
    let (year, last) = (dossier.report.year, previous.year);
    if let (Some(year), Some(last)) = (year, last)
        && last != year - 1
    {
        return Err(Ruling::not_applicable(Text::new(
            format!("作为上一年度报告提供的是{last}年度报告，不是{}年度的，不作比较", year - 1),
            format!("what was sent as last year's report is of {last}, not of {}: they are not compared", year - 1),
        )));
    }
    let (code, other) = (&dossier.report.body.code, &previous.body.code);
    if !code.is_empty() && !other.is_empty() && !code.eq_ignore_ascii_case(other) {
        return Err(Ruling::not_applicable(Text::fixed(
            "作为上一年度报告提供的是另一单位的报告（统一社会信用代码不同），不作比较",
            "what was sent as last year's report is another body's (by its code): they are not compared",
        )));
    }
    Ok(previous)
}

/// Whether the larger of two numbers is more than ten times the smaller, and at least `at_least`.
pub(in crate::rules) fn beyond_tenfold(one: i128, other: i128, at_least: i128) -> bool {
    let (less, more) = (one.min(other), one.max(other));
    less >= 0 && more >= at_least && more > less.saturating_mul(10)
}
