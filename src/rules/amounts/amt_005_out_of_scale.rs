//! Amounts are in scale with last year's.
//!
//! An amount of more than ten times last year's, or of less than a tenth, was mostly given in another
//! unit or with the point elsewhere. The larger of the two must be at least 100 万元, since small sums
//! change with a single purchase. An amount that looks like 元 is left to AMT-003.
//!
//! # 说明
//! 收费金额、采购总金额增至上一年度十倍以上或降至十分之一以下的，多为单位或小数点有误，提请核对。两年中较大的数不足 100 万元的不比较；疑为以元填写的，见 AMT-003。
//!
//! # Bad
//! ```json 2021
//! { "previous": { "disclosure_2021": { "fees": { "amount": "41.2" } } } }
//! ```
//! ```json 2019
//! { "previous": { "disclosure_2019": { "procurement": { "projects": 15, "amount": "8592552" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "previous": { "disclosure_2021": { "fees": { "amount": "41.3" } } } }
//! ```
use super::amt_003_unit_confusion::aligned;
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Cell, Decimal, Location, Row},
    rule::{Basis, BuiltIn, Input, Ruling, Severity, Violation},
    rules::years::{beyond_tenfold, last_year},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "AMT-005",
    title: &Text::fixed("金额不应较上一年度骤增骤减", "Amounts are in scale with last year's"),
    severity: Severity::Warning,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("附件 二 第二十条第（八）项"), Basis::of_60("附件 二 第二十条第（九）项")],
    source: include_str!("amt_005_out_of_scale.rs"),
    ..BuiltIn::new(check)
};

/// The larger of the two amounts is at least so much, in 万元.
const AT_LEAST: i128 = 100;

fn check(dossier: &Dossier) -> Ruling {
    let previous = match last_year(dossier) {
        Ok(previous) => previous,
        Err(why) => return Ruling::not_applicable(why),
    };
    let cells = [Row::Procurement.nth(1), Row::Fees2021.nth(0)];
    Ruling::of(cells.into_iter().filter_map(|cell| jump(dossier, previous, cell)))
}

fn jump(dossier: &Dossier, previous: &AnnualReport, cell: Cell) -> Option<Violation> {
    let (given, last) = (dossier.report.figures.amount(cell)?, previous.figures.amount(cell)?);
    let (amount, before) = (Decimal::parse(given)?, Decimal::parse(last)?);
    let (now, then) = aligned(amount, before)?;
    let at_least = AT_LEAST.checked_mul(10_i128.checked_pow(amount.places.max(before.places))?)?;
    if !beyond_tenfold(now, then, at_least) {
        return None;
    }
    let place = cell.printed();
    let (zh, en) = match now > then {
        true => ("超过上一年度的十倍", "more than ten times last year's"),
        false => ("不足上一年度的十分之一", "less than a tenth of last year's"),
    };
    let message = Text::new(
        format!("{place}：本年度为 {given} 万元，上一年度为 {last} 万元，{zh}"),
        format!("{place}: {given} 万元 this year and {last} 万元 last year, {en}"),
    );
    let expected = Text::new(format!("与上一年度的 {last} 相当"), format!("something like last year's {last}"));
    Some(
        Violation::at(Location::Cell(cell), message)
            .expecting(expected, Text::same(given))
            .about(dossier, [cell])
            .yielding_to("AMT-003", Location::Cell(cell))
            .advising(Text::fixed(
                "核对两年的单位和小数点；确有变化的，可不改",
                "check unit and decimal point in both reports; a real change needs none",
            )),
    )
}
