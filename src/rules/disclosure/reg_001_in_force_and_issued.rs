//! The documents in force are at least those issued this year.
//!
//! What was issued this year is in force at its end, but for the rare document that was issued and
//! repealed within the year. A 现行有效件数 that is less was mostly given without this year's documents,
//! or left at 0.
//!
//! # 说明
//! 本年制发的规章、行政规范性文件到年底一般都现行有效，现行有效件数不应少于本年制发件数；当年制发当年废止的除外。
//!
//! # Bad
//! ```json
//! { "report": { "disclosure_2021": { "normative_documents": { "issued": 6, "repealed": 2, "in_force": 4 } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "disclosure_2021": { "normative_documents": { "issued": 6, "repealed": 2, "in_force": 6 } } } }
//! ```
use super::bounds::Bound;
use crate::{
    report::{Column, Row},
    rule::{Basis, BuiltIn, OF_2021, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "REG-001",
    title: &Text::fixed("现行有效件数不应少于本年制发件数", "The documents in force are at least those issued"),
    severity: Severity::Warning,
    editions: OF_2021,
    basis: &[Basis::of_30("附件 二 第二十条第（一）项")],
    source: include_str!("reg_001_in_force_and_issued.rs"),
    ..BuiltIn::new(|dossier| BOUND.ruling(dossier))
};

static BOUND: Bound = Bound {
    rows: [Row::Regulations2021, Row::NormativeDocuments2021],
    whole: Column::InForce,
    part: Column::Issued,
    advice: Text::fixed(
        "核对现行有效件数是否漏计本年制发的文件；当年制发当年废止的，可不改",
        "check whether this year's documents were left out; one issued and repealed within the year explains it",
    ),
};
