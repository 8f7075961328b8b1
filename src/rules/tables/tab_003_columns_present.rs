//! No column of the form is missing.
//!
//! A column that the heading of a table lacks leaves open what the figures below it are.
//!
//! # 说明
//! 各表表头应有本版格式规定的全部列；缺列时，其下的数字属于哪一列无从确定。
//!
//! # Bad
//! ```json
//! { "report": { "defects": [{ "path": "applications.*.legal_service_organization", "kind": "DEFECT_KIND_MISSING_COLUMN" }] } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Defect, DefectKind},
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-003",
    title: &Text::fixed("表格不应缺列", "No column of the form is missing"),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    of_form: true,
    awaits_completion: true,
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_003_columns_present.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let defects = dossier.report.defects.iter().filter(|defect| defect.kind == DefectKind::MissingColumn);
    Ruling::of(defects.map(violation))
}

fn violation(defect: &Defect) -> Violation {
    let place = defect.location.printed();
    let message = Text::new(format!("{place}：表头中没有这一列"), format!("{place}: the heading lacks this column"));
    Violation::at(defect.location, message)
        .expecting(Text::same(place), Text::fixed("没有", "nothing"))
        .advising(Text::fixed("按格式补上这一列", "add the column as the form has it"))
        .placed(defect.place.clone())
}
