//! The number of reviews that the text gives is that of the table.
//!
//! 行政复议 in the text is the 总计 of the first block of 表四.
//!
//! # 说明
//! 正文所说政府信息公开行政复议的件数应等于表四行政复议总计。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "4": { "text": "2023年，因政府信息公开工作被申请行政复议9件，被提起行政诉讼1件。" } } } }
//! ```
//! ```json 2019
//! { "report": { "sections": { "4": { "text": "2020年，因政府信息公开工作被申请行政复议9件，被提起行政诉讼0件。" } } } }
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
    code: "NAR-007",
    title: &Text::fixed("正文的行政复议数应与表四一致", "The number of reviews agrees with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（四）"), Basis::of_60("附件 四")],
    source: include_str!("nar_007_reconsideration.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Remedies, &[Sense::Reconsideration], &[Claim::Counted])
}
