//! Improvement plans do not carry an old year.
//!
//! Section five looks ahead: 2021年，我局将… in the report of 2021 announces what is past. Only a year that
//! stands close before 将, 要 or 下一步 counts.
//!
//! # 说明
//! 第五部分的改进打算应写下一年度。报告年度为2021年而写“2021年，我局将……”的，多为沿用旧稿。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "5": { "text": "存在问题：主动公开不够及时。改进措施：2023年，我县将加强培训，提升水平。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "5": { "text": "存在问题：主动公开不够及时。改进措施：2024年，我县将加强培训，提升水平。" } } } }
//! ```
use std::sync::LazyLock;

use regex::Regex;

use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::flat,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-004",
    title: &Text::fixed("改进打算不应沿用旧年份", "Plans do not carry an old year"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("一（五）")],
    source: include_str!("txt_004_stale_plans.rs"),
    ..BuiltIn::new(check)
};

#[allow(clippy::expect_used, reason = "a constant pattern, compiled by every test")]
static PLAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(20\d{2})年度?[,，]?(?:我|本)?[\u4e00-\u9fff]{0,8}?(?:将|拟|计划)").expect("a valid pattern")
});

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let (Some(year), Some(section)) = (report.year, report.section(5)) else {
        return Ruling::not_applicable(Text::fixed("报告年度未知或没有第五部分", "no report year, or no section five"));
    };
    let text = flat(&section.text);
    let stale = PLAN.captures_iter(&text).filter(|found| {
        // 已将 and 组织将 tell of what was done with something.
        let done = found[0].contains('已') || found[0].contains("组织");
        !done && found[1].parse().is_ok_and(|planned: i32| planned <= year)
    });
    Ruling::of(stale.map(|found| {
        let quote = found[0].to_owned();
        let message = Text::new(
            format!("改进打算“{quote}”写的不是下一年度"),
            format!("the plan “{quote}” names a year that is past"),
        );
        Violation::at(Location::Section(5), message)
            .expecting(Text::same((year + 1).to_string()), Text::same(quote))
            .advising(Text::fixed("核对年份", "check the year"))
    }))
}
