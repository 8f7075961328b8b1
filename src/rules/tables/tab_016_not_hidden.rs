//! No figure stands where the page's styles, a picture or a box may hide it.
//!
//! A figure in transparent or white letters, of no size, moved off the page, in a part that opens at a click, or
//! named by a rule of a style sheet that hides, or beside a picture or a box that may show another digit: what a program
//! reads there and what a reader sees may differ.
//! Such a figure is not taken, and what depends on it stays undetermined.
//!
//! # 说明
//! 数字所在处的页面样式可能使读者看不到它（透明、白色、字号为零、移出页面、需点开才显示，或被样式表中的规则隐藏），或者旁边的图片、文本框可能另有数字，程序读到的与读者看到的可能不同。这样的数字不予采用，涉及它的勾稽关系记为“无法判断”。
//!
//! # Bad
//! ```json
//! { "report": {
//!     "remedies": { "reconsideration": { "upheld": null } },
//!     "defects": [{ "path": "remedies.reconsideration.upheld", "printed": "〔可能隐藏：1〕", "kind": "DEFECT_KIND_OBSCURED" }] } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Cell, Defect, DefectKind, Location, Table},
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-016",
    title: &Text::fixed("页面样式不应隐藏数字", "Styles may hide a figure"),
    severity: Severity::Warning,
    bounds: Bounds::KEPT,
    of_form: true,
    basis: &[Basis::of_30("一（三）"), Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_016_not_hidden.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let of = |table: Table| dossier.report.defects.iter().filter(move |defect| is_obscured(defect, table));
    Ruling::of(Table::ALL.into_iter().filter_map(|table| violation(dossier, table, &of(table).collect::<Vec<_>>())))
}

fn is_obscured(defect: &Defect, table: Table) -> bool {
    let own = matches!(defect.location, Location::Cell(cell) if cell.row().table() == table);
    own && defect.kind == DefectKind::Obscured
}

/// One finding on all figures of a table.
fn violation(dossier: &Dossier, table: Table, defects: &[&Defect]) -> Option<Violation> {
    let first = defects.first()?;
    let location = if defects.len() == 1 { first.location } else { Location::Table(table) };
    let (place, many) = (location.printed(), defects.len());
    let message = Text::new(
        format!("{place}：页面样式、图片或文本框可能遮挡此处内容（{many} 个数字，首处原文“{}”）", first.printed),
        format!(
            "{place}: the page's styles, a picture or a box may hide what stands here ({many} figures, the first “{}”)",
            first.printed
        ),
    );
    let cells = defects.iter().filter_map(|defect| match defect.location {
        Location::Cell(cell) => Some(cell),
        _ => None,
    });
    let cells: Vec<Cell> = cells.collect();
    Some(
        Violation::at(location, message)
            .expecting(
                Text::fixed("直接显示的数字", "figures that are plainly shown"),
                Text::same(first.printed.clone()),
            )
            .about(dossier, cells)
            .advising(Text::fixed(
                "去掉隐藏内容的样式，使页面显示的数字与所填数字一致",
                "remove the styles that hide, so that the page shows the figures that are filled in",
            ))
            .placed(first.place.clone()),
    )
}
