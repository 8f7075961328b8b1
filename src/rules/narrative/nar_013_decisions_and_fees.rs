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
use super::compare::{against, at, quoted};
use crate::{
    dossier::Dossier,
    narrative::{Claim, Sense, Statement, meaning::fees_agree},
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
    let mut ruling = against(dossier, Table::Disclosure2021, &senses, &[Claim::Counted, Claim::None]);
    let stated: Vec<&Statement> =
        dossier.statements().iter().filter(|own| own.sense == Sense::Fees && own.claim != Claim::All).collect();
    let Some(fees) = dossier.report.figures.fees.as_deref().and_then(Decimal::parse).filter(|_| !stated.is_empty())
    else {
        return ruling;
    };
    ruling.not_applicable = None;
    let wrong = stated.into_iter().filter(|statement| !fees_agree(statement, fees));
    ruling.violations.extend(wrong.map(|statement| violation(dossier, statement, fees)));
    ruling
}

fn violation(dossier: &Dossier, statement: &Statement, fees: Decimal) -> Violation {
    let quote = quoted(dossier, statement);
    let message = Text::new(
        format!("{}写“{quote}”，与表二行政事业性收费 {fees} 万元不一致", statement.location().named()),
        format!("the text says “{quote}”; the table says {fees} 万元"),
    );
    at(statement, message)
        .expecting(Text::new(format!("{fees} 万元"), format!("{fees} 万元")), Text::same(quote))
        .about(dossier, [Row::Fees2021.nth(0)])
        .advising(Text::fixed("核对金额及其单位（元、万元）", "check the amount and its unit"))
}
