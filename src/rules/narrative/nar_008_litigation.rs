//! The number of suits that the text gives is that of the table.
//!
//! 行政诉讼 in the text is the 总计 of both blocks of 表四 together, or of the one that is named; one number for 行政复议、
//! 行政诉讼 is that of all three blocks.
//!
//! # 说明
//! 正文所说政府信息公开行政诉讼的件数应等于表四两类诉讼总计之和；指明其中一类的，应等于该类总计；复议、诉讼合计的，应等于三类总计之和。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "4": { "text": "2023年，因政府信息公开工作被申请行政复议2件，被提起行政诉讼9件。" } } } }
//! ```
//! ```json 2019
//! { "report": { "sections": { "4": { "text": "2020年，因政府信息公开工作被申请行政复议0件，被提起行政诉讼9件。" } } } }
//! ```
use super::compare::against;
use crate::{
    dossier::Dossier,
    narrative::{Claim, Sense},
    report::Table,
    rule::{Basis, BuiltIn, Input, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-008",
    title: &Text::fixed("正文的行政诉讼数应与表四一致", "The number of suits agrees with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（四）"), Basis::of_60("附件 四")],
    source: include_str!("nar_008_litigation.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let senses = [
        Sense::Litigation,
        Sense::DirectLitigation,
        Sense::LitigationAfterReconsideration,
        Sense::ReconsiderationAndLitigation,
    ];
    against(dossier, Table::Remedies, &senses, &[Claim::Counted])
}
