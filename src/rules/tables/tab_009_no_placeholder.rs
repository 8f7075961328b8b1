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
use crate::{
    dossier::Dossier,
    report::{Cell, DefectKind, Location},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
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
    let held = dossier.report.defects.iter().filter(|defect| defect.kind == DefectKind::Placeholder);
    Ruling::of(held.filter_map(|defect| match defect.location {
        Location::Cell(cell) if dossier.report.figures.has_row(cell.row()) => {
            Some(violation(dossier, cell, &defect.printed))
        }
        _ => None,
    }))
}

fn violation(dossier: &Dossier, cell: Cell, printed: &str) -> Violation {
    let place = cell.printed();
    let message =
        Text::new(format!("{place}：填的是占位符“{printed}”"), format!("{place}: the placeholder “{printed}”"));
    Violation::at(Location::Cell(cell), message)
        .about(dossier, [cell])
        .expecting(Text::fixed("数字（没有的填 0）", "a figure"), Text::same(printed))
        .advising(Text::fixed("改填数字；确实没有的填 0", "fill in a figure; 0 where there is nothing"))
}
