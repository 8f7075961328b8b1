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
    narrative::List,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-004",
    title: &Text::fixed("第五部分应写明问题和改进情况", "Section five names problems and improvements"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    awaits_completion: true,
    basis: &[Basis::of_30("一（五）"), Basis::of_regulation("第五十条第（四）项")],
    source: include_str!("con_004_problems_and_improvements.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let Some(section) = dossier.index().section(5) else {
        return Ruling::not_applicable(Text::fixed(
            "第五部分没有内容（见 SEC-001、SEC-005）",
            "there is no section five",
        ));
    };
    let text = section.text();
    // 将 with a verb is a plan: 我局将探索…, 将从…入手.
    let plans = section.words(List::Will).any(|will| {
        let verb =
            |char: char| "探持继进着结以按适开严认对从不逐会在围通重聚建改拓丰创加强完优深抓坚紧切充".contains(char);
        text[will.at.end..].starts_with(verb) && !text[..will.at.start].ends_with('即')
    });
    let missing: Vec<Text> = [
        (!section.has(List::Problems)).then_some(Text::fixed("存在的主要问题", "problems")),
        (!section.has(List::Improvements) && !plans).then_some(Text::fixed("改进情况", "improvements")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let Some(Text { zh, en }) = missing.first().filter(|_| section.gaps() == 0) else {
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
