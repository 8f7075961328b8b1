//! The number received that the text gives is that of the table.
//!
//! 收到, 受理, 收办 and 办理 are used in an open sense: they count the year's new applications, or those
//! carried in too. A number that equals neither is an error; 新收 counts the new ones alone. A number
//! that equals both together is NAR-016's remark.
//!
//! # 说明
//! 正文所说“收到”“受理”“收办”“办理”的申请数，可能只计本年新收，也可能包括上年结转，与两者都不相等的为错误；“新收”只能等于本年新收。等于两者之和的，见 NAR-016 的提示。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "全年共收到政府信息公开申请99件。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "全年共收到政府信息公开申请16件。" } } } }
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
    code: "NAR-001",
    title: &Text::fixed("正文的收到申请数应与表三一致", "The number received agrees with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_001_received.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Applications, &[Sense::Received, Sense::ReceivedNew], &[Claim::Counted])
}
