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
use std::borrow::Cow;

use super::compare::{Meaning, none_of, total};
use crate::{
    dossier::Dossier,
    narrative::Sense,
    report::{Row, Table},
    rule::{BOTH, Basis, Bounds, Check, Input, Rule, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: Rule = Rule {
    code: Cow::Borrowed("NAR-010"),
    version: 1,
    title: Text::fixed("正文称未发生复议、诉讼的，表四应为 0", "“No review or suit” agrees with the table"),
    severity: Severity::Error,
    bounds: Bounds::FREE,
    of_form: false,
    editions: Cow::Borrowed(BOTH),
    inputs: Cow::Borrowed(&[Input::Report, Input::Statements]),
    basis: Cow::Borrowed(&[Basis::of_30("一（四）"), Basis::of_60("附件 四")]),
    check: Check::Native(check),
    source: Cow::Borrowed(include_str!("nar_010_no_remedy.rs")),
};

fn check(dossier: &Dossier) -> Ruling {
    let suits = [Row::DirectLitigation, Row::LitigationAfterReconsideration].map(total);
    let denied = [
        (Sense::Reconsideration, Meaning::of("行政复议总计", [total(Row::Reconsideration)])),
        (Sense::Litigation, Meaning::of("两类行政诉讼总计之和", suits)),
    ];
    none_of(dossier, Table::Remedies, &denied)
}
