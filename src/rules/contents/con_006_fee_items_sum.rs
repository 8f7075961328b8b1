//! The items of 信息处理费 sum to the total that is given.
//!
//! Where section six gives a total and then what each body charged (其中 …), the items sum to it.
//!
//! # 说明
//! 第六部分先给出信息处理费总额、再以“其中”列出各单位金额的，各项之和应等于总额。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "6": { "text": "2023年收取信息处理费2950元。其中，县自然资源局420元，县公安局1500元，县住建局100元。" } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "sections": { "6": { "text": "2023年收取信息处理费2950元。其中，县自然资源局1420元，县公安局1500元，县住建局30元。" } } } }
//! ```
use super::charges::{amounts, charges};
use crate::{
    dossier::Dossier,
    narrative::List,
    report::{Decimal, Location},
    rule::{Basis, BuiltIn, OF_2021, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-006",
    title: &Text::fixed("信息处理费分项之和应等于总额", "The items of 信息处理费 sum to the total"),
    severity: Severity::Warning,
    editions: OF_2021,
    basis: &[Basis::of_30("一（六）")],
    source: include_str!("con_006_fee_items_sum.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let list = charges(dossier.index()).and_then(|section| Some((section, section.words(List::Parts).next()?)));
    let Some((section, list)) = list else {
        return Ruling::not_applicable(Text::fixed("没有列出信息处理费的分项", "no items are listed"));
    };
    // 实际收取300元, behind the items, is the total again.
    let listed = section.text().split("实际").next().unwrap_or_default();
    let (before, items): (Vec<_>, Vec<_>) = amounts(listed).into_iter().partition(|(at, _)| *at < list.at.start);
    let sum: i64 = items.iter().map(|(_, amount)| amount).sum();
    let Some((_, total)) = before.last().filter(|_| items.len() >= 2) else {
        return Ruling::not_applicable(Text::fixed("没有总额或分项", "no total or no items are given"));
    };
    if sum == *total {
        return Ruling::satisfied();
    }
    let yuan = |amount: i64| Decimal { units: amount.into(), places: 2 }.to_string();
    let (total, sum) = (yuan(*total), yuan(sum));
    let message = Text::new(
        format!("信息处理费总额 {total} 元，所列各项之和为 {sum} 元"),
        format!("the total is {total} 元, its items sum to {sum} 元"),
    );
    Ruling::of([Violation::at(Location::Section(6), message)
        .expecting(Text::same(total), Text::same(sum))
        .advising(Text::fixed("核对总额和各项金额", "check the total and its items"))])
}
