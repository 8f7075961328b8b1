//! The edition that is stated is that of the tables.
//!
//! A structured report may state the edition of the form. Where its tables are of the other one, the tables are checked as
//! what they are, and the statement is told.
//!
//! # 说明
//! 结构化报告写明的格式版本应与其表格一致；不一致的，本报告按表格所属的版本检查，上一年度报告和下级报告不作比较。
//!
//! # Bad
//! ```json 2021
//! { "report": { "edition": "EDITION_2019" } }
//! ```
//! ```json 2019
//! { "report": { "edition": "EDITION_2021" } }
//! ```
//! ```json 2021
//! { "previous": { "year": 2022, "edition": "EDITION_2019", "disclosure_2021": { "permits": { "decisions": 1 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "edition": "EDITION_2021" } }
//! ```
use super::{reports, told};
use crate::{
    dossier::Dossier,
    report::{Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Origin, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CTX-005",
    title: &Text::fixed("写明的格式版本应与表格一致", "The edition stated is that of the tables"),
    severity: Severity::Error,
    bounds: Bounds::KEPT,
    of_context: true,
    inputs: &[Input::Report],
    basis: &[Basis::of("接口约定", Edition::Unknown, "格式版本")],
    source: include_str!("ctx_005_edition_stated.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let stated = reports(dossier).filter(|(_, report)| report.edition_stated != Edition::Unknown);
    Ruling::of(stated.map(|(origin, report)| {
        let (stated, found) = (report.edition_stated, report.edition);
        let Text { zh, en } = super::name(dossier, origin);
        let (what_zh, what_en) = match origin {
            Origin::Subject => ("按表格检查", "it was checked as its tables are"),
            _ => ("没有作比较", "nothing was compared"),
        };
        let message = Text::new(
            format!("{zh}写明的是{}，表格是{}，{what_zh}", name(stated).zh, name(found).zh),
            format!("{en} states {}, its tables are {}: {what_en}", name(stated).en, name(found).en),
        );
        told(origin, Location::Report, message)
            .expecting(name(found), name(stated))
            .advising(Text::fixed("改正格式版本，或换用该版本的表格", "correct the edition, or the tables"))
    }))
}

fn name(edition: Edition) -> Text {
    match edition {
        Edition::Of2019 => Text::fixed("2019年版格式", "the form of 2019"),
        Edition::Of2021 => Text::fixed("2021年版格式", "the form of 2021"),
        Edition::Legacy => Text::fixed("2018年度及以前的格式", "the free structure of 2018 and before"),
        Edition::Unknown => Text::fixed("未知格式", "an unknown form"),
    }
}
