//! No year in the text is impossible.
//!
//! A year beyond the one after the report year, or one of five digits, is a slip. Plans that run for years
//! (十四五, 2035年远景目标, 年至) are none.
//!
//! # 说明
//! 正文中晚于报告年度次年的年份、五位数的年份多为笔误；规划、目标、期限中的年份（如2035年远景目标）除外。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "2032年，规范办理申请。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "3": { "text": "20233年，规范办理申请。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "按照2035年远景目标开展工作。" } } } }
//! ```
use std::ops::Range;

use crate::{
    dossier::Dossier,
    narrative::Passage,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-003",
    title: &Text::fixed("正文不应有不可能的年份", "No impossible year in the text"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）")],
    source: include_str!("txt_003_impossible_year.rs"),
    ..BuiltIn::new(check)
};

/// What speaks of a future that may be far off.
const FUTURE: [&str; 15] =
    ["远景", "规划", "目标", "纲要", "到", "至", "届", "前", "—", "-", "~", "–", "行动", "方案", "计划"];

fn check(dossier: &Dossier) -> Ruling {
    let Some(year) = dossier.report.year else {
        return Ruling::not_applicable(Text::fixed("报告年度未知", "the report year is not known"));
    };
    let years = dossier.index().texts().flat_map(|passage| {
        let text = passage.text();
        let named = passage.digits().filter(move |run| text[run.end..].starts_with('年'));
        let impossible = named.filter(move |run| is_impossible(&text[run.clone()], year));
        impossible.map(move |run| (passage, run.start..run.end + '年'.len_utf8()))
    });
    let found = years.map(|(passage, part)| (passage, passage.around(&part), part));
    let sharp = found.filter(|(_, quote, _)| !FUTURE.iter().any(|word| quote.contains(word)));
    Ruling::of(sharp.map(|(passage, quote, part)| violation(passage, &part, quote)))
}

/// Whether digits before 年 look like a year and can't be one.
fn is_impossible(found: &str, year: i32) -> bool {
    match (found.len(), found.parse::<i32>()) {
        (4, Ok(found)) => found > year + 1 && found < 2100,
        (5, Ok(_)) => found.starts_with("20"),
        _ => false,
    }
}

fn violation(passage: &Passage, part: &Range<usize>, quote: String) -> Violation {
    let message = Text::new(format!("“{quote}”中的年份有误"), format!("the year in “{quote}” can't be right"));
    at(passage, part, message)
        .expecting(Text::fixed("可能的年份", "a year that is possible"), Text::same(quote))
        .advising(Text::fixed("核对年份", "check the year"))
}
