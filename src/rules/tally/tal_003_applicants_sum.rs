//! In each row, the six kinds of applicant sum to 总计.
//!
//! 自然人 and the five kinds of 法人或其他组织 are all the applicants there are, so that 总计 is their
//! sum in each row of 表三. A row whose digits ran together and were split by this very relation can't
//! prove it: there the rule stays undetermined.
//!
//! # 说明
//! 表三每一行中，自然人与五类法人或其他组织之和应等于总计。数字连写、按本关系拆分读出的行，不能再用来证明本关系，记为“无法判断”。
//!
//! # Bad
//! ```json 2021
//! { "report": { "applications": { "outcomes": { "granted": { "total": 7 }, "partially_granted": { "total": 1 } } } } }
//! ```
//! ```json 2019
//! { "report": { "applications": { "outcomes": { "granted": { "total": 6 }, "partially_granted": { "total": 0 } } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "applications": { "outcomes": {
//!     "granted": { "natural_person": 6, "total": 7 },
//!     "partially_granted": { "natural_person": 1, "total": 1 } } } } }
//! ```
use super::relation::{Relation, Wording, tally_of_form};
use crate::{
    dossier::Dossier,
    report::{Table, relations::row_sum},
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAL-003",
    title: &Text::fixed("各类申请人之和应等于总计", "The six kinds of applicant sum to 总计"),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    basis: &[Basis::of_30("附件 三"), Basis::of_60("附件 三")],
    source: include_str!("tal_003_applicants_sum.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed("各类申请人之和，不等于总计", "the six kinds do not sum to 总计"),
    advice: Text::fixed(
        "核对本行各列和总计，改正其中填错的一项",
        "check the columns of this row and correct the one that is wrong",
    ),
};

fn check(dossier: &Dossier) -> Ruling {
    tally_of_form(dossier, Table::Applications, &WORDING, |figures, tally| {
        for row in Table::Applications.rows().filter(|row| figures.has_row(*row)) {
            tally.weigh(&Relation::of(row_sum(row), figures.row_is_assumed(row)));
        }
    })
}
