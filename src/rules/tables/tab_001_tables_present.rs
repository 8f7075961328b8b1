//! Tables two, three and four are there.
//!
//! Without its tables a report tells nothing that can be checked. Where a heading announces a table
//! that the text can't show (a picture, for instance), or the document is cut short before it, or shows
//! neither a section nor a table, that can't be decided.
//!
//! # 说明
//! 报告应有第二、三、四部分的表格。有标题而读不到表格（如表格为图片），文件在此之前中断的，
//! 或文件中部分和表格一个都没有认出的，无法判断。
//!
//! # Bad
//! ```json
//! { "report": { "remedies": null, "sections": { "4": { "text": "没有行政复议、行政诉讼。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{DefectKind, Location, Standing, Table},
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-001",
    title: &Text::fixed("第二、三、四部分的表格应当齐全", "Tables two, three and four are there"),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    of_form: true,
    awaits_completion: true,
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_001_tables_present.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let is_there = |table: &Table| report.figures.standing(*table) != Standing::Absent;
    if report.shows_no_section() && !Table::of(report.edition).iter().any(is_there) {
        return Ruling::undetermined(Text::fixed(
            "没有认出任何部分和表格，可能只是报告的一部分（见 SEC-001）",
            "no section and no table was found: an excerpt perhaps (see SEC-001)",
        ));
    }
    let mut ruling = Ruling::satisfied();
    let mut cut = false;
    for table in Table::of(report.edition) {
        let name = table.printed();
        match report.figures.standing(*table) {
            Standing::Whole => {}
            Standing::Cut => {
                cut = true;
                let defect = report.defect_at(Location::Table(*table), DefectKind::Truncated);
                let line = defect.map_or(0, |it| it.place.line);
                ruling.undecided.push(Text::new(
                    format!("文件在{name}中间中断（第 {line} 行），其后内容无法判断"),
                    format!("the document ends in the middle of {name} (line {line})"),
                ));
            }
            Standing::Unread => ruling.undecided.push(Text::new(
                format!("{name}有标题而读不到表格（可能是图片，或在转换中丢失）"),
                format!("{name} has a heading, but no table that can be read"),
            )),
            Standing::Absent if cut || report.is_cut_before(table.section()) => ruling
                .undecided
                .push(Text::new(format!("文件在{name}之前中断"), format!("the document is cut short before {name}"))),
            Standing::Absent => ruling.violations.push(missing(*table)),
        }
    }
    ruling
}

fn missing(table: Table) -> Violation {
    let name = table.printed();
    let section = table.section();
    Violation::at(Location::Table(table), Text::new(format!("缺少{name}"), format!("{name} is missing")))
        .expecting(
            Text::new(format!("第{section}部分有表格"), format!("a table in section {section}")),
            Text::fixed("没有表格", "no table"),
        )
        .advising(Text::new(format!("按格式补充{name}"), format!("add {name} as the form has it")))
}
