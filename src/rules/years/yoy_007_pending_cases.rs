//! Cases that were pending last year come back this year.
//!
//! A review or a suit that last year's report counts as 尚未审结 is decided this year, or still pending:
//! either way it stands in this year's table four, in the same block. So 总计 of this year is at least
//! 尚未审结 of last year. The notices don't say in so many words that cases are counted again: a warning.
//!
//! # 说明
//! 上一年度报告表四中“尚未审结”的案件，本年度或已审结，或仍未审结，都应计入本年度表四的同一类。因此本年度总计不应少于上一年度的尚未审结数。通知没有明文写到这一点，故只作提醒。
//!
//! # Bad
//! ```json
//! { "previous": { "remedies": { "reconsideration": { "upheld": 0, "corrected": 0, "other": 0, "pending": 3, "total": 3 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "previous": { "remedies": { "reconsideration": { "upheld": 0, "corrected": 0, "other": 0, "pending": 2, "total": 2 } } } }
//! ```
use super::last_year;
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Figure, Location, Row, Table},
    rule::{Basis, BuiltIn, Input, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "YOY-007",
    title: &Text::fixed("上一年度尚未审结的案件应计入本年度", "Cases that were pending last year come back"),
    severity: Severity::Warning,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("附件 四"), Basis::of_60("附件 四")],
    source: include_str!("yoy_007_pending_cases.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let previous = match last_year(dossier) {
        Ok(previous) => previous,
        Err(why) => return Ruling::not_applicable(why),
    };
    let both = [&dossier.report, previous].iter().all(|report| report.figures.has_table(Table::Remedies));
    if !both {
        return Ruling::not_applicable(Text::fixed(
            "两年的报告中有一份没有表四或未能读出",
            "one of the two reports has no table four that could be read",
        ));
    }
    Ruling::of(Table::Remedies.rows().filter_map(|row| lost(dossier, previous, row)))
}

fn lost(dossier: &Dossier, previous: &AnnualReport, row: Row) -> Option<Violation> {
    let [.., pending, total] = [0, 1, 2, 3, 4].map(|at| row.nth(at));
    let figures = &dossier.report.figures;
    let (came, expected) = (figures.count(total).known()?, previous.figures.count(pending).known()?);
    // A total that its own row contradicts is TAL's to speak of.
    let parts: Vec<Figure> = row.cells().take(4).map(|cell| figures.count(cell)).collect();
    let sums = parts.iter().map(|part| part.known()).sum::<Option<i64>>().is_none_or(|sum| sum == came);
    if came >= expected || !sums {
        return None;
    }
    let place = Location::Row(row).printed();
    let message = Text::new(
        format!("{place}：上一年度尚未审结 {expected} 件，本年度总计只有 {came} 件"),
        format!("{place}: {expected} cases were pending last year; this year's total is {came}"),
    );
    Some(
        Violation::at(Location::Cell(total), message)
            .expecting(
                Text::new(format!("不少于 {expected}"), format!("{expected} or more")),
                Text::same(came.to_string()),
            )
            .about(dossier, [total])
            .beside_last_year(previous, [pending])
            .advising(Text::fixed(
                "将上一年度尚未审结的案件按其结果计入本年度表四",
                "count last year's pending cases in this year's table four, by how they ended",
            )),
    )
}
