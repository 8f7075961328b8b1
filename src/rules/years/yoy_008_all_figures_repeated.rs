//! Not all figures are last year's.
//!
//! Where every figure of the tables that both reports have is the same, and six of them and more are not 0, last year's tables were most
//! likely sent again.
//!
//! # 说明
//! 两年都有的表格，每个数字都与上一年度相同（且至少有 6 个不为 0）的，疑为沿用上一年度的表格，应予核对。
//!
//! # Bad
//! ```json 2021
//! { "previous": { "disclosure_2021": { "regulations": { "issued": 0, "repealed": 0, "in_force": 0 },
//!     "normative_documents": { "issued": 2, "repealed": 2, "in_force": 41 }, "permits": { "decisions": 18230 },
//!     "penalties": { "decisions": 2764 }, "coercive_measures": { "decisions": 35 }, "fees": { "amount": "412.36" } } },
//!   "report": { "disclosure_2021": { "normative_documents": { "issued": 2, "repealed": 2, "in_force": 41 } } } }
//! ```
use super::last_year::last_year;
use crate::{
    dossier::Dossier,
    report::{Cell, Figures, Location, Row, Table},
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "YOY-008",
    title: &Text::fixed("各表数字不应与上一年度全部相同", "Not all figures are last year's"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）"), Basis::accurate_before_30()],
    source: include_str!("yoy_008_all_figures_repeated.rs"),
    ..BuiltIn::new(check)
};

/// Fewer figures above 0 may be the same by chance.
const FEWEST: usize = 6;

fn check(dossier: &Dossier) -> Ruling {
    let previous = match last_year(dossier) {
        Ok(previous) => previous,
        Err(why) => return Ruling::not_applicable(why),
    };
    let (now, then) = (&dossier.report.figures, &previous.figures);
    let tables: Vec<Table> =
        Table::ALL.into_iter().filter(|table| now.has_table(*table) && then.has_table(*table)).collect();
    let cells = || Row::ALL.into_iter().filter(|row| tables.contains(&row.table())).flat_map(Row::cells);
    let value = |figures: &Figures, cell: Cell| figures.shown(cell).zh;
    let same = cells().all(|cell| value(now, cell) == value(then, cell));
    let above = cells().filter(|cell| now.count(*cell).known().is_some_and(|count| count > 0)).count();
    Ruling::of((same && above >= FEWEST).then(|| {
        let message = Text::fixed("各表的数字与上一年度完全相同", "all figures are the same as last year's");
        Violation::at(Location::Report, message)
            .expecting(Text::fixed("本年度的数字", "this year's figures"), Text::fixed("与上一年度相同", "last year's"))
            .advising(Text::fixed("核对是否误用了上一年度的表格", "check whether last year's tables were used"))
    }))
}
