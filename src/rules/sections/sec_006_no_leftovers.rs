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
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{around, texts},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "SEC-006",
    title: &Text::fixed("不应有模板、网页代码和导航的残留", "No leftovers of template, HTML or navigation"),
    severity: Severity::Warning,
    of_form: true,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("一（不宜泛化）"), Basis::of_60("附件（格式模板）")],
    source: include_str!("sec_006_no_leftovers.rs"),
    ..BuiltIn::new(check)
};

/// Words of the template and of pages that are no part of a report.
const LEFTOVERS: [&str; 12] = [
    "该部分以表格形式报告",
    "此部分以表格形式报告",
    "(文字描述",
    "（文字描述",
    "当前位置",
    "打印本页",
    "关闭窗口",
    "上一篇",
    "下一篇",
    "QQ空间",
    "<!--",
    "</",
];

fn check(dossier: &Dossier) -> Ruling {
    let found = texts(&dossier.report).filter_map(|(place, text)| {
        let leftovers = LEFTOVERS.iter().filter_map(|words| text.find(words).map(|at| at..at + words.len()));
        let quotes: Vec<String> = leftovers.map(|range| around(text, range.start, range.end)).collect();
        (!quotes.is_empty()).then(|| violation(place, &quotes))
    });
    Ruling::of(found)
}

fn violation(place: Location, quotes: &[String]) -> Violation {
    let quotes = quotes.iter().map(|quote| format!("“{quote}”")).collect::<String>();
    let message = Text::new(
        format!("{quotes}不是报告内容，疑为模板、网页代码或导航的残留"),
        format!("{quotes}: no part of a report"),
    );
    Violation::at(place, message)
        .expecting(Text::fixed("报告内容", "the report's own words"), Text::same(quotes))
        .advising(Text::fixed("删去残留文字", "remove it"))
}
