//! No characters are doubled or dropped.
//!
//! 的的, 信息信息 and the like were typed twice; 政府信公开 lost a character. Only doublings that no sentence
//! can hold are looked for.
//!
//! # 说明
//! 重复的字词（如“的的”“信息信息”）和漏字（如“政府信公开”）。只查任何句子中都不可能正确的情形。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "重大政策的的出台及时公开。" } } } }
//! ```
use std::ops::Range;

use crate::{
    dossier::Dossier,
    narrative::{List, Met, Passage},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{at, on_one_line},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-007",
    title: &Text::fixed("不应有重字、漏字", "No characters doubled or dropped"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）")],
    source: include_str!("txt_007_doubled_or_dropped.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let found = dossier.index().texts().flat_map(|passage| {
        let text = passage.text();
        let slips = passage.words(List::Slips).filter(|met| !is_idiom(text, met.at.start, met.word));
        let slips = slips.map(|met| (met.at, met.meant));
        let doubled = passage.words(List::Doubled).filter_map(|met| Some((doubled(text, &met)?, met.word)));
        let all = slips.chain(doubled).filter(|(part, _)| on_one_line(passage, part));
        all.map(move |(part, right)| violation(passage, &part, right))
    });
    Ruling::of(found)
}

/// Where a word stands twice, one behind the other.
fn doubled(text: &str, met: &Met) -> Option<Range<usize>> {
    let behind = text[met.at.end..].strip_prefix(met.word)?;
    // 工作工作人员: the second begins another word.
    let other =
        behind.starts_with(['人', '组', '者', '员', '化', '性', '栏', '室', '处', '科', '台', '率', '量', '间']);
    (!other).then(|| met.at.start..met.at.end + met.word.len())
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
