//! 规章 come only from bodies that can make them.
//!
//! Departments of the State Council, provinces, cities with districts and autonomous prefectures make
//! 规章; counties, districts, townships, sub-districts and their departments do not (立法法 第九十一条, 第九十三条). Where a report of one of these has a figure in the row
//! 规章, other documents were mostly counted there. The body's level is taken from what is stated, else
//! from its name, else from the way its text speaks of it (我镇); in doubt the rule is silent, and of the
//! departments of cities and provinces it says nothing.
//!
//! # 说明
//! 规章只能由国务院部门，省、自治区、直辖市，设区的市、自治州制定（《立法法》第九十一条、第九十三条）。县（市、区）及其部门、乡镇、街道的报告在“规章”一行填有非零数字的，多为将其他文件计入，应予核对。层级以报告载明的为准，没有载明的从单位名称或正文自称（如“我镇”）判断；不能确定的，以及省、市级部门，不作判断。
//!
//! # Bad
//! ```json 2021
//! { "report": { "disclosure_2021": { "regulations": { "issued": 0, "repealed": 0, "in_force": 6 } } } }
//! ```
//! ```json 2019
//! { "report": { "body": { "level": "LEVEL_COUNTY" }, "disclosure_2019": { "regulations": { "made": 0, "disclosed": 0, "total_public": 2 } } } }
//! ```
//!
//! # Good
//! ```json 2019
//! { "report": { "disclosure_2019": { "regulations": { "made": 0, "disclosed": 0, "total_public": 2 } } } }
//! ```
use super::standing::low;
use crate::{
    dossier::Dossier,
    report::{Edition, Location, Row},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "REG-004",
    title: &Text::fixed("规章只能由有权机关制定", "规章 come only from bodies that can make them"),
    severity: Severity::Warning,
    // Cited from general knowledge: the text of this law was not at hand.
    basis: &[
        Basis::of("《中华人民共和国立法法》（2023年修正）", Edition::Unknown, "第九十一条、第九十三条"),
        Basis::of_30("附件 二 第二十条第（一）项"),
        Basis::of_60("附件 二 第二十条第（一）项"),
    ],
    source: include_str!("reg_004_rules_of_a_lower_body.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let Some(low) = low(&dossier.report) else {
        return Ruling::not_applicable(Text::fixed(
            "报告单位可能有规章制定权，或不能确定其层级",
            "the body may be one that makes 规章, or its level can't be told",
        ));
    };
    let figures = &dossier.report.figures;
    let rows = [Row::Regulations2019, Row::Regulations2021].into_iter();
    Ruling::of(rows.filter_map(|row| {
        let cells = row.cells().filter(|cell| figures.count(*cell).known().is_some_and(|count| count > 0));
        let shown: Vec<String> = cells
            .clone()
            .map(|cell| format!("{} {}", cell.column().label(row.table()), figures.count(cell).shown().zh))
            .collect();
        if shown.is_empty() {
            return None;
        }
        let (place, shown, Text { zh, en }) = (Location::Row(row).printed(), shown.join("，"), low.name());
        let message = Text::new(
            format!("{place}：{shown}，而{zh}没有规章制定权"),
            format!("{place}: {shown}; but {en} can't make 规章"),
        );
        Some(
            Violation::at(Location::Row(row), message)
                .expecting(Text::same("0"), Text::same(shown))
                .about(dossier, cells)
                .advising(Text::fixed(
                    "核对是否误将规范性文件或其他文件计入规章",
                    "check whether other documents were counted as 规章",
                )),
        )
    }))
}
