//! Parts that the text lists sum to the total that it gives.
//!
//! The channels (信函, 网络, 当面) sum to the number received; a list that closes with 其他, or divides all
//! information into 主动公开, 依申请公开 and 不予公开, leaves nothing out and sums to its total.
//!
//! # 说明
//! 正文列出的各渠道申请数之和应等于收到的总数；以“其他”收尾的分项，或按主动公开、依申请公开、不予公开划分的全部信息，应等于总数。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "全年共收到政府信息公开申请16件，其中信函申请5件，网络申请9件。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "3": { "text": "全年公开政府信息100条，其中机构职能类20条，规划计划类30条，其他40条。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "全年共收到政府信息公开申请16件，其中信函申请5件，网络申请11件。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "3": { "text": "全年公开政府信息100条，其中机构职能类20条，规划计划类30条。" } } } }
//! ```
use super::compare::{at, quoted};
use crate::{
    dossier::Dossier,
    narrative::{Claim, Sense, Statement},
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity, Violation},
    words::{Text, quotes::balanced},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-015",
    title: &Text::fixed("正文分项之和应等于总数", "Parts in the text sum to their total"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::accurate_before_30()],
    source: include_str!("nar_015_parts_sum.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let statements = dossier.statements();
    let lists = statements.iter().filter_map(|it| Some((it, it.parts?))).filter(|(it, parts)| it.number != *parts);
    let mut violations: Vec<Violation> = lists.map(|(it, parts)| violation(dossier, it, parts)).collect();
    violations.extend(channels(dossier));
    Ruling::of(violations)
}

/// The channels of a sentence against the number received in it or in the one before.
fn channels(dossier: &Dossier) -> Option<Violation> {
    let statements = dossier.statements();
    let of = |sense: Sense| statements.iter().filter(move |it| it.sense == sense && it.claim == Claim::Counted);
    let first = of(Sense::Channel).next()?;
    let own: Vec<i64> = of(Sense::Channel)
        .filter(|it| (it.section, it.sentence) == (first.section, first.sentence))
        .map(|it| it.number)
        .collect();
    let near = |it: &&Statement| {
        it.section == first.section && (0..=1).contains(&(first.sentence as i64 - it.sentence as i64))
    };
    let received: Vec<&Statement> = of(Sense::Received).chain(of(Sense::ReceivedNew)).filter(near).collect();
    let sum: i64 = own.iter().sum();
    let whole = received.first().filter(|_| own.len() >= 2)?;
    let fits = received.iter().any(|it| it.number == sum);
    (!fits).then(|| violation(dossier, whole, sum))
}

fn violation(dossier: &Dossier, whole: &Statement, parts: i64) -> Violation {
    let number = whole.number;
    let quote: String = balanced(&quoted(dossier, whole).chars().take(60).collect::<String>()).into_owned();
    let message = Text::new(
        format!("{}写“{quote}”：总数 {number}，所列各项之和为 {parts}", whole.location().named()),
        format!("“{quote}”: the total is {number}, its parts sum to {parts}"),
    );
    let violation = at(whole, message)
        .expecting(Text::same(number.to_string()), Text::same(parts.to_string()))
        .advising(Text::fixed("核对总数和各项数字", "check the total and its parts"));
    Violation { difference: Some(number - parts), equation: format!("{number} ≠ {parts}"), ..violation }
}
