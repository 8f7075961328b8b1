//! Amounts are non-negative decimal numbers.
//!
//! 行政事业性收费 (edition 2021) and 采购总金额 (edition 2019) are sums of money in 万元. A sign, a unit or
//! a thousands separator in a structured message leaves open what was meant.
//!
//! # 说明
//! 行政事业性收费（2021年版）和采购总金额（2019年版）应为以万元为单位、不小于零的数字，可有小数，不带正负号、单位和千分位分隔符。
//!
//! # Bad
//! ```json 2021
//! { "report": { "disclosure_2021": { "fees": { "amount": "-412.36" } } } }
//! ```
//! ```json 2021
//! { "report": { "disclosure_2021": { "fees": { "amount": "412,36" } } } }
//! ```
//! ```json 2019
//! { "report": { "disclosure_2019": { "procurement": { "amount": "8592551元", "declared_decimals": 0 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "disclosure_2021": { "fees": { "amount": "0" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Cell, Decimal, Figure, Location, Row},
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "AMT-002",
    title: &Text::fixed("金额应为不小于零的数字", "Amounts are non-negative decimal numbers"),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    basis: &[Basis::of_30("附件 二 第二十条第（八）项"), Basis::of_60("附件 二 第二十条第（九）项")],
    source: include_str!("amt_002_decimal_amounts.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let figures = &dossier.report.figures;
    let mut ruling = Ruling::satisfied();
    for cell in [Row::Procurement.nth(1), Row::Fees2021.nth(0)] {
        match figures.amount(cell) {
            Some(amount) => ruling.violations.extend(judge(dossier, cell, amount)),
            None if figures.count(cell) == Figure::Unread
                && figures.has_row(cell.row())
                && !dossier.report.is_some_number(cell) =>
            {
                let place = cell.printed();
                ruling.undecided.push(Text::new(format!("{place}：未能读出"), format!("{place}: could not be read")));
                ruling.lacks.push(cell.row());
            }
            None => {}
        }
    }
    ruling
}

fn judge(dossier: &Dossier, cell: Cell, amount: &str) -> Option<Violation> {
    if Decimal::parse(amount).is_some_and(|amount| !amount.is_negative()) {
        return None;
    }
    let place = cell.printed();
    let message = Text::new(
        format!("{place}：“{amount}”不是不小于零的数字"),
        format!("{place}: “{amount}” is not a non-negative decimal number"),
    );
    Some(
        Violation::at(Location::Cell(cell), message)
            .expecting(
                Text::fixed("不小于零的数字（万元）", "a non-negative decimal number in 万元"),
                Text::same(amount),
            )
            .about(dossier, [cell])
            .advising(Text::fixed(
                "以万元为单位填写数字，不带单位和分隔符",
                "give the number in 万元, without unit or separators",
            )),
    )
}
