//! No placeholder stands in a cell.
//!
//! A stroke or 无 may mean zero, not known, or not ours: it is read as a blank, and the reader is
//! left to guess. 数据准确、要素齐备 (30号 一（三）) asks for a figure.
//!
//! # 说明
//! 单元格中不应以 / - — 无 等代替数字（30号一（三）：数据准确、要素齐备）。占位符按空白处理。
//!
//! # Bad
//! ```json
//! { "report": {
//!     "applications": { "outcomes": { "denied": { "state_secret": { "business": null } } } },
//!     "defects": [{ "path": "applications.outcomes.denied.state_secret.business", "printed": "/", "kind": "DEFECT_KIND_PLACEHOLDER" }] } }
//! ```
use super::cells::by_row;
use crate::{
    dossier::Dossier,
    report::{Cell, DefectKind, Location},
    rule::{Basis, BuiltIn, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-009",
    title: &Text::fixed("单元格不应使用占位符", "No placeholder stands in a cell"),
    severity: Severity::Warning,
    of_form: true,
    basis: &[
        Basis::of_30("一（三）（表三）"),
        Basis::of_30("三（二）（全面准确）"),
        Basis::of_30("附件 二至四"),
        Basis::of_60("附件 二至四"),
    ],
    source: include_str!("tab_009_no_placeholder.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let placeholders: Vec<Location> = report
        .defects
        .iter()
        .filter(|defect| defect.kind == DefectKind::Placeholder)
        .map(|defect| defect.location)
        .collect();
    let held = |cell: Cell| placeholders.contains(&Location::Cell(cell));
    Ruling::of(by_row(dossier, held).into_iter().map(|(row, cells)| {
        let at = Location::Cell(cells[0]);
        let printed = report.defect_at(at, DefectKind::Placeholder).map_or("", |defect| &defect.printed);
        super::cells::violation(dossier, row, &cells, "填的是占位符", "placeholder")
            .expecting(Text::fixed("数字（没有的填 0）", "a figure"), Text::same(printed))
            .advising(Text::fixed("改填数字；确实没有的填 0", "fill in a figure; 0 where there is nothing"))
    }))
}
