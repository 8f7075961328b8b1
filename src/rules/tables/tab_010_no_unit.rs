//! No unit or text stands in a cell.
//!
//! The heading gives the unit; a unit in the cell repeats it, or contradicts it (251000元 in a column of
//! 万元). The figure is read, and an amount in 元 brought to 万元 exactly; the finding says so.
//!
//! # 说明
//! 单位由表头规定，单元格只填数字。带单位的数字照读（元换算为万元），并在此提示。
//!
//! # Bad
//! ```json 2019
//! { "report": { "defects": [{ "path": "disclosure_2019.procurement.amount", "printed": "859.2551万元", "kind": "DEFECT_KIND_UNIT", "line": 9 }] } }
//! ```
//!
//! # Good
use crate::{
    dossier::Dossier,
    report::{Defect, DefectKind, Text},
    rule::{BOTH, Basis, Check, Input, Rule, Ruling, Severity, Violation},
};

pub(super) static RULE: Rule = Rule {
    code: "TAB-010",
    version: 1,
    title: Text::fixed("单元格不应带单位或文字", "No unit or text in a cell"),
    severity: Severity::Warning,
    of_form: true,
    editions: BOTH,
    inputs: &[Input::Report],
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    check: Check::Native(check),
    source: include_str!("tab_010_no_unit.rs"),
};

fn check(dossier: &Dossier) -> Ruling {
    let defects = dossier.report.defects.iter().filter(|defect| defect.kind == DefectKind::Unit);
    Ruling::of(defects.map(violation))
}

fn violation(defect: &Defect) -> Violation {
    let (place, printed) = (defect.location.printed(), &defect.printed);
    let message = Text::new(format!("{place}：“{printed}”带有单位"), format!("{place}: “{printed}” has a unit"));
    Violation::at(defect.location, message)
        .expecting(Text::fixed("只填数字", "a figure alone"), Text::same(printed.clone()))
        .advising(Text::fixed("只填数字；单位以表头为准", "give the figure alone, in the unit of the heading"))
        .on_line(defect.line)
}
