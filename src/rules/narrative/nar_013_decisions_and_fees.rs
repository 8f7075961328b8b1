//! The decisions and fees that the text gives are those of the table.
//!
//! 行政许可, 行政处罚 and 行政强制 are matched where the text says 处理决定; fees in 元 or 万元, as exactly as
//! the coarser of text and table is printed. 信息处理费 is another thing and never compared.
//!
//! # 说明
//! 正文所说行政许可、行政处罚、行政强制处理决定数和行政事业性收费金额应与表二一致；金额按正文与表格中较粗的精度比较，元与万元换算后比较。信息处理费与行政事业性收费无关，不作比较。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "2": { "text": "行政许可共处理决定99件。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "2": { "text": "行政事业性收费共4123元。" } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "sections": { "2": { "text": "行政事业性收费共4123600元，行政处罚处理决定2764件。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "2": { "text": "行政事业性收费412.4万元。" } } } }
//! ```
use super::compare::{Meaning, against, counted, place};
use crate::{
    dossier::Dossier,
    narrative::{Sense, Statement},
    report::{Decimal, Row, Table},
    rule::{Basis, BuiltIn, Input, OF_2021, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-013",
    title: &Text::fixed("正文的处理决定数和收费应与表二一致", "Decisions and fees agree with the table"),
    severity: Severity::Warning,
    editions: OF_2021,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（二）")],
    source: include_str!("nar_013_decisions_and_fees.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let senses = [Sense::Permits, Sense::Penalties, Sense::CoerciveMeasures];
    let mut ruling = against(dossier, Table::Disclosure2021, &senses, |_, sense| {
        vec![match sense {
            Sense::Permits => Meaning::of("行政许可处理决定数量", [Row::Permits2021.nth(0)]),
            Sense::Penalties => Meaning::of("行政处罚处理决定数量", [Row::Penalties2021.nth(0)]),
            _ => Meaning::of("行政强制处理决定数量", [Row::CoerciveMeasures2021.nth(0)]),
        }]
    });
    let stated = counted(dossier, Sense::Fees);
    let Some(fees) = dossier.report.figures.fees.as_deref().and_then(Decimal::parse).filter(|_| !stated.is_empty())
    else {
        return ruling;
    };
    ruling.not_applicable = None;
    let wrong = stated.into_iter().filter(|statement| !agrees(statement, fees));
    ruling.violations.extend(wrong.map(|statement| violation(dossier, statement, fees)));
    ruling
}

/// Whether a fee of the text and one of the table (in 万元) are the same as far as both are printed.
fn agrees(statement: &Statement, fees: Decimal) -> bool {
    // Both in units of the finer one's last digit, counted in 元.
    let of_table = i64::from(fees.places) - 4;
    let of_text = i64::from(statement.places);
    let (fine, coarse) = (of_table.max(of_text), of_table.min(of_text));
    let scaled = |units: i128, places: i64| {
        u32::try_from(fine - places).ok().and_then(|by| 10i128.checked_pow(by)).and_then(|by| units.checked_mul(by))
    };
    let unit = u32::try_from(fine - coarse).ok().and_then(|by| 10i128.checked_pow(by));
    match (scaled(fees.units, of_table), scaled(statement.number.into(), of_text), unit) {
        // Half a unit of the coarser one's last digit is the most that rounding can do.
        (Some(table), Some(text), Some(unit)) => (table - text).abs() * 2 <= unit - i128::from(fine == coarse),
        _ => true,
    }
}

fn violation(dossier: &Dossier, statement: &Statement, fees: Decimal) -> Violation {
    let quote = &statement.quote;
    let message = Text::new(
        format!("正文“{quote}”，与表二行政事业性收费 {fees} 万元不一致"),
        format!("the text says “{quote}”; the table says {fees} 万元"),
    );
    Violation::at(place(statement), message)
        .expecting(Text::new(format!("{fees} 万元"), format!("{fees} 万元")), Text::same(quote.clone()))
        .about(dossier, [Row::Fees2021.nth(0)])
        .advising(Text::fixed("核对金额及其单位（元、万元）", "check the amount and its unit"))
}
