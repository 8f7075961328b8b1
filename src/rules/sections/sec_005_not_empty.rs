//! No section is empty.
//!
//! A section of the form has something to report, if only that there is nothing. A section whose table
//! is there is not empty; where a heading announces a table that could not be read, that can't be
//! decided.
//!
//! # 说明
//! 各部分都应有内容，没有可报告事项的也应说明。有表格的部分不算空；有标题而表格未能读出的，无法判断。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "5": { "text": "" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Location, Standing, Table},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::{Text, plain::is_shown},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "SEC-005",
    title: &Text::fixed("各部分不应为空", "No section is empty"),
    severity: Severity::Error,
    of_form: true,
    editions: NOT_LEGACY,
    awaits_completion: true,
    basis: &[Basis::of_regulation("第五十条"), Basis::of_30("附件（格式模板）"), Basis::of_60("附件（格式模板）")],
    source: include_str!("sec_005_not_empty.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let mut ruling = Ruling::satisfied();
    for section in report.sections.iter().filter(|section| !section.text.chars().any(is_shown)) {
        match table_in(report, section.number) {
            Standing::Whole | Standing::Cut => {}
            Standing::Unread => ruling.undecided.push(Text::new(
                format!("“{}”只有标题，表格未能读出", section.heading),
                format!("“{}” has a heading alone; its table could not be read", section.heading),
            )),
            Standing::Absent => ruling.violations.push(empty(section.number, &section.heading)),
        }
    }
    ruling
}

/// How far the section's table is there; 表二 counts in either edition.
fn table_in(report: &AnnualReport, number: u8) -> Standing {
    let tables = Table::ALL.into_iter().filter(|table| table.section() == number);
    let mut standings = tables.map(|table| report.figures.standing(table));
    standings.find(|standing| *standing != Standing::Absent).unwrap_or_default()
}

fn empty(number: u8, heading: &str) -> Violation {
    let message = Text::new(format!("“{heading}”没有内容"), format!("“{heading}” is empty"));
    Violation::at(Location::Section(number), message)
        .expecting(Text::fixed("有内容", "some content"), Text::fixed("空", "nothing"))
        .advising(Text::fixed(
            "补充内容；没有可报告事项的，也应写明",
            "report something, if only that there is nothing",
        ))
}
