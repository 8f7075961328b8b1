//! The numbers of normative documents that the text gives are those of the table.
//!
//! 制发, 废止 and 现行有效 are the columns of 第二十条第（一）项 in edition 2021. Edition 2019 counts otherwise
//! (新制作, 新公开, 对外公开总数), so that the words can't be matched there.
//!
//! # 说明
//! 正文所说制发、废止、现行有效的行政规范性文件件数应与表二一致。2019年版的栏目含义不同，不作对照。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "2": { "text": "全年制发行政规范性文件99件。" } } } }
//! ```
use super::compare::against;
use crate::{
    dossier::Dossier,
    narrative::{Claim, Sense},
    report::Table,
    rule::{Basis, BuiltIn, Input, OF_2021, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-012",
    title: &Text::fixed("正文的规范性文件数应与表二一致", "Normative documents agree with the table"),
    severity: Severity::Warning,
    editions: OF_2021,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（二）")],
    source: include_str!("nar_012_normative_documents.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let senses = [Sense::NormativeIssued, Sense::NormativeRepealed, Sense::NormativeInForce];
    against(dossier, Table::Disclosure2021, &senses, &[Claim::Counted, Claim::None])
}
