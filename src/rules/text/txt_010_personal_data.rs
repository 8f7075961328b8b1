//! No identity card or mobile number stands in the text.
//!
//! A report is public; personal numbers of applicants or of staff are not (个人信息保护). Identity card numbers
//! are told by their check digit, mobile numbers by their form; both are masked in the finding.
//!
//! # 说明
//! 年度报告向社会公布，不应出现身份证号码（按校验位识别）和手机号码。结论中的号码已作遮盖。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "申请人可联系13812345678咨询。" } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "sections": { "3": { "text": "联系电话0517-87222589。" } } } }
//! ```
use std::ops::Range;

use crate::{
    dossier::Dossier,
    narrative::Passage,
    rule::{Basis, Bounds, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-010",
    title: &Text::fixed("不应有身份证号码和手机号码", "No identity card or mobile number"),
    severity: Severity::Warning,
    bounds: Bounds::KEPT,
    editions: NOT_LEGACY,
    basis: &[Basis::of_regulation("第十五条（个人隐私）")],
    source: include_str!("txt_010_personal_data.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let found = dossier.index().texts().flat_map(|passage| {
        let text = passage.text();
        let with_check =
            move |run: Range<usize>| run.start..run.end + usize::from(text[run.end..].starts_with(['X', 'x']));
        let numbers = passage.digits().map(with_check).filter_map(move |found| Some((kind(text, &found)?, found)));
        numbers.map(move |(kind, found)| violation(passage, kind, &found))
    });
    Ruling::of(found)
}

/// What kind of personal number it is.
fn kind(text: &str, found: &Range<usize>) -> Option<&'static str> {
    let number = &text[found.clone()];
    let amount =
        text[found.end..].starts_with(['.', '元', '万', '条', '件', '次', '人']) || text[..found.start].ends_with('.');
    match number.len() {
        18 if is_identity(number) => Some("身份证号码"),
        11 if !amount
            && number.starts_with('1')
            && matches!(number.as_bytes()[1], b'3'..=b'9')
            && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            Some("手机号码")
        }
        _ => None,
    }
}

/// Whether the last of eighteen characters is the check digit of the others (GB 11643).
fn is_identity(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits: Vec<u32> = number.chars().take(17).filter_map(|char| char.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let check = b"10X98765432"[(sum % 11) as usize];
    digits.len() == 17 && number.as_bytes()[17].to_ascii_uppercase() == check
}

fn violation(passage: &Passage, kind: &str, found: &Range<usize>) -> Violation {
    let number = &passage.text()[found.clone()];
    let masked = format!("{}****{}", &number[..3], &number[number.len() - 4..]);
    let message =
        Text::new(format!("正文中有{kind}{masked}"), format!("a personal number stands in the text: {masked}"));
    at(passage, found, message)
        .expecting(Text::fixed("不出现个人号码", "no personal number"), Text::same(masked))
        .advising(Text::fixed("删去个人号码", "remove it"))
}

#[cfg(test)]
mod tests {
    use super::is_identity;

    #[test]
    fn an_identity_card_is_told_by_its_check_digit() {
        assert!(is_identity("11010519491231002X") && !is_identity("110105194912310021"));
    }
}
