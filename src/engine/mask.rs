//! Masks personal numbers in text that a finding quotes: identity cards, mobile telephones and bank cards, in
//! whatever shape they are written.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::words::plain::is_ignorable;

/// Adjacent digits, and the positions of their characters.
struct Group {
    digits: Vec<u8>,
    /// The byte range of each digit's character in the text.
    places: Vec<(usize, usize)>,
}

/// Replaces the middle of each personal number by asterisks: identity cards of 18 and 15 digits, mobile numbers,
/// bank cards of 16 to 19 digits. Full width, spaces, dashes and dots between the digits, and what follows them make
/// no difference. Amounts and counts stay.
pub fn mask(text: &str) -> Cow<'_, str> {
    if text.chars().filter_map(digit).nth(FEWEST - 1).is_none() {
        return Cow::Borrowed(text);
    }
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
    Cow::Owned(masked)
}

/// The groups of digits in a text. The X of an identity card counts as a digit.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Whether the last group goes on, and whether an X may end it.
    let (mut open, mut near) = (false, false);
    for (at, char) in text.char_indices() {
        let digit = digit(char).or_else(|| (near && matches!(char, 'X' | 'x' | 'Ｘ' | 'ｘ')).then_some(b'X'));
        if let Some(digit) = digit {
            if !open {
                groups.push(Group { digits: Vec::new(), places: Vec::new() });
            }
            groups.last_mut().into_iter().for_each(|group| {
                group.digits.push(digit);
                group.places.push((at, at + char.len_utf8()));
            });
        }
        // A zero-width space does not separate digits.
        open = digit.is_some_and(|digit| digit != b'X') || (open && is_ignorable(char));
        near = open || (near && parts(char) && digit.is_none());
    }
    groups
}

/// The digit that a character stands for in compatibility form: full width, raised, in a circle.
fn digit(char: char) -> Option<u8> {
    if char.is_ascii() {
        return char.is_ascii_digit().then_some(char as u8);
    }
    // Most characters are ideographs, and none of these is a digit's other form.
    if ('\u{4e00}'..='\u{9fff}').contains(&char) || !char.is_numeric() {
        return None;
    }
    let mut form = std::iter::once(char).nfkc();
    let first = form.next().filter(char::is_ascii_digit)?;
    form.next().is_none().then_some(first as u8)
}

/// Whether a character may separate the digits of a number.
fn parts(char: char) -> bool {
    char.is_whitespace() || is_ignorable(char) || "-－‐‑‒–—−_.·．/／\\()（）[],，、:：;；|｜~+＋='＇号".contains(char)
}

/// The fewest digits of a personal number: those of a mobile telephone.
const FEWEST: usize = 11;

/// The most digits of a personal number, with the country's code before it.
const MOST: usize = 19;

/// The longest personal number that begins with the first of these groups: how many groups it takes, and how many
/// digits stay visible at its head and its tail.
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
        // The figures of a row stand beside each other too: single digits are a number only all together, other groups
        // only if divided in a usual way.
        let divided = at == 0 || groups[..=at].iter().all(|group| group.digits.len() >= 2 || group.digits == b"X");
        let divided = divided && usually_parted(text, &groups[..=at]);
        let ends = || groups.get(at + 1).is_none_or(|next| !stand_together(text, group, next));
        if (divided || singles && ends())
            && let Some((head, tail)) = kind(&digits, at > 0 && singles)
        {
            // 156805947.43元: nobody parts a number of a telephone so.
            let fen = at == 1 && group.digits.len() <= 2 && matches!(between(text, &groups[0], group), "." | "．");
            let amount = digits.len() == 11 && (fen || is_amount(text, &groups[0], group, groups.get(at + 1)));
            found = (!amount).then_some((at + 1, head, tail)).or(found);
        }
    }
    found
}

/// Whether only separators, or a mark that a run was left out, stand between two groups.
fn stand_together(text: &str, one: &Group, next: &Group) -> bool {
    let between = between(text, one, next);
    let left_out = ["〔删去：", "〔隐藏：", "〕"].contains(&between);
    left_out || between.chars().all(parts) && between.chars().filter(|char| !is_ignorable(*char)).count() <= 3
}

fn between<'t>(text: &'t str, one: &Group, next: &Group) -> &'t str {
    match (one.places.last(), next.places.first()) {
        (Some((_, from)), Some((to, _))) => &text[*from..*to],
        _ => "",
    }
}

/// Whether groups are separated as people divide such a number: by spaces, dashes and dots in any way, by other
/// signs only in a usual division. Figures stand beside each other with commas between.
fn usually_parted(text: &str, groups: &[Group]) -> bool {
    const USUAL: [&[usize]; 14] = [
        &[3, 4, 4],
        &[3, 8],
        &[4, 3, 4],
        &[4, 4, 3],
        &[7, 4],
        &[2, 11],
        &[2, 3, 4, 4],
        &[6, 8, 4],
        &[6, 12],
        &[14, 4],
        &[6, 6, 3],
        &[4, 4, 4, 4],
        &[4, 4, 4, 4, 3],
        &[6, 13],
    ];
    let plain = |char: char| char.is_whitespace() || is_ignorable(char) || "-－‐‑–—._·．〔〕删去隐藏：".contains(char);
    let plainly = groups.windows(2).all(|pair| between(text, &pair[0], &pair[1]).chars().all(plain));
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    plainly || USUAL.contains(&lengths.as_slice())
}

/// How many digits of a personal number stay visible at its head and its tail; `None` for other numbers. Single
/// figures are not taken for a kind of number that has as many digits as rows have figures.
fn kind(digits: &[u8], singles: bool) -> Option<(usize, usize)> {
    match digits.len() {
        11 if is_mobile(digits) => Some((3, 4)),
        12 if digits[0] == b'0' && is_mobile(&digits[1..]) => Some((4, 4)),
        13 if digits.starts_with(b"86") && is_mobile(&digits[2..]) => Some((5, 4)),
        15 if digits.starts_with(b"0086") && is_mobile(&digits[4..]) => Some((7, 4)),
        15 if !singles && is_of_a_person(digits, &[b"19", &digits[6..12]].concat()) => Some((6, 3)),
        18 if is_of_a_person(&digits[..17], &digits[6..14]) => Some((6, 4)),
        16..=19 if is_bank_card(digits) && (!singles || digits.starts_with(b"62")) => Some((4, 4)),
        // What a quotation may have left of an identity card: no figure ends in an X or begins with a birthday.
        9..=17 if !singles && digits.ends_with(b"X") => Some((0, 4)),
        12..=14 if !singles && digits.len() < 15 && is_birthday(&digits[..8]) => Some((0, 4)),
        _ => None,
    }
}

fn is_mobile(digits: &[u8]) -> bool {
    digits[0] == b'1' && (b'3'..=b'9').contains(&digits[1]) && digits.iter().all(u8::is_ascii_digit)
}

/// Whether digits begin with a province (GB/T 2260) and `born` is a birthday.
fn is_of_a_person(digits: &[u8], born: &[u8]) -> bool {
    let province = number(&digits[..2]).is_some_and(|code| matches!(code, 11..=65 | 71 | 81..=83 | 91));
    province && is_birthday(born) && digits.iter().all(u8::is_ascii_digit)
}

/// Whether eight digits are a possible birthday.
fn is_birthday(digits: &[u8]) -> bool {
    let day = number(&digits[..4]).zip(number(&digits[4..6])).zip(number(&digits[6..8]));
    day.is_some_and(|((year, month), day)| {
        (1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    })
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |all, digit| Some(all * 10 + char::from(*digit).to_digit(10)?))
}

/// Whether digits begin as bank cards do: UnionPay's with 62, others need a valid check digit.
fn is_bank_card(digits: &[u8]) -> bool {
    let issuer = matches!(digits[0], b'3'..=b'6' | b'9') && digits.iter().all(u8::is_ascii_digit);
    let doubled = digits.iter().rev().enumerate().map(|(at, digit)| match (at % 2, u32::from(digit - b'0')) {
        (0, value) => value,
        (_, value) => value * 2 / 10 + value * 2 % 10,
    });
    issuer && (digits.starts_with(b"62") || doubled.sum::<u32>() % 10 == 0)
}

/// Whether eleven digits are an amount or a count: they have decimals, or they have a unit after them and either
/// many zeros at their end or a word for money before them. A telephone number does not become an amount by a 元
/// after it.
fn is_amount(text: &str, first: &Group, last: &Group, next: Option<&Group>) -> bool {
    const MONEY: [char; 10] = ['额', '费', '款', '资', '金', '算', '购', '价', '入', '出'];
    let (Some((start, _)), Some((_, end))) = (first.places.first(), last.places.last()) else { return false };
    let (before, behind) = (&text[..*start], &text[*end..]);
    let decimals =
        behind.strip_prefix(['.', '．']).is_some_and(|rest| rest.starts_with(|char: char| char.is_numeric()));
    let decimals = decimals && next.is_some_and(|next| next.digits.len() <= 6);
    let unit = behind.trim_start().starts_with(['元', '万', '亿', '条', '件', '次', '人', '个']);
    let round = last.digits.ends_with(b"0000");
    let money = before.chars().rev().take(3).any(|char| MONEY.contains(&char));
    decimals || unit && (round || money)
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
            ("(138)12345678", "(138)****5678"),
            ("138/1234/5678", "138/****/5678"),
            ("013812345678", "0138****5678"),
            ("总计：原文“13812345678件”", "总计：原文“138****5678件”"),
            ("19491231002X件处", "********002X件处"),
            ("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "1 1 0 1 0 5 * * * * * * * * 0 0 2 X"),
            ("13812345〔删去：678〕", "138****5〔删去：678〕"),
            ("证号（110105）19491231002X", "证号（110105）********002X"),
            ("①③⑧12345678", "①③⑧****5678"),
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
            "156805947.43元",
            "采购金额13575394432元",
            "总计15000000000次",
            "1 3 0 0 0 0 0 0 4 0 0 0 0 0 4",
            "分别为13、138、1234、56件",
            "13,812,345,678元",
            "13 8 1 2 3 4 5 6 7 8",
            "2023年1月1日至2023年12月31日",
            "国办公开办函〔2021〕30号",
            "3120",
        ] {
            assert_eq!(mask(kept), kept);
        }
    }
}
