//! The number carried on that the text gives is that of the table.
//!
//! 结转下年度 in the text is 四 of 表三.
//!
//! # 说明
//! 正文所说“结转下年度继续办理”的申请数应等于表三第四项总计。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "结转下年度继续办理9件。" } } } }
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
    code: "NAR-004",
    title: &Text::fixed("正文的结转下年度数应与表三一致", "The number carried on agrees with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_004_carried_forward.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Applications, &[Sense::CarriedForward], &[Claim::Counted, Claim::None])
}
