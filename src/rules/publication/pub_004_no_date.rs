//! Without a date of publication it can’t be judged whether the report is in time.
//!
//! Neither the report nor the caller gives a day of publication, and the caller gives a date as of which
//! to check that is past every deadline: then somebody should look. Without such a date there is nothing
//! to say.
//!
//! # 说明
//! 报告和提交报告的人都没有给出公布日期、而检查日期已过最晚期限的，提示无法判断是否按时公布。没有给出检查日期的，不提示。
//!
//! # Bad
//! ```json 2021
//! { "report": { "published_on": null }, "as_of": { "year": 2024, "month": 4, "day": 2 } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "published_on": null } }
//! ```
use super::deadline::is_dated;
use crate::{
    dossier::Dossier,
    report::{Date, Location},
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "PUB-004",
    title: &Text::fixed("应有公布日期，以便判断是否按时", "No date of publication is given"),
    severity: Severity::Info,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Dates],
    awaits_completion: true,
    basis: &[Basis::of_regulation("第四十九条")],
    source: include_str!("pub_004_no_date.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let last = dossier.report.year.and_then(|year| Date::new(year + 1, 3, 31));
    let past = dossier.as_of.zip(last).is_some_and(|(today, last)| today > last);
    if is_dated(dossier) || !past {
        return Ruling::not_applicable(Text::fixed(
            "已有公布日期，或没有给出检查日期，或期限未到",
            "a day of publication is known, or no date of checking is given, or there is still time",
        ));
    }
    let message = Text::fixed(
        "没有公布日期，无法判断是否按时公布",
        "no day of publication: it can't be judged whether the report is in time",
    );
    Ruling::of([Violation::at(Location::Report, message)
        .expecting(Text::fixed("公布日期", "a day of publication"), Text::fixed("没有", "none"))
        .advising(Text::fixed("给出公布日期", "state the day of publication"))])
}
