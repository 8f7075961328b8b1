//! （六）其他处理 has its three parts.
//!
//! 30号 divided the row, so that applications that lapse (not corrected, fee unpaid) are told from the
//! rest. A single row is the form of 2019.
//!
//! # 说明
//! 2021年版格式的（六）其他处理分为三项（逾期不补正、逾期不缴费、其他），不应只填一行。年度不适用该格式的，见 EDN-001。
//!
//! # Bad
//! ```json
//! { "report": { "applications": { "outcomes": { "other": {
//!     "subtotal": { "natural_person": 1, "business": 1, "research_institution": 0, "public_welfare_organization": 0,
//!       "legal_service_organization": 0, "other_organization": 0, "total": 2 },
//!     "not_corrected": null, "fee_unpaid": null, "other": null } } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Location, Row, Standing, Table, form::OTHER_PARTS},
    rule::{Basis, BuiltIn, OF_2021, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-005",
    title: &Text::fixed("（六）其他处理应分三项填报", "（六） has its three parts"),
    severity: Severity::Error,
    of_form: true,
    editions: OF_2021,
    awaits_completion: true,
    basis: &[Basis::of_30("附件 三")],
    source: include_str!("tab_005_other_has_parts.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let figures = &dossier.report.figures;
    let missing: Vec<Row> = OTHER_PARTS.into_iter().filter(|row| !figures.has_row(*row)).collect();
    match figures.standing(Table::Applications) {
        _ if missing.is_empty() => Ruling::satisfied(),
        Standing::Absent => Ruling::not_applicable(Text::fixed("报告中没有表三", "the report has no 表三")),
        Standing::Unread | Standing::Cut => {
            Ruling::undetermined(Text::fixed("表三未能读到结尾", "表三 could not be read to its end"))
        }
        Standing::Whole => Ruling::of([violation(dossier, &missing)]),
    }
}

fn violation(dossier: &Dossier, missing: &[Row]) -> Violation {
    let parts = missing.iter().map(|row| row.label()).collect::<Vec<_>>().join("；");
    let message =
        Text::new(format!("（六）其他处理缺少分项：{parts}"), format!("（六）其他处理 lacks its parts: {parts}"));
    let own = dossier.report.figures.has_row(Row::OtherSubtotal);
    Violation::at(Location::Row(Row::OtherSubtotal), message)
        .expecting(Text::same(parts), Text::fixed("没有分项", "no parts"))
        .about(dossier, own.then(|| Row::OtherSubtotal.cells()).into_iter().flatten())
        .advising(Text::fixed("按2021年版格式分三项填报", "report the three parts of the form of 2021"))
        // Tables that are to be filled in anew in another form need no parts of this one.
        .yielding_to("EDN-001", Location::Report)
}
