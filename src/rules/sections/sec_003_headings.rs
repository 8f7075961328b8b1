//! The headings are worded as in the form, or in the synonyms of the notices.
//!
//! The notices' explanatory text words four of the titles otherwise (行政机关主动公开政府信息情况 and the
//! like): synonyms in wide use. Brackets, spaces and punctuation do not count.
//!
//! # 说明
//! 各部分标题应与格式一致。通知正文中的另一种说法（如“行政机关主动公开政府信息情况”）视同一致；空格和标点不计。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "5": { "heading": "五、工作中的问题和打算" } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "sections": { "2": { "heading": "二、行政机关主动公开政府信息情况" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "4": { "heading": "四、 因政府信息公开工作被申请行政复议、提起行政诉讼情况" } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::{List, Passage},
    report::{Location, Section},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::{Text, plain},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "SEC-003",
    title: &Text::fixed("各部分标题应与格式一致", "Headings are worded as in the form"),
    severity: Severity::Warning,
    of_form: true,
    editions: NOT_LEGACY,
    basis: &[
        Basis::of_30("附件（格式模板）"),
        Basis::of_60("附件（格式模板）"),
        Basis::of_30("一"),
        Basis::of_60("格式（试行）一"),
    ],
    source: include_str!("sec_003_headings.rs"),
    ..BuiltIn::new(check)
};

/// The wordings of each title, without punctuation: the form's own first.
const WORDINGS: [&[&str]; 6] = [
    &["总体情况"],
    &["主动公开政府信息情况", "行政机关主动公开政府信息情况"],
    &["收到和处理政府信息公开申请情况", "行政机关收到和处理政府信息公开申请情况"],
    &[
        "政府信息公开行政复议行政诉讼情况",
        "因政府信息公开工作被申请行政复议提起行政诉讼情况",
        "因政府信息公开被申请行政复议提起行政诉讼情况",
    ],
    &["存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况"],
    &["其他需要报告的事项"],
];

fn check(dossier: &Dossier) -> Ruling {
    let sections = dossier.report.sections.iter().filter(|section| (1..=6).contains(&section.number));
    // A misspelt heading is told by TXT-006.
    let misspelt: Vec<Location> =
        dossier.index().all().filter(|own| !own.is_text() && own.has(List::Misspelt)).map(Passage::location).collect();
    let sections = sections.filter(|section| !misspelt.contains(&Location::Section(section.number)));
    Ruling::of(sections.filter_map(judge))
}

fn judge(section: &Section) -> Option<Violation> {
    let due = super::sec_001_all_present::TITLES[usize::from(section.number) - 1];
    if section.heading == due {
        return None;
    }
    let wordings = WORDINGS[usize::from(section.number) - 1];
    let words = words(&section.heading);
    if wordings.iter().any(|wording| joined(wording).eq(joined(&words))) {
        return None;
    }
    let message = Text::new(
        format!("标题“{}”与格式规定的“{due}”不一致", section.heading),
        format!("the heading “{}” is not the form's “{due}”", section.heading),
    );
    Some(
        Violation::at(Location::Section(section.number), message)
            .expecting(Text::same(due), Text::same(section.heading.clone()))
            .advising(Text::new(format!("改为“{due}”"), format!("change it to “{due}”"))),
    )
}

/// The characters of a title: 与, 及 and 和 stand for 、 as well.
fn joined(words: &str) -> impl Iterator<Item = char> {
    words.chars().filter(|char| !matches!(char, '与' | '及' | '和'))
}

/// A heading without its ordinal, spaces and punctuation.
fn words(heading: &str) -> String {
    let title = heading.split_once(['、', '.', '．']).filter(|(ordinal, _)| ordinal.trim().chars().count() <= 2);
    let title = title.map_or(heading, |(_, title)| title);
    plain(title)
}
