//! The tables are of the edition in force for the report's year.
//!
//! 60号 prescribes the form for the reports of 2019 and 2020, 30号 the form for 2021 and later. All
//! other rules follow the form that was found, so that the wrong form is one error and not a hundred
//! missing rows. For the year 2019 the form was encouraged, not required (60号 二): a warning there.
//!
//! # 说明
//! 2019、2020年度报告使用60号文所附格式，2021年度起使用30号文所附格式。其他规则一律按报告实际所用的格式检查，因此用错格式只报本条一个错误。2019年度为“鼓励”使用（60号二），降为警告。
//!
//! # Bad
//! ```json 2019
//! { "report": { "year": 2023, "title": "白川市生态环境局2023年政府信息公开工作年度报告",
//!     "preamble": "统计期限自2023年1月1日起至2023年12月31日止。" } }
//! ```
//! ```json 2021
//! { "report": { "year": 2020, "title": "青溪县人民政府2020年政府信息公开工作年度报告", "published_on": null,
//!     "preamble": "统计期限自2020年1月1日起至2020年12月31日止。",
//!     "sections": {
//!       "1": { "text": "主动公开、依申请公开、信息管理、平台建设和监督保障工作有序，开展了考核、评议，没有责任追究情形。" },
//!       "6": { "text": "本机关收取信息处理费0元。" } } } }
//! ```
//!
//! # Good
//! ```json 2019
//! { "report": { "year": 2019, "title": "白川市生态环境局2019年政府信息公开工作年度报告", "published_on": null,
//!     "preamble": "统计期限自2019年1月1日起至2019年12月31日止。" } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Edition, Location},
    rule::{Basis, BuiltIn, NOT_LEGACY, NOTICE_30, NOTICE_60, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "EDN-001",
    title: &Text::fixed("表格应使用报告年度适用的格式版本", "The tables are of the edition in force for the year"),
    severity: Severity::Error,
    of_form: true,
    editions: NOT_LEGACY,
    basis: &[
        Basis::of(NOTICE_30, Edition::Unknown, "附件（2021年度起适用）"),
        Basis::of(NOTICE_60, Edition::Unknown, "一、二（2019、2020年度适用）"),
    ],
    source: include_str!("edn_001_form_of_the_year.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let Some(year) = report.year else {
        return Ruling::undetermined(Text::fixed("报告年度未知，无法确定适用的格式", "the report year is not known"));
    };
    match (Edition::in_force(year), report.edition) {
        (Edition::Legacy, _) => Ruling::not_applicable(Text::new(
            format!("{year}年度没有统一格式"),
            format!("no form was prescribed for {year}"),
        )),
        (_, Edition::Unknown) => {
            Ruling::undetermined(Text::fixed("未能识别报告所用格式", "the form of the report was not recognised"))
        }
        (in_force, found) if in_force == found => Ruling::satisfied(),
        (in_force, found) => Ruling::of([wrong_form(year, in_force, found)]),
    }
}

fn wrong_form(year: i32, in_force: Edition, found: Edition) -> Violation {
    let (due, used) = (in_force.name(), found.name());
    let message = Text::new(
        format!("{year}年度报告应使用{}，实际使用了{}", due.zh, used.zh),
        format!("the report of {year} uses {} instead of {}", used.en, due.en),
    );
    Violation::at(Location::Report, message).expecting(due, used).advising(Text::new(
        format!("按{}所附格式重新填报各表", in_force.instrument()),
        format!("fill in the tables of {}", in_force.instrument()),
    ))
}
