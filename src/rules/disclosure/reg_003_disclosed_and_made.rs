//! The documents made public this year are at most those made this year.
//!
//! Documents of earlier years that are made public only now explain more of them: worth knowing, no more.
//!
//! # 说明
//! 2019年版格式的“本年新公开数量”一般不大于“本年新制作数量”。补充公开以前年度文件的，会大于，故只作提示。
//!
//! # Bad
//! ```json
//! { "report": { "disclosure_2019": { "normative_documents": { "made": 3, "disclosed": 5, "total_public": 28 } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "disclosure_2019": { "normative_documents": { "made": 3, "disclosed": 2, "total_public": 28 } } } }
//! ```
use super::bounds::Bound;
use crate::{
    report::{Column, Row},
    rule::{Basis, BuiltIn, OF_2019, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "REG-003",
    title: &Text::fixed(
        "本年新公开数量一般不大于本年新制作数量",
        "The documents made public this year are at most those made",
    ),
    severity: Severity::Info,
    editions: OF_2019,
    basis: &[Basis::of_60("附件 二 第二十条第（一）项")],
    source: include_str!("reg_003_disclosed_and_made.rs"),
    ..BuiltIn::new(|dossier| BOUND.ruling(dossier))
};

static BOUND: Bound = Bound {
    rows: [Row::Regulations2019, Row::NormativeDocuments2019],
    whole: Column::Made,
    part: Column::Disclosed,
    advice: Text::fixed(
        "核对两项数字；补充公开了以前年度文件的，可不改",
        "check both; documents of earlier years made public only now explain it",
    ),
};
