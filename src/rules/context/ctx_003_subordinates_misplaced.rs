//! Each subordinate's report is there once, and of this year.
//!
//! A report that is there twice would be added twice, one of another year to the wrong sum: nothing is compared.
//!
//! # 说明
//! 下级报告应各一份，且与本报告同一年度；有重复的或年度不对的，不作汇总比较。
//!
//! # Bad
//! ```json 2021
//! { "subordinates": [ { "year": 2023, "body": { "name": "青溪县财政局" } }, { "year": 2023, "body": { "name": "青溪县财政局" } } ] }
//! ```
//! ```json 2021
//! { "subordinates": [ { "year": 2022, "body": { "name": "青溪县财政局" } } ] }
//! ```
//!
//! # Good
//! ```json 2021
//! { "subordinates": [ { "year": 2023, "body": { "name": "青溪县财政局" } }, { "year": 2023, "body": { "name": "青溪县民政局" } } ] }
//! ```
use crate::{
    dossier::{Dossier, Misplaced},
    report::{Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CTX-003",
    title: &Text::fixed("下级报告应各一份且为同一年度", "Each subordinate’s report is there once, of this year"),
    severity: Severity::Error,
    bounds: Bounds::KEPT,
    of_context: true,
    inputs: &[Input::Report, Input::Subordinates],
    basis: &[Basis::of("gouji 接口约定", Edition::Unknown, "subordinates")],
    source: include_str!("ctx_003_subordinates_misplaced.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    if dossier.subordinates.is_empty() {
        return Ruling::not_applicable(Text::fixed("未提供下级报告", "no reports of subordinates were sent"));
    }
    Ruling::of(dossier.subordinates_misplaced().map(|(at, why)| misplaced(dossier, at, why)))
}

fn misplaced(dossier: &Dossier, at: usize, why: Misplaced) -> Violation {
    let name = match dossier.subordinates.get(at).map(|part| part.body.name.as_str()) {
        Some(name) if !name.is_empty() => format!("第 {} 份下级报告（{name}）", at + 1),
        _ => format!("第 {} 份下级报告", at + 1),
    };
    let message = match why {
        Misplaced::Year(year) => Text::new(
            format!("{name}是{year}年度的，没有作汇总比较"),
            format!("subordinates[{at}] is of {year}: nothing was compared"),
        ),
        Misplaced::Twice(first) => Text::new(
            format!("{name}与第 {} 份是同一单位的，没有作汇总比较", first + 1),
            format!("subordinates[{at}] is of the same body as [{first}]: nothing was compared"),
        ),
        Misplaced::Itself => Text::new(
            format!("{name}就是本报告的单位，没有作汇总比较"),
            format!("subordinates[{at}] is of the same body as the report: nothing was compared"),
        ),
        Misplaced::Code | Misplaced::Name => Text::new(name, format!("subordinates[{at}]")),
    };
    let violation = Violation::at(Location::Report, message)
        .expecting(
            Text::fixed("同一年度的报告，每个单位一份", "reports of the year, one of each body"),
            Text::same(format!("subordinates[{at}]")),
        )
        .advising(Text::fixed("更换或删去该份报告", "replace or remove it"));
    Violation { instance: format!("subordinates[{at}]"), ..violation }
}
