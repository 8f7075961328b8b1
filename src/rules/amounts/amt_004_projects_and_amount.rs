//! Projects have an amount, and an amount has projects.
//!
//! Purchases that cost nothing, or money spent on no purchase: one of the two figures is wrong or left
//! out.
//!
//! # 说明
//! 采购项目数量大于 0 而采购总金额为 0 或空白，或有金额而项目数量为 0 的，其中一项填错或漏填。
//!
//! # Bad
//! ```json
//! { "report": { "disclosure_2019": { "procurement": { "projects": 0 } } } }
//! ```
//! ```json
//! { "report": { "disclosure_2019": { "procurement": { "amount": "0.0000" } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "disclosure_2019": { "procurement": { "projects": 0, "amount": "0" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Decimal, Figure, Location, Row},
    rule::{Basis, BuiltIn, OF_2019, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "AMT-004",
    title: &Text::fixed("采购项目数量与采购总金额应相符", "Procurement has projects and amount, or neither"),
    severity: Severity::Warning,
    editions: OF_2019,
    basis: &[Basis::of_60("附件 二 第二十条第（九）项")],
    source: include_str!("amt_004_projects_and_amount.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let figures = &dossier.report.figures;
    let [projects, amount] = [Row::Procurement.nth(0), Row::Procurement.nth(1)];
    if !figures.has_row(Row::Procurement) {
        return Ruling::not_applicable(Text::fixed("报告中没有政府集中采购", "the report has no procurement block"));
    }
    let spent = figures.procurement.as_deref().and_then(Decimal::parse).map(|amount| !amount.is_zero());
    let (Figure::Known(count), Some(spent)) = (figures.count(projects), spent) else {
        return Ruling::undetermined(Text::fixed(
            "项目数量或金额空白、未能读出或不是数字",
            "projects or amount are blank, not read or not a number",
        ))
        .lacking([Row::Procurement]);
    };
    if (count > 0) == spent {
        return Ruling::satisfied();
    }
    let given = figures.procurement.as_deref().unwrap_or_default();
    let message = Text::new(
        format!("采购项目数量为 {count}，采购总金额为 {given} 万元"),
        format!("{count} projects for {given} 万元"),
    );
    Ruling::of([Violation::at(Location::Row(Row::Procurement), message)
        .expecting(
            Text::fixed("两项同为 0 或同不为 0", "both zero, or neither"),
            Text::same(format!("{count}；{given}")),
        )
        .about(dossier, [projects, amount])
        .advising(Text::fixed("核对两项数字", "check both figures"))])
}
