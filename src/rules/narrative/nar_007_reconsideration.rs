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
    code: Cow::Borrowed("NAR-007"),
    version: 1,
    title: Text::fixed("正文的行政复议数应与表四一致", "The number of reviews agrees with the table"),
    severity: Severity::Error,
    bounds: Bounds::FREE,
    of_form: false,
    editions: Cow::Borrowed(BOTH),
    inputs: Cow::Borrowed(&[Input::Report, Input::Statements]),
    basis: Cow::Borrowed(&[Basis::of_30("一（四）"), Basis::of_60("附件 四")]),
    check: Check::Native(check),
    source: Cow::Borrowed(include_str!("nar_007_reconsideration.rs")),
};

fn check(dossier: &Dossier) -> Ruling {
    against(dossier, Table::Remedies, &[Sense::Reconsideration], |_, _| {
        vec![Meaning::of("行政复议总计", [total(Row::Reconsideration)])]
    })
}
