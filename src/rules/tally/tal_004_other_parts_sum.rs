//! Where （六）其他处理 has a figure of its own, it is the sum of its three parts.
//!
//! The form of 2021 gives （六）no figure of its own, only three parts. A report that prints one all
//! the same must print their sum.
//!
//! # 说明
//! 2021年版格式的（六）其他处理只有三个分项，本行不单独填数。报告另给出本行数字的，应等于三个分项之和。
//!
//! # Bad
//! ```json
//! { "report": { "applications": { "outcomes": { "other": { "subtotal": {
//!     "natural_person": 5, "business": 0, "research_institution": 0, "public_welfare_organization": 0,
//!     "legal_service_organization": 0, "other_organization": 0, "total": 5 } } } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "applications": { "outcomes": { "other": { "subtotal": {
//!     "natural_person": 1, "business": 1, "research_institution": 0, "public_welfare_organization": 0,
//!     "legal_service_organization": 0, "other_organization": 0, "total": 2 } } } } } }
//! ```
use super::relation::{Relation, Wording, tally};
use crate::{
    dossier::Dossier,
    report::{Row, Table, form::APPLICANTS, relations::other_sum},
    rule::{Basis, Bounds, BuiltIn, OF_2021, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAL-004",
    title: &Text::fixed("（六）其他处理应等于其分项之和", "（六） equals the sum of its parts"),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    editions: OF_2021,
    basis: &[Basis::of_30("附件 三")],
    source: include_str!("tal_004_other_parts_sum.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed("三个分项之和，不等于（六）其他处理", "the three parts do not sum to （六）"),
    advice: Text::fixed(
        "核对（六）其他处理及其三个分项；2021年版格式中本行可以不填",
        "check （六） and its parts; the form of 2021 has no figure for the row itself",
    ),
};

fn check(dossier: &Dossier) -> Ruling {
    if !dossier.report.figures.has_row(Row::OtherSubtotal) {
        return Ruling::not_applicable(Text::fixed("（六）其他处理本行没有数字", "（六） has no figure of its own"));
    }
    tally(dossier, Table::Applications, &WORDING, |_, tally| {
        for at in 0..APPLICANTS.len() {
            tally.weigh(&Relation::of(other_sum(at), false));
        }
    })
}
