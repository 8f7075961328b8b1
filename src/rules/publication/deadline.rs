//! Shared by the rules on publication: the date that is judged, and how certain it is.

use crate::{
    dossier::Dossier,
    report::{AnnualReport, BodyKind, Date, Location},
    rule::{Ruling, Severity, Violation},
    words::Text,
};

/// A date of publication, and the severity if it is late.
struct Published {
    on: Date,
    severity: Severity,
}

/// The date that the caller states; else that of a structured message, which the caller states too; else one found on
/// a page, for which being late is only a warning: pages are republished.
fn published(dossier: &Dossier) -> Option<Published> {
    let report = &dossier.report;
    let found_on_page = !report.readings.is_empty() && dossier.hints.published_on.is_none();
    let on = dossier.hints.published_on.or(report.published_on)?;
    Some(Published { on, severity: if found_on_page { Severity::Warning } else { Severity::Error } })
}

/// Whether any date of publication is known.
pub(super) fn is_dated(dossier: &Dossier) -> bool {
    published(dossier).is_some()
}

/// By when departments and townships publish, and by when governments and whole systems do: day and month.
pub(super) const FIRST: (i32, i32) = (1, 31);
pub(super) const LAST: (i32, i32) = (3, 31);

/// For whom a day is late.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Late {
    /// For those of the first deadline.
    ForSome,
    /// For everybody.
    ForAll,
}

/// That a body of unknown kind is late if it is one of those for whom the stated day is.
pub(super) fn open_kind(dossier: &Dossier, wanted: Late) -> Option<Ruling> {
    let report = &dossier.report;
    let stated = published(dossier).filter(|own| own.severity == Severity::Error)?.on;
    let (first, last) = (due(report, FIRST)?, due(report, LAST)?);
    let late = if stated > last { Late::ForAll } else { Late::ForSome };
    if report.kind_of_body() != BodyKind::Unknown || stated <= first || late != wanted {
        return None;
    }
    let message = match late {
        Late::ForAll => Text::new(
            format!("公布日期 {stated} 晚于各类机关的最后期限 {last}，而从名称不能确定机关性质"),
            format!(
                "published on {stated}, after the last deadline of all, {last}; the name doesn't tell the body's kind"
            ),
        ),
        Late::ForSome => Text::new(
            format!(
                "公布日期 {stated} 晚于部门的期限 {first}，不晚于政府和汇总全系统报告的期限 {last}，而从名称不能确定机关性质"
            ),
            format!(
                "published on {stated}: after the deadline of departments, {first}, and by that of governments and whole systems, {last}; the name doesn't tell the body's kind"
            ),
        ),
    };
    Some(Ruling::undetermined(message))
}

/// A day in the year after the report year.
fn due(report: &AnnualReport, (month, day): (i32, i32)) -> Option<Date> {
    Date::new(report.year? + 1, month, day)
}

/// The ruling on bodies of these kinds: published by a date in the year after the report year.
pub(super) fn by(dossier: &Dossier, kinds: &[BodyKind], day: (i32, i32)) -> Ruling {
    let report = &dossier.report;
    if !kinds.contains(&report.kind_of_body()) {
        return Ruling::not_applicable(Text::fixed(
            "不是本规则所指的机关，或从名称不能确定机关性质",
            "the body is of another kind, or its name doesn't tell its kind",
        ));
    }
    let (Some(published), Some(due)) = (published(dossier), due(report, day)) else {
        return Ruling::not_applicable(Text::fixed(
            "没有公布日期或报告年度",
            "no day of publication or no report year is known",
        ));
    };
    if published.on <= due {
        return Ruling::satisfied();
    }
    let on = published.on;
    let message =
        Text::new(format!("公布日期 {on} 晚于期限 {due}"), format!("published on {on}, after the deadline of {due}"));
    Ruling::of([Violation::at(Location::Report, message)
        .expecting(Text::new(format!("不晚于 {due}"), format!("by {due}")), Text::same(on.to_string()))
        .graded(published.severity)
        .advising(Text::fixed(
            "核实公布日期；确属逾期的，说明原因",
            "check the date; where it is late indeed, say why",
        ))])
}
