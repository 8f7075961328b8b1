//! The report was handed up in time.
//!
//! Departments and townships hand up by 31 January; county governments by 20 February, city governments
//! by 10 March, provinces by 31 March (30号 二, from 2021 on; before, 条例 第四十九条 names departments alone). The level must
//! be stated. Late is a warning: these are dates between offices.
//!
//! # 说明
//! 部门和乡镇应在次年1月31日前报送；县级政府2月20日前、地市级政府3月10日前、省级政府3月31日前提交（30号二，2021年度起；此前只有条例第四十九条对部门的规定）。政府的层级须由调用方给出。逾期为警告。
//!
//! # Bad
//! ```json 2021
//! { "report": { "submitted_on": { "year": 2024, "month": 2, "day": 21 } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "submitted_on": { "year": 2024, "month": 2, "day": 20 } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{BodyKind, Date, Edition, Level, Location},
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, REGULATION, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "PUB-003",
    title: &Text::fixed("年度报告应按时报送", "The report was handed up in time"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Dates],
    basis: &[Basis::of(REGULATION, Edition::Of2019, "第四十九条第一款"), Basis::of_30("二（一）（二）")],
    source: include_str!("pub_003_handed_up_in_time.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let Some(on) = report.submitted_on else {
        return Ruling::not_applicable(Text::fixed("没有报送日期", "the day of handing up is not stated"));
    };
    let day = match (report.kind_of_body(), report.body.level) {
        (BodyKind::Department | BodyKind::Township, _) => (1, 31),
        (BodyKind::Government, _) if !report.is_under_30() => {
            return Ruling::not_applicable(Text::fixed(
                "2021年度以前没有规定政府报送年度报告的日期",
                "before 2021 no day was set for the reports of governments",
            ));
        }
        (BodyKind::Government, Level::County) => (2, 20),
        (BodyKind::Government, Level::City) => (3, 10),
        (BodyKind::Government, Level::Province) => (3, 31),
        _ => {
            return Ruling::not_applicable(Text::fixed(
                "不能确定机关的性质和层级",
                "kind and level of the body are not known",
            ));
        }
    };
    match report.year.and_then(|year| Date::new(year + 1, day.0, day.1)) {
        None => Ruling::not_applicable(Text::fixed("报告年度未知", "the report year is not known")),
        Some(due) if on <= due => Ruling::satisfied(),
        Some(due) => Ruling::of([late(on, due)]),
    }
}

fn late(on: Date, due: Date) -> Violation {
    let message = Text::new(format!("报送日期 {on} 晚于期限 {due}"), format!("handed up on {on}, after {due}"));
    Violation::at(Location::Report, message)
        .expecting(Text::new(format!("不晚于 {due}"), format!("by {due}")), Text::same(on.to_string()))
        .advising(Text::fixed("核实报送日期", "check the date"))
}
