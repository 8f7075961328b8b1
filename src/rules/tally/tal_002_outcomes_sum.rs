//! In each column, （七）总计 is the sum of all results.
//!
//! The rows from （一）to（六）are the kinds of result that 三、本年度办理结果 is divided into, and
//! （七）is their total. Where （六）其他处理 has its parts, they count; where only（六）itself has a
//! figure, that counts.
//!
//! # 说明
//! 表三每一列中，（一）至（六）各种办理结果之和应等于（七）总计。（六）其他处理列有分项的，按分项计；只有本行数字的，按本行计。
//!
//! # Bad
//! ```json
//! { "report": { "applications": { "outcomes": { "granted": { "natural_person": 9, "total": 10 } } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "applications": {
//!     "received": { "natural_person": 16, "total": 20 },
//!     "outcomes": {
//!       "granted": { "natural_person": 9, "total": 10 },
//!       "total": { "natural_person": 17, "total": 21 } } } } }
//! ```
use super::relation::{Relation, Wording, tally_of_form};
use crate::{
    dossier::Dossier,
    report::{Table, form::APPLICANTS, relations::outcomes_sum},
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAL-002",
    title: &Text::fixed("（七）总计应等于各种办理结果之和", "（七） is the sum of all results"),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    basis: &[Basis::of_30("附件 三"), Basis::of_60("附件 三")],
    source: include_str!("tal_002_outcomes_sum.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed("各种办理结果之和，不等于（七）总计", "the results do not sum to （七）"),
    advice: Text::fixed(
        "核对本列（一）至（六）各行和（七）总计，改正其中填错的一项",
        "check the rows from （一） to （七） of this column and correct the one that is wrong",
    ),
};

fn check(dossier: &Dossier) -> Ruling {
    tally_of_form(dossier, Table::Applications, &WORDING, |figures, tally| {
        for at in 0..APPLICANTS.len() {
            tally.weigh(&Relation::of(outcomes_sum(figures, at), figures.column_is_assumed(at)));
        }
    })
}
