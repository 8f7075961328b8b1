//! The reporting period, where it is given, is the report year.
//!
//! Figures are as of 31 December of the report year (30号 一（二）). The period 自Y年1月1日起至Y年12月31日止 is
//! looked for in all texts; another year there is most often left over from last year's report. That it is
//! printed at all no national text asks, so that nothing is said where it isn't.
//!
//! # 说明
//! 数据核定时间点为报告年度12月31日（30号一（二））。正文写有统计期限（1月1日至12月31日）的，年份应为报告年度。全国性规定没有要求写明统计期限，没有写的不提示。
//!
//! # Bad
//! ```json 2021
//! { "report": { "preamble": "根据国办公开办函〔2021〕30号编制本报告。所列数据的统计期限自2022年1月1日起至2022年12月31日止。" } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "preamble": "根据国办公开办函〔2021〕30号编制本报告。" } }
//! ```
//! ```json 2021
//! { "report": { "preamble": "根据国办公开办函〔2021〕30号编制本报告。统计期限从2023年1月1日到12月31日止。" } }
//! ```
use std::ops::Range;

use crate::{
    dossier::Dossier,
    narrative::Passage,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::{Text, numbers::YEAR},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-008",
    title: &Text::fixed("统计期限应为报告年度", "The reporting period is the report year"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("一（二）"), Basis::of_60("格式（试行）一（二）")],
    source: include_str!("con_008_period.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let Some(year) = dossier.report.year else {
        return Ruling::not_applicable(Text::fixed("报告年度未知", "the report year is not known"));
    };
    let index = dossier.index();
    let mut periods = index.texts().filter_map(|passage| Some((passage, period(passage)?)));
    match periods.next() {
        Some((_, period)) if period.is_of(year) => Ruling::satisfied(),
        Some((passage, period)) => Ruling::of([violation(passage, year, &period.words)]),
        // No national text asks that it be printed, and no clerk would thank for being told.
        None => Ruling::not_applicable(Text::fixed("正文没有写统计期限", "the text gives no reporting period")),
    }
}

/// A period that begins with a year's first day.
struct Period {
    from: i32,
    /// The year of its end, where it is named.
    to: Option<i32>,
    /// Its last month and day.
    last: (u32, u32),
    /// Its words, in the passage.
    words: Range<usize>,
}

impl Period {
    fn is_of(&self, year: i32) -> bool {
        self.from == year && self.to.is_none_or(|to| to == year) && self.last == (12, 31)
    }
}

/// The first period that a text gives: 2023年1月1日起至2023年12月31日.
fn period(passage: &Passage) -> Option<Period> {
    let text = passage.text();
    passage.named_years().find_map(|(at, from)| {
        let rest = text[at + YEAR..].strip_prefix("年1月1日")?;
        let rest = rest.strip_prefix("0时").unwrap_or(rest);
        let rest = rest.strip_prefix('起').unwrap_or(rest);
        let rest = rest.strip_prefix(['至', '到', '-', '—', '~'])?;
        let (to, rest) = match number(rest).and_then(|(to, behind)| Some((to, behind.strip_prefix('年')?))) {
            Some((to, behind)) => (Some(to), behind),
            None => (None, rest),
        };
        let (month, rest) = number(rest)?;
        let (day, rest) = number(rest.strip_prefix('月')?)?;
        // 12月31止 lacks 日, and is meant.
        let rest = rest.strip_prefix('日').or_else(|| rest.starts_with('止').then_some(rest))?;
        let words = at..text.len() - rest.len();
        Some(Period { from, to: to.and_then(|to| i32::try_from(to).ok()), last: (month, day), words })
    })
}

/// The number with which a text begins, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.bytes().take(YEAR).take_while(u8::is_ascii_digit).count();
    Some((text[..end].parse().ok()?, &text[end..]))
}

fn violation(passage: &Passage, year: i32, words: &Range<usize>) -> Violation {
    let found = &passage.text()[words.clone()];
    let due = format!("{year}年1月1日至{year}年12月31日");
    let message = Text::new(
        format!("统计期限“{found}”不是报告年度的全年"),
        format!("the period “{found}” is not the report year"),
    );
    at(passage, words, message)
        .expecting(Text::same(due.clone()), Text::same(found.to_owned()))
        .advising(Text::new(format!("改为{due}"), format!("give the period {due}")))
}
