//! A department publishes its report by 31 January.
//!
//! 条例 第四十九条 gives departments at county level and above until 31 January of the next year; townships
//! follow them (30号 二（一）). A date that the caller states makes an error; one found on a page only warns,
//! since pages are published again.
//!
//! # 说明
//! 县级以上人民政府部门应在次年1月31日前公布年度报告（条例第四十九条），乡镇参照执行（30号二（一））。调用方给出的日期逾期的为错误；从网页上读到的日期逾期的只作警告，因为网页可能重新发布。
//!
//! # Bad
//! ```json 2019
//! { "report": { "published_on": { "year": 2021, "month": 2, "day": 1 } } }
//! ```
//!
//! # Good
//! ```json 2019
//! { "report": { "published_on": { "year": 2021, "month": 1, "day": 31 } } }
//! ```
use super::deadline::by;
use crate::{
    dossier::Dossier,
    report::BodyKind,
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "PUB-001",
    title: &Text::fixed("部门（乡镇）应在次年1月31日前公布", "A department publishes by 31 January"),
    severity: Severity::Error,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Dates],
    basis: &[Basis::of_regulation("第四十九条第一款"), Basis::of_30("二（一）")],
    source: include_str!("pub_001_department_in_time.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    by(dossier, &[BodyKind::Department, BodyKind::Township], 1, 31)
}
