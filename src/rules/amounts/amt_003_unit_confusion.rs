//! Amounts are in 万元, not in 元.
//!
//! The form of 2021 asks for 万元; that of 2019 leaves the unit open, and asks for it only where the header of the
//! column does. Three signs that 元 were given: the text of the cell ends with 元; the amount is
//! 100,000,000 万元 and more, beyond any single body's; or it is about ten thousand times last year's
//! (3,000 to 30,000 times), where last year's report is sent. An amount that was printed with 元 is read
//! into 万元, so that no figure is wrong; but who reads the column takes it for 万元.
//!
//! # 说明
//! 行政事业性收费（2021年版）、采购总金额（2019年版，全国格式未注明单位，表头注明万元的）应以万元为单位。有下列情形之一的，疑为以元填写：单元格中写明“元”；金额在 100000000 万元及以上；提供了上一年度报告，且金额约为上一年度的一万倍（三千至三万倍）。写明“元”的，读取时已折算为万元。
//!
//! # Bad
//! ```json 2021
//! { "report": { "disclosure_2021": { "fees": { "amount": "412360000" } } } }
//! ```
//! ```json 2019
//! { "report": { "disclosure_2019": { "procurement": { "amount": "859255100.0000" } } } }
//! ```
//! ```json 2021
//! { "previous": { "disclosure_2021": { "fees": { "amount": "0.0398" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "previous": { "disclosure_2021": { "fees": { "amount": "398.2" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Cell, Decimal, DefectKind, Location, Row},
    rule::{Basis, BuiltIn, Input, Ruling, Severity, Violation},
    rules::years::last_year,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "AMT-003",
    title: &Text::fixed("金额应以万元为单位", "Amounts are in 万元, not in 元"),
    severity: Severity::Warning,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("附件 二 第二十条第（八）项"), Basis::of_60("附件 二 第二十条第（九）项")],
    source: include_str!("amt_003_unit_confusion.rs"),
    ..BuiltIn::new(check)
};

/// The cells that hold an amount.
const AMOUNTS: [Cell; 2] = [Row::Procurement.nth(1), Row::Fees2021.nth(0)];
/// No body's amount, in 万元.
const BEYOND_ANY: i128 = 100_000_000;
/// Between how many times last year's amount lie ten thousand times.
const ABOUT_TEN_THOUSAND: [i128; 2] = [3_000, 30_000];

fn check(dossier: &Dossier) -> Ruling {
    Ruling::of(AMOUNTS.into_iter().filter(|cell| !unit_is_open(dossier, *cell)).filter_map(|cell| {
        let sign = printed_in_yuan(dossier, cell).or_else(|| in_yuan(dossier, cell))?;
        let place = cell.printed();
        // What stands there, not what was read of it.
        let defect = dossier.report.defect_at(Location::Cell(cell), DefectKind::Unit);
        let printed = defect.map(|own| Text::same(own.printed.clone()));
        let actual = printed.unwrap_or_else(|| dossier.report.figures.shown(cell));
        let message = Text::new(format!("{place}：{}", sign.zh), format!("{place}: {}", sign.en));
        Some(
            Violation::at(Location::Cell(cell), message)
                .expecting(Text::fixed("以万元为单位的数字", "a number in 万元"), actual)
                .about(dossier, [cell])
                .advising(Text::fixed(
                    "核对单位，折算为万元后填写，不带单位",
                    "check the unit, and give the amount in 万元 without a unit",
                )),
        )
    }))
}

/// 60号 names no unit: where the header doesn't either, 元 is not wrong.
fn unit_is_open(dossier: &Dossier, cell: Cell) -> bool {
    cell.row() == Row::Procurement && dossier.report.figures.declared_decimals == Some(0)
}

/// A cell whose text says 元.
fn printed_in_yuan(dossier: &Dossier, cell: Cell) -> Option<Text> {
    let defect = dossier.report.defect_at(Location::Cell(cell), DefectKind::Unit)?;
    let printed = defect.printed.trim();
    is_in_yuan(printed).then(|| Text::new(format!("原文“{printed}”以元为单位"), format!("“{printed}” is in 元")))
}

/// Whether what stands in a cell is an amount in 元.
pub(in crate::rules) fn is_in_yuan(printed: &str) -> bool {
    let printed = printed.trim();
    printed.ends_with('元') && !printed.ends_with("万元")
}

/// Whether an amount can only have been given in 元: by itself, or beside last year's.
fn in_yuan(dossier: &Dossier, cell: Cell) -> Option<Text> {
    let given = dossier.report.figures.amount(cell)?;
    let amount = Decimal::parse(given)?;
    if amount.units >= BEYOND_ANY.checked_mul(10_i128.checked_pow(amount.places)?)? {
        return Some(Text::new(
            format!("{given} 万元超出任何单位的可能，疑为以元填写"),
            format!("{given} 万元 is beyond any body: perhaps it is in 元"),
        ));
    }
    let last = last_year(dossier).ok()?.figures.amount(cell)?;
    let (now, then) = aligned(amount, Decimal::parse(last)?)?;
    let [from, to] = ABOUT_TEN_THOUSAND.map(|times| then.checked_mul(times));
    (then > 0 && now >= from? && now <= to?).then(|| {
        Text::new(
            format!("{given} 约为上一年度 {last} 的一万倍，疑为以元填写"),
            format!("{given} is about ten thousand times last year's {last}: perhaps it is in 元"),
        )
    })
}

/// Two amounts in units of the same place.
pub(super) fn aligned(one: Decimal, other: Decimal) -> Option<(i128, i128)> {
    let places = one.places.max(other.places);
    let scaled = |amount: Decimal| amount.units.checked_mul(10_i128.checked_pow(places - amount.places)?);
    Some((scaled(one)?, scaled(other)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Defect, Place};

    #[test]
    fn a_cell_that_says_yuan_is_named_and_one_that_says_ten_thousands_is_not() {
        let cell = Row::Procurement.nth(1);
        for (printed, named) in [("251000元", true), ("160.5964万元", false)] {
            let mut dossier = Dossier::default();
            let location = Location::Cell(cell);
            let (kind, printed) = (DefectKind::Unit, printed.to_owned());
            dossier.report.defects.push(Defect {
                location,
                printed,
                kind,
                candidates: Vec::new(),
                place: Place::default(),
            });
            assert_eq!(check(&dossier).violations.len(), usize::from(named));
        }
    }
}
