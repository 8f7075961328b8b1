//! No part exceeds the whole.
//!
//! Whatever else a summary sums up, none of its parts can have more applications, cases or decisions than
//! the whole. This holds where not all parts are at hand too. One finding names all parts that exceed in
//! a row, at 总计 where they exceed there.
//!
//! # 说明
//! 不论下级报告是否齐全，任何一份下级报告的申请、案件、处理决定数量都不应大于汇总报告的相应数字。同一行只提示一处，总计有超出的以总计为准。
//!
//! # Bad
//! ```json 2021
//! { "subordinates": [ { "body": { "name": "青溪县公安局" }, "disclosure_2021": { "penalties": { "decisions": 3000 } } } ] }
//! ```
//! ```json
//! { "subordinates": [ { "body": { "name": "某单位" }, "applications": { "received": { "natural_person": 40, "total": 40 } } } ] }
//! ```
//!
//! # Good
//! ```json 2021
//! { "subordinates": [ { "body": { "name": "青溪县公安局" }, "disclosure_2021": { "penalties": { "decisions": 2764 } } } ] }
//! ```
use super::parts::{Parts, cells, rows};
use crate::{
    dossier::Dossier,
    report::{Location, Row},
    rule::{Basis, BuiltIn, Input, Ruling, Severity, Violation},
    words::{Text, counted},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "AGG-002",
    title: &Text::fixed("下级报告的数字不应大于汇总数", "No part exceeds the whole"),
    severity: Severity::Warning,
    inputs: &[Input::Report, Input::Subordinates],
    basis: &[Basis::accurate_before_30(), Basis::of_30("二（二）")],
    source: include_str!("agg_002_no_part_exceeds.rs"),
    ..BuiltIn::new(check)
};

/// How many of the parts that exceed are named.
const NAMED: usize = 3;

fn check(dossier: &Dossier) -> Ruling {
    let parts = match Parts::of(dossier) {
        Ok(parts) => parts,
        Err(why) => return Ruling::not_applicable(why),
    };
    let violations = rows(dossier).filter_map(|row| exceeded(dossier, &parts, row)).collect();
    Ruling { violations, ..Ruling::satisfied() }
}

fn exceeded(dossier: &Dossier, parts: &Parts<'_>, row: Row) -> Option<Violation> {
    let (cell, exceeding) =
        cells(row).map(|cell| (cell, parts.exceeding(dossier, cell))).find(|(_, exceeding)| !exceeding.is_empty())?;
    let whole = dossier.report.figures.count(cell).known()?;
    let named = exceeding.iter().take(NAMED).map(|(name, count)| format!("{name} {count}"));
    let named = named.collect::<Vec<_>>().join("，");
    let (count, place) = (exceeding.len(), cell.printed());
    let message = Text::new(
        format!("{place}：汇总为 {whole}，有 {count} 份下级报告大于此数：{named}"),
        format!("{place}: the summary has {whole}, and more is in {}: {named}", counted(count, "part")),
    );
    let most = exceeding.iter().map(|(_, count)| *count).max().unwrap_or(whole);
    Some(
        Violation::at(Location::Cell(cell), message)
            .expecting(Text::new(format!("不少于 {most}"), format!("{most} or more")), Text::same(whole.to_string()))
            .about(dossier, [cell])
            .advising(Text::fixed(
                "核对汇总时是否漏计，或该下级报告填写有误",
                "check whether a part was left out of the summary, or is wrong itself",
            )),
    )
}
