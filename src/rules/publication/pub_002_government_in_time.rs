//! A government publishes its report by 31 March.
//!
//! 条例 第四十九条 gives the responsible office until 31 March of the next year for the report of its
//! government.
//!
//! # 说明
//! 县级以上地方人民政府的年度报告应在次年3月31日前公布（条例第四十九条第二款）。从名称不能确定机关性质，而另行说明的公布日期晚于3月31日的，
//! 无论何类机关均已逾期，不作合规处理，注明无法判断。
//!
//! # Bad
//! ```json 2021
//! { "report": { "published_on": { "year": 2024, "month": 4, "day": 1 } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "body": { "level": "LEVEL_PROVINCE" }, "published_on": null }, "hints": { "published_on": { "year": 2024, "month": 3, "day": 31 } } }
//! ```
use super::deadline::{LAST, Late, by, open_kind};
use crate::{
    dossier::Dossier,
    report::BodyKind,
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "PUB-002",
    title: &Text::fixed("政府应在次年3月31日前公布", "A government publishes by 31 March"),
    severity: Severity::Error,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Dates],
    basis: &[Basis::of_regulation("第四十九条第二款"), Basis::of_30("二（二）")],
    source: include_str!("pub_002_government_in_time.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    open_kind(dossier, Late::ForAll).unwrap_or_else(|| by(dossier, &[BodyKind::Government], LAST))
}
