//! Nothing is left over from the template, from HTML or from a page’s navigation.
//!
//! 该部分以表格形式报告, （文字描述） and the like are the template's words for whoever fills it in; tags and
//! comments of HTML, and a page's 当前位置 or 打印本页, came along when the text was copied.
//!
//! # 说明
//! 正文中不应有格式模板的说明文字（如“该部分以表格形式报告”“（文字描述）”）、HTML 标签，或网页导航文字（如“当前位置”“打印本页”）。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "2": { "text": "该部分以表格形式报告。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "3": { "text": "<!--[if !supportLists]-->（三）<!--[endif]-->规范办理申请。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::{List, Met, Passage},
    report::Format,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "SEC-006",
    title: &Text::fixed("不应有模板、网页代码和导航的残留", "No leftovers of template, HTML or navigation"),
    severity: Severity::Warning,
    of_form: true,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（四）"), Basis::of_60("附件（格式模板）")],
    source: include_str!("sec_006_no_leftovers.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    // What is read from a page, or collected from one as text, has the page's navigation around it.
    let page = dossier.report.source.as_ref().is_some_and(|own| matches!(own.format, Format::Html | Format::Text));
    let found = dossier.index().texts().filter_map(|passage| {
        let navigation = passage.words(List::Navigation).filter(|_| !page);
        let leftovers: Vec<Met> = passage.words(List::Leftovers).chain(navigation).collect();
        (!leftovers.is_empty()).then(|| violation(passage, &leftovers))
    });
    Ruling::of(found)
}

fn violation(passage: &Passage, leftovers: &[Met]) -> Violation {
    const MOST: usize = 5;
    let mut quotes: Vec<String> = leftovers.iter().take(MOST).map(|met| passage.around(&met.at)).collect();
    // Several of them may stand in one clause.
    quotes.dedup();
    let quotes = quotes.iter().map(|quote| format!("“{quote}”")).collect::<String>();
    let message = Text::new(
        format!("{quotes}不是报告内容，疑为模板、网页代码或导航的残留"),
        format!("{quotes}: no part of a report"),
    );
    at(passage, &leftovers[0].at, message)
        .expecting(Text::fixed("报告内容", "the report's own words"), Text::same(quotes))
        .advising(Text::fixed("删去残留文字", "remove it"))
}
