//! No common misspellings and look-alikes.
//!
//! Characters that look alike are mistaken in typing and in reading scans: 不子公开 for 不予公开, 全融局 for 金融局.
//! The list holds only what can't be right in such a report.
//!
//! # 说明
//! 形近、音近的错别字（如“不子公开”“全融局”）。只列在此类报告中不可能正确的写法。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "对申请依法作出不子公开的决定。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{around, texts},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-006",
    title: &Text::fixed("不应有常见错别字", "No common misspellings"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_regulation("第五十条"), Basis::of_30("三（四）（内容准确）")],
    source: include_str!("txt_006_misspellings.rs"),
    ..BuiltIn::new(check)
};

/// What is met, and what is meant.
const MISSPELT: [(&str, &str); 37] = [
    ("不子公开", "不予公开"),
    ("予已公开", "予以公开"),
    ("不子处理", "不予处理"),
    ("全融局", "金融局"),
    ("“大保”", "“六保”"),
    ("信息公幵", "信息公开"),
    ("政府信急", "政府信息"),
    ("信息公升", "信息公开"),
    ("依申清", "依申请"),
    ("申清人", "申请人"),
    ("行政夏议", "行政复议"),
    ("行政复仪", "行政复议"),
    ("行政法复议", "行政复议"),
    ("行政诉松", "行政诉讼"),
    ("行政诉颂", "行政诉讼"),
    ("信息公开条列", "信息公开条例"),
    ("信息公开条倒", "信息公开条例"),
    ("无法题供", "无法提供"),
    ("规范姓文件", "规范性文件"),
    ("规犯性文件", "规范性文件"),
    ("行政许可证可", "行政许可"),
    ("行政处法", "行政处罚"),
    ("行政强质", "行政强制"),
    ("事业性收废", "事业性收费"),
    ("结传下年度", "结转下年度"),
    ("接转下年度", "结转下年度"),
    ("年度报吿", "年度报告"),
    ("主动公幵", "主动公开"),
    ("政务新煤体", "政务新媒体"),
    ("门户网战", "门户网站"),
    ("公开指男", "公开指南"),
    ("责任追就", "责任追究"),
    ("社会平议", "社会评议"),
    ("保秘审查", "保密审查"),
    ("统计其限", "统计期限"),
    ("按时达复", "按时答复"),
    ("重大决测", "重大决策"),
];

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let title = std::iter::once((Location::Title, report.title.as_str()));
    let headings = report.sections.iter().map(|section| (Location::Section(section.number), section.heading.as_str()));
    let found = title.chain(headings).chain(texts(report)).flat_map(|(place, text)| {
        let met = MISSPELT.iter().filter_map(move |(wrong, right)| Some((text.find(wrong)?, *wrong, *right)));
        met.map(move |(at, wrong, right)| violation(place, around(text, at, at + wrong.len()), wrong, right))
    });
    Ruling::of(found)
}

fn violation(place: Location, quote: String, wrong: &str, right: &str) -> Violation {
    let message = Text::new(
        format!("“{quote}”中的“{wrong}”应为“{right}”"),
        format!("“{wrong}” in “{quote}” should be “{right}”"),
    );
    Violation::at(place, message)
        .expecting(Text::same(right), Text::same(quote))
        .advising(Text::new(format!("改为“{right}”"), format!("change it to “{right}”")))
}
