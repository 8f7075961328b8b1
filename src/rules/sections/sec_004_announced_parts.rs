//! The number of parts that the text announces is the number that it has.
//!
//! 本报告由六部分组成 and a list of the parts before section one, or a number of parts, that differ from what
//! follows: one of the two was changed without the other.
//!
//! # 说明
//! 引言说报告由几部分组成的，应与列举的部分数一致，也应与正文实际的部分数一致（文件中途中断的除外）。
//!
//! # Bad
//! ```json 2021
//! { "report": { "preamble": "根据国办公开办函〔2021〕30号编制本报告。报告由五个部分组成。统计期限自2023年1月1日起至2023年12月31日止。" } }
//! ```
//! ```json 2021
//! { "report": { "preamble": "根据国办公开办函〔2021〕30号编制。本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在问题及改进情况、其他需要报告的事项等六部分组成。统计期限自2023年1月1日起至2023年12月31日止。" } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::{List, Passage},
    report::{AnnualReport, DefectKind, Location},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "SEC-004",
    title: &Text::fixed("所称部分数应与实际一致", "As many parts as announced"),
    severity: Severity::Warning,
    of_form: true,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("附件（格式模板）"), Basis::of_60("附件（格式模板）")],
    source: include_str!("sec_004_announced_parts.rs"),
    ..BuiltIn::new(check)
};

/// The words by which a list of the parts is known.
const TITLES: [&str; 6] = ["总体", "主动公开", "申请", "复议", "问题", "其他"];
/// The words with which the titles of parts end.
const ENDS: [&str; 10] = ["情况", "事项", "措施", "问题", "思路", "打算", "计划", "任务", "重点", "方面"];

/// How many parts a list has: what doesn't end as a title does goes on behind the mark (…行政复议、行政诉讼情况).
fn members(list: &str) -> usize {
    let list = list.trim_end_matches('等').trim_end_matches('共');
    // The last is often joined with a word.
    let list = ["以及其他", "及其他", "和其他", "与其他"]
        .iter()
        .fold(list.to_owned(), |list, join| list.replace(join, "、其他"));
    let parts = list.split(['、', ',', ';']).filter(|part| !part.is_empty());
    let whole = parts.filter(|part| ENDS.iter().any(|end| part.ends_with(end)));
    whole.count()
}

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let Some((announced, list)) = dossier.index().preamble().and_then(announced) else {
        return Ruling::not_applicable(Text::fixed(
            "引言没有说有几部分",
            "the introduction announces no number of parts",
        ));
    };
    // A list of fewer than four titles is no list of the parts.
    let is_list = TITLES.iter().filter(|title| list.contains(**title)).count() >= 4;
    let listed = members(&list);
    // What a report adds to the form is for another rule.
    if is_list && listed == announced && announced > TITLES.len() {
        return Ruling::satisfied();
    }
    if is_list && listed != announced {
        return Ruling::of([violation(announced, listed, &Text::fixed("列举了", "lists"))]);
    }
    let has = (1..=6).filter(|number| report.section(*number).is_some()).count();
    // What is missing is SEC-001's.
    if is_cut(report) || has < 6 || has == announced {
        return Ruling::satisfied();
    }
    Ruling::of([violation(announced, has, &Text::fixed("实有", "has"))])
}

/// The number of parts that the text announces, and the list before it: 由总体情况、…等六部分组成.
fn announced(preamble: &Passage) -> Option<(usize, String)> {
    /// So long may a list be, in characters.
    const LONGEST: usize = 160;
    const OPENS: [&str; 5] = ["由", "包括", "包含", "分为", "共"];
    let text = preamble.text();
    preamble.words(List::Announced).find_map(|met| {
        let before = text[..met.at.start].trim_end_matches('大').trim_end_matches('个');
        let digit = before.chars().next_back()?;
        let number = "零一二三四五六七八九十".chars().position(|own| own == digit);
        let number = number.or_else(|| digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok()))?;
        let before = &before[..before.len() - digit.len_utf8()];
        let from = before.char_indices().rev().take(LONGEST).take_while(|(_, char)| !"。;".contains(*char)).last();
        let sentence = &before[from.map_or(before.len(), |(at, _)| at)..];
        let opens = OPENS.iter().filter_map(|word| sentence.find(word).map(|at| at + word.len())).min()?;
        Some((number, sentence[opens..].to_owned()))
    })
}

fn is_cut(report: &AnnualReport) -> bool {
    report.sections.is_empty() || report.defects.iter().any(|defect| defect.kind == DefectKind::Truncated)
}

fn violation(announced: usize, found: usize, verb: &Text) -> Violation {
    let message = Text::new(
        format!("引言称报告有 {announced} 部分，{}{found} 部分", verb.zh),
        format!("the introduction announces {announced} parts and {} {found}", verb.en),
    );
    Violation::at(Location::Preamble, message)
        .expecting(Text::same(announced.to_string()), Text::same(found.to_string()))
        .advising(Text::fixed("使引言与正文一致", "make the introduction agree with the report"))
}
