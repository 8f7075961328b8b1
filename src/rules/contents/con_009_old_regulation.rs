//! Nothing is worded as in the regulation before 2019.
//!
//! The regulation of 2007 let bodies ask for 自身生产、生活、科研等特殊需要, and charge 检索、复制、邮寄 fees; the one
//! in force since 2019-05-15 (国务院令第711号) does neither. Such words were copied from an old report.
//!
//! # 说明
//! 2019年5月15日起施行的新条例取消了“自身生产、生活、科研等特殊需要”的限制，也不再收取检索、复制、邮寄费用。正文仍有此类表述的，多为沿用旧稿。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "对不符合自身生产、生活、科研等特殊需要的申请，告知申请人。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::{List, Met, Passage},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-009",
    title: &Text::fixed("不应沿用旧条例的表述", "No wording of the old regulation"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_regulation("第二十七条、第四十二条")],
    source: include_str!("con_009_old_regulation.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let index = dossier.index();
    let found = index.texts().flat_map(|passage| passage.words(List::OldRegulation).map(move |met| (passage, met)));
    Ruling::of(found.map(|(passage, met)| violation(passage, &met)))
}

fn violation(passage: &Passage, met: &Met) -> Violation {
    let words = met.word;
    let message =
        Text::new(format!("“{words}”是旧条例的表述"), format!("“{words}” is worded as in the old regulation"));
    at(passage, &met.at, message)
        .expecting(Text::fixed("现行条例的表述", "the wording in force"), Text::same(words))
        .advising(Text::fixed("按现行条例修改", "word it as the regulation in force does"))
}
