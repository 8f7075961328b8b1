//! Hides identity card and mobile numbers in text that a finding quotes.

/// The text with the middle of each identity card number (18 digits, the last may be X) and of
/// each mobile number (11 digits from 1[3-9]) replaced by asterisks.
pub fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let digits = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let check = usize::from(digits == 17 && from[digits..].starts_with(['X', 'x']));
        let (number, after) = from.split_at(digits + check);
        masked.push_str(before);
        // A figure with decimals or in 元 is an amount, however long.
        let amount = after.starts_with(['.', '元', '万']) || before.ends_with('.');
        match number.len() {
            _ if amount => masked.push_str(number),
            18 => hide(&mut masked, number, 6, 4),
            11 if number.starts_with('1') && !matches!(number.as_bytes()[1], b'0'..=b'2') => {
                hide(&mut masked, number, 3, 4);
            }
            _ => masked.push_str(number),
        }
        rest = after;
    }
    masked.push_str(rest);
    masked
}

fn hide(masked: &mut String, number: &str, head: usize, tail: usize) {
    masked.push_str(&number[..head]);
    masked.extend(std::iter::repeat_n('*', number.len() - head - tail));
    masked.push_str(&number[number.len() - tail..]);
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn personal_numbers_are_hidden_and_figures_are_not() {
        assert_eq!(mask("电话13812345678。"), "电话138****5678。");
        assert_eq!(mask("证号11010519491231002X止"), "证号110105********002X止");
        assert_eq!(mask("证号110105194912310021"), "证号110105********0021");
        for kept in [
            "11398889件",
            "859.2551",
            "0517-87222589",
            "12345678901",
            "没有数字",
            "102030400010203",
            "13575394432.52元",
        ] {
            assert_eq!(mask(kept), kept);
        }
    }
}
