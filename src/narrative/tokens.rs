//! A text as tokens, in one pass: numbers with their units, years, words of the vocabulary, marks.

use std::ops::Range;

use super::{
    Cut,
    folded::Folded,
    scan::{Hit, Scan},
    vocabulary::Kind,
};
use crate::deadline::Deadline;

/// What a number counts by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// 件 and other units of cases and documents.
    Case,
    /// 个, 部, 项, 条: units of documents and decisions, and of much else.
    Thing,
    /// 条: a unit of information.
    Line,
    /// 元.
    Yuan,
    /// 万元.
    TenThousandYuan,
    /// %.
    Percent,
    /// None that is known.
    None,
    /// A unit of something else: 人次, 篇, 次, 日.
    Other,
}

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(Kind),
    /// A number: its digits as a whole number, how many of them are decimal places, its unit. A rough one (20余件) says nothing.
    Number {
        digits: i64,
        places: u32,
        unit: Unit,
        is_rough: bool,
        is_numeral: bool,
    },
    /// 2023年.
    Year(i32),
    /// A number that was left blank: XX件.
    Blank,
    Comma,
    /// 、.
    Pause,
    Colon,
    Semicolon,
    Open,
    Close,
    /// 。 and the like.
    End,
}

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub token: Token,
    pub at: Range<usize>,
}

/// The units of several characters, with how much they multiply by; the longer before what they begin with.
const LONG_UNITS: [(&str, Unit, i64); 8] = [
    ("件次", Unit::Case, 1),
    ("万元", Unit::TenThousandYuan, 1),
    ("万件", Unit::Case, 10_000),
    ("万条", Unit::Line, 10_000),
    ("人次", Unit::Other, 1),
    ("个月", Unit::Other, 1),
    ("个工作日", Unit::Other, 1),
    ("份件", Unit::Case, 1),
];

/// The units of one character.
fn short_unit(char: char) -> Unit {
    match char {
        '件' | '宗' | '份' | '起' | '笔' | '例' | '封' => Unit::Case,
        '条' => Unit::Line,
        '个' | '部' | '项' | '批' => Unit::Thing,
        '元' => Unit::Yuan,
        '%' => Unit::Percent,
        '次' | '月' | '日' | '号' | '篇' | '人' | '期' | '家' | '类' | '大' => Unit::Other,
        _ => Unit::None,
    }
}

/// The tokens of a text, in which this stands, unless the deadline comes first.
pub(super) fn tokens(folded: &Folded, scan: &Scan, deadline: &Deadline) -> Result<Vec<Placed>, Cut> {
    let mut paced = deadline.paced();
    let text = folded.text();
    let (mut words, mut signs) = (vocabulary_in(&scan.hits), scan.signs.iter().map(|at| *at as usize));
    let (mut word, mut sign) = (words.next(), signs.next());
    let mut tokens = Vec::new();
    let mut at = 0;
    while !paced.is_over() {
        while word.as_ref().is_some_and(|(range, _)| range.start < at) {
            word = words.next();
        }
        while sign.is_some_and(|sign| sign < at) {
            sign = signs.next();
        }
        // A number of the form, or a numeral, may begin within a word: 12345热线 is one.
        if let Some((range, kind)) = word.take_if(|(range, _)| sign.is_none_or(|sign| range.start <= sign)) {
            at = range.end;
            tokens.push(Placed { token: Token::Word(kind), at: range });
            word = words.next();
            continue;
        }
        let Some((sign, char)) = sign.and_then(|sign| Some((sign, text[sign..].chars().next()?))) else {
            return Ok(tokens);
        };
        let (token, end) = match char {
            '0'..='9' => number(text, sign),
            _ if is_numeral(char) => numeral(text, sign),
            'X' | 'x' | '×' | '_' | '△' | '○' | '□' => blank(text, sign),
            char => (mark(char), sign + char.len_utf8()),
        };
        tokens.extend(token.map(|token| Placed { token, at: sign..end }));
        at = end;
    }
    Err(Cut::Time)
}

/// The words of the vocabulary, from the left, the longest at each place, and none within another.
fn vocabulary_in(hits: &[Hit]) -> impl Iterator<Item = (Range<usize>, Kind)> + '_ {
    let mut end = 0;
    hits.iter().filter_map(move |hit| {
        let kind = hit.word.kind.filter(|_| hit.at().start >= end)?;
        end = hit.at().end;
        Some((hit.at(), kind))
    })
}

fn mark(char: char) -> Option<Token> {
    Some(match char {
        ',' => Token::Comma,
        '、' => Token::Pause,
        ':' => Token::Colon,
        ';' => Token::Semicolon,
        '(' | '[' | '【' | '〔' => Token::Open,
        ')' | ']' | '】' | '〕' => Token::Close,
        '。' | '!' | '?' | '｡' => Token::End,
        _ => return None,
    })
}

/// A number in digits, with its unit or as a year.
fn number(text: &str, at: usize) -> (Option<Token>, usize) {
    let rest = &text[at..];
    let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
    let run = rest[..length].trim_end_matches([',', '.']);
    let (whole, fraction) = run.split_once('.').unwrap_or((run, ""));
    let end = at + run.len();
    let is_year = whole.len() == 4 && (whole.starts_with("19") || whole.starts_with("20")) && fraction.is_empty();
    if let (true, true, Ok(year)) = (is_year, text[end..].starts_with('年'), whole.parse()) {
        return (Some(Token::Year(year)), end + '年'.len_utf8());
    }
    let before = text[..at].chars().next_back();
    // 第3项, a list's 1. and a clause's number count nothing; commas part thousands, or numbers.
    let thousands = |whole: &str| whole.split(',').skip(1).all(|group| group.len() == 3);
    let digits = number_of(whole.bytes().filter(|byte| *byte != b',').chain(fraction.bytes()));
    let (behind, is_rough) = without_rough(text, without_note(text, end));
    let (unit, scale, end_of_unit) = unit(text, behind);
    let scaled = digits.and_then(|digits| digits.checked_mul(scale)).filter(|digits| *digits <= LARGEST);
    let is_count = before != Some('第') && thousands(whole) && whole.split(',').all(|group| !group.is_empty());
    let (Some(digits), true) = (scaled, is_count) else { return (None, end) };
    // 1.823万件 is 18230.
    let (mut digits, mut places) = (digits, u32::try_from(fraction.len()).unwrap_or(u32::MAX));
    while scale > 1 && places > 0 && digits % 10 == 0 {
        (digits, places) = (digits / 10, places - 1);
    }
    let is_rough = is_rough || text[..at].ends_with(['近', '约', '超', '逾']);
    let end = if unit == Unit::None { end } else { end_of_unit };
    (Some(Token::Number { digits, places, unit, is_rough, is_numeral: false }), end)
}

/// The number that digits make up; `None` where something else stands among them, or nothing.
fn number_of(digits: impl Iterator<Item = u8>) -> Option<i64> {
    let mut digits = digits.peekable();
    digits.peek()?;
    digits.try_fold(0i64, |number, byte| number.checked_mul(10)?.checked_add(i64::from(byte.checked_sub(b'0')?)))
}

/// Larger numbers could overflow their sums, and no report holds one.
const LARGEST: i64 = 1_000_000_000_000;

/// Behind what points to a note between a number and its unit: `17[1]件`, `17*件`, `17注1件`.
fn without_note(text: &str, at: usize) -> usize {
    /// No note is longer, with its brackets: what is never closed must not be looked through for each number.
    const LONGEST: usize = 18;
    let behind = &text[at..text.floor_char_boundary(at + LONGEST)];
    let digits = |from: &str| from.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let bracketed = [('[', ']'), ('【', '】'), ('〔', '〕')].iter().find_map(|(open, close)| {
        let (note, _) =
            behind.strip_prefix(*open)?.split_at_checked(behind.find(*close)?.checked_sub(open.len_utf8())?)?;
        let bare = note.trim_start_matches('注');
        (note.len() <= 12 && bare.len() == digits(bare)).then(|| open.len_utf8() + note.len() + close.len_utf8())
    });
    let noted = || behind.strip_prefix('注').map(|number| '注'.len_utf8() + digits(number));
    let signed = || ['*', '※', '#'].iter().find(|sign| behind.starts_with(**sign)).map(|sign| sign.len_utf8());
    at + bracketed.or_else(noted).or_else(signed).unwrap_or(0)
}

/// Behind 余, 多 or 几, and whether one of them stands there.
fn without_rough(text: &str, at: usize) -> (usize, bool) {
    let rough = text[at..].chars().next().filter(|char| matches!(char, '余' | '多' | '几'));
    (at + rough.map_or(0, char::len_utf8), rough.is_some())
}

fn unit(text: &str, at: usize) -> (Unit, i64, usize) {
    let behind = &text[at..];
    let Some(first) = behind.chars().next() else { return (Unit::None, 1, at) };
    let long = || LONG_UNITS.iter().find(|(name, ..)| behind.starts_with(name));
    let long = matches!(first, '件' | '万' | '人' | '个' | '份').then(long).flatten();
    let short = || match short_unit(first) {
        Unit::None => (Unit::None, 1, at),
        unit => (unit, 1, at + first.len_utf8()),
    };
    long.map_or_else(short, |(name, unit, scale)| (*unit, *scale, at + name.len()))
}

/// A number that was left blank, before a unit.
fn blank(text: &str, at: usize) -> (Option<Token>, usize) {
    const LONGEST: usize = 8;
    let first = text[at..].chars().next().unwrap_or(' ');
    let alike = |char: &char| char.eq_ignore_ascii_case(&first);
    let run: String = text[at..].chars().take(LONGEST + 1).take_while(alike).collect();
    let end = at + run.len().max(first.len_utf8());
    let (unit, _, end_of_unit) = unit(text, end);
    let is_blank = run.chars().count() <= LONGEST && (first != '_' || run.len() > 1);
    let counts = matches!(unit, Unit::Case | Unit::TenThousandYuan | Unit::Yuan | Unit::Line);
    if is_blank && counts { (Some(Token::Blank), end_of_unit) } else { (None, end) }
}

/// Whether a character is one of a Chinese numeral.
fn is_numeral(char: char) -> bool {
    matches!(
        char,
        '零' | '壹'
            | '贰'
            | '叁'
            | '肆'
            | '伍'
            | '陆'
            | '柒'
            | '捌'
            | '玖'
            | '拾'
            | '佰'
            | '仟'
            | '〇'
            | '一'
            | '二'
            | '两'
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

/// A Chinese numeral that stands before a unit.
fn numeral(text: &str, at: usize) -> (Option<Token>, usize) {
    const LONGEST: usize = 16;
    let length =
        text[at..].chars().take(LONGEST).take_while(|char| is_numeral(*char)).map(char::len_utf8).sum::<usize>();
    let end = at + length;
    let run = &text[at..end];
    let before = text[..at].chars().next_back();
    let (unit, _, end_of_unit) = unit(text, end);
    let counts = matches!(unit, Unit::Case) || matches!(unit, Unit::Thing | Unit::Line) && run.chars().count() > 1;
    // 第一件, 一件事: ordinals and idioms count nothing.
    let idiom = ["事", "套", "件"].iter().any(|word| text[end_of_unit..].starts_with(word));
    if before == Some('第') || !counts || idiom {
        return (None, end);
    }
    let number = value(run).map(|digits| Token::Number { digits, places: 0, unit, is_rough: false, is_numeral: true });
    (number, end_of_unit)
}

/// The value of a Chinese numeral below a hundred million.
fn value(numeral: &str) -> Option<i64> {
    let digit = |char: char| "零一二三四五六七八九".chars().position(|own| own == char).map(|value| value as i64);
    let (mut total, mut section, mut current) = (0i64, 0i64, None);
    for char in numeral.chars() {
        let char = match char {
            '〇' => '零',
            '两' | '贰' => '二',
            '壹' => '一',
            '叁' => '三',
            '肆' => '四',
            '伍' => '五',
            '陆' => '六',
            '柒' => '七',
            '捌' => '八',
            '玖' => '九',
            '拾' => '十',
            '佰' => '百',
            '仟' => '千',
            char => char,
        };
        if let Some(value) = digit(char) {
            // 二〇: digits one after another are read one by one.
            current =
                Some(current.filter(|_| section == 0 && total == 0).map_or(value, |before: i64| before * 10 + value));
            continue;
        }
        let unit = match char {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            _ => {
                total = (section + current.take().unwrap_or(0)).checked_mul(10_000)?;
                section = 0;
                continue;
            }
        };
        section += current.take().unwrap_or(1) * unit;
    }
    (total + section).checked_add(current.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::scan::{SIGNS, lexicon};

    fn of(text: &str) -> Vec<Token> {
        tokens(&Folded::of(text), &lexicon().scan(Folded::of(text).text()), &Deadline::NEVER)
            .unwrap()
            .into_iter()
            .map(|placed| placed.token)
            .collect()
    }

    fn count(digits: i64, unit: Unit) -> Token {
        Token::Number { digits, places: 0, unit, is_rough: false, is_numeral: false }
    }

    #[test]
    fn numbers_have_units_and_ordinals_are_none() {
        assert_eq!(of("１2 件"), [count(12, Unit::Case)]);
        assert_eq!(of("17[1]件、18*件"), [count(17, Unit::Case), Token::Pause, count(18, Unit::Case)]);
        assert_eq!(of("1,234件"), [count(1234, Unit::Case)]);
        assert_eq!(of("2023年"), [Token::Year(2023)]);
        assert_eq!(of("第3件"), []);
        assert_eq!(of("一件事"), []);
        let rough = of("20余件");
        assert!(matches!(rough[..], [Token::Number { is_rough: true, .. }]), "{rough:?}");
        assert_eq!(of("XX件__份"), [Token::Blank, Token::Blank]);
        assert!(matches!(of("86.92%")[..], [Token::Number { digits: 8692, places: 2, unit: Unit::Percent, .. }]));
        assert!(matches!(
            of("1.2万元")[..],
            [Token::Number { digits: 12, places: 1, unit: Unit::TenThousandYuan, .. }]
        ));
    }

    #[test]
    fn tokens_begin_with_signs_alone() {
        for char in '\0'..=char::MAX {
            let of_blank = matches!(char, 'X' | 'x' | '×' | '_' | '△' | '○' | '□');
            let begins = char.is_ascii_digit() || is_numeral(char) || of_blank || mark(char).is_some();
            assert_eq!(begins, SIGNS.contains(char), "{char}");
        }
        for (unit, ..) in LONG_UNITS {
            assert_eq!(super::unit(unit, 0).2, unit.len(), "{unit}");
        }
    }

    #[test]
    fn chinese_numerals_have_their_value() {
        for (numeral, expected) in [
            ("三", 3),
            ("十", 10),
            ("二十一", 21),
            ("一百零五", 105),
            ("两千三百", 2300),
            ("一万二千", 12000),
            ("二〇", 20),
        ] {
            assert_eq!(value(numeral), Some(expected), "{numeral}");
        }
    }
}
