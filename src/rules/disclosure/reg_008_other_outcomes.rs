//! （六）其他处理 is a small share of the results.
//!
//! 条例 36 says how applications are answered, case by case; what is counted elsewhere was answered in none of
//! these ways. 60号 一（三） has the row only for the passage from the old regulation to the new one and for the
//! rarest cases, and asks the responsible offices to look into bodies with many of them. 30号, which governs the
//! reports of 2021 and later, doesn't repeat that: its 一（三） asks that the results be told in full and as they
//! are, so that these offices see how the work goes, and its form leaves three cases to the row. Above 20 percent
//! of （七）总计 the rule says so, where at least 10 applications were closed. Where parts of （六） are blank or
//! could not be read, those that are known count.
//!
//! # 说明
//! 申请应当按照条例第三十六条规定的情形分别答复，归入“其他处理”的应属少数。60号文一（三）要求关注“其他处理”数量偏高的行政机关；2021年度起，30号文一（三）要求全面客观反映办理结果，格式中“其他处理”只有三种情形。办结 10 件及以上，其他处理超过办理结果总计 20% 的，予以提示。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "1": { "text": "2023年，青溪县人民政府认真贯彻落实《中华人民共和国政府信息公开条例》，政府信息公开工作平稳有序。\n（一）主动公开。全年通过县政府门户网站主动公开政府信息1320条。\n（二）依申请公开。及时答复政府信息公开申请。\n（三）政府信息管理。及时清理行政规范性文件，动态更新公开目录。\n（四）政府信息公开平台建设。完成县政府门户网站政府信息公开专栏改版。\n（五）监督保障。将政府信息公开纳入年度工作考核，组织社会评议一次，全年没有因政府信息公开工作被追究责任的情形。" } },
//!   "applications": { "outcomes": {
//!     "granted": { "natural_person": 3, "total": 4 },
//!     "other": { "other": { "natural_person": 2, "total": 3 } } } } } }
//! ```
//! ```json 2019
//! { "report": { "sections": { "1": { "text": "2020年，白川市生态环境局认真贯彻落实《中华人民共和国政府信息公开条例》，政府信息公开工作平稳有序。\n（一）主动公开。全年通过局门户网站主动公开政府信息560条。\n（二）依申请公开。及时答复政府信息公开申请。\n（三）政府信息管理。对规范性文件实行动态管理。\n（四）平台建设。完善局门户网站政府信息公开专栏。\n（五）监督保障。明确专人负责，组织业务培训两次。" } },
//!   "applications": { "outcomes": {
//!     "granted": { "natural_person": 1, "total": 2 },
//!     "other": { "subtotal": { "natural_person": 3, "total": 3 } } } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::relations::results,
    report::{Cell, Location, Row, form::OTHER_PARTS},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "REG-008",
    title: &Text::fixed("其他处理不应偏多", "（六）其他处理 is a small share of the results"),
    severity: Severity::Info,
    basis: &[
        Basis::of_30("一（三）（全面客观反映办理情况）；附件 三（六）其他处理"),
        Basis::of_60("格式（试行）一（三）"),
        Basis::of_regulation("第三十六条"),
    ],
    source: include_str!("reg_008_other_outcomes.rs"),
    ..BuiltIn::new(check)
};

/// Fewer results are too few for a share.
const FEWEST: i64 = 10;
/// Above so many percent there are too many.
const PERCENT: i64 = 20;
/// The column 总计.
const TOTAL: usize = 6;

fn check(dossier: &Dossier) -> Ruling {
    let figures = &dossier.report.figures;
    let closed = Row::OutcomesTotal.nth(TOTAL);
    let Some(total) = figures.count(closed).known() else {
        return Ruling::not_applicable(Text::fixed(
            "办理结果总计空白、未能读出或没有",
            "（七）总计 is blank, not read or not there",
        ));
    };
    let other_rows = |cell: &Cell| cell.row() == Row::OtherSubtotal || OTHER_PARTS.contains(&cell.row());
    let others: Vec<Cell> = results(figures, TOTAL).into_iter().filter(other_rows).collect();
    let other: i64 = others.iter().filter_map(|cell| figures.count(*cell).known()).sum();
    let many = total >= FEWEST && other <= total && other * 100 > PERCENT * total;
    Ruling::of(many.then(|| {
        let percent = other * 100 / total.max(1);
        let message = Text::new(
            format!("表三（六）其他处理 {other} 件，占办理结果总计 {total} 件的 {percent}%"),
            format!("（六）其他处理 has {other} of {total} results, {percent}%"),
        );
        Violation::at(Location::Row(others.first().map_or(Row::OtherSubtotal, |cell| cell.row())), message)
            .expecting(
                Text::new(format!("不超过 {PERCENT}%"), format!("no more than {PERCENT}%")),
                Text::same(format!("{percent}%")),
            )
            .about(dossier, others.iter().copied().chain([closed]))
            .advising(Text::fixed(
                "核对归入其他处理的申请是否应按法定方式分类",
                "check whether these results belong in the rows above",
            ))
    }))
}
