//! Addresses of the network are of the government, and telephone numbers can be dialled.
//!
//! Portals of the government have addresses under .gov.cn; another one may be mistyped, or of somebody else. A telephone
//! number in mainland China has 7 or 8 digits, 10 to 12 with its area, 11 if mobile, and some have 3, 5 or 10: one of 6, 9
//! or more than 12 has lost or won a digit. Both are hints.
//!
//! # 说明
//! 政府网站域名以 .gov.cn 结尾；正文中的其他网址可能有误，或不属政府网站。电话号码位数不可能的（如 6 位、9 位），可能漏写或多写。均为提示。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "6": { "text": "本报告电子版可在http://www.qingxi-news.com/下载。2023年，未收取信息处理费。" } } } }
//! ```
//! ```json 2021
//! { "report": { "sections": { "6": { "text": "2023年，未收取信息处理费。联系电话：0551-623456789。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "6": { "text": "本报告见http://www.qingxi.gov.cn/。2023年，未收取信息处理费。电话：0551-62345678、12345。" } } } }
//! ```
use std::ops::Range;

use crate::{
    dossier::Dossier,
    narrative::{List, Met, Passage},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-013",
    title: &Text::fixed("网址、电话号码应正确", "Addresses and telephone numbers are right"),
    severity: Severity::Info,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::accurate_before_30()],
    source: include_str!("txt_013_addresses.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let found = dossier.index().texts().flat_map(|passage| {
        let addresses = passage.words(List::Address).filter_map(|met| foreign(passage.text(), &met));
        let numbers = passage.words(List::Telephone).filter_map(|met| impossible(passage.text(), &met));
        let addresses =
            addresses.map(|part| (part, Text::fixed("不是 .gov.cn 的网址", "an address that is not .gov.cn")));
        let numbers =
            numbers.map(|part| (part, Text::fixed("位数不像电话号码", "no telephone number has so many digits")));
        addresses.chain(numbers).map(move |(part, why)| violation(passage, &part, &why))
    });
    Ruling::of(found)
}

/// An address whose host is not the government's.
fn foreign(text: &str, met: &Met) -> Option<Range<usize>> {
    // http://www.…: told once, from its beginning.
    if text[..met.at.start].ends_with('/') {
        return None;
    }
    let start = if met.word.ends_with('/') { met.at.end } else { met.at.start };
    let host = text[start..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
    let end = start + host;
    let name = text[start..end].trim_end_matches('.').to_ascii_lowercase();
    (name.contains('.') && !name.ends_with(".gov.cn")).then_some(met.at.start..end)
}

/// A telephone number that has too few digits, or too many.
fn impossible(text: &str, met: &Met) -> Option<Range<usize>> {
    /// So many characters may stand between the word and the number.
    const NEAR: usize = 4;
    let behind = &text[met.at.end..];
    let digit = |char: char| char.is_ascii_digit();
    let (from, _) = behind.char_indices().take(NEAR).find(|(_, char)| digit(*char))?;
    let between = &behind[..from];
    let plain = between.chars().all(|char| ":号码为是(".contains(char));
    let length = behind[from..].chars().take_while(|char| digit(*char) || matches!(char, '-' | '—' | ')')).count();
    let number: &str = behind[from..].get(..length)?;
    let digits = number.chars().filter(|char| digit(*char)).count();
    let start = met.at.end + from;
    (plain && (digits == 6 || digits == 9 || digits > 12)).then_some(start..start + length)
}

fn violation(passage: &Passage, part: &Range<usize>, why: &Text) -> Violation {
    let quote = passage.quote(part);
    let message = Text::new(format!("“{quote}”{}", why.zh), format!("“{quote}”: {}", why.en));
    at(passage, part, message)
        .expecting(Text::fixed("正确的网址、号码", "a right address or number"), Text::same(quote))
        .advising(Text::fixed("核对网址、号码", "check it"))
}
