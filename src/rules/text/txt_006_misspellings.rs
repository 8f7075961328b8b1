//! No common misspellings and look-alikes.
//!
//! Characters that look alike are mistaken in typing and in reading scans: 不子公开 for 不予公开, 全融局 for 金融局.
//! The list holds only what can't be right in such a report.
//!
//! # 说明
//! 形近、音近的错别字（如“不子公开”“全融局”）。只列在此类报告中不可能正确的写法。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "对申请依法作出不子公开的决定。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::{List, Met, Passage},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-006",
    title: &Text::fixed("不应有常见错别字", "No common misspellings"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）"), Basis::accurate_before_30()],
    source: include_str!("txt_006_misspellings.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let all = dossier.index().all();
    let found = all.flat_map(|passage| passage.words(List::Misspelt).map(move |met| violation(passage, &met)));
    Ruling::of(found)
}

fn violation(passage: &Passage, met: &Met) -> Violation {
    // Some words are listed with the marks around them.
    let bare = |word: &'static str| word.trim_matches(['“', '”']);
    let (quote, wrong, right) = (passage.around(&met.at), bare(met.word), bare(met.meant));
    let message = Text::new(
        format!("“{quote}”中的“{wrong}”应为“{right}”"),
        format!("“{wrong}” in “{quote}” should be “{right}”"),
    );
    at(passage, &met.at, message)
        .expecting(Text::same(right), Text::same(quote))
        .advising(Text::new(format!("改为“{right}”"), format!("change it to “{right}”")))
}
