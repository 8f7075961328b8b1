//! The number carried in that the text gives is that of the table.
//!
//! 上年结转 in the text is 二 of 表三.
//!
//! # 说明
//! 正文所说“上年结转”的申请数应等于表三第二项总计。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "上年结转申请9件。" } } } }
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
    code: "NAR-002",
    title: &Text::fixed("正文的上年结转数应与表三一致", "The number carried in agrees with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_002_carried_over.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Applications, &[Sense::CarriedOver], &[Claim::Counted, Claim::None])
}
