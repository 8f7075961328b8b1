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
use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{flat, gaps},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-001",
    title: &Text::fixed("总体情况应包括五个方面", "总体情况 covers the five matters"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("一（一）"), Basis::of_60("格式（试行）一（一）")],
    source: include_str!("con_001_five_matters.rs"),
    ..BuiltIn::new(check)
};

/// The five matters, each with the words by which it is told.
const MATTERS: [(&str, &[&str]); 5] = [
    ("主动公开", &["主动公开", "主动发布"]),
    ("依申请公开", &["依申请", "申请公开", "公开申请"]),
    (
        "政府信息管理",
        &[
            "信息管理",
            "制作与管理",
            "制作和管理",
            "公开管理",
            "信息资源",
            "规范性文件",
            "动态调整",
            "信息审核",
            "保密审查",
            "发布审核",
            "三审",
            "目录",
            "公开属性",
        ],
    ),
    ("平台建设", &["平台", "网站", "政务新媒体", "微信公众号", "专栏", "公报", "查阅"]),
    (
        "监督保障",
        &[
            "监督保障",
            "监督检查",
            "监督考核",
            "监督指导",
            "监督管理",
            "监督与",
            "监督和",
            "专项检查",
            "能力建设",
            "考核",
            "培训",
            "评议",
            "组织领导",
            "责任追究",
            "督查",
            "督促",
        ],
    ),
];

fn check(dossier: &Dossier) -> Ruling {
    let Some(section) = dossier.report.section(1).filter(|section| !section.text.trim().is_empty()) else {
        return Ruling::not_applicable(Text::fixed("没有总体情况（见 SEC-001、SEC-005）", "there is no 总体情况"));
    };
    let text = flat(&section.text);
    let missing: Vec<&str> = MATTERS
        .iter()
        .filter(|(_, words)| !words.iter().any(|word| text.contains(word)))
        .map(|(matter, _)| *matter)
        .collect();
    if missing.is_empty() {
        return Ruling::satisfied();
    }
    let gaps = gaps(&section.text);
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
        .advising(Text::new(format!("补充{missing}方面的情况"), format!("report on {missing}")))])
}
