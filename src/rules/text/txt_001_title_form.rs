//! The title has the body, the year and 政府信息公开工作年度报告.
//!
//! The title is what a reader searches for. 2023年 and 2023年度 are both in use; a misspelt or shortened
//! title (工作告年度报) is not found. A document in which no title was found says nothing.
//!
//! # 说明
//! 标题应由机关名称、年度和“政府信息公开工作年度报告”组成（“2023年”“2023年度”均可）。没有读到标题的不作判断。
//!
//! # Bad
//! ```json 2021
//! { "report": { "title": "青溪县人民政府2023年政府信息公开工作告年度报" } }
//! ```
use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-001",
    title: &Text::fixed("标题应写明机关、年度和报告名称", "Title form: body, year, name of the report"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    awaits_completion: true,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）"), Basis::accurate_before_30()],
    source: include_str!("txt_001_title_form.rs"),
    ..BuiltIn::new(check)
};

/// How the report is called.
const NAMES: [&str; 2] = ["政府信息公开工作年度报告", "政府信息公开年度报告"];

fn check(dossier: &Dossier) -> Ruling {
    let title = dossier.index().title();
    // A document's title may have been taken for something else; a message has none where it is empty.
    if title.is_empty() && dossier.report.source.is_some() {
        return Ruling::not_applicable(Text::fixed("没有读到标题", "no title was found"));
    }
    let mut beside = NAMES.iter().map(|name| title.split(name).collect::<Vec<_>>());
    let beside = beside.find(|parts| parts.len() > 1).unwrap_or_default();
    let has_year = |part: &&str| part.contains("20") || part.contains("二〇") || part.contains("二零");
    let length: usize = beside.iter().map(|part| part.chars().count()).sum();
    // Beside a year of five or six characters a body's name has two and more.
    if length >= 7 && beside.iter().any(has_year) {
        return Ruling::satisfied();
    }
    let found = dossier.report.title.clone();
    let message = match title.is_empty() {
        true => Text::fixed("没有标题", "there is no title"),
        false => Text::new(
            format!("标题“{found}”不合“机关名称＋年度＋政府信息公开工作年度报告”的形式"),
            format!("the title “{found}” is not body, year and 政府信息公开工作年度报告"),
        ),
    };
    Ruling::of([Violation::at(Location::Title, message)
        .expecting(Text::same("××××年政府信息公开工作年度报告"), Text::same(found))
        .advising(Text::fixed("改正标题", "correct the title"))])
}
