//! Nothing is added to the form.
//!
//! Extra rows make figures of different bodies incomparable. 行政检查 and 行政确认 in place of
//! 其他对外管理服务事项 are a local (Beijing) requirement that the national form does not have: they are
//! read, and named here. A row of edition 2019's 表三 in a report of 2021 is no addition.
//!
//! # 说明
//! 不应在格式之外增加行，否则各单位数据无法汇总比较。行政检查、行政确认代替其他对外管理服务事项是地方（北京）的要求，全国格式没有，仍予读取，并在此提示。
//!
//! # Bad
//! ```json 2019
//! { "report": { "disclosure_2019": { "inspections": { "last_year_items": 1, "change": 0, "decisions": 4 } } } }
//! ```
//! ```json
//! { "report": { "defects": [{ "path": "applications", "printed": "其他主动公开文件", "kind": "DEFECT_KIND_EXTRA_ROW", "place": { "line": 12 } }] } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Defect, DefectKind, Location, Row, form::STAND_INS},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-004",
    title: &Text::fixed("不应在格式之外增加内容", "Nothing is added to the form"),
    severity: Severity::Warning,
    of_form: true,
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_004_nothing_added.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let extra = report.defects.iter().filter(|defect| defect.kind == DefectKind::ExtraRow).map(extra_row);
    let rows: Vec<Row> = STAND_INS.into_iter().filter(|row| report.figures.has_row(*row)).collect();
    let local = (!rows.is_empty()).then(|| stand_ins(dossier, &rows));
    Ruling::of(extra.chain(local))
}

fn extra_row(defect: &Defect) -> Violation {
    let message = Text::new(
        format!("{}中的“{}”不在格式规定之内", defect.location.printed(), defect.printed),
        format!("“{}” in {} is not in the form", defect.printed, defect.location.printed()),
    );
    Violation::at(defect.location, message)
        .expecting(Text::fixed("格式规定的行", "rows of the form"), Text::same(defect.printed.clone()))
        .advising(Text::fixed("删去格式之外的内容，确需说明的写入正文", "remove it, or say it in the text"))
        .placed(defect.place.clone())
}

fn stand_ins(dossier: &Dossier, rows: &[Row]) -> Violation {
    let names = rows.iter().map(|row| row.label()).collect::<Vec<_>>().join("、");
    let message = Text::new(
        format!("{names}不在全国统一格式之内（属地方要求，其数字仍予识别）"),
        format!("{names} is not in the national form (a local requirement; the figures are read)"),
    );
    Violation::at(Location::Row(rows[0]), message)
        .expecting(Text::same(Row::OtherServices.label()), Text::same(names))
        .about(dossier, rows.iter().flat_map(|row| row.cells()))
        .advising(Text::fixed(
            "本地要求如此填报的，可不改；否则合并填入其他对外管理服务事项",
            "leave it where the locality asks for it; else report it under 其他对外管理服务事项",
        ))
}
