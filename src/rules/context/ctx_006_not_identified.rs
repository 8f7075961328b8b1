//! The report says whose it is, and of which year.
//!
//! Without body and year findings can't be told from those of other reports, and what depends on the year can't be checked.
//!
//! # 说明
//! 报告应能看出单位和年度；缺少的，检查结果无法与其他报告区分，与年度有关的规则也无法执行。可由调用方在 hints 中给出。
//!
//! # Bad
//! ```json 2021
//! { "report": { "body": { "name": "", "code": "" } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "body": { "name": "", "code": "11340000MB0000001A" } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CTX-006",
    title: &Text::fixed("应能看出报告的单位和年度", "The report says whose it is, and of which year"),
    severity: Severity::Warning,
    bounds: Bounds::KEPT,
    of_context: true,
    inputs: &[Input::Report],
    awaits_completion: true,
    basis: &[Basis::of("gouji 接口约定", Edition::Unknown, "AnnualReport.body、AnnualReport.year")],
    source: include_str!("ctx_006_not_identified.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let body = report.body.name.is_empty() && report.body.code.is_empty();
    let missing = [
        (body, Location::Report, Text::fixed("单位", "the body")),
        (report.year.is_none(), Location::Year, Text::fixed("年度", "the year")),
    ];
    Ruling::of(missing.into_iter().filter(|(missing, ..)| *missing).map(|(_, place, Text { zh, en })| {
        let message = Text::new(format!("看不出报告的{zh}"), format!("{en} of the report is not known"));
        Violation::at(place, message)
            .expecting(Text::new(zh.clone(), en.clone()), Text::fixed("没有", "none"))
            .advising(Text::new(
                format!("写明{zh}，或在 hints 中给出"),
                format!("state {en}, in the report or in hints"),
            ))
    }))
}
