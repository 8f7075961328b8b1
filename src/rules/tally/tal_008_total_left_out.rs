//! A 总计 that is left blank can be derived from the cells beside it.
//!
//! The forms carry no filling instructions, so that a blank 总计 is no error; but whoever reads the
//! table has to add it up. The rule states the value. Blanks beside it are read as 0, and the message
//! says so; a row that is blank all over is TAB-008's.
//!
//! # 说明
//! 总计空白而本行其他单元格有数字的，可以推算出总计，本规则给出推算值（其中的空白按 0 计）。整行空白的，见 TAB-008。
//!
//! # Bad
//! ```json
//! { "report": { "applications": { "outcomes": { "granted": { "total": null } } } } }
//! ```
//! ```json
//! { "report": { "remedies": { "reconsideration": { "total": null } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Cell, Column, Figure, Figures, Location, Row, Table},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAL-008",
    title: &Text::fixed("总计不应空白", "总计 is filled in"),
    severity: Severity::Warning,
    awaits_completion: true,
    basis: &[Basis::of_30("附件 三"), Basis::of_60("附件 三"), Basis::of_30("附件 四"), Basis::of_60("附件 四")],
    source: include_str!("tal_008_total_left_out.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let grave = dossier.parameters.blanks_are_errors;
    let blanks = dossier.report.figures.cells_where(|count| count == Figure::Blank);
    let rows = blanks.filter(|cell| cell.column() == Column::Total).map(Cell::row);
    let rows = rows.filter(|row| matches!(row.table(), Table::Applications | Table::Remedies));
    let violations = rows.filter_map(|row| left_out(dossier, row));
    Ruling::of(violations.map(|violation| if grave { violation.graded(Severity::Error) } else { violation }))
}

fn left_out(dossier: &Dossier, row: Row) -> Option<Violation> {
    let figures = &dossier.report.figures;
    let (total, sum) = derivable(figures, row)?;
    let blanks = row.cells().filter(|cell| figures.is_blank(*cell)).count() > 1;
    let place = total.printed();
    let message = Text::new(
        format!("{place}：空白，按本行其他数字应为 {sum}{}", if blanks { "（其中空白按 0 计）" } else { "" }),
        format!("{place}: blank; the row sums to {sum}{}", if blanks { " (blanks read as 0)" } else { "" }),
    );
    Some(
        Violation::at(Location::Cell(total), message)
            .expecting(Text::same(sum.to_string()), Figure::Blank.shown())
            .advising(Text::fixed("核对本行数字后填写", "check the row, then fill it in")),
    )
}

/// The 总计 of a row and what it must be, where it is blank and something beside it is known.
pub(in crate::rules) fn derivable(figures: &Figures, row: Row) -> Option<(Cell, i64)> {
    let mut cells = row.cells();
    let total = cells.next_back()?;
    if !figures.is_blank(total) {
        return None;
    }
    let parts = || cells.clone().map(|cell| figures.count(cell));
    let readable = parts().all(|part| part != Figure::Unread) && parts().any(|part| part.known().is_some());
    readable.then(|| (total, parts().filter_map(Figure::known).sum()))
}
