//! No figure is negative but 本年增/减.
//!
//! All figures of the form count something: documents, decisions, applications, cases. Only 本年增/减
//! of edition 2019 is a difference.
//!
//! # 说明
//! 除2019年版格式的“本年增/减”外，各项都是数量，不应为负。
//!
//! # Bad
//! ```json 2021
//! { "report": { "disclosure_2021": { "penalties": { "decisions": -3 } } } }
//! ```
//! ```json 2019
//! { "report": { "disclosure_2019": { "penalties": { "decisions": -3 } } } }
//! ```
//!
//! # Good
//! ```json 2019
//! { "report": { "disclosure_2019": { "penalties": { "change": -84 } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Cell, Figure, Location},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-011",
    title: &Text::fixed("除本年增/减外不应为负数", "No figure is negative but 本年增/减"),
    severity: Severity::Error,
    of_form: true,
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_011_no_negative.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let negative = report.figures.cells_where(|count| matches!(count, Figure::Known(..0)));
    let cells = negative.filter(|cell| !cell.column().may_be_negative());
    let mut ruling = Ruling::of(cells.filter_map(|cell| judge(dossier, cell)));
    let open = report.unread_cells().filter(|cell| !cell.column().may_be_negative() && !report.is_some_number(*cell));
    ruling.lacks.extend(open.map(Cell::row));
    if !ruling.lacks.is_empty() {
        ruling.undecided.push(Text::fixed("有单元格未能读出", "some cells could not be read"));
    }
    ruling
}

fn judge(dossier: &Dossier, cell: Cell) -> Option<Violation> {
    let Figure::Known(count @ ..0) = dossier.report.figures.count(cell) else {
        return None;
    };
    let place = cell.printed();
    let message = Text::new(format!("{place}：{count} 是负数"), format!("{place}: {count} is negative"));
    Some(
        Violation::at(Location::Cell(cell), message)
            .expecting(Text::fixed("不小于 0 的整数", "0 or more"), Text::same(count.to_string()))
            .about(dossier, [cell])
            .advising(Text::fixed("核对后改为不小于 0 的数字", "check and correct the figure")),
    )
}
