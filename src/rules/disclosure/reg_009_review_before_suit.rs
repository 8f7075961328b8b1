//! From 2024 on a refusal goes to review before it goes to court.
//!
//! Who objects to 不予公开 must first ask for 行政复议 (法释〔2025〕8号 第十条（一）; 行政复议法 as of 2024). Suits without review can
//! then only be about other results: more of them than applications that ended otherwise are worth a look. It is a
//! hint: a suit may be about an application of an earlier year.
//!
//! # 说明
//! 自2024年起，对不予公开决定不服的，应先申请行政复议，再提起行政诉讼（法释〔2025〕8号第十条（一））。“未经复议直接起诉”的总计多于表三中不予公开以外的办理结果的，提示核对案件分类；由以前年度申请引发的，可不改。
//!
//! # Bad
//! ```json 2021
//! { "report": { "year": 2024, "title": "青溪县人民政府2024年政府信息公开工作年度报告", "published_on": null,
//!   "preamble": "根据国办公开办函〔2021〕30号编制本报告。统计期限自2024年1月1日起至2024年12月31日止。",
//!   "sections": { "1": { "text": "2024年，依法做好主动公开、依申请公开、政府信息管理、平台建设、监督保障各项工作，开展考核和社会评议，没有责任追究情形。" } },
//!   "remedies": { "direct_litigation": { "upheld": 17, "corrected": 0, "other": 0, "pending": 0, "total": 17 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "remedies": { "direct_litigation": { "upheld": 17, "corrected": 0, "other": 0, "pending": 0, "total": 17 } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::meaning::total,
    report::{Cell, Edition, Location, Row, form::DENIED},
    rule::{Basis, BuiltIn, OF_2021, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "REG-009",
    title: &Text::fixed("2024年起不予公开应先经复议", "From 2024 on a refusal goes to review first"),
    severity: Severity::Info,
    editions: OF_2021,
    // Cited from general knowledge: the text was not at hand.
    basis: &[Basis::of("法释〔2025〕8号", Edition::Unknown, "第十条（一）"), Basis::of_30("一（四）")],
    source: include_str!("reg_009_review_before_suit.rs"),
    ..BuiltIn::new(check)
};

/// From which year on review comes first.
const SINCE: i32 = 2024;

fn check(dossier: &Dossier) -> Ruling {
    let figures = &dossier.report.figures;
    if dossier.report.year.is_none_or(|year| year < SINCE) {
        return Ruling::not_applicable(Text::fixed("2024年以前没有复议前置", "before 2024 review needn't come first"));
    }
    let denied: Vec<Cell> = DENIED.iter().copied().map(total).collect();
    let known = |cell: Cell| figures.count(cell).known();
    let (suits, closed) = (total(Row::DirectLitigation), total(Row::OutcomesTotal));
    let refused: Option<i64> = denied.iter().copied().map(known).sum();
    let (Some(direct), Some(all), Some(refused)) = (known(suits), known(closed), refused) else {
        return Ruling::not_applicable(Text::fixed("有关数字空白或未能读出", "figures are blank or were not read"));
    };
    let others = all - refused;
    Ruling::of((direct > others && others >= 0).then(|| {
        let message = Text::new(
            format!("未经复议直接起诉 {direct} 件，多于不予公开以外的办理结果 {others} 件"),
            format!("{direct} suits without review, for {others} results other than refusals"),
        );
        Violation::at(Location::Cell(suits), message)
            .expecting(
                Text::new(format!("不多于 {others}"), format!("at most {others}")),
                Text::same(direct.to_string()),
            )
            .about(dossier, denied.iter().copied().chain([suits, closed]))
            .advising(Text::fixed("核对案件是否应计入“复议后起诉”", "check whether the suits came after a review"))
    }))
}
