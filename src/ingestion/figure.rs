//! Reads the text of one cell.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::numeral::{is_numeral, numeral};
use crate::{
    report::{Decimal, DefectKind, Figure},
    words::plain::{is_ignorable, is_its_own_form, is_mark},
};

/// What a cell's text says, and what is to be remarked about it.
pub(super) struct Read<T> {
    /// The figure.
    pub value: T,
    /// What is not as it should be.
    pub defect: Option<DefectKind>,
}

/// The units that stand behind counts, longer ones first.
pub(super) const UNITS: [&str; 13] = ["批次", "人次", "件", "宗", "条", "份", "起", "笔", "项", "个", "次", "部", "例"];

/// Whether a text can be a figure: it has a digit and is no longer than a figure with a note, or it
/// is a placeholder, or a formula that was not computed.
pub(super) fn is_figure(text: &str) -> bool {
    plain_count(text).is_some() || !is_words(text) && is_figure_in_full(text)
}

/// The same, of a text that is neither soon seen to be a figure nor to be none.
fn is_figure_in_full(text: &str) -> bool {
    const LONGEST: usize = 30;
    let text = compact(text);
    let figure = text.chars().any(|char| char.is_ascii_digit()) && text.chars().count() <= LONGEST;
    figure && !begins_with_year(&text) || text.starts_with('=') || is_placeholder(&text) || numeral(&text).is_some()
}

/// Whether a text is soon seen to be no figure: a word stands in it that is neither numeral nor stroke, and beside words there
/// are common marks alone.
fn is_words(text: &str) -> bool {
    let mut words = false;
    for char in text.chars() {
        match char {
            '无' => {}
            char if is_numeral(char) => {}
            '\u{4e00}'..='\u{9fff}' => words = true,
            '、' | '。' | '，' | '（' | '）' | '：' | '；' | '“' | '”' | '《' | '》' => {}
            char if char.is_ascii_whitespace() || char.is_ascii_alphabetic() => {}
            _ => return false,
        }
    }
    words
}

/// Whether a text begins with a year, as paragraphs do: 2023年.
fn begins_with_year(text: &str) -> bool {
    let (year, rest) = text.split_at_checked(4).unwrap_or_default();
    year.bytes().all(|byte| byte.is_ascii_digit()) && rest.starts_with('年')
}

/// A line up to its last figure, and the paragraph that follows it at once, where that begins with a year: of
/// `0 02023年，我局` the first two figures are of the row.
pub(super) fn apart_from_year(line: &str) -> (&str, &str) {
    let years = line.match_indices('年').filter_map(|(at, _)| at.checked_sub(4));
    let begins = |at: &usize| {
        let year = line.get(*at..*at + 4).unwrap_or_default();
        let is_year = year.starts_with("20") && year.bytes().all(|byte| byte.is_ascii_digit());
        is_year && line[..*at].ends_with(|char: char| char.is_ascii_digit() || is_ignorable(char))
    };
    { years }.find(begins).map_or((line, ""), |at| line.split_at(at))
}

/// Whether a text is a figure and nothing else: digits with their signs, or a placeholder.
pub(super) fn is_bare_figure(text: &str) -> bool {
    const LONGEST: usize = 20;
    let text = compact(text);
    let digits = text.chars().any(|char| char.is_ascii_digit())
        && text.len() <= LONGEST
        && text.chars().all(|char| char.is_ascii_digit() || matches!(char, ',' | '.' | '-'));
    digits || is_placeholder(&text) || numeral(&text).is_some()
}

/// Whether a word is a count or an amount as it stands, with a unit or a note perhaps, or stands for none.
pub(super) fn reads_as_figure(word: &str) -> bool {
    let count = count(word, true);
    count.value != Figure::Unread && (count.value != Figure::Blank || count.defect.is_some())
        || amount(word, false).value.is_some()
}

/// Whether a figure may number a row, in a column before its label: it has two digits at most.
pub(super) fn numbers_a_row(text: &str) -> bool {
    matches!(count(text.trim().trim_end_matches(['.', '、', '．']), false).value, Figure::Known(0..=99))
}

/// Whether a word stands for no figure.
pub(super) fn is_stroke(word: &str) -> bool {
    is_placeholder(&compact(word))
}

/// The count that nearly all cells hold: a few digits and nothing else, without a zero before them.
fn plain_count(text: &str) -> Option<i32> {
    const SURELY_FIT: usize = 9;
    let digits = text.as_bytes();
    let is_plain = match digits {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => digits.len() <= SURELY_FIT && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    is_plain.then(|| digits.iter().fold(0, |count, digit| count * 10 + i32::from(digit - b'0')))
}

/// Reads a count. `signed` is for 本年增/减.
pub(super) fn count(text: &str, signed: bool) -> Read<Figure> {
    if let Some(count) = plain_count(text) {
        return Read { value: Figure::Known(count), defect: None };
    }
    let (own, apart) = (text, digits_stand_apart(text) || digits_stand_around_a_mark(text));
    let (text, marked) = unmarked(text);
    let blank = |defect| Read { value: Figure::Blank, defect };
    let unread = |kind| Read { value: Figure::Unread, defect: Some(kind) };
    let noted = marked.then_some(DefectKind::Note);
    let known = |digits: &str, sign: i64, defect: Option<DefectKind>| match whole(digits)
        .map(|count| i32::try_from(sign * count))
    {
        Some(Ok(count)) => Read { value: Figure::Known(count), defect: defect.or(noted) },
        Some(Err(_)) => unread(DefectKind::OutOfRange),
        None => unread(DefectKind::Text),
    };
    if text.is_empty() && marked || is_turned(own) {
        return unread(DefectKind::Text);
    }
    if text.is_empty() {
        return blank(None);
    }
    if is_placeholder(&text) {
        return blank(Some(DefectKind::Placeholder));
    }
    if apart {
        return unread(DefectKind::Text);
    }
    if let Some(number) = numeral(&text) {
        return known(&number.to_string(), 1, Some(DefectKind::Note));
    }
    let digits = text.trim_start_matches(['-', '\u{2212}']);
    if digits.len() < text.len() && text.chars().count() == digits.chars().count() + 1 {
        return known(digits, -1, None);
    }
    if signed {
        for (word, sign) in [("减少", -1), ("减", -1), ("增加", 1), ("增", 1), ("+", 1)] {
            if let Some(digits) = text.strip_prefix(word) {
                return known(digits, sign, (word != "+").then_some(DefectKind::InWords));
            }
        }
    }
    if let Some((whole, fraction)) = text.split_once('.').filter(|_| Decimal::parse(&text).is_some()) {
        // A spreadsheet shows a count with zeros behind a point.
        let zeros = !fraction.is_empty() && fraction.chars().all(|char| char == '0');
        return if zeros { known(whole, 1, Some(DefectKind::Note)) } else { unread(DefectKind::NotWhole) };
    }
    let end = text.find(|char: char| !char.is_ascii_digit() && char != ',').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    match rest {
        "" => known(digits, 1, None),
        unit if UNITS.contains(&unit) => known(digits, 1, Some(DefectKind::Unit)),
        _ if is_note(rest) => known(digits, 1, Some(DefectKind::Note)),
        _ => unread(DefectKind::Text),
    }
}

/// Whether a text behind a figure is a note: in brackets, or 注 with its number.
fn is_note(text: &str) -> bool {
    let brackets = [('(', ')'), ('[', ']'), ('〔', '〕'), ('【', '】')];
    let in_brackets = brackets.iter().any(|(open, close)| text.starts_with(*open) && text.ends_with(*close));
    in_brackets || text.strip_prefix('注').is_some_and(|number| number.chars().all(|char| char.is_ascii_digit()))
}

/// Reads an amount into 万元, exactly. `in_yuan` tells that the heading gives the unit 元.
pub(super) fn amount(text: &str, in_yuan: bool) -> Read<Option<String>> {
    if digits_stand_apart(text) || digits_stand_around_a_mark(text) || is_turned(text) {
        return Read { value: None, defect: Some(DefectKind::Text) };
    }
    let (text, marked) = unmarked(text);
    if text.is_empty() {
        return Read { value: None, defect: marked.then_some(DefectKind::Text) };
    }
    if is_placeholder(&text) {
        return Read { value: None, defect: Some(DefectKind::Placeholder) };
    }
    let (number, unit) = match text.strip_suffix("万元") {
        Some(number) => (number, Some("万元")),
        None => match text.strip_suffix('元') {
            Some(number) => (number, Some("元")),
            None => (&*text, None),
        },
    };
    let Some(number) = without_separators(number).filter(|number| Decimal::parse(number).is_some()) else {
        return Read { value: None, defect: Some(DefectKind::Text) };
    };
    let defect = unit.map(|_| DefectKind::Unit).or(marked.then_some(DefectKind::Note));
    let yuan = unit == Some("元") || (unit.is_none() && in_yuan);
    let value = match Decimal::parse(&number) {
        Some(decimal) if yuan => decimal.ten_thousandth().to_string(),
        _ => number,
    };
    Read { value: Some(value), defect }
}

/// Whether white space parts digits: `1 2` is 12 or two figures, and nobody can say which.
fn digits_stand_apart(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let digit = |char: Option<char>| char.is_some_and(|char| char.is_numeric() && !points_to_a_note(char));
    while let Some(word) = words.next() {
        if digit(word.chars().next_back()) && words.peek().is_some_and(|next| digit(next.chars().next())) {
            return true;
        }
    }
    false
}

/// Whether a mark stands within the digits, or before them: then nobody can say what is the figure.
fn digits_stand_around_a_mark(text: &str) -> bool {
    let mark = text.find(points_to_a_note);
    mark.is_some_and(|at| text[at..].chars().any(|char| char.is_numeric() && !points_to_a_note(char)))
}

/// Whether the text turns the direction of writing: what is stored and what is seen differ.
fn is_turned(text: &str) -> bool {
    text.chars().any(|char| matches!(char, '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}'))
}

/// The text in compatibility form, without white space, without what shows nothing and without marks.
fn compact(text: &str) -> Cow<'_, str> {
    unmarked(text).0
}

/// The same, and whether there were marks that point to a note: they are never digits of the figure, and
/// brackets around nothing else go with them.
fn unmarked(text: &str) -> (Cow<'_, str>, bool) {
    const SIGNS: [char; 8] = ['*', '※', '#', '†', '‡', '△', '▲', '★'];
    let shown = |char: char| !char.is_whitespace() && !char.is_control();
    let text = text.trim();
    // Most figures and labels are as they should be.
    let (mut all_shown, mut own_form) = (true, true);
    for char in text.chars() {
        own_form &= is_its_own_form(char);
        all_shown &= shown(char);
    }
    let marked = !own_form && text.chars().any(points_to_a_note);
    let mut text: Cow<'_, str> = match (own_form, all_shown) {
        (true, true) => text.into(),
        (true, false) => text.chars().filter(|char| shown(*char)).collect::<String>().into(),
        (false, _) => {
            let kept = text.chars().filter(|char| !is_ignorable(*char) && !points_to_a_note(*char));
            kept.nfkc().filter(|char| shown(*char)).collect::<String>().into()
        }
    };
    if marked {
        let whole = ["[]", "()", "〔〕", "【】"].iter().fold(text.into_owned(), |text, empty| text.replace(empty, ""));
        // What parted several marks.
        text = whole.trim_end_matches([',', '、', ';']).to_owned().into();
    }
    let bare = text.trim_end_matches(SIGNS).len();
    let signed = bare < text.len() && text[..bare].ends_with(|char: char| char.is_ascii_digit());
    if signed {
        match &mut text {
            Cow::Borrowed(text) => *text = &text[..bare],
            Cow::Owned(text) => text.truncate(bare),
        }
    }
    (text, marked || signed)
}

/// Whether a character is a mark beside a figure; a numeral with a full stop of its own (⒈) is one too.
pub(super) fn points_to_a_note(char: char) -> bool {
    is_mark(char) || matches!(char, '\u{2488}'..='\u{249b}')
}

fn is_placeholder(text: &str) -> bool {
    let stroke = |char: char| matches!(char, '/' | '\\' | '-' | '—' | '–' | '―' | '─' | '*' | '一' | '\u{2212}');
    text == "无" || (!text.is_empty() && text.chars().count() <= 4 && text.chars().all(stroke))
}

/// A whole number without leading zeros, thousands separated by commas or not at all.
fn whole(text: &str) -> Option<i64> {
    let digits = without_separators(text)?;
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if !plain || leading_zero {
        return None;
    }
    // What doesn't fit is out of range, not unreadable.
    Some(digits.parse().unwrap_or(i64::MAX / 2))
}

/// A number without its thousands separators; nothing where commas stand elsewhere.
pub(super) fn without_separators(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_owned());
    }
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut groups = whole.split(',');
    let first = groups.next()?.trim_start_matches('-');
    let well_formed = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let joined = whole.replace(',', "");
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    well_formed.then(|| joined + &fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_beside_an_amount_stands_over_the_one_of_the_heading() {
        for (text, in_yuan, expected) in [
            ("25.1万元", true, Some("25.1")),
            ("251000元", false, Some("25.1")),
            ("251000", true, Some("25.1")),
            ("25.1", false, Some("25.1")),
            ("25.1²", false, Some("25.1")),
            ("2²5.1", false, None),
            ("若干", false, None),
        ] {
            assert_eq!(amount(text, in_yuan).value.as_deref(), expected, "{text} {in_yuan}");
        }
    }

    #[test]
    fn what_is_soon_seen_is_what_is_seen_in_full() {
        let heads = [
            "",
            "一",
            "十二",
            "无",
            "〇",
            "件",
            "（一）予以公开",
            "—",
            "=",
            "＝",
            "A",
            "１",
            "2",
            "②",
            "㏠",
            " ",
            "\u{200b}",
        ];
        for text in heads.iter().flat_map(|head| heads.map(|tail| format!("{head}{tail}"))) {
            assert_eq!(is_figure(&text), is_figure_in_full(&text), "{text}");
        }
        for text in ["0", "7", "1203", "999999999", "9999999999", "007", "00", "+1", "1 2", "-0"] {
            let known = plain_count(text).map(Figure::Known);
            assert!(known.is_none_or(|known| count(&format!(" {text}"), false).value == known), "{text}");
            assert_eq!(is_figure(text), is_figure_in_full(text), "{text}");
        }
    }

    #[test]
    fn a_cell_is_read_as_it_stands_or_not_at_all() {
        let cases: [(&str, Figure, Option<DefectKind>); 41] = [
            ("12", Figure::Known(12), None),
            (" １２ ", Figure::Known(12), None),
            ("1,234", Figure::Known(1234), None),
            ("", Figure::Blank, None),
            ("\u{a0}", Figure::Blank, None),
            ("/", Figure::Blank, Some(DefectKind::Placeholder)),
            ("——", Figure::Blank, Some(DefectKind::Placeholder)),
            ("无", Figure::Blank, Some(DefectKind::Placeholder)),
            ("-3", Figure::Known(-3), None),
            ("2笔", Figure::Known(2), Some(DefectKind::Unit)),
            ("22（其中修订16件）", Figure::Known(22), Some(DefectKind::Note)),
            ("1.5", Figure::Unread, Some(DefectKind::NotWhole)),
            ("1,23", Figure::Unread, Some(DefectKind::Text)),
            ("007", Figure::Unread, Some(DefectKind::Text)),
            ("1 2", Figure::Unread, Some(DefectKind::Text)),
            ("1\n2", Figure::Unread, Some(DefectKind::Text)),
            ("12\n件", Figure::Known(12), Some(DefectKind::Unit)),
            ("1②", Figure::Known(1), Some(DefectKind::Note)),
            ("1 ②", Figure::Known(1), Some(DefectKind::Note)),
            ("1²", Figure::Known(1), Some(DefectKind::Note)),
            ("5[¹]", Figure::Known(5), Some(DefectKind::Note)),
            ("5⒈", Figure::Known(5), Some(DefectKind::Note)),
            ("12*", Figure::Known(12), Some(DefectKind::Note)),
            ("12[1]", Figure::Known(12), Some(DefectKind::Note)),
            ("12注1", Figure::Known(12), Some(DefectKind::Note)),
            ("12¹,²", Figure::Known(12), Some(DefectKind::Note)),
            ("1²2", Figure::Unread, Some(DefectKind::Text)),
            ("²12", Figure::Unread, Some(DefectKind::Text)),
            ("\u{202e}12\u{202c}", Figure::Unread, Some(DefectKind::Text)),
            ("1\u{fffd}2", Figure::Unread, Some(DefectKind::Text)),
            ("②", Figure::Unread, Some(DefectKind::Text)),
            ("*", Figure::Blank, Some(DefectKind::Placeholder)),
            ("1\u{200b}2", Figure::Known(12), None),
            ("\u{200b}", Figure::Blank, None),
            ("若干", Figure::Unread, Some(DefectKind::Text)),
            ("12.0", Figure::Known(12), Some(DefectKind::Note)),
            ("三", Figure::Known(3), Some(DefectKind::Note)),
            ("一", Figure::Blank, Some(DefectKind::Placeholder)),
            ("9999999999", Figure::Unread, Some(DefectKind::OutOfRange)),
            ("99999999999999999999999", Figure::Unread, Some(DefectKind::OutOfRange)),
            ("减4", Figure::Unread, Some(DefectKind::Text)),
        ];
        for (text, figure, defect) in cases {
            let read = count(text, false);
            assert_eq!((read.value, read.defect), (figure, defect), "{text}");
        }
        let change = count("减4", true);
        assert_eq!((change.value, change.defect), (Figure::Known(-4), Some(DefectKind::InWords)));
        assert_eq!(count("+4", true).value, Figure::Known(4));
    }

    #[test]
    fn an_amount_is_brought_to_ten_thousands_of_yuan_exactly() {
        let cases: [(&str, Option<&str>, Option<DefectKind>); 7] = [
            ("859.2551", Some("859.2551"), None),
            ("160.5964万元", Some("160.5964"), Some(DefectKind::Unit)),
            ("251000元", Some("25.1"), Some(DefectKind::Unit)),
            ("1,234.50", Some("1234.50"), None),
            ("859,2551", None, Some(DefectKind::Text)),
            ("约3万元", None, Some(DefectKind::Text)),
            ("-", None, Some(DefectKind::Placeholder)),
        ];
        for (text, value, defect) in cases {
            let read = amount(text, false);
            assert_eq!((read.value.as_deref(), read.defect), (value, defect), "{text}");
        }
        assert_eq!(amount("251000", true).value.as_deref(), Some("25.1"));
    }
}
