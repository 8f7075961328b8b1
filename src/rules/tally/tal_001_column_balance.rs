//! In each column, new and carried-in applications equal closed and carried-on ones.
//!
//! The form itself states the relation in the corner cell of 表三: 第一项加第二项之和，等于第三项加
//! 第四项之和. It holds in each of the seven columns.
//!
//! # 说明
//! 表三每一列都应满足：一（本年新收）＋二（上年结转）＝三（七）（办理结果总计）＋四（结转下年度）。这是格式在表头写明的勾稽关系。
//!
//! # Bad
//! ```json
//! { "report": { "applications": { "carried_forward": { "natural_person": 5, "total": 5 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "applications": {
//!     "carried_over": { "natural_person": 6, "total": 6 },
//!     "carried_forward": { "natural_person": 5, "total": 5 } } } }
//! ```
use super::relation::{Relation, Wording, tally_of_form};
use crate::{
    dossier::Dossier,
    report::{Table, form::APPLICANTS, relations::column_balance},
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAL-001",
    title: &Text::fixed(
        "第一项加第二项之和，应等于第三项加第四项之和",
        "New and carried-in applications equal closed and carried-on ones",
    ),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    basis: &[Basis::of_30("附件 三（本列数据的勾稽关系）"), Basis::of_60("附件 三（本列数据的勾稽关系）")],
    source: include_str!("tal_001_column_balance.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed("第一项加第二项之和，不等于第三项加第四项之和", "一 + 二 does not equal 三（七）+ 四"),
    advice: Text::fixed(
        "核对本列一、二、三（七）、四的数字，改正其中填错的一项",
        "check 一, 二, 三（七） and 四 of this column and correct the one that is wrong",
    ),
};

fn check(dossier: &Dossier) -> Ruling {
    tally_of_form(dossier, Table::Applications, &WORDING, |figures, tally| {
        for at in 0..APPLICANTS.len() {
            tally.weigh(&Relation::of(column_balance(at), figures.column_is_assumed(at)));
        }
    })
}
