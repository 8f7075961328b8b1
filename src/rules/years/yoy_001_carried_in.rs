//! Applications carried in are those that last year's report carried on.
//!
//! What last year's report gives under 四、结转下年度继续办理 is what this year's gives under 二、上年结转,
//! column by column: the same applications, counted on the same day (30号 一（三）). The rule needs last
//! year's report. A blank is an unknown number, not a zero, in either report; where a cell of last
//! year's could not be read, the column is undecided.
//!
//! # 说明
//! 表三第二项（上年结转）各列应与上一年度报告表三第四项（结转下年度继续办理）对应各列一致：两处是同一批申请。未提供上一年度报告的，不适用。空白不按 0 计；有单元格未能读出的，无法判断。
//!
//! # Bad
//! ```json
//! { "previous": { "applications": { "carried_forward": {
//!     "natural_person": 5, "business": 0, "research_institution": 0, "public_welfare_organization": 0,
//!     "legal_service_organization": 0, "other_organization": 0, "total": 5 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "previous": { "year": 2022, "applications": { "carried_forward": {
//!     "natural_person": 2, "business": 0, "research_institution": 0, "public_welfare_organization": 0,
//!     "legal_service_organization": 0, "other_organization": 0, "total": 2 } } } }
//! ```
use super::last_year;
use crate::{
    dossier::Dossier,
    report::{Location, Row, Table, form::APPLICANTS},
    rule::{Basis, BuiltIn, Input, Ruling, Severity},
    rules::relation::{Relation, Wording, tally_with_last_year},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "YOY-001",
    title: &Text::fixed(
        "上年结转应等于上一年度报告的结转下年度",
        "Applications carried in are those that last year carried on",
    ),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("附件 三（第二项、第四项）"), Basis::of_60("附件 三（第二项、第四项）")],
    source: include_str!("yoy_001_carried_in.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed(
        "上一年度报告的“结转下年度继续办理”不等于本年度的“上年结转”",
        "what last year's report carries on does not equal what this year's carries in",
    ),
    advice: Text::fixed(
        "对照上一年度报告核对两处数字；上一年度报告有误的，应予更正并说明",
        "check both reports; where last year's is wrong, correct it and say so",
    ),
};

fn check(dossier: &Dossier) -> Ruling {
    let previous = match last_year(dossier) {
        Ok(previous) => previous,
        Err(why) => return Ruling::not_applicable(why),
    };
    tally_with_last_year(dossier, &previous.figures, Table::Applications, &WORDING, |tally| {
        for at in 0..APPLICANTS.len() {
            tally.weigh(&Relation {
                location: Location::Cell(Row::CarriedOver.nth(at)),
                last_year: &[Row::CarriedForward.nth(at)],
                left: &[],
                right: &[Row::CarriedOver.nth(at)],
                assumed: false,
            });
        }
    })
}
