//! CTX: what was sent beside the report, and whether it belongs to it.
//!
//! What these rules find is wrong with the request, not with the report.

use crate::{
    dossier::Dossier,
    report::{AnnualReport, Location},
    rule::{BuiltIn, Origin, Violation},
    words::Text,
};

mod ctx_001_previous_of_another_year;
mod ctx_002_previous_of_another_body;
mod ctx_003_subordinates_misplaced;
mod ctx_004_hints_contradict;
mod ctx_005_edition_stated;
mod ctx_006_not_identified;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &ctx_001_previous_of_another_year::RULE,
    &ctx_002_previous_of_another_body::RULE,
    &ctx_003_subordinates_misplaced::RULE,
    &ctx_004_hints_contradict::RULE,
    &ctx_005_edition_stated::RULE,
    &ctx_006_not_identified::RULE,
];

/// All reports that were sent, each with what it was sent as.
fn reports(dossier: &Dossier) -> impl Iterator<Item = (Origin, &AnnualReport)> {
    let parts = dossier.subordinates.iter().enumerate().map(|(at, part)| (Origin::Subordinate(at), part));
    let previous = dossier.previous.iter().map(|report| (Origin::Previous, report));
    [(Origin::Subject, &dossier.report)].into_iter().chain(previous).chain(parts)
}

/// What a report was sent as, for people.
fn name(dossier: &Dossier, origin: Origin) -> Text {
    match origin {
        Origin::Subject => Text::fixed("本报告", "the report"),
        Origin::Previous => Text::fixed("上一年度报告", "last year’s report"),
        Origin::Subordinate(at) => {
            let body = dossier.subordinates.get(at).map(|part| part.body.name.as_str()).unwrap_or_default();
            let named = if body.is_empty() { String::new() } else { format!("（{body}）") };
            Text::new(format!("第 {} 份下级报告{named}", at + 1), format!("the report of subordinate {}", at + 1))
        }
    }
}

/// A violation in one of the reports that were sent.
fn told(origin: Origin, location: Location, message: Text) -> Violation {
    let instance = match origin {
        Origin::Subject => String::new(),
        Origin::Previous => "previous".to_owned(),
        Origin::Subordinate(at) => format!("subordinates[{at}]"),
    };
    Violation { instance, ..Violation::at(location, message).of_report(origin) }
}
