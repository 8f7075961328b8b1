//! No unit or text stands in a cell.
//!
//! The heading gives the unit; a unit in the cell repeats it, or contradicts it (251000元 in a column of
//! 万元). The figure is read, and an amount in 元 brought to 万元 exactly; the finding says so. An amount
//! that was printed in 元 is told by AMT-003 where that does.
//!
//! # 说明
//! 单位由表头规定，单元格只填数字。带单位的数字仍予读取（元换算为万元），并在此提示；金额以元填写的，见 AMT-003。
//!
//! # Bad
//! ```json 2019
//! { "report": { "defects": [{ "path": "disclosure_2019.procurement.amount", "printed": "859.2551万元", "kind": "DEFECT_KIND_UNIT", "place": { "line": 9 } }] } }
//! ```
use super::defects::{Wording, of_kind};
use crate::{
    dossier::Dossier,
    report::{DefectKind, Location, Row},
    rule::{Basis, BuiltIn, Ruling, Severity},
    rules::amounts::is_in_yuan,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-010",
    title: &Text::fixed("单元格不应带单位或文字", "No unit or text in a cell"),
    severity: Severity::Warning,
    of_form: true,
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_010_no_unit.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed("带有单位", "has a unit"),
    expected: Text::fixed("只填数字", "a figure alone"),
    advice: Text::fixed("只填数字；单位以表头为准", "give the figure alone, in the unit of the heading"),
};

fn check(dossier: &Dossier) -> Ruling {
    // 60号 names no unit for 采购总金额: where the header doesn't either, the text may say it.
    let open = dossier.report.figures.declared_decimals == Some(0);
    let mut ruling = of_kind(dossier, DefectKind::Unit, &WORDING);
    let yuan = ruling.violations.iter_mut().filter(|own| is_in_yuan(&own.actual.zh));
    yuan.for_each(|own| own.yields_to = Some(("AMT-003", own.location)));
    let amounts = ruling.violations.iter_mut().filter(|own| own.location == Location::Cell(Row::Procurement.nth(1)));
    amounts.filter(|_| open).for_each(|own| own.advice = IN_THE_TEXT.clone());
    ruling
}

static IN_THE_TEXT: Text = Text::fixed(
    "只填数字；表头没有写明单位的，可在正文说明",
    "give the figure alone; where the heading has no unit, say it in the text",
);
