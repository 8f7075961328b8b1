//! Row labels are worded as in the form.
//!
//! A label that was shortened (逾期不补正) or worded otherwise is read by its meaning; but whoever sums up
//! tables by label will miss it. A label without its ordinal or its explanation in brackets is no finding.
//!
//! # 说明
//! 行标题应与格式一致。缩写或改写的行标题（如“逾期不补正”）按含义识别，仍予读取；缺少序号或括号内说明的不提示。
//!
//! # Bad
//! ```json 2021
//! { "report": { "defects": [{ "path": "applications.outcomes.other.not_corrected", "printed": "1.逾期不补正", "kind": "DEFECT_KIND_UNUSUAL_LABEL", "place": { "line": 9 } }] } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Defect, DefectKind, Location},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-007",
    title: &Text::fixed("行标题应与格式一致", "Row labels are worded as in the form"),
    severity: Severity::Warning,
    of_form: true,
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_007_row_labels.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let defects = dossier.report.defects.iter().filter(|defect| defect.kind == DefectKind::UnusualLabel);
    Ruling::of(defects.filter_map(violation))
}

fn violation(defect: &Defect) -> Option<Violation> {
    let printed = &defect.printed;
    let (due, zh, en) = match defect.location {
        Location::Row(row) => (row.label(), "行标题", "row is labelled"),
        Location::Column(table, column) => (column.label(table), "列标题", "column is headed"),
        _ => return None,
    };
    let message = Text::new(
        format!("{zh}“{printed}”与格式的“{due}”不一致"),
        format!("the {en} “{printed}”; the form has “{due}”"),
    );
    Some(
        Violation::at(defect.location, message)
            .expecting(Text::same(due), Text::same(printed.clone()))
            .advising(Text::new(format!("改为“{due}”"), format!("change it to “{due}”")))
            .placed(defect.place.clone()),
    )
}
