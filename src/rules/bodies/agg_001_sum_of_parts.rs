//! A summary equals the sum of its parts.
//!
//! Governments sum up the reports of their departments and of the governments below (30号 二（二）): each
//! cell of tables three and four, and the decisions of table two, is the sum of the parts. Documents in
//! table two are left out, since one document can be several bodies'. Where the caller says that all
//! parts are at hand (the report of the government's own office is one of them), a cell that differs is
//! an error. Where it does not say so, parts may be missing, and only a sum above the whole is wrong: a
//! warning; a row in which a single part exceeds the whole is then left to AGG-002. Reports of another
//! year don't count. A blank is an unknown number, not a zero.
//!
//! # 说明
//! 县级以上地方政府的年度报告应逐级汇总所属部门和下级政府的数据（30号文二（二））。表三、表四各项和表二的处理决定数量，应等于各下级报告之和；规章、规范性文件等不作比较。提交时说明下级报告齐全（包括本政府机关自身的报告）的，不等即为错误；没有说明齐全的，只在各报告之和大于汇总数时提醒，其中单独一份就已超过的，见 AGG-002。不是本年度的下级报告不计入。空白不按 0 计。
//!
//! # Bad
//! ```json 2021
//! { "subordinates": [
//!     { "body": { "name": "青溪县自然资源局" }, "disclosure_2021": { "penalties": { "decisions": 2000 } } },
//!     { "body": { "name": "青溪县市场监督管理局" }, "disclosure_2021": { "penalties": { "decisions": 765 } } } ] }
//! ```
//! ```json 2021
//! { "subordinates_complete": true, "subordinates": [
//!     { "body": { "name": "青溪县自然资源局" }, "disclosure_2021": { "penalties": { "decisions": 2000 } } },
//!     { "body": { "name": "青溪县市场监督管理局" }, "disclosure_2021": { "penalties": { "decisions": 763 } } } ] }
//! ```
//! ```json 2019
//! { "subordinates_complete": true, "subordinates": [
//!     { "body": { "name": "白川市生态环境局东城分局" }, "remedies": { "reconsideration": { "upheld": 0, "corrected": 0, "other": 0, "pending": 0, "total": 0 } },
//!       "disclosure_2019": { "penalties": { "decisions": 60 } } },
//!     { "body": { "name": "白川市生态环境局西城分局" }, "disclosure_2019": { "penalties": { "decisions": 66 } } } ] }
//! ```
//!
//! # Good
//! ```json 2021
//! { "subordinates": [
//!     { "body": { "name": "青溪县自然资源局" }, "disclosure_2021": { "penalties": { "decisions": 2000 } } },
//!     { "body": { "name": "青溪县市场监督管理局" }, "disclosure_2021": { "penalties": { "decisions": 700 } } } ] }
//! ```
use super::parts::{Parts, cells, rows};
use crate::{
    dossier::Dossier,
    report::{Cell, Location, Row},
    rule::{Basis, BuiltIn, Input, Operand, Origin, Ruling, Severity, Side, Violation},
    rules::relation::{Balance, balance, listed, sum},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "AGG-001",
    title: &Text::fixed("汇总数应等于各下级报告之和", "A summary equals the sum of its parts"),
    severity: Severity::Warning,
    inputs: &[Input::Report, Input::Subordinates],
    basis: &[Basis::accurate_before_30(), Basis::of_30("二（二）")],
    source: include_str!("agg_001_sum_of_parts.rs"),
    ..BuiltIn::new(check)
};

/// A cell whose figure is not the sum of the parts'.
struct Difference {
    cell: Cell,
    parts: i64,
    whole: i64,
}

fn check(dossier: &Dossier) -> Ruling {
    let parts = match Parts::of(dossier) {
        Ok(parts) => parts,
        Err(why) => return Ruling::not_applicable(why),
    };
    let mut ruling = Ruling::satisfied();
    let mut open = Vec::new();
    for row in rows(dossier) {
        let (differences, undecided) = weigh(dossier, &parts, row);
        if undecided && parts.complete {
            open.push(Location::Row(row));
            ruling.lacks.push(row);
        }
        // A single part that exceeds the whole is wrong, whatever the sum.
        let exceeded = || cells(row).find(|cell| !parts.exceeding(dossier, *cell).is_empty());
        let elsewhere = if parts.complete || differences.is_empty() { None } else { exceeded() };
        let violation = |own: &Difference| Violation {
            yields_to: elsewhere.map(|cell| ("AGG-002", Location::Cell(cell))),
            ..differs(dossier, &parts, own)
        };
        ruling.violations.extend(differences.iter().map(violation));
    }
    let why = "下级报告或汇总有单元格空白、未能读出，无法判断";
    ruling.undecided.extend(listed(&open, why, "cells of the parts or the whole are blank or not read"));
    ruling
}

/// The cells of a row that differ from the sum of the parts, and whether others could not be decided.
fn weigh(dossier: &Dossier, parts: &Parts<'_>, row: Row) -> (Vec<Difference>, bool) {
    let (mut differences, mut open) = (Vec::new(), false);
    for cell in cells(row) {
        match balance(parts.sum(cell), sum(&dossier.report.figures, &[cell])) {
            Balance::Fails { left, right } if parts.complete || left > right => {
                differences.push(Difference { cell, parts: left, whole: right });
            }
            Balance::Open => open = true,
            Balance::Fails { .. } | Balance::Holds | Balance::HoldsWithBlanksAsZero => {}
        }
    }
    (differences, open)
}

/// The most reports whose figures are told one by one.
const TOLD: usize = 50;

/// A cell that is not the sum of the parts.
fn differs(dossier: &Dossier, parts: &Parts<'_>, own: &Difference) -> Violation {
    let Difference { cell, parts: sum, whole } = *own;
    let (place, count) = (cell.printed(), parts.reports.len());
    let message = Text::new(
        format!("{place}：{count} 份下级报告之和为 {sum}，汇总为 {whole}"),
        format!("{place}: {count} reports sum to {sum}; the summary has {whole}"),
    );
    let severity = if parts.complete { Severity::Error } else { Severity::Warning };
    let term = |origin: Origin, side| {
        let figure = origin.in_dossier(dossier).map(|report| report.figures.count(cell)).unwrap_or_default();
        Operand { origin, cell, figure, side, factor: 1 }
    };
    let each = (0..count).map(|at| term(Origin::Subordinate(at), Side::Left));
    let told = each.filter(|own| own.figure.known() != Some(0)).take(if count > TOLD { 0 } else { TOLD });
    let side = if count > TOLD { Side::Beside } else { Side::Right };
    Violation {
        difference: Some(sum - whole),
        operands: told.chain([term(Origin::Subject, side)]).collect(),
        equation: format!("{sum} ≠ {whole}"),
        ..Violation::at(Location::Cell(cell), message)
            .expecting(Text::same(sum.to_string()), Text::same(whole.to_string()))
            .advising(Text::fixed(
                "逐份核对下级报告的本项数字，改正汇总数或有误的下级报告",
                "go through the parts, and correct the summary or the part that is wrong",
            ))
            .graded(severity)
    }
}
