//! Numbers as Chinese lists have them: 一、二、…, 甲、乙、….

/// A number of a list, from 1: 一, 十二, 二十; in digits from 100.
pub(super) fn ordinal(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10, number % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        2..=9 => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

/// The name of an alternative, from 0: 甲, 乙; in digits behind 癸.
pub(super) fn alternative(at: usize) -> String {
    const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    STEMS.get(at).map_or_else(|| (at + 1).to_string(), |own| (*own).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_have_them() {
        let written = [1, 9, 10, 11, 20, 34, 99, 100].map(ordinal);
        assert_eq!(written, ["一", "九", "十", "十一", "二十", "三十四", "九十九", "100"]);
        assert_eq!([0, 9, 10].map(alternative), ["甲", "癸", "11"]);
    }
}
