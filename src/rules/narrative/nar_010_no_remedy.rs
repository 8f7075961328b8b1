//! Where the text says that there was no review or suit, the table has none.
//!
//! 未发生行政复议、行政诉讼 means that the blocks of 表四 are 0 in 总计.
//!
//! # 说明
//! 正文说“未发生”政府信息公开行政复议、行政诉讼的，表四相应总计应为 0。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "4": { "text": "2023年，未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。" } } } }
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
    code: "NAR-010",
    title: &Text::fixed("正文称未发生复议、诉讼的，表四应为 0", "“No review or suit” agrees with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（四）"), Basis::of_60("附件 四")],
    source: include_str!("nar_010_no_remedy.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Remedies, &[Sense::Reconsideration, Sense::Litigation], &[Claim::None])
}
