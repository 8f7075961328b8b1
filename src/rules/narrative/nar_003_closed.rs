//! The number closed that the text gives is that of the table.
//!
//! 办结 and 答复 count what 三（七）counts. Some texts leave out those that were carried in; that is read
//! as meant, too, and so is a number without those that ended in 其他处理.
//!
//! # 说明
//! 正文所说“办结”“答复”的申请数应等于表三三（七）总计；不含上年结转的，也视为一致。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "全年共答复申请99件。" } } } }
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
    code: "NAR-003",
    title: &Text::fixed("正文的办结数应与表三一致", "The number closed agrees with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_003_closed.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Applications, &[Sense::Closed], &[Claim::Counted])
}
