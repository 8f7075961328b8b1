//! A county publishes its government's report by 20 February, a city by 10 March.
//!
//! 30号 二（二） has county and city governments hand up their report and publish it by these days, earlier than 条例 第四十九条
//! asks: who keeps to the law alone is late by the notice, so that it is a warning, and from 31 March on PUB-002 speaks.
//! The level must be stated, or told by the body's name.
//!
//! # 说明
//! 县级政府应于次年2月20日前、地市级政府应于3月10日前提交并向社会公布年度报告（30号二（二），2021年度起）。晚于该日、但不晚于条例规定的3月31日的，作警告；晚于3月31日的见 PUB-002。层级不能确定的不判断。
//!
//! # Bad
//! ```json 2021
//! { "report": { "published_on": { "year": 2024, "month": 2, "day": 21 } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "published_on": { "year": 2024, "month": 2, "day": 20 } } }
//! ```
use super::deadline::by;
use crate::{
    dossier::Dossier,
    report::{BodyKind, Level},
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "PUB-005",
    title: &Text::fixed(
        "县级政府2月20日前、地市级政府3月10日前公布",
        "A county publishes by 20 February, a city by 10 March",
    ),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Dates],
    basis: &[Basis::of_30("二（二）")],
    source: include_str!("pub_005_summary_in_time.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let due = match dossier.report.level_of_body() {
        Level::County => (2, 20),
        Level::City => (3, 10),
        _ => {
            return Ruling::not_applicable(Text::fixed("不能确定是县级或地市级", "the level of the body is not known"));
        }
    };
    let mut ruling = by(dossier, &[BodyKind::Government], due);
    for late in &mut ruling.violations {
        late.severity = None;
        late.yields_to = Some(("PUB-002", late.location));
    }
    ruling
}
