//! The decisions are in scale with the body.
//!
//! A township with more than 100,000 permits, penalties or coercive measures in a year, or a body at
//! county level with more than 10,000,000, has mostly given services of another kind, or a figure with
//! digits too many. The bounds are wide, so that only what is hardly possible is named; in doubt about
//! the body's level the rule is silent.
//!
//! # 说明
//! 乡镇、街道一年的行政许可、行政处罚或行政强制决定超过 10 万件，县级机关超过 1000 万件的，多为把一般服务事项计入，或多写了位数，提示核对。界限放得很宽，只提示几乎不可能的数字；不能确定层级的，不作判断。
//!
//! # Bad
//! ```json 2021
//! { "report": { "disclosure_2021": { "permits": { "decisions": 18230000 } } } }
//! ```
//! ```json 2019
//! { "report": { "body": { "level": "LEVEL_COUNTY" }, "disclosure_2019": { "penalties": { "decisions": 12700000 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "disclosure_2021": { "permits": { "decisions": 182300 } } } }
//! ```
use super::standing::{Low, low};
use crate::{
    dossier::Dossier,
    report::{Cell, Column, Location, Table},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "REG-006",
    title: &Text::fixed("处理决定数量应与单位规模相称", "The decisions are in scale with the body"),
    severity: Severity::Info,
    basis: &[Basis::of_30("附件 二 第二十条第（五）（六）项"), Basis::of_60("附件 二 第二十条第（五）（六）项")],
    source: include_str!("reg_006_decisions_out_of_scale.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let Some(low) = low(report) else {
        return Ruling::not_applicable(Text::fixed(
            "不是县级以下机关，或不能确定其层级",
            "the body stands above the county, or its level can't be told",
        ));
    };
    let most = match low {
        Low::Township => 100_000,
        Low::County => 10_000_000,
    };
    let of_edition = |cell: &Cell| Table::of(report.edition).contains(&cell.row().table());
    let large = report.figures.cells_where(move |figure| figure.known().is_some_and(|count| count > most));
    let cells = large.filter(|cell| cell.column() == Column::Decisions).filter(of_edition);
    Ruling::of(cells.filter_map(|cell| {
        let count = report.figures.count(cell).known()?;
        let (place, Text { zh, en }) = (cell.printed(), low.name());
        let message = Text::new(
            format!("{place}：{count}，对{zh}来说大得不寻常"),
            format!("{place}: {count} is unusual for {en}"),
        );
        Some(
            Violation::at(Location::Cell(cell), message)
                .expecting(
                    Text::new(format!("一般不超过 {most}"), format!("as a rule no more than {most}")),
                    Text::same(count.to_string()),
                )
                .about(dossier, [cell])
                .advising(Text::fixed(
                    "核对是否多写位数，或把一般服务事项计入",
                    "check for a digit too many, and for services that are no decisions",
                )),
        )
    }))
}
