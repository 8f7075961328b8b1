//! Each subordinate's report is there once, and of this year.
//!
//! A report that is there twice would be added twice, one of another year to the wrong sum: nothing is compared.
//!
//! # 说明
//! 下级报告应各一份，且与本报告同一年度；有重复的或年度不对的，不作汇总比较。
//!
//! # Bad
//! ```json 2021
//! { "subordinates": [ { "preamble": "根据条例编制。", "year": 2023, "body": { "name": "青溪县财政局" } }, { "preamble": "根据条例编制。", "year": 2023, "body": { "name": "青溪县财政局" } } ] }
//! ```
//! ```json 2021
//! { "subordinates": [ { "preamble": "根据条例编制。", "year": 2022, "body": { "name": "青溪县财政局" } } ] }
//! ```
//!
//! # Good
//! ```json 2021
//! { "subordinates": [ { "preamble": "根据条例编制。", "year": 2023, "body": { "name": "青溪县财政局" } }, { "preamble": "根据条例编制。", "year": 2023, "body": { "name": "青溪县民政局" } } ] }
//! ```
use super::{name, told};
use crate::{
    dossier::{Dossier, Misplaced},
    report::{Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Origin, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CTX-003",
    title: &Text::fixed("下级报告应各一份且为同一年度", "Each subordinate’s report is there once, of this year"),
    severity: Severity::Error,
    bounds: Bounds::KEPT,
    of_context: true,
    inputs: &[Input::Report, Input::Subordinates],
    basis: &[Basis::of("接口约定", Edition::Unknown, "下级机关的报告")],
    source: include_str!("ctx_003_subordinates_misplaced.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    if dossier.subordinates.is_empty() {
        return Ruling::not_applicable(Text::fixed("未提供下级报告", "no reports of subordinates were sent"));
    }
    Ruling::of(dossier.subordinates_misplaced().filter_map(|(at, why)| misplaced(dossier, at, why)))
}

fn misplaced(dossier: &Dossier, at: usize, why: Misplaced) -> Option<Violation> {
    let origin = Origin::Subordinate(at);
    let Text { zh, en } = name(dossier, origin);
    let (location, message) = match why {
        Misplaced::Year(year) => (
            Location::Year,
            Text::new(
                format!("{zh}是{year}年度的，没有作汇总比较"),
                format!("{en} is of {year}: nothing was compared"),
            ),
        ),
        Misplaced::Twice(first) => (
            Location::Body,
            Text::new(
                format!("{zh}与第 {} 份是同一单位的，没有作汇总比较", first + 1),
                format!("{en} is of the same body as that of subordinate {}: nothing was compared", first + 1),
            ),
        ),
        Misplaced::Itself => (
            Location::Body,
            Text::new(
                format!("{zh}就是本报告的单位，没有作汇总比较"),
                format!("{en} is of the same body as the report: nothing was compared"),
            ),
        ),
        // Of another edition: CTX-005; empty: CTX-006. Bodies differ, as they should.
        Misplaced::Edition | Misplaced::Empty | Misplaced::Code | Misplaced::Name => return None,
    };
    let violation = told(origin, location, message).advising(Text::fixed("更换或删去该份报告", "replace or remove it"));
    let years = match why {
        Misplaced::Year(found) => dossier.report.year.map(|due| (due, found)),
        _ => None,
    };
    Some(match years {
        Some((due, found)) => violation.expecting(Text::same(due.to_string()), Text::same(found.to_string())),
        None => violation,
    })
}
