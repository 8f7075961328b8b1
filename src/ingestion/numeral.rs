//! Numbers in Chinese numerals.

/// Whether a character is a Chinese numeral.
pub(super) fn is_numeral(char: char) -> bool {
    matches!(
        char,
        '零' | '〇'
            | '○'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
    )
}

/// The number that Chinese numerals make: 三, 十二, 一百零五, 二〇二. 一 alone is a stroke as often.
pub(super) fn numeral(text: &str) -> Option<i64> {
    const LONGEST: usize = 12;
    // Most texts are none, as their first character tells.
    if !text.starts_with(['零', '〇', '○', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']) {
        return None;
    }
    let digit =
        |char: char| "零一二三四五六七八九".chars().position(|own| own == char).and_then(|at| i64::try_from(at).ok());
    let text: String = text.chars().map(|char| if matches!(char, '〇' | '○') { '零' } else { char }).collect();
    if text.is_empty() || text == "一" || text.chars().count() > LONGEST {
        return None;
    }
    if text.chars().all(|char| digit(char).is_some()) {
        let one_or_row = text == "零" || !text.starts_with('零');
        return one_or_row.then(|| text.chars().filter_map(digit).fold(0, |number, digit| number * 10 + digit));
    }
    let (mut all, mut section, mut last) = (0, 0, None);
    let mut least = i64::MAX;
    for char in text.chars() {
        let unit = match char {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            _ => {
                let digit = digit(char)?;
                // Two digits side by side are no number, but for a zero that holds a place.
                if last.is_some_and(|last| last != 0) {
                    return None;
                }
                last = Some(digit);
                continue;
            }
        };
        if unit == 10_000 {
            (all, section, least) = ((all + section + last.take().unwrap_or(0)) * unit, 0, i64::MAX);
            continue;
        }
        // Units fall; only 十 may stand without a digit, at the beginning.
        let digit = last.take().filter(|digit| *digit != 0).or((unit == 10 && section == 0).then_some(1))?;
        if unit >= least {
            return None;
        }
        (section, least) = (section + digit * unit, unit);
    }
    Some(all + section + last.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_are_numbers_or_nothing() {
        for (text, number) in [
            ("零", Some(0)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("四十二", Some(42)),
            ("一百零五", Some(105)),
            ("二〇二", Some(202)),
            ("三千五百", Some(3_500)),
            ("一万二千", Some(12_000)),
            ("一", None),
            ("二三十", None),
            ("百", None),
            ("十百", None),
            ("若干", None),
            ("", None),
        ] {
            assert_eq!(numeral(text), number, "{text}");
        }
    }
}
