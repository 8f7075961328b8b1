//! A department publishes its report by 31 January.
//!
//! 条例 第四十九条 gives departments at county level and above until 31 January of the next year; townships
//! follow them (30号 二（一）), so that for them being late is a warning; systems that are led from above have until
//! 31 March for the report on the whole system (30号 二（二）), and a hint in between. A body of unknown kind between the two days
//! may be either: undetermined. A date that the caller states makes an error; one found on a page only warns,
//! since pages are published again.
//!
//! # 说明
//! 县级以上人民政府部门应在次年1月31日前公布年度报告（条例第四十九条），乡镇、街道参照执行（30号二（一）），逾期只作警告；实行垂直领导的部门汇总全系统的年度报告，期限为3月31日（30号二（二）），其间公布的只作提示；从名称不能确定机关性质、而另行说明的公布日期在两个期限之间的，注明无法判断。调用方给出的日期逾期的为错误；从网页上读到的日期逾期的只作警告，因为网页可能重新发布。
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
use super::deadline::{FIRST, LAST, Late, by, open_kind};
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

static OF_A_SYSTEM: Text = Text::fixed(
    "核对是否为汇总全系统的年度报告：这种报告的期限为3月31日，本机关自身报告的期限为1月31日",
    "check whether it is the report on a whole system, due by 31 March; that of a body itself is due by 31 January",
);

fn check(dossier: &Dossier) -> Ruling {
    const KINDS: [BodyKind; 2] = [BodyKind::Department, BodyKind::Township];
    let report = &dossier.report;
    if let Some(open) = open_kind(dossier, Late::ForSome) {
        return open;
    }
    let mut ruling = by(dossier, &KINDS, FIRST);
    if !ruling.violations.is_empty() && is_of_a_vertical_system(&report.body.name) {
        let of_the_system = by(dossier, &KINDS, LAST);
        match of_the_system.violations.is_empty() {
            true => ruling.violations.iter_mut().for_each(|own| own.severity = Some(Severity::Info)),
            false => ruling = of_the_system,
        }
        ruling.violations.iter_mut().for_each(|own| own.advice = OF_A_SYSTEM.clone());
    }
    // 参照: townships follow what is asked of departments.
    if report.kind_of_body() == BodyKind::Township {
        ruling.violations.iter_mut().for_each(|violation| violation.severity = Some(Severity::Warning));
    }
    ruling
}

/// Whether a body belongs to a system that is led from above, and may report on the whole of it (30号 二（二）).
fn is_of_a_vertical_system(name: &str) -> bool {
    const SYSTEMS: [&str; 16] = [
        "税务局",
        "海关",
        "气象局",
        "海事局",
        "烟草专卖局",
        "邮政管理局",
        "通信管理局",
        "地震局",
        "调查队",
        "矿山安全监察局",
        "消防救援",
        "金融监督管理局",
        "监管局",
        "证监局",
        "外汇管理局",
        "边防检查",
    ];
    SYSTEMS.iter().any(|system| name.contains(system))
}
