//! No row of the form is missing.
//!
//! Each table that is there has all rows of its edition. 行政检查 and 行政确认 may stand in for
//! 其他对外管理服务事项; the parts of （六）其他处理 are TAB-005's. All rows that a table lacks are one
//! finding.
//!
//! # 说明
//! 各表应有本版格式规定的全部行。行政检查、行政确认可以代替其他对外管理服务事项；（六）其他处理的分项见 TAB-005。一张表缺少的行合并为一条。
//!
//! # Bad
//! ```json 2021
//! { "report": { "disclosure_2021": { "coercive_measures": null } } }
//! ```
//! ```json 2019
//! { "report": { "disclosure_2019": { "other_services": null } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{
        AnnualReport, DefectKind, Edition, Location, Row, Standing, Table,
        form::{OTHER_PARTS, STAND_INS},
    },
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity, Violation},
    words::{Text, counted},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-002",
    title: &Text::fixed("表格不应缺行", "No row of the form is missing"),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    of_form: true,
    awaits_completion: true,
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_002_rows_present.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let mut ruling = Ruling::satisfied();
    for table in Table::of(report.edition) {
        let missing: Vec<Row> = table.rows().filter(|row| lacks(report, *row)).collect();
        match report.figures.standing(*table) {
            _ if missing.is_empty() => {}
            Standing::Whole if damaged(report, *table).next().is_none() => {
                ruling.violations.push(violation(*table, &missing))
            }
            Standing::Whole => {
                ruling.lacks.extend(damaged(report, *table));
                ruling.undecided.push(Text::new(
                    format!("{}有行的单元格与列数不符，可能在转换中丢失了内容，无法判断是否缺行", table.printed()),
                    format!("cells of {} were lost on the way, so that rows may have been lost too", table.printed()),
                ));
            }
            Standing::Cut | Standing::Unread => ruling.undecided.push(Text::new(
                format!("{}未能读到结尾，有 {} 行无法判断", table.printed(), missing.len()),
                format!("{} could not be read to its end: {}", table.printed(), counted(missing.len(), "row")),
            )),
            Standing::Absent => {}
        }
    }
    ruling
}

/// The rows that show that cells of the table were lost when it became text.
fn damaged(report: &AnnualReport, table: Table) -> impl Iterator<Item = Row> {
    let lost = |kind| matches!(kind, DefectKind::Misaligned | DefectKind::Text | DefectKind::NoSplit);
    report.defects.iter().filter(move |defect| lost(defect.kind)).filter_map(move |defect| match defect.location {
        Location::Row(row) => Some(row).filter(|row| row.table() == table),
        _ => None,
    })
}

fn lacks(report: &AnnualReport, row: Row) -> bool {
    let has = |row: &Row| report.figures.has_row(*row);
    if has(&row) {
        return false;
    }
    let substitutes: &[Row] = match (row, report.edition) {
        (Row::OtherServices, _) => &STAND_INS,
        (Row::OtherSubtotal, Edition::Of2019) => &OTHER_PARTS,
        _ => &[],
    };
    let elsewhere = OTHER_PARTS.contains(&row) || substitutes.iter().any(has);
    row.required(report.edition) && !elsewhere
}

fn violation(table: Table, missing: &[Row]) -> Violation {
    let rows = missing.iter().map(|row| row.printed()).collect::<Vec<_>>().join("；");
    let location = match missing {
        [row] => Location::Row(*row),
        _ => Location::Table(table),
    };
    let message = Text::new(
        format!("{}缺少 {} 行：{rows}", table.printed(), missing.len()),
        format!("{} lacks {}: {rows}", table.printed(), counted(missing.len(), "row")),
    );
    Violation::at(location, message)
        .expecting(Text::same(rows), Text::fixed("没有这些行", "no such rows"))
        .advising(Text::fixed("按格式补上缺少的行，没有的填 0", "add the rows as the form has them"))
}
