//! Where the text says that no application was received, the table has none.
//!
//! 未收到 and 没有收到 mean that 一 of 表三 is 0 in 总计.
//!
//! # 说明
//! 正文说“未收到”政府信息公开申请的，表三第一项总计应为 0。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "全年未收到政府信息公开申请。" } } } }
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
    code: "NAR-009",
    title: &Text::fixed("正文称未收到申请的，表三应为 0", "“No application received” agrees with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_009_no_application.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Applications, &[Sense::Received], &[Claim::None])
}
