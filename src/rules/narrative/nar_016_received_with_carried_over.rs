//! The text counts those carried in among those received.
//!
//! 受理 and 收到 are widely used for N + L. That is no error, but the number then differs from 一 of 表三,
//! and a reader who compares the two will wonder: 其中本年新收X件，上年结转Y件 would say it.
//!
//! # 说明
//! 正文的“收到”“受理”数包括了上年结转。这不是错误，但与表三第一项不同，建议写明“其中本年新收X件，上年结转Y件”。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "全年共收到政府信息公开申请18件。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "全年共收到政府信息公开申请16件。" } } } }
//! ```
use super::compare::{at, counted, incomparable, quoted, unstated};
use crate::{
    dossier::Dossier,
    narrative::{Sense, Statement, meaning::total},
    report::{Row, Table},
    rule::{Basis, BuiltIn, Input, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-016",
    title: &Text::fixed("正文的收到数不应包括上年结转", "The text counts those carried in as received"),
    severity: Severity::Info,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_016_received_with_carried_over.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let stated = counted(dossier, Sense::Received);
    if stated.is_empty() {
        return unstated();
    }
    if let Some(ruling) = incomparable(dossier, Table::Applications) {
        return ruling;
    }
    let figure = |row: Row| dossier.report.figures.count(total(row)).known();
    let (Some(new), Some(over)) = (figure(Row::Received), figure(Row::CarriedOver)) else {
        let why = Text::fixed("表三第一、二项空白或未能读出", "一 and 二 are blank or not read");
        return Ruling::undetermined(why).lacking([Row::Received, Row::CarriedOver]);
    };
    // 收办 says that it is both, and so does a sentence that tells how many of them were carried in.
    let says_both = |own: &Statement| {
        let beside = |other: &Statement| (other.section, other.sentence) == (own.section, own.sentence);
        let carried = |other: &Statement| other.sense == Sense::CarriedOver && beside(other);
        own.quote.contains('办') || dossier.statements().iter().any(carried)
    };
    let together = stated.iter().filter(|own| over > 0 && own.number == new + over && !says_both(own));
    Ruling::of(together.map(|statement| {
        let quote = quoted(dossier, statement);
        let message = Text::new(
            format!("{}写“{quote}”，包括上年结转 {over} 件（本年新收 {new} 件）", statement.location().named()),
            format!("“{quote}” counts the {over} carried in (newly received: {new})"),
        );
        at(statement, message)
            .expecting(Text::same(new.to_string()), Text::same(statement.number.to_string()))
            .about(dossier, [total(Row::Received), total(Row::CarriedOver)])
            .advising(Text::new(
                format!("可写明“其中本年新收{new}件，上年结转{over}件”"),
                "say how many of them were carried in".to_owned(),
            ))
    }))
}
