//! What section six says about 信息处理费.

use crate::narrative::{Index, List, Met, Passage};

/// Section six, if it speaks of what was charged for information.
pub(super) fn charges(index: &Index) -> Option<&Passage> {
    /// So near behind such a word, in characters, stands what it is about.
    const NEAR: usize = 20;
    let section = index.section(6)?;
    let text = section.text();
    let behind = |met: &Met| {
        let behind = &text[met.at.end..];
        let ends = |(near, (_, char)): &(usize, (usize, char))| *near == NEAR || matches!(char, '。' | ';');
        let end = behind.char_indices().enumerate().find(ends).map_or(behind.len(), |(_, (at, _))| at);
        &behind[..end]
    };
    let charged = |met: Met| met.word == "处理费" || behind(&met).contains('费');
    let denied = |met: Met| ["收取", "收费"].iter().any(|word| behind(&met).contains(word));
    let said = section.words(List::Charges).any(charged) || section.words(List::NotCharged).any(denied);
    said.then_some(section)
}

/// The largest amount that is accepted, in hundredths of an 元: larger ones could overflow sums.
const LARGEST: i64 = 1_000_000_000_000_000;

/// The amounts in the text, in hundredths of an 元, with their positions.
pub(super) fn amounts(text: &str) -> Vec<(usize, i64)> {
    text.match_indices('元').filter_map(|(at, _)| amount_before(&text[..at])).collect()
}

/// The amount with which a text ends, in 元 or 万元, and where it begins.
fn amount_before(text: &str) -> Option<(usize, i64)> {
    let (number, scale) = text.strip_suffix('万').map_or((text, 2), |number| (number, 6));
    let digits = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b',' | b'.');
    let length = number.bytes().rev().take_while(digits).count();
    let number = number[number.len() - length..].trim_start_matches([',', '.']);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = whole.replace(',', "");
    let units: i64 = format!("{whole}{fraction:0<scale$}").parse().ok()?;
    (fraction.len() <= scale && units <= LARGEST && !whole.is_empty()).then(|| (text.len() - number.len(), units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_hundredths_of_a_yuan() {
        let read = |text: &str| amounts(text).into_iter().map(|(_, amount)| amount).collect::<Vec<_>>();
        assert_eq!(read("收取2950元，其中420.5元、1.2万元、1,200元、0元"), [295_000, 42_050, 1_200_000, 120_000, 0]);
        assert_eq!(read("美元、0.123元"), [] as [i64; 0]);
    }
}
