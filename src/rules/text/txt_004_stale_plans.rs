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
use std::ops::Range;

use crate::{
    dossier::Dossier,
    narrative::Passage,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::{Text, numbers::YEAR},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-004",
    title: &Text::fixed("改进打算不应沿用旧年份", "Plans do not carry an old year"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_regulation("第五十条第（四）项"), Basis::of_30("一（五）")],
    source: include_str!("txt_004_stale_plans.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let (Some(year), Some(section)) = (dossier.report.year, dossier.index().section(5)) else {
        return Ruling::not_applicable(Text::fixed("报告年度未知或没有第五部分", "no report year, or no section five"));
    };
    let text = section.text();
    let stale = section.named_years().filter(|(_, planned)| *planned <= year).filter_map(|(at, _)| plan(text, at));
    Ruling::of(stale.map(|part| violation(section, &part, year)))
}

/// The words from a year to 将, 拟 or 计划, where nothing but a body's name stands between: 2023年，我县将.
fn plan(text: &str, at: usize) -> Option<Range<usize>> {
    /// So many characters may stand between.
    const NEAR: usize = 9;
    let behind = text[at + YEAR..].trim_start_matches('年').trim_start_matches('度').trim_start_matches(',');
    let near = behind.char_indices().take(NEAR + 1).take_while(|(_, char)| ('\u{4e00}'..='\u{9fff}').contains(char));
    let (to, word) = near.into_iter().find_map(|(to, _)| {
        ["将", "拟", "计划"].iter().find(|word| behind[to..].starts_with(**word)).map(|word| (to, *word))
    })?;
    // 已将 and 组织将 tell of what was done with something; 将…纳入 of what one does with it.
    let between = &behind[..to];
    let done =
        between.contains('已') || between.contains("组织") || word == "将" && is_object(&behind[to + word.len()..]);
    (!done).then(|| at..text.len() - behind.len() + to + word.len())
}

/// Whether 将 stands for 把: what follows it is done with something.
fn is_object(behind: &str) -> bool {
    const VERBS: [&str; 11] =
        ["纳入", "列入", "作为", "列为", "融入", "贯穿", "摆上", "摆在", "通报", "报送", "公布于"];
    let clause: String = behind.chars().take(24).take_while(|char| !",。;".contains(*char)).collect();
    VERBS.iter().any(|verb| clause.contains(verb))
}

fn violation(section: &Passage, part: &Range<usize>, year: i32) -> Violation {
    let quote = section.quote(part);
    let message = Text::new(
        format!("改进打算“{quote}”写的不是下一年度"),
        format!("the plan “{quote}” names a year that is past"),
    );
    at(section, part, message)
        .expecting(Text::same((year + 1).to_string()), Text::same(quote))
        .advising(Text::fixed("核对年份", "check the year"))
}
