//! The report says whose it is, and of which year.
//!
//! Without body and year findings can't be told from those of other reports, and what depends on the year can't be checked.
//!
//! # 说明
//! 报告应能看出单位和年度；缺少的，检查结果无法与其他报告区分，与年度有关的规则也无法执行。提交时可以另行说明。一并提交的上一年度报告和下级报告同样如此：缺少的，按提交者所说的予以比较，并作提示；其中没有任何数字和正文的，不作比较。
//!
//! # Bad
//! ```json 2021
//! { "report": { "body": { "name": "", "code": "" } } }
//! ```
//! ```json 2021
//! { "previous": { "preamble": "根据条例编制。", "body": {} } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "body": { "name": "", "code": "11340000MB0000001A" } } }
//! ```
use super::{name, reports, told};
use crate::{
    dossier::{Dossier, holds_nothing},
    report::{AnnualReport, Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Origin, Ruling, Severity, Violation},
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
    basis: &[Basis::of("接口约定", Edition::Unknown, "报告的单位、年度")],
    source: include_str!("ctx_006_not_identified.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let all = reports(dossier).flat_map(|(origin, report)| {
        missing(origin, report).into_iter().map(move |(place, what)| (origin, place, what))
    });
    Ruling::of(all.map(|(origin, place, what)| violation(dossier, origin, place, &what)))
}

/// What a report doesn't say of itself; of one that was sent beside, whether there is anything in it at all.
fn missing(origin: Origin, report: &AnnualReport) -> Vec<(Location, Text)> {
    if origin != Origin::Subject && holds_nothing(report) {
        return vec![(Location::Report, Text::fixed("数字和正文", "figures and text"))];
    }
    let mut missing = Vec::new();
    if report.body.name.is_empty() && report.body.code.is_empty() {
        missing.push((Location::Body, Text::fixed("单位", "body")));
    }
    if report.year.is_none() {
        missing.push((Location::Year, Text::fixed("年度", "year")));
    }
    missing
}

fn violation(dossier: &Dossier, origin: Origin, place: Location, what: &Text) -> Violation {
    let Text { zh, en } = name(dossier, origin);
    let (heeded, advice) = match (origin, place) {
        (Origin::Subject, _) => (
            Text::default(),
            Text::new(
                format!("在报告中写明{}，或在提交时另行说明", what.zh),
                format!("state the {}, in the report or beside it", what.en),
            ),
        ),
        (_, Location::Report) => (
            Text::fixed("，没有作比较", ": nothing was compared"),
            Text::fixed("核对提交的文件", "check what was sent"),
        ),
        _ => (
            Text::fixed("，按提交者所说的予以比较", ": it was compared as what it was sent as"),
            Text::new(format!("核对该份报告，写明{}", what.zh), format!("check it, and state its {}", what.en)),
        ),
    };
    let message = Text::new(
        format!("看不出{zh}的{}{}", what.zh, heeded.zh),
        format!("{en} does not tell its {}{}", what.en, heeded.en),
    );
    told(origin, place, message).advising(advice)
}
