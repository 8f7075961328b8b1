//! No report has labels of both editions.
//!
//! Rows of the other edition's 表二 show that two forms were pasted together. 政府集中采购 in a report
//! of edition 2021 is TAB-006's.
//!
//! # 说明
//! 同一报告中不应同时出现两个版本表二的栏目。2021年版中出现政府集中采购的，见 TAB-006。
//!
//! # Bad
//! ```json 2021
//! { "report": { "disclosure_2019": { "normative_documents": { "made": 3, "disclosed": 3, "total_public": 28 } } } }
//! ```
//! ```json 2019
//! { "report": { "disclosure_2021": { "permits": { "decisions": 640 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "disclosure_2019": {} } }
//! ```
use crate::{
    dossier::Dossier,
    report::{DefectKind, Edition, Location, Row, Table},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "EDN-004",
    title: &Text::fixed("同一报告不应混用两个版本的栏目", "No labels of both editions in one report"),
    severity: Severity::Error,
    of_form: true,
    basis: &[Basis::of_30("附件 二"), Basis::of_60("附件 二")],
    source: include_str!("edn_004_mixed_editions.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let foreign = match report.edition {
        Edition::Of2019 => Table::Disclosure2021,
        _ => Table::Disclosure2019,
    };
    let rows: Vec<Row> =
        foreign.rows().filter(|row| *row != Row::Procurement && report.figures.has_row(*row)).collect();
    let labels = report.defects.iter().filter(|defect| defect.kind == DefectKind::ForeignLabel);
    let mut found: Vec<String> = rows.iter().map(|row| row.label().to_owned()).collect();
    found.extend(labels.map(|defect| defect.printed.clone()));
    if found.is_empty() {
        return Ruling::satisfied();
    }
    let found = found.join("、");
    let message = Text::new(
        format!("报告使用{}，却出现了另一版本的栏目：{found}", report.edition.name().zh),
        format!("the report uses {}, but has labels of the other: {found}", report.edition.name().en),
    );
    Ruling::of([Violation::at(Location::Table(foreign), message)
        .expecting(report.edition.name(), Text::same(found))
        .about(dossier, rows.iter().flat_map(|row| row.cells()))
        .advising(Text::fixed("删去不属于本版格式的栏目", "remove what the form in use does not have"))])
}
