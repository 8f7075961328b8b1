//! No cell is blank.
//!
//! The forms carry no filling instructions, and nothing national says that a blank must be 0; but
//! 数据准确、要素齐备 (30号 一（三）) asks for a figure, and a blank is not a zero. A blank 总计 that
//! follows from the cells beside it is TAL-008's; a placeholder is TAB-009's.
//!
//! # 说明
//! 各单元格都应填数，没有的填 0（30号一（三）：数据准确、要素齐备）。空白不等于 0。可由本行推算的总计空白见 TAL-008，占位符见 TAB-009。
//!
//! # Bad
//! ```json
//! { "report": { "applications": { "outcomes": { "denied": { "state_secret": { "business": null } } } } } }
//! ```
//!
//! # Good
//! ```json
//! { "parameters": { "blanks_are_errors": true } }
//! ```
//! ```json
//! { "report": { "applications": { "outcomes": { "denied": { "state_secret": { "business": 0 } } } } } }
//! ```
use super::super::tally::derivable;
use crate::{
    dossier::Dossier,
    report::{Cell, DefectKind, Figure, Location},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-008",
    title: &Text::fixed("单元格不应空白", "No cell is blank"),
    severity: Severity::Warning,
    of_form: true,
    awaits_completion: true,
    basis: &[
        Basis::of_30("一（三）（表三）"),
        Basis::of_30("三（二）（全面准确）"),
        Basis::of_30("附件 二至四"),
        Basis::of_60("附件 二至四"),
    ],
    source: include_str!("tab_008_no_blank.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let placeholders: Vec<Location> = dossier
        .report
        .defects
        .iter()
        .filter(|defect| defect.kind == DefectKind::Placeholder)
        .map(|defect| defect.location)
        .collect();
    let blank = |cell: Cell| {
        let spoken_for = || placeholders.contains(&Location::Cell(cell)) || is_derivable(dossier, cell);
        dossier.report.figures.is_blank(cell) && !spoken_for()
    };
    let grave = dossier.parameters.blanks_are_errors;
    let cells = dossier.report.figures.cells_where(|count| count == Figure::Blank);
    let violations = cells.filter(|cell| blank(*cell)).map(|cell| violation(dossier, cell));
    Ruling::of(violations.map(|violation| if grave { violation.graded(Severity::Error) } else { violation }))
}

fn is_derivable(dossier: &Dossier, cell: Cell) -> bool {
    derivable(&dossier.report.figures, cell.row()).is_some_and(|(total, _)| total == cell)
}

fn violation(dossier: &Dossier, cell: Cell) -> Violation {
    let place = cell.printed();
    Violation::at(Location::Cell(cell), Text::new(format!("{place}：空白"), format!("{place}: blank")))
        .about(dossier, [cell])
        .expecting(Text::fixed("数字（没有的填 0）", "a figure"), Text::fixed("空白", "blank"))
        .advising(Text::fixed("核实后填写；确实没有的填 0", "fill in the figure; 0 where there is nothing"))
}
