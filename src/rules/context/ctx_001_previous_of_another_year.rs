//! What is sent as last year's report is last year's.
//!
//! A report of the same year, or of an earlier one, would be compared with the wrong figures: nothing is compared.
//!
//! # 说明
//! 作为上一年度报告提交的，应是上一年度的报告；年度不对的，不作任何跨年比较。
//!
//! # Bad
//! ```json 2021
//! { "previous": { "preamble": "根据条例编制。", "year": 2023 } }
//! ```
//! ```json 2021
//! { "previous": { "preamble": "根据条例编制。", "year": 2021 } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "previous": { "preamble": "根据条例编制。", "year": 2022 } }
//! ```
use super::told;
use crate::{
    dossier::{Dossier, Misplaced},
    report::{Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Origin, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CTX-001",
    title: &Text::fixed("上一年度报告应是上一年度的", "What is sent as last year’s report is last year’s"),
    severity: Severity::Error,
    bounds: Bounds::KEPT,
    of_context: true,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of("接口约定", Edition::Unknown, "上一年度报告")],
    source: include_str!("ctx_001_previous_of_another_year.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let Some(year) = dossier.report.year.filter(|_| dossier.previous.is_some()) else {
        return Ruling::not_applicable(Text::fixed(
            "未提供上一年度报告，或报告年度未知",
            "last year's report was not sent",
        ));
    };
    let Some(Misplaced::Year(found)) = dossier.previous_misplaced() else { return Ruling::satisfied() };
    let due = year - 1;
    let message = Text::new(
        format!("作为上一年度报告提交的是{found}年度报告，不是{due}年度的，没有作比较"),
        format!("what was sent as last year's report is of {found}, not of {due}: nothing was compared"),
    );
    Ruling::of([told(Origin::Previous, Location::Year, message)
        .expecting(Text::same(due.to_string()), Text::same(found.to_string()))
        .advising(Text::new(format!("改为提交{due}年度报告"), format!("send the report of {due}")))])
}
