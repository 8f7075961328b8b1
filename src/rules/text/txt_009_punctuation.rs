//! Punctuation is not doubled, and no HTML entity is left.
//!
//! 。。, ，， and &nbsp; are slips of typing and copying. Half-width punctuation throughout is a matter of the
//! page that the text was taken from, and no finding.
//!
//! # 说明
//! 重复的标点（如“。。”“，，”）和网页代码（如“&nbsp;”）。通篇使用半角标点的不提示。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "规范办理申请。。按时答复。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "3": { "text": "规范办理&nbsp;申请。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::{List, Met, Passage},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{at, on_one_line},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-009",
    title: &Text::fixed("标点不应重复，不应有网页代码", "No doubled punctuation, no HTML entities"),
    severity: Severity::Info,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）"), Basis::accurate_before_30()],
    source: include_str!("txt_009_punctuation.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let found = dossier.index().texts().flat_map(|passage| {
        let slips = passage.words(List::Punctuation).filter(|met| on_one_line(passage, &met.at));
        slips.map(move |met| violation(passage, &met))
    });
    Ruling::of(found)
}

fn violation(passage: &Passage, met: &Met) -> Violation {
    let (quote, slip) = (passage.around(&met.at), passage.quote(&met.at));
    let message = Text::new(format!("“{quote}”中的“{slip}”有误"), format!("“{slip}” in “{quote}” is a slip"));
    at(passage, &met.at, message)
        .expecting(Text::fixed("规范的标点", "proper punctuation"), Text::same(quote))
        .advising(Text::fixed("改正标点", "correct it"))
}
