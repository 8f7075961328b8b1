//! The documents made public in all are at least those made public this year.
//!
//! 对外公开总数量 counts all documents that are public, this year's with them.
//!
//! # 说明
//! 2019年版格式的“对外公开总数量”包括本年新公开的，不应少于“本年新公开数量”。
//!
//! # Bad
//! ```json
//! { "report": { "disclosure_2019": { "normative_documents": { "made": 3, "disclosed": 3, "total_public": 2 } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "disclosure_2019": { "normative_documents": { "made": 3, "disclosed": 3, "total_public": 3 } } } }
//! ```
use super::bounds::Bound;
use crate::{
    report::{Column, Row},
    rule::{Basis, BuiltIn, OF_2019, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "REG-002",
    title: &Text::fixed(
        "对外公开总数量不应少于本年新公开数量",
        "The documents made public in all are at least those of this year",
    ),
    severity: Severity::Warning,
    editions: OF_2019,
    basis: &[Basis::of_60("附件 二 第二十条第（一）项")],
    source: include_str!("reg_002_public_and_disclosed.rs"),
    ..BuiltIn::new(|dossier| BOUND.ruling(dossier))
};

static BOUND: Bound = Bound {
    rows: [Row::Regulations2019, Row::NormativeDocuments2019],
    whole: Column::TotalPublic,
    part: Column::Disclosed,
    advice: Text::fixed("核对两项数字，总数应包括本年新公开的", "check both; the whole includes this year's"),
};
