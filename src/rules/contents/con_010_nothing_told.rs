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
    narrative::{List, Passage},
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-010",
    title: &Text::fixed("第五部分应写明具体的问题和改进措施", "Section five tells of problems and improvements"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("一（五）"), Basis::of_regulation("第五十条第（四）项")],
    source: include_str!("con_010_nothing_told.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let Some(section) = dossier.index().section(5) else {
        return Ruling::not_applicable(Text::fixed(
            "第五部分没有内容（见 SEC-001、SEC-005）",
            "there is no section five",
        ));
    };
    if tells(section) {
        return Ruling::satisfied();
    }
    let message = Text::fixed("第五部分只写了“无”", "section five only says that there is nothing");
    Ruling::of([Violation::at(Location::Section(5), message)
        .expecting(
            Text::fixed("具体的问题和改进措施", "problems and improvements"),
            Text::same(section.quote(&(0..section.text().len()))),
        )
        .advising(Text::fixed("写明存在的主要问题和改进措施", "say what the problems are, and what is done"))])
}

/// Whether something stands there beside headings, ordinals and words that say that there is nothing.
fn tells(section: &Passage) -> bool {
    let denies = section.words(List::Nothing).any(|met| ["无", "没有", "不存在"].contains(&met.word));
    let mut end = 0;
    let mut between = section.words(List::Nothing).map(|met| {
        let rest = section.text().get(end..met.at.start).unwrap_or_default();
        end = end.max(met.at.end);
        rest
    });
    let is_empty =
        |rest: &str| !rest.chars().any(|char| char.is_alphanumeric() && !"一二三四五六123456".contains(char));
    let all = between.all(is_empty);
    drop(between);
    !(denies && all && is_empty(&section.text()[end..]))
}
