//! How reviews and suits ended, as the text has it, is what the table says.
//!
//! 维持, 纠正, 其他 and 尚未审结 behind 行政复议 or 行政诉讼 are columns of 表四. That none was 纠错 or lost says that
//! 结果纠正 is nought.
//!
//! # 说明
//! 正文所说复议、诉讼的维持、纠正、其他结果、尚未审结件数应与表四一致；称未发生纠错、败诉的，结果纠正应为 0。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "4": { "text": "2023年，因政府信息公开工作被申请行政复议2件，其中维持7件。" } } } }
//! ```
//! ```json 2019
//! { "report": { "sections": { "4": { "text": "2020年，因政府信息公开工作被提起行政诉讼0件，其中结果纠正3件。" } } } }
//! ```
use std::sync::LazyLock;

use super::compare::against;
use crate::{
    dossier::Dossier,
    narrative::{Claim, Sense},
    report::Table,
    rule::{Basis, BuiltIn, Input, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-018",
    title: &Text::fixed("正文的复议、诉讼结果应与表四一致", "How reviews and suits ended agrees with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（四）"), Basis::of_60("附件 四")],
    source: include_str!("nar_018_results_of_suits.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    /// Of each kind of cases each way to end.
    static SENSES: LazyLock<Vec<Sense>> =
        LazyLock::new(|| Sense::all().filter(|sense| matches!(sense, Sense::Ended(..))).collect());
    against(dossier, Table::Remedies, &SENSES, &[Claim::Counted, Claim::None])
}
