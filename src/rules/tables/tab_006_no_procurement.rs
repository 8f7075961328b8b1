//! A report of edition 2021 has no procurement block.
//!
//! 30号 dropped 第二十条第（九）项 from 表二. A block 政府集中采购 is left over from the form of 2019.
//!
//! # 说明
//! 2021年版格式的表二已取消第二十条第（九）项（政府集中采购），不应再填报。
//!
//! # Bad
//! ```json
//! { "report": { "disclosure_2019": { "procurement": { "projects": 3, "amount": "12.0000" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Location, Row},
    rule::{Basis, BuiltIn, OF_2021, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-006",
    title: &Text::fixed("2021年版格式没有政府集中采购", "No procurement block in edition 2021"),
    severity: Severity::Error,
    of_form: true,
    editions: OF_2021,
    basis: &[Basis::of_30("一（二）、附件 二")],
    source: include_str!("tab_006_no_procurement.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    if !dossier.report.figures.has_row(Row::Procurement) {
        return Ruling::satisfied();
    }
    let message = Text::fixed(
        "2021年版格式的表二不含政府集中采购，报告中仍有此项",
        "the form of 2021 has no procurement block; the report still has one",
    );
    Ruling::of([Violation::at(Location::Row(Row::Procurement), message)
        .expecting(Text::fixed("没有此项", "no such block"), Text::same(Row::Procurement.label()))
        .about(dossier, Row::Procurement.cells())
        .advising(Text::fixed("删去第二十条第（九）项", "remove the block 第二十条第（九）项"))])
}
