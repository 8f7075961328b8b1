//! 总体情况 covers the five matters that the notice names.
//!
//! 主动公开, 依申请公开, 政府信息管理, 平台建设, 监督保障 (30号 一（一）, 60号 格式 一（一）). Each is found by any
//! of its usual wordings. Where a collector left text out once, only three missing matters and more are worth
//! a word; oftener, and nothing is said.
//!
//! # 说明
//! 总体情况主要包括主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面（30号一（一））。各方面按常见的多种写法识别。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "1": { "text": "2023年，我县政府信息公开工作平稳有序。（一）主动公开。公开信息1320条。（二）依申请公开。规范办理。（三）政府信息管理。及时清理文件。（四）工作考核。开展考核、社会评议，没有责任追究情形。" } } } }
//! ```
//! ```json 2021
//! { "report": { "sections": { "1": { "text": "2023年，我县政府信息公开工作平稳有序。（一）主动公开。通过门户网站发布规章和规范性文件12件。（二）依申请公开。规范办理。（三）监督保障。开展考核、社会评议，没有责任追究情形。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "1": { "text": "2023年，我县政府信息公开工作平稳有序。（一）主动公开。通过门户网站发布规章和规范性文件12件。（二）依申请公开。规范办理。（三）文件管理。清理规范性文件。（四）监督保障。开展考核、社会评议，没有责任追究情形。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::List,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-001",
    title: &Text::fixed("总体情况应包括五个方面", "总体情况 covers the five matters"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    awaits_completion: true,
    basis: &[Basis::of_30("一（一）"), Basis::of_60("格式（试行）一（一）")],
    source: include_str!("con_001_five_matters.rs"),
    ..BuiltIn::new(check)
};

/// The five matters, each with the words by which it is told.
const MATTERS: [(&str, List); 5] = [
    ("主动公开", List::ActiveDisclosure),
    ("依申请公开", List::OnApplication),
    ("政府信息管理", List::Management),
    ("平台建设", List::Platform),
    ("监督保障", List::Safeguards),
];

fn check(dossier: &Dossier) -> Ruling {
    let Some(section) = dossier.index().section(1) else {
        return Ruling::not_applicable(Text::fixed("没有总体情况（见 SEC-001、SEC-005）", "there is no 总体情况"));
    };
    let missing: Vec<&str> =
        MATTERS.into_iter().filter(|(_, words)| !section.has(*words)).map(|(matter, _)| matter).collect();
    if missing.is_empty() {
        return Ruling::satisfied();
    }
    // A text that breaks off in section one says nothing of what it leaves out.
    if dossier.report.sections.iter().all(|section| section.number <= 1) {
        return Ruling::not_applicable(Text::fixed("文件止于总体情况", "the document ends in section one"));
    }
    let gaps = section.gaps();
    if gaps > 1 || (gaps == 1 && missing.len() < 3) {
        return Ruling::not_applicable(Text::fixed("总体情况在收集时有删节", "parts of 总体情况 were left out"));
    }
    let missing = missing.join("、");
    let message = Text::new(format!("总体情况没有写到：{missing}"), format!("总体情况 says nothing of {missing}"));
    Ruling::of([Violation::at(Location::Section(1), message)
        .expecting(
            Text::fixed("五个方面", "five matters"),
            Text::new(format!("缺少{missing}"), format!("without {missing}")),
        )
        .advising(Text::fixed("补充所缺方面的情况", "report on what is missing"))])
}
