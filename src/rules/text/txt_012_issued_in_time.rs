//! A report is signed and issued when its year is over, and before it is made public.
//!
//! The day under a report, or that on which it was issued (印发), can't lie within the year that it reports on:
//! the figures run to 31 December. Nor can it be later than the day of publication. Most such days were taken
//! over from another paper.
//!
//! # 说明
//! 落款日期和印发日期应在报告年度结束之后，且不晚于公布日期；早于年度结束的，多为沿用旧稿或笔误，提请核对。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "6": { "text": "本年度没有收取信息处理费。青溪县人民政府办公室2019年1月26日印发" } } } }
//! ```
//! ```json 2021
//! { "report": { "sections": { "6": { "text": "本年度没有收取信息处理费。\n青溪县人民政府\n2024年1月26日\n附件下载" } }, "published_on": { "year": 2024, "month": 1, "day": 20 } } }
//! ```
use std::{cell::LazyCell, collections::HashSet};

use crate::{
    dossier::Dossier,
    report::Date,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose,
    words::{Text, compatible},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-012",
    title: &Text::fixed(
        "落款、印发日期应在年度结束之后、公布之前",
        "Signed and issued when the year is over, and before publication",
    ),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）"), Basis::accurate_before_30()],
    source: include_str!("txt_012_issued_in_time.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let Some(year) = report.year else {
        return Ruling::not_applicable(Text::fixed("报告年度未知", "the report year is not known"));
    };
    let Some(section) = dossier.index().section(6) else {
        return Ruling::not_applicable(Text::fixed(
            "没有第六部分（见 SEC-001）",
            "there is no section six (see SEC-001)",
        ));
    };
    let text = section.text();
    let published = dossier.hints.published_on.or(report.published_on);
    // A page goes on behind the report.
    let lines = LazyCell::new(|| section.original().lines().map(compatible).collect::<HashSet<_>>());
    let days = section.named_years().filter_map(|(at, _)| {
        let (day, words) = day_at(&text[at..])?;
        let ends = at + words.len();
        let is_issue = text[ends..].starts_with("印发") || ends == text.len() || lines.contains(words);
        let late = published.filter(|published| day > *published);
        let wrong = day.year() <= year || late.is_some();
        (is_issue && wrong).then(|| {
            let own = prose::at(section, &(at..ends), Text::default());
            violation(own, words, year, late.filter(|_| day.year() > year))
        })
    });
    Ruling::of(days)
}

/// The day with which a text begins, and its words: 2024年1月15日.
fn day_at(text: &str) -> Option<(Date, &str)> {
    /// The longest day, in characters: 2024年12月31日.
    const LONGEST: usize = 11;
    let (end, _) = text.char_indices().take(LONGEST).find(|(_, char)| *char == '日')?;
    let (year, rest) = text[..end].split_once('年')?;
    let (month, day) = rest.split_once('月')?;
    let short = |number: &str| number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    let day =
        (short(month) && short(day)).then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?));
    Some((day.flatten()?, &text[..end + '日'.len_utf8()]))
}

fn violation(own: Violation, day: &str, year: i32, published: Option<Date>) -> Violation {
    let message = match published {
        None => Text::new(
            format!("落款或印发日期为{day}，早于{year}年度结束"),
            format!("signed or issued on {day}, before {year} was over"),
        ),
        Some(published) => Text::new(
            format!("落款或印发日期为{day}，晚于公布日期 {published}"),
            format!("signed or issued on {day}, after publication on {published}"),
        ),
    };
    let expected = match published {
        None => Text::new(format!("{year}年12月31日之后"), format!("after 31 December {year}")),
        Some(published) => Text::new(format!("不晚于 {published}"), format!("by {published}")),
    };
    Violation { message, ..own }
        .expecting(expected, Text::same(day))
        .advising(Text::fixed("核对落款和印发日期", "check the day of signature and of issue"))
}
