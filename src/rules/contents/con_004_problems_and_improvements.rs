//! Section five names problems and improvements.
//!
//! 查找问题要有针对性，改进举措要有实效性 (30号 一（五）): a section that names only one of the two tells half.
//!
//! # 说明
//! 第五部分既要写存在的主要问题，也要写改进情况（30号一（五））。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "5": { "text": "政府信息公开工作总体平稳，成绩显著，群众满意。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{flat, has_gap},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-004",
    title: &Text::fixed("第五部分应写明问题和改进情况", "Section five names problems and improvements"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("一（五）"), Basis::of_regulation("第五十条第四项")],
    source: include_str!("con_004_problems_and_improvements.rs"),
    ..BuiltIn::new(check)
};

/// The words by which problems are told, and those of improvements.
const PROBLEMS: [&str; 12] =
    ["问题", "不足", "不够", "差距", "短板", "薄弱", "有待", "欠缺", "不强", "不高", "需要进一步", "还需"];
const IMPROVEMENTS: [&str; 12] =
    ["改进", "加强", "提升", "完善", "下一步", "举措", "措施", "优化", "推进", "强化", "今后", "健全"];

fn check(dossier: &Dossier) -> Ruling {
    let Some(section) = dossier.report.section(5).filter(|section| !section.text.trim().is_empty()) else {
        return Ruling::not_applicable(Text::fixed(
            "第五部分没有内容（见 SEC-001、SEC-005）",
            "there is no section five",
        ));
    };
    let text = flat(&section.text);
    let lacks = |words: &[&str]| !words.iter().any(|word| text.contains(word));
    // 将 with a verb is a plan: 我局将探索…, 将从…入手.
    let plans = text.match_indices('将').any(|(at, will)| {
        let verb =
            |char: char| "探持继进着结以按适开严认对从不逐会在围通重聚建改拓丰创加强完优深抓坚紧切充".contains(char);
        text[at + will.len()..].starts_with(verb) && !text[..at].ends_with('即')
    });
    let missing: Vec<Text> = [
        lacks(&PROBLEMS).then_some(Text::fixed("存在的主要问题", "problems")),
        (lacks(&IMPROVEMENTS) && !plans).then_some(Text::fixed("改进情况", "improvements")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let Some(Text { zh, en }) = missing.first().filter(|_| !has_gap(&section.text)) else {
        return Ruling::satisfied();
    };
    let message = Text::new(format!("第五部分没有写到{zh}"), format!("section five names no {en}"));
    Ruling::of([Violation::at(Location::Section(5), message)
        .expecting(
            Text::fixed("问题和改进情况", "problems and improvements"),
            Text::new(format!("没有{zh}"), format!("no {en}")),
        )
        .advising(Text::new(format!("补充{zh}"), format!("name {en}")))])
}
