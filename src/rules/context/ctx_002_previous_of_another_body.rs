//! What is sent as last year's report is this body's.
//!
//! Bodies are told by their codes; where one of the two has none, by their names, which may have changed, so that it is a
//! warning. Nothing is compared either way.
//!
//! # 说明
//! 作为上一年度报告提交的，应是同一单位的报告。以统一社会信用代码判断；有一方没有代码的，以名称判断，因单位可能更名，只作警告。不是同一单位的，不作任何跨年比较。
//!
//! # Bad
//! ```json 2021
//! { "report": { "body": { "code": "11340000MB0000001A" } }, "previous": { "preamble": "根据条例编制。", "year": 2022, "body": { "code": "11340000MB0000002B" } } }
//! ```
//! ```json 2021
//! { "previous": { "preamble": "根据条例编制。", "year": 2022, "body": { "name": "丰原县人民政府" } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "previous": { "preamble": "根据条例编制。", "year": 2022, "body": { "name": "青溪县人民政府办公室" } } }
//! ```
use super::told;
use crate::{
    dossier::{Dossier, Misplaced},
    report::{Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Origin, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CTX-002",
    title: &Text::fixed("上一年度报告应是本单位的", "What is sent as last year’s report is this body’s"),
    severity: Severity::Error,
    bounds: Bounds::KEPT,
    of_context: true,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of("接口约定", Edition::Unknown, "上一年度报告")],
    source: include_str!("ctx_002_previous_of_another_body.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let Some(previous) = &dossier.previous else {
        return Ruling::not_applicable(Text::fixed("未提供上一年度报告", "last year's report was not sent"));
    };
    let (by_code, found) = match dossier.previous_misplaced() {
        Some(Misplaced::Code) => (true, [&previous.body.code, &dossier.report.body.code]),
        Some(Misplaced::Name) => (false, [&previous.body.name, &dossier.report.body.name]),
        _ => return Ruling::satisfied(),
    };
    let [found, own] = found;
    let message = Text::new(
        format!("作为上一年度报告提交的是另一单位（{found}）的报告，本报告的单位是{own}，没有作比较"),
        format!("what was sent as last year's report is of {found}, this report is of {own}: nothing was compared"),
    );
    let severity = if by_code { Severity::Error } else { Severity::Warning };
    Ruling::of([told(Origin::Previous, Location::Body, message)
        .expecting(Text::same(own.clone()), Text::same(found.clone()))
        .graded(severity)
        .advising(Text::fixed(
            "改为提交本单位上一年度的报告；单位更名的，两份报告都写明统一社会信用代码",
            "send this body's report of last year; where its name changed, give the code in both",
        ))])
}
