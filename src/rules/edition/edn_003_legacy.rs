//! A report of the free older structure is recognised, and not judged.
//!
//! Reports of 2018 and before follow no form that could be checked (一、概述 … 收费及减免情况). The
//! finding says so; every other rule is not applicable, and the verdict stays undetermined.
//!
//! # 说明
//! 2018年及以前的报告没有统一格式，只识别、不判断，结论为“无法判断”。
//!
//! # Bad
//! ```json
//! { "report": { "year": 2016, "edition": "EDITION_LEGACY", "disclosure_2019": null, "disclosure_2021": null } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Edition, Location},
    rule::{Basis, Bounds, BuiltIn, NOTICE_60, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "EDN-003",
    title: &Text::fixed(
        "报告应使用统一格式（2018年度及以前的不作判断）",
        "A report of the old structure is not judged",
    ),
    severity: Severity::Info,
    bounds: Bounds::KEPT,
    of_form: true,
    editions: &[Edition::Legacy],
    basis: &[Basis::of(NOTICE_60, Edition::Unknown, "二")],
    source: include_str!("edn_003_legacy.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let year = dossier.report.year.map(|year| year.to_string()).unwrap_or_default();
    let message = Text::fixed(
        "报告为2018年度及以前的格式，当时没有统一格式，不作判断",
        "the report has the free structure of 2018 and before, for which no form was prescribed",
    );
    Ruling::of([Violation::at(Location::Report, message).expecting(Text::default(), Text::same(year))])
}
