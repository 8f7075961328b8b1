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
use std::borrow::Cow;

use super::compare::{Meaning, against, total};
use crate::{
    dossier::Dossier,
    narrative::Sense,
    report::{Row, Table},
    rule::{BOTH, Basis, Bounds, Check, Input, Rule, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: Rule = Rule {
    code: Cow::Borrowed("NAR-002"),
    version: 1,
    title: Text::fixed("正文的上年结转数应与表三一致", "The number carried in agrees with the table"),
    severity: Severity::Error,
    bounds: Bounds::FREE,
    of_form: false,
    editions: Cow::Borrowed(BOTH),
    inputs: Cow::Borrowed(&[Input::Report, Input::Statements]),
    basis: Cow::Borrowed(&[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")]),
    check: Check::Native(check),
    source: Cow::Borrowed(include_str!("nar_002_carried_over.rs")),
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Applications, &[Sense::CarriedOver], |_, _| {
        vec![Meaning::of("上年结转", [total(Row::CarriedOver)])]
    })
}
