//! Hides the numbers of people in text that a finding quotes: identity cards, mobile telephones, bank
//! cards, in whatever shape they are written.

use crate::words::plain::is_ignorable;

/// Digits that stand together, and where their characters are.
struct Group {
    digits: Vec<u8>,
    /// The bytes of each digit's character in the text.
    places: Vec<(usize, usize)>,
}

/// The text with the middle of each personal number replaced by asterisks: of identity cards of 18 and
/// 15 digits, of mobile numbers, of bank cards of 16 to 19. Full width, spaces, dashes and dots between
/// the digits, and what stands behind them make no difference. Amounts and counts stay.
pub fn mask(text: &str) -> String {
    let groups = groups(text);
    let mut hidden: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        match number_at(text, &groups[at..]) {
            Some((count, head, tail)) => {
                let places: Vec<(usize, usize)> =
                    groups[at..at + count].iter().flat_map(|group| group.places.iter().copied()).collect();
                hidden.extend(&places[head..places.len() - tail]);
                at += count;
            }
            None => at += 1,
        }
    }
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in hidden {
        masked.push_str(&text[from..start]);
        masked.push('*');
        from = end;
    }
    masked.push_str(&text[from..]);
    masked
}

/// The groups of digits of a text. The X of an identity card belongs to its digits.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open = false;
    for (at, char) in text.char_indices() {
        let digit = match char {
            '0'..='9' => Some(char as u8),
            '０'..='９' => u8::try_from(u32::from(char) - u32::from('０')).ok().map(|value| b'0' + value),
            'X' | 'x' | 'Ｘ' | 'ｘ' if open => Some(b'X'),
            _ => None,
        };
        if let Some(digit) = digit {
            if !open {
                groups.push(Group { digits: Vec::new(), places: Vec::new() });
            }
            let own = groups.last_mut().into_iter();
            own.for_each(|group| {
                group.digits.push(digit);
                group.places.push((at, at + char.len_utf8()));
            });
        }
        // A zero-width space parts nothing.
        open = digit.is_some_and(|digit| digit != b'X') || (open && is_ignorable(char));
    }
    groups
}

/// The most digits that a personal number has, with the country's code before it.
const MOST: usize = 19;

/// The longest personal number that begins with the first of these groups: how many groups it takes, and
/// how many digits stay at its head and its tail.
fn number_at(text: &str, groups: &[Group]) -> Option<(usize, usize, usize)> {
    let mut digits: Vec<u8> = Vec::with_capacity(MOST);
    let mut singles = true;
    let mut found = None;
    for (at, group) in groups.iter().enumerate() {
        let goes_on = at == 0 || stand_together(text, &groups[at - 1], group);
        if !goes_on || digits.len() + group.digits.len() > MOST {
            break;
        }
        digits.extend(&group.digits);
        singles &= group.digits.len() == 1;
        // Figures of a row stand beside each other too: single ones are a number only all together, and
        // others only as people divide one.
        let divided = at == 0 || groups[..=at].iter().all(|group| group.digits.len() >= 2);
        let ends = || groups.get(at + 1).is_none_or(|next| !stand_together(text, group, next));
        if (divided || singles && ends())
            && let Some((head, tail)) = kind(&digits, at > 0 && singles)
        {
            let amount = digits.len() == 11 && is_amount(text, &groups[0], group, groups.get(at + 1));
            found = (!amount).then_some((at + 1, head, tail)).or(found);
        }
    }
    found
}

/// Whether nothing but a space, a dash or a dot stands between two groups.
fn stand_together(text: &str, one: &Group, next: &Group) -> bool {
    let (Some((_, from)), Some((to, _))) = (one.places.last(), next.places.first()) else { return false };
    let between = text[*from..*to].chars().filter(|char| !is_ignorable(*char));
    let parts = |char: char| {
        char.is_whitespace() || matches!(char, '-' | '－' | '‐' | '‑' | '–' | '—' | '_' | '.' | '·' | '．')
    };
    between.clone().all(parts) && between.count() <= 3
}

/// How many digits of a personal number stay at its head and its tail; nothing for other numbers.
/// Single figures of a row are never taken for one of the kinds that rows have as many figures as.
fn kind(digits: &[u8], singles: bool) -> Option<(usize, usize)> {
    match digits.len() {
        11 if is_mobile(digits) => Some((3, 4)),
        13 if digits.starts_with(b"86") && is_mobile(&digits[2..]) => Some((5, 4)),
        15 if digits.starts_with(b"0086") && is_mobile(&digits[4..]) => Some((7, 4)),
        15 if !singles && is_of_a_person(digits, &[b"19", &digits[6..12]].concat()) => Some((6, 3)),
        18 if is_of_a_person(&digits[..17], &digits[6..14]) => Some((6, 4)),
        16..=19 if !singles && is_bank_card(digits) => Some((4, 4)),
        _ => None,
    }
}

fn is_mobile(digits: &[u8]) -> bool {
    digits[0] == b'1' && (b'3'..=b'9').contains(&digits[1]) && digits.iter().all(u8::is_ascii_digit)
}

/// Whether digits begin with a province (GB/T 2260) and have a day of birth.
fn is_of_a_person(digits: &[u8], born: &[u8]) -> bool {
    let number =
        |part: &[u8]| part.iter().try_fold(0_u32, |all, digit| Some(all * 10 + char::from(*digit).to_digit(10)?));
    let province = number(&digits[..2]).is_some_and(|code| matches!(code, 11..=65 | 71 | 81..=83 | 91));
    let day = number(&born[..4]).zip(number(&born[4..6])).zip(number(&born[6..8]));
    let day = day.is_some_and(|((year, month), day)| {
        (1850..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    });
    province && day && digits.iter().all(u8::is_ascii_digit)
}

/// Whether digits begin as the cards of banks do; those of UnionPay with 62, others end in a check digit.
fn is_bank_card(digits: &[u8]) -> bool {
    let issuer = matches!(digits[0], b'3'..=b'6' | b'9') && digits.iter().all(u8::is_ascii_digit);
    let doubled = digits.iter().rev().enumerate().map(|(at, digit)| match (at % 2, u32::from(digit - b'0')) {
        (0, value) => value,
        (_, value) => value * 2 / 10 + value * 2 % 10,
    });
    issuer && (digits.starts_with(b"62") || doubled.sum::<u32>() % 10 == 0)
}

/// Whether eleven digits are an amount or a count: they have decimals, or a unit behind them and what is
/// counted before them. A telephone number doesn't become one by a 元 behind it.
fn is_amount(text: &str, first: &Group, last: &Group, next: Option<&Group>) -> bool {
    const COUNTED: [char; 17] =
        ['额', '费', '款', '资', '金', '算', '购', '价', '入', '出', '共', '计', '总', '达', '为', '约', '量'];
    let (Some((start, _)), Some((_, end))) = (first.places.first(), last.places.last()) else { return false };
    let (before, behind) = (&text[..*start], &text[*end..]);
    let decimals =
        behind.strip_prefix(['.', '．']).is_some_and(|rest| rest.starts_with(|char: char| char.is_numeric()));
    let decimals = decimals && next.is_some_and(|next| next.digits.len() <= 6);
    let unit = behind.trim_start().starts_with(['元', '万', '亿', '条', '件', '次', '人', '个']);
    let counted = before.chars().rev().take(6).any(|char| COUNTED.contains(&char));
    decimals || before.ends_with(['.', ',', '，']) && before.len() > 1 && first.digits.len() < 11 || (unit && counted)
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn personal_numbers_are_hidden_in_every_shape() {
        for (text, masked) in [
            ("电话13812345678。", "电话138****5678。"),
            ("电话13812345678.", "电话138****5678."),
            ("电话138 1234 5678", "电话138 **** 5678"),
            ("电话138-1234-5678转", "电话138-****-5678转"),
            ("电话１３８１２３４５６７８", "电话１３８****５６７８"),
            ("电话1 3 8 1 2 3 4 5 6 7 8", "电话1 3 8 * * * * 5 6 7 8"),
            ("电话1381\u{200b}2345678", "电话138*\u{200b}***5678"),
            ("+8613812345678", "+86138****5678"),
            ("+86 138-1234-5678", "+86 138-****-5678"),
            ("手机13812345678元", "手机138****5678元"),
            ("证号11010519491231002X止", "证号110105********002X止"),
            ("证号11010519491231002Ｘ", "证号110105********002Ｘ"),
            ("证号110105194912310021", "证号110105********0021"),
            ("证号110105 19491231 0021", "证号110105 ******** 0021"),
            ("证号110105194912310021元", "证号110105********0021元"),
            ("证号110105491231002", "证号110105******002"),
            ("卡号6222021234567890123", "卡号6222***********0123"),
            ("卡号6222 0212 3456 7890 123", "卡号6222 **** **** ***0 123"),
            ("卡号4111111111111111", "卡号4111********1111"),
        ] {
            assert_eq!(mask(text), masked, "{text}");
        }
    }

    #[test]
    fn figures_are_not_hidden() {
        for kept in [
            "11398889件",
            "859.2551",
            "0517-87222589",
            "12345678901",
            "没有数字",
            "102030400010203",
            "13575394432.52元",
            "采购金额13575394432元",
            "总计15000000000次",
            "1 3 0 0 0 0 0 0 4 0 0 0 0 0 4",
            "13 8 1 2 3 4 5 6 7 8",
            "2023年1月1日至2023年12月31日",
            "国办公开办函〔2021〕30号",
            "3120",
        ] {
            assert_eq!(mask(kept), kept);
        }
    }
}
