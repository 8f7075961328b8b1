//! No characters are doubled or dropped.
//!
//! 的的 and any word of two characters were typed twice (信息信息); 政府信公开 lost a character. What may stand twice, and what
//! begins another word (工作工作人员), is none.
//!
//! # 说明
//! 重复的字词（如“的的”“信息信息”）和漏字（如“政府信公开”）。可以重叠的（如“一项一项”）和与后文连成一词的（如“工作工作人员”）除外。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "重大政策的的出台及时公开。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "3": { "text": "认真认真做好答复工作。" } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "sections": { "3": { "text": "加强对窗口工作工作人员的培训，一项一项抓好落实。" } } } }
//! ```
use std::ops::Range;

use crate::{
    dossier::Dossier,
    narrative::{List, Passage},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{at, on_one_line},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-007",
    title: &Text::fixed("不应有重字、漏字", "No characters doubled or dropped"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）"), Basis::accurate_before_30()],
    source: include_str!("txt_007_doubled_or_dropped.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let found = dossier.index().texts().flat_map(|passage| {
        let text = passage.text();
        let slips = passage.words(List::Slips).filter(|met| !is_idiom(text, met.at.start, met.word));
        let slips: Vec<(Range<usize>, &str)> = slips.map(|met| (met.at, met.meant)).collect();
        // Both come in their order: what ends before a part ends before those behind it.
        let mut before = slips.iter().peekable();
        let mut known = |part: &Range<usize>| {
            while before.next_if(|(own, _)| own.end <= part.start).is_some() {}
            before.peek().is_some_and(|(own, _)| own.start < part.end)
        };
        let doubled: Vec<_> = doubled(passage).filter(|(part, _)| !known(part)).collect();
        let slips = slips.into_iter().chain(doubled);
        let all = slips.filter(|(part, _)| on_one_line(passage, part));
        all.map(move |(part, right)| violation(passage, &part, right))
    });
    Ruling::of(found)
}

/// The words of two characters that were typed twice.
fn doubled(passage: &Passage) -> impl Iterator<Item = (Range<usize>, &str)> {
    let text = passage.text();
    let mut free = 0;
    passage.doubled().filter_map(move |word| {
        let end = word.end + word.len();
        if word.start < free || !is_slip(&text[word.clone()], &text[end..]) {
            return None;
        }
        // What stands three times is one slip.
        free = end;
        Some((word.start..end, &text[word]))
    })
}

/// Whether a word that stands twice was typed twice.
fn is_slip(word: &str, behind: &str) -> bool {
    /// 一项一项, 逐条逐条: said twice on purpose.
    const EACH: &[char] =
        &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '两', '几', '每', '逐', '各', '很', '许', '多'];
    /// So are these.
    const DOUBLED: [&str; 5] = ["研究", "讨论", "考虑", "学习", "商量"];
    // 工作工作人员: the second begins another word.
    let other = behind.starts_with([
        '人', '组', '者', '员', '化', '性', '栏', '室', '处', '科', '台', '率', '量', '间', '法', '会', '表', '目',
        '书',
    ]);
    !word.starts_with(EACH) && !DOUBLED.contains(&word) && !other
}

/// 目的的…, 为了了解: there the characters belong to two words.
fn is_idiom(text: &str, at: usize, wrong: &str) -> bool {
    let (before, behind) = (&text[..at], &text[at + wrong.len()..]);
    match wrong {
        "的的" => before.ends_with('目') || before.ends_with('标') || behind.starts_with(['确', '士']),
        "了了" => behind.starts_with('解') || before.ends_with('不'),
        "和和" => behind.starts_with(['谐', '平', '美', '气']),
        "公开公开" | "信息信息" | "申请申请" => {
            behind.starts_with(['栏', '化', '人', '量', '表', '目', '书'])
        }
        _ => false,
    }
}

fn violation(passage: &Passage, part: &Range<usize>, right: &str) -> Violation {
    let quote = passage.around(part);
    let message = Text::new(format!("“{quote}”有重字或漏字，应为“{right}”"), format!("“{quote}”: “{right}” is meant"));
    at(passage, part, message)
        .expecting(Text::same(right), Text::same(quote))
        .advising(Text::fixed("改正文字", "correct it"))
}
