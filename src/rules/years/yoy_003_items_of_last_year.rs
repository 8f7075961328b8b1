//! 上一年项目数量 follows from last year's report.
//!
//! In edition 2019, a row that last year had a items and changed by b has a + b of them when this
//! year's report speaks of 上一年项目数量. Catalogues of powers are revised at other times than reports
//! are made, so that it is a warning. 本年增/减 can be negative: where it isn't known, nothing is said.
//!
//! # 说明
//! 2019年版格式的“上一年项目数量”，一般应等于上一年度报告的“上一年项目数量”加“本年增/减”。权责清单调整时点不一也会造成不等，故只作提醒。增/减数空白或未能读出的，不作判断。
//!
//! # Bad
//! ```json
//! { "previous": { "edition": "EDITION_2019", "disclosure_2019": { "permits": { "last_year_items": 12, "change": 7, "decisions": 600 } } } }
//! ```
//!
//! # Good
//! ```json
//! { "previous": { "edition": "EDITION_2019", "disclosure_2019": { "permits": { "last_year_items": 14, "change": -2, "decisions": 600 } } } }
//! ```
//! ```json
//! { "previous": { "edition": "EDITION_2019", "disclosure_2019": { "permits": { "last_year_items": 14, "decisions": 600 } } } }
//! ```
use super::last_year;
use crate::{
    dossier::Dossier,
    report::{Column, Location, Table},
    rule::{Basis, BuiltIn, Input, OF_2019, Ruling, Severity},
    rules::relation::{Relation, Wording, tally_with_last_year},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "YOY-003",
    title: &Text::fixed("上一年项目数量应与上一年度报告衔接", "上一年项目数量 follows from last year's report"),
    severity: Severity::Warning,
    editions: OF_2019,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_60("附件 二 第二十条第（五）（六）（八）项")],
    source: include_str!("yoy_003_items_of_last_year.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed(
        "上一年度报告的上一年项目数量加本年增/减，不等于本年度的上一年项目数量",
        "上一年项目数量 + 本年增/减 of last year's report does not equal 上一年项目数量 of this year's",
    ),
    advice: Text::fixed(
        "对照上一年度报告核对；权责清单另有调整的，可不改",
        "check both reports; a catalogue that was revised in between explains it",
    ),
};

fn check(dossier: &Dossier) -> Ruling {
    let previous = match last_year(dossier) {
        Ok(previous) => previous,
        Err(why) => return Ruling::not_applicable(why),
    };
    let rows = Table::Disclosure2019.rows().filter(|row| {
        let both = dossier.report.figures.has_row(*row) && previous.figures.has_row(*row);
        both && row.cell(Column::LastYearItems).is_some()
    });
    tally_with_last_year(dossier, &previous.figures, Table::Disclosure2019, &WORDING, |tally| {
        for row in rows {
            let [items, change] = [row.nth(0), row.nth(1)];
            tally.weigh(&Relation {
                location: Location::Cell(items),
                last_year: &[items, change],
                left: &[],
                right: &[items],
                assumed: false,
            });
        }
    })
}
