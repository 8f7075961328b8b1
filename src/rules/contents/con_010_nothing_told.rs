//! Section five tells more than that there is nothing.
//!
//! 查找问题要有针对性，改进举措要有实效性 (30号 一（五）): “问题：无。改进：无。” names both, and tells neither.
//!
//! # 说明
//! 第五部分不能只写“无”或只有小标题；问题要有针对性，改进举措要有实效性（30号一（五））。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "5": { "text": "（一）存在的主要问题：无。（二）改进情况：无。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::{Text, plain},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-010",
    title: &Text::fixed("第五部分应写明具体的问题和改进措施", "Section five tells of problems and improvements"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("一（五）"), Basis::of_regulation("第五十条第四项")],
    source: include_str!("con_010_nothing_told.rs"),
    ..BuiltIn::new(check)
};

/// Words of headings, and words that say that there is nothing; longer ones first.
const EMPTY: [&str; 17] = [
    "政府信息公开工作",
    "存在的主要问题",
    "主要问题",
    "存在问题",
    "存在的问题",
    "改进情况",
    "改进措施",
    "下一步工作",
    "问题",
    "改进",
    "措施",
    "情况",
    "暂无",
    "没有",
    "不存在",
    "无",
    "及",
];

fn check(dossier: &Dossier) -> Ruling {
    let Some(section) = dossier.report.section(5).filter(|section| !section.text.trim().is_empty()) else {
        return Ruling::not_applicable(Text::fixed(
            "第五部分没有内容（见 SEC-001、SEC-005）",
            "there is no section five",
        ));
    };
    let mut rest = plain(&section.text);
    if !["无", "没有", "不存在"].iter().any(|word| rest.contains(word)) {
        return Ruling::satisfied();
    }
    EMPTY.iter().for_each(|word| rest = rest.replace(word, ""));
    let tells = rest.chars().any(|char| !"一二三四五六123456".contains(char));
    if tells {
        return Ruling::satisfied();
    }
    let message = Text::fixed("第五部分只写了“无”", "section five only says that there is nothing");
    Ruling::of([Violation::at(Location::Section(5), message)
        .expecting(
            Text::fixed("具体的问题和改进措施", "problems and improvements"),
            Text::same(section.text.split_whitespace().collect::<String>()),
        )
        .advising(Text::fixed("写明存在的主要问题和改进措施", "say what the problems are, and what is done"))])
}
