//! The numbers by applicant that the text gives are those of the table.
//!
//! 自然人 is the first column of 表三; 法人或其他组织 the five behind it. As with the number received, those
//! carried in may be counted or not.
//!
//! # 说明
//! 正文所说自然人、法人或其他组织的申请数应与表三相应各列一致（可以只计本年新收，也可以包括上年结转）。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "其中自然人申请99件。" } } } }
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
    code: "NAR-006",
    title: &Text::fixed("正文的申请人类别数应与表三一致", "The numbers by applicant agree with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_006_applicants.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Applications, &[Sense::NaturalPerson, Sense::Organization], &[Claim::Counted])
}
