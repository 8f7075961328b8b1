//! The reporting period is given, and is the report year.
//!
//! Figures are as of 31 December of the report year (30号 一（二）). The period 自Y年1月1日起至Y年12月31日止 is
//! looked for before section one and in section one; another year there is most often left over from
//! last year's report.
//!
//! # 说明
//! 数据核定时间点为报告年度12月31日（30号一（二））。正文应写明统计期限（1月1日至12月31日），年份应为报告年度。
//!
//! # Bad
//! ```json 2021
//! { "report": { "preamble": "根据国办公开办函〔2021〕30号编制本报告。所列数据的统计期限自2022年1月1日起至2022年12月31日止。" } }
//! ```
//! ```json 2021
//! { "report": { "preamble": "根据国办公开办函〔2021〕30号编制本报告。" } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "preamble": "根据国办公开办函〔2021〕30号编制本报告。统计期限从2023年1月1日到12月31日止。" } }
//! ```
use std::sync::LazyLock;

use regex::Regex;

use crate::{
    dossier::Dossier,
    report::{AnnualReport, Location},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{flat, has_gap, texts},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-008",
    title: &Text::fixed("统计期限应写明且为报告年度", "The reporting period is given and right"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("一（二）"), Basis::of_60("格式（试行）一（二）")],
    source: include_str!("con_008_period.rs"),
    ..BuiltIn::new(check)
};

#[allow(clippy::expect_used, reason = "a constant pattern, compiled by every test")]
static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\d{4})年1月1日(?:0时)?(?:起)?(?:至|到|-|—|~)(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
        .expect("a valid pattern")
});

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let Some(year) = report.year else {
        return Ruling::not_applicable(Text::fixed("报告年度未知", "the report year is not known"));
    };
    let mut periods = texts(report).filter_map(|(place, text)| Some((place, wrong(&flat(text), year)?)));
    match periods.next() {
        Some((_, None)) => Ruling::satisfied(),
        Some((place, Some(found))) => Ruling::of([violation(place, year, &found)]),
        None if left_out(report) => {
            Ruling::not_applicable(Text::fixed("正文有删节或没有正文", "parts of the text were left out"))
        }
        None => Ruling::of([violation(Location::Preamble, year, "")]),
    }
}

/// The period that a text gives: nothing if it gives none, the words if they are wrong.
fn wrong(text: &str, year: i32) -> Option<Option<String>> {
    let found = PERIOD.captures(text)?;
    let is = |group: usize, expected: i32| found.get(group).is_none_or(|part| part.as_str().parse() == Ok(expected));
    let right = is(1, year) && is(2, year) && is(3, 12) && is(4, 31);
    Some((!right).then(|| found[0].to_owned()))
}

fn left_out(report: &AnnualReport) -> bool {
    let early = texts(report).filter(|(place, _)| matches!(place, Location::Preamble | Location::Section(1)));
    let early: Vec<&str> = early.map(|(_, text)| text).collect();
    early.iter().all(|text| text.trim().is_empty())
        || early.iter().any(|text| has_gap(text))
        || report.sections.is_empty()
}

fn violation(place: Location, year: i32, found: &str) -> Violation {
    let due = format!("{year}年1月1日至{year}年12月31日");
    let message = match found {
        "" => Text::fixed("正文没有写明统计期限", "the text gives no reporting period"),
        found => Text::new(
            format!("统计期限“{found}”不是报告年度的全年"),
            format!("the period “{found}” is not the report year"),
        ),
    };
    let actual = if found.is_empty() { Text::fixed("没有", "none") } else { Text::same(found) };
    Violation::at(place, message)
        .expecting(Text::same(due.clone()), actual)
        .advising(Text::new(format!("写明统计期限自{due}"), format!("give the period {due}")))
}
