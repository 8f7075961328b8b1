//! The report says whose it is, and of which year.
//!
//! Without body and year findings can't be told from those of other reports, and what depends on the year can't be checked.
//!
//! # 说明
//! 报告应能看出单位和年度；缺少的，检查结果无法与其他报告区分，与年度有关的规则也无法执行。可由调用方在 hints 中给出。一并提交的上一年度报告和下级报告同样如此：缺少的，按提交者所说的予以比较，并作提示。
//!
//! # Bad
//! ```json 2021
//! { "report": { "body": { "name": "", "code": "" } } }
//! ```
//! ```json 2021
//! { "previous": { "body": {} } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "body": { "name": "", "code": "11340000MB0000001A" } } }
//! ```
use super::{name, reports, told};
use crate::{
    dossier::Dossier,
    report::{Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Origin, Ruling, Severity},
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
    let missing = reports(dossier).flat_map(|(origin, report)| {
        let body = report.body.name.is_empty() && report.body.code.is_empty();
        let body = body.then_some((Location::Body, Text::fixed("单位", "the body")));
        let year = report.year.is_none().then_some((Location::Year, Text::fixed("年度", "the year")));
        [body, year].into_iter().flatten().map(move |(place, what)| (origin, place, what))
    });
    Ruling::of(missing.map(|(origin, place, what)| {
        let Text { zh, en } = name(dossier, origin);
        let (heeded_zh, heeded_en) = match origin {
            Origin::Subject => ("", ""),
            _ => ("，按提交者所说的予以比较", ": it was compared as what it was sent as"),
        };
        let message = Text::new(
            format!("看不出{zh}的{}{heeded_zh}", what.zh),
            format!("{} of {en} is not known{heeded_en}", what.en),
        );
        let advice = match origin {
            Origin::Subject => Text::new(
                format!("写明{}，或在 hints 中给出", what.zh),
                format!("state {}, in the report or in hints", what.en),
            ),
            _ => Text::new(format!("核对该份报告，写明{}", what.zh), format!("check it, and state {}", what.en)),
        };
        told(origin, place, message).advising(advice)
    }))
}
