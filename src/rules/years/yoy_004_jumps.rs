//! No figure is more than ten times, or less than a tenth of, last year's.
//!
//! A jump like that is mostly a slip of the pen: a figure too many, a row that moved, another unit. Only
//! cells that mean the same in both reports are compared: the same row, in reports of the same edition;
//! 总计 in tables three and four, and the decisions of table two. The larger of the two figures must be
//! at least 50, since small figures jump by themselves. Where 本年新收 jumps, the results beneath it
//! follow: only 本年新收 is named then. A warning: powers that moved to another body explain a jump.
//!
//! # 说明
//! 与上一年度相比增至十倍以上或降至十分之一以下的数字，多为错行、多写位数或单位有误，提请核对。只比较两年都用同一版格式的同一行：表三、表四的总计，表二的处理决定数量；两年中较大的数不足 50 的，不比较。本年新收申请数量本身骤增骤减的，只提示这一行，不再逐行提示其办理结果。职权划转等也会造成骤变，故只作提醒。
//!
//! # Bad
//! ```json 2021
//! { "previous": { "edition": "EDITION_2021", "disclosure_2021": { "permits": { "decisions": 1820 } } } }
//! ```
//! ```json 2019
//! { "previous": { "edition": "EDITION_2019", "applications": { "received": { "total": 150 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "previous": { "edition": "EDITION_2021", "disclosure_2021": { "permits": { "decisions": 1823 } } } }
//! ```
//! ```json 2021
//! { "previous": { "edition": "EDITION_2021", "remedies": { "reconsideration": { "total": 49 } } } }
//! ```
use super::{beyond_tenfold, last_year};
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Cell, Column, Edition, Location, Row, Table},
    rule::{Basis, BuiltIn, Input, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "YOY-004",
    title: &Text::fixed("数字不应较上一年度骤增骤减", "Figures don't jump above tenfold"),
    severity: Severity::Warning,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 二至四")],
    source: include_str!("yoy_004_jumps.rs"),
    ..BuiltIn::new(check)
};

/// The larger of the two figures is at least so much.
const AT_LEAST: i128 = 50;

fn check(dossier: &Dossier) -> Ruling {
    let previous = match last_year(dossier) {
        Ok(previous) => previous,
        Err(why) => return Ruling::not_applicable(why),
    };
    let edition = dossier.report.edition;
    if previous.edition != edition || edition == Edition::Unknown {
        return Ruling::not_applicable(Text::fixed(
            "两年的报告不是同一版格式，不作比较",
            "the reports of the two years are of different editions",
        ));
    }
    let jumps: Vec<Violation> = comparable(edition).filter_map(|cell| jump(dossier, previous, cell)).collect();
    let root = Location::Cell(Row::Received.nth(6));
    let rooted = jumps.iter().any(|jump| jump.location == root);
    let follows = |place: Location| matches!(place, Location::Cell(cell) if cell.row().table() == Table::Applications);
    Ruling::of(jumps.into_iter().filter(|jump| !rooted || jump.location == root || !follows(jump.location)))
}

/// The cells that mean the same in both reports, one of each row.
fn comparable(edition: Edition) -> impl Iterator<Item = Cell> {
    let rows = Table::of(edition).iter().flat_map(|table| table.rows());
    rows.filter_map(|row| row.cell(Column::Total).or_else(|| row.cell(Column::Decisions)))
}

fn jump(dossier: &Dossier, previous: &AnnualReport, cell: Cell) -> Option<Violation> {
    let (now, last) = (dossier.report.figures.count(cell).known()?, previous.figures.count(cell).known()?);
    if !beyond_tenfold(now.into(), last.into(), AT_LEAST) {
        return None;
    }
    let place = cell.printed();
    let (zh, en) = match now > last {
        true => ("超过上一年度的十倍", "more than ten times last year's"),
        false => ("不足上一年度的十分之一", "less than a tenth of last year's"),
    };
    let message = Text::new(
        format!("{place}：本年度为 {now}，上一年度为 {last}，{zh}"),
        format!("{place}: {now} this year and {last} last year, {en}"),
    );
    Some(
        Violation::at(Location::Cell(cell), message)
            .expecting(
                Text::new(format!("与上一年度的 {last} 相当"), format!("something like last year's {last}")),
                Text::same(now.to_string()),
            )
            .about(dossier, [cell])
            .beside_last_year(previous, [cell])
            .advising(Text::fixed(
                "核对两年的数字；确有变化的，宜在正文说明原因",
                "check both figures; where the change is real, say why in the text",
            )),
    )
}
