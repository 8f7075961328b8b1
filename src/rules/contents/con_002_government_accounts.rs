//! A government reports on 工作考核, 社会评议 and 责任追究.
//!
//! 条例 第五十条第（四）项 asks every government's report for 工作考核、社会评议和责任追究结果情况. They may
//! stand anywhere in the text. Departments need not.
//!
//! # 说明
//! 各级人民政府的年度报告还应包括工作考核、社会评议和责任追究结果情况（条例第五十条第（四）项），写在报告何处不限；部门不作要求。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "1": { "text": "（一）主动公开。公开信息1320条。（二）依申请公开。规范办理。（三）政府信息管理。及时清理文件。（四）平台建设。改版网站。（五）监督保障。开展工作考核和社会评议。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::List,
    report::{BodyKind, Location},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-002",
    title: &Text::fixed("政府应报告考核、评议、追责情况", "A government reports on 考核, 评议 and 追责"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    awaits_completion: true,
    basis: &[Basis::of_regulation("第五十条第（四）项"), Basis::of_30("一（一）")],
    source: include_str!("con_002_government_accounts.rs"),
    ..BuiltIn::new(check)
};

/// What is asked for, each with the words by which it is told.
const MATTERS: [(&str, List); 3] =
    [("工作考核", List::Assessment), ("社会评议", List::Appraisal), ("责任追究结果", List::Accountability)];

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let township = report.kind_of_body() == BodyKind::Township && report.body.name.ends_with("人民政府");
    if report.kind_of_body() != BodyKind::Government && !township {
        return Ruling::not_applicable(Text::fixed("只对各级人民政府要求", "asked of governments alone"));
    }
    let index = dossier.index();
    let missing: Vec<&str> =
        MATTERS.into_iter().filter(|(_, words)| !index.has(*words)).map(|(matter, _)| matter).collect();
    if missing.is_empty() {
        return Ruling::satisfied();
    }
    if index.texts().any(|passage| passage.gaps() > 0) || report.sections.is_empty() {
        return Ruling::not_applicable(Text::fixed("正文有删节", "parts of the text were left out"));
    }
    let missing = missing.join("、");
    let message =
        Text::new(format!("政府年度报告没有写到：{missing}"), format!("the report says nothing of {missing}"));
    Ruling::of([Violation::at(Location::Section(1), message)
        .expecting(
            Text::fixed("工作考核、社会评议、责任追究结果", "考核, 评议 and 追究"),
            Text::new(format!("缺少{missing}"), format!("without {missing}")),
        )
        .advising(Text::new(
            format!("补充{missing}情况；没有的，写明没有"),
            format!("report on {missing}, if only that there was none"),
        ))])
}
