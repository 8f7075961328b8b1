//! The documents in force follow from last year's, from those issued and those repealed.
//!
//! 现行有效 of this year = 现行有效 of last year + 制发 − 废止, for 规章 and for 行政规范性文件. It breaks in
//! honest reports too (a clean-up, a changed scope, documents that lapse or that were counted anew): a
//! warning, that somebody should look. Only between two reports of edition 2021: 对外公开总数量 of 2020 is
//! another figure than 现行有效件数, and is never compared with it.
//!
//! # 说明
//! 规章、行政规范性文件的现行有效件数，一般应等于上一年度的现行有效件数加本年制发、减本年废止。清理、统计口径变化、文件自动失效等也会造成不等，故只作提醒。仅在两年都用2021年版格式时比较；2020年度的“对外公开总数量”口径不同，不作比较。
//!
//! # Bad
//! ```json
//! { "previous": { "edition": "EDITION_2021", "disclosure_2021": { "normative_documents": { "issued": 4, "repealed": 0, "in_force": 30 } } } }
//! ```
//!
//! # Good
//! ```json
//! { "previous": { "edition": "EDITION_2021", "disclosure_2021": {
//!     "regulations": { "issued": 0, "repealed": 0, "in_force": 0 },
//!     "normative_documents": { "issued": 4, "repealed": 0, "in_force": 37 } } } }
//! ```
//! ```json
//! { "previous": { "edition": "EDITION_2019", "disclosure_2019": { "normative_documents": { "made": 4, "disclosed": 4, "total_public": 90 } } } }
//! ```
use super::last_year;
use crate::{
    dossier::Dossier,
    report::{Edition, Location, Row, Table},
    rule::{Basis, BuiltIn, Input, OF_2021, Ruling, Severity},
    rules::relation::{Relation, Wording, tally_with_last_year},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "YOY-002",
    title: &Text::fixed("现行有效件数应与上一年度衔接", "The documents in force follow from last year's"),
    severity: Severity::Warning,
    editions: OF_2021,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("附件 二 第二十条第（一）项")],
    source: include_str!("yoy_002_documents_in_force.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed(
        "上一年度现行有效件数加本年制发件数，不等于本年现行有效件数加本年废止件数",
        "last year's 现行有效 + 制发 does not equal 现行有效 + 废止",
    ),
    advice: Text::fixed(
        "核对制发、废止和现行有效件数；因清理或统计口径变化造成的，可不改，宜在正文说明",
        "check the three figures; where a clean-up or a changed scope explains it, say so in the text",
    ),
};

fn check(dossier: &Dossier) -> Ruling {
    let previous = match last_year(dossier) {
        Ok(previous) => previous,
        Err(why) => return Ruling::not_applicable(why),
    };
    if previous.edition != Edition::Of2021 {
        return Ruling::not_applicable(Text::fixed(
            "上一年度报告不是2021年版格式，“对外公开总数量”与“现行有效件数”口径不同，不作比较",
            "last year's report isn't of edition 2021: 对外公开总数量 is no 现行有效件数",
        ));
    }
    tally_with_last_year(dossier, &previous.figures, Table::Disclosure2021, &WORDING, |tally| {
        for row in [Row::Regulations2021, Row::NormativeDocuments2021] {
            let [issued, repealed, in_force] = [row.nth(0), row.nth(1), row.nth(2)];
            tally.weigh(&Relation {
                location: Location::Cell(in_force),
                last_year: &[in_force],
                left: &[issued],
                right: &[in_force, repealed],
                assumed: false,
            });
        }
    })
}
