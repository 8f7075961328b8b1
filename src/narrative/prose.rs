//! A section's text as statements are looked for in it: sentences in compatibility form, without
//! white space, Chinese numerals before a unit as digits, and a way back to the original.

use crate::words::plain::compatible_characters;

/// A sentence, with the way back to the original.
pub(super) struct Sentence<'a> {
    /// The sentence to look in.
    pub text: String,
    original: &'a str,
    /// For each byte of `text`, where its character begins in `original`.
    origin: Vec<usize>,
}

impl<'a> Sentence<'a> {
    /// The sentence that stands in a part of a text.
    pub fn of(original: &'a str) -> Self {
        let mut sentence = Self { text: String::new(), original, origin: Vec::new() };
        for (at, char) in original.char_indices() {
            compatible_characters(char, |plain| {
                sentence.text.push(plain);
                sentence.origin.resize(sentence.text.len(), at);
            });
        }
        with_digits(without_lists(without_notes(sentence)))
    }

    /// The original words of a part, with what little surrounds them.
    pub fn quote(&self, from: usize, to: usize) -> String {
        let start = self.origin.get(from).copied().unwrap_or(0);
        let last = self.origin.get(to.saturating_sub(1)).copied().unwrap_or(start);
        let end = last + self.original[last..].chars().next().map_or(0, char::len_utf8);
        self.original[start..end.max(start)].split_whitespace().collect()
    }
}

/// The sentences of a text, as they stand there.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['。', '！', '？', '!', '?'])
}

/// Drops what points to a note between a number and its unit: `17[1]件`, `17*件`, `17注1件`.
fn without_notes(sentence: Sentence<'_>) -> Sentence<'_> {
    replace(sentence, |text, at| {
        if !text[..at].ends_with(|char: char| char.is_ascii_digit()) {
            return None;
        }
        let digits = |from: &str| from.bytes().take(3).take_while(u8::is_ascii_digit).count();
        let behind = &text[at..];
        let bracketed = [('[', ']'), ('【', '】'), ('〔', '〕')].iter().find_map(|(open, close)| {
            let inside = behind.strip_prefix(*open)?;
            let (note, _) = inside.split_once(*close)?;
            let is_note =
                note.len() <= 12 && note.trim_start_matches('注').len() == digits(note.trim_start_matches('注'));
            is_note.then(|| open.len_utf8() + note.len() + close.len_utf8())
        });
        let noted = || behind.strip_prefix('注').map(|number| '注'.len_utf8() + digits(number));
        let signed = || ['*', '※', '#'].iter().find(|sign| behind.starts_with(**sign)).map(|sign| sign.len_utf8());
        let length = bracketed.or_else(noted).or_else(signed)?;
        Some((length, String::new()))
    })
}

/// Drops what stands in brackets, but for brackets that say what a number is made up of.
fn without_lists(sentence: Sentence<'_>) -> Sentence<'_> {
    const KEPT: [&str; 6] = ["新收", "结转", "顺延", "其中机构", "其他", "含上"];
    // Where the next bracket closes: found once for all that open before it.
    let mut closing = 0;
    replace(sentence, |text, at| {
        let inside = text[at..].strip_prefix('(')?;
        if closing <= at {
            closing = text[at..].find(')').map_or(text.len(), |found| at + found);
        }
        let end = (closing < text.len()).then(|| closing - at - 1)?;
        let kept = inside[..end].contains('(') || KEPT.iter().any(|word| inside[..end].contains(word));
        (!kept).then(|| (end + 2, String::new()))
    })
}

/// Writes Chinese numerals that stand before a unit as digits.
fn with_digits(sentence: Sentence<'_>) -> Sentence<'_> {
    replace(sentence, |text, at| {
        let before = text[..at].chars().next_back();
        // 第一件, 一件件: ordinals and idioms count nothing.
        if before.is_some_and(|char| char == '第' || DIGITS.contains(char)) {
            return None;
        }
        let numeral: String = text[at..].chars().take_while(|char| DIGITS.contains(*char)).collect();
        let unit = text[at + numeral.len()..].chars().next();
        let counted = !numeral.is_empty() && unit.is_some_and(|unit| "件宗条份起笔".contains(unit));
        // 一件 by itself is an idiom more often than a count: 办结一件、解决一类.
        let value = value(&numeral).filter(|_| counted && numeral != "一")?;
        Some((numeral.len(), value.to_string()))
    })
}

const DIGITS: &str = "零〇一二两三四五六七八九十百千万";

/// The value of a Chinese numeral below a hundred million.
fn value(numeral: &str) -> Option<i64> {
    let digit = |char: char| "零一二三四五六七八九".chars().position(|own| own == char).map(|value| value as i64);
    let (mut total, mut section, mut current) = (0i64, 0i64, None);
    for char in numeral.chars() {
        let char = if char == '〇' {
            '零'
        } else if char == '两' {
            '二'
        } else {
            char
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

/// A sentence in which parts are replaced: `part` gives for a place how many bytes go, and what
/// comes instead.
fn replace<'a>(sentence: Sentence<'a>, mut part: impl FnMut(&str, usize) -> Option<(usize, String)>) -> Sentence<'a> {
    let Sentence { text, original, origin } = sentence;
    let mut result = Sentence { text: String::with_capacity(text.len()), original, origin: Vec::new() };
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let (length, words) = match part(&text, at) {
            Some((length, words)) => (length, words),
            None => (char.len_utf8(), char.to_string()),
        };
        result.text.push_str(&words);
        result.origin.resize(result.text.len(), origin[at]);
        at += length;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        sentences(text).map(|sentence| Sentence::of(sentence).text).collect()
    }

    #[test]
    fn sentences_are_plain_and_lead_back() {
        assert_eq!(texts("共收到申请 １2 件，\n均已办结。复议二十一件"), ["共收到申请12件,均已办结。", "复议21件"]);
        assert_eq!(texts("收到3607件（市政府349件、沭阳县477件），同比增长"), ["收到3607件,同比增长"]);
        assert_eq!(
            texts("收到17[1]件、18*件、19【2】件、20注3件、21〔2021〕号"),
            ["收到17件、18件、19件、20件、21〔2021〕号"]
        );
        assert_eq!(texts("收到9件（其中本年新收7件，上年结转2件）"), ["收到9件(其中本年新收7件,上年结转2件)"]);
        let sentence = Sentence::of("共收到 申请\n十二 件。");
        let (from, to) = (0, sentence.text.len());
        assert_eq!(sentence.quote(from, to), "共收到申请十二件。");
    }

    #[test]
    fn chinese_numerals_have_their_value() {
        let cases = [
            ("三", 3),
            ("十", 10),
            ("二十一", 21),
            ("一百零五", 105),
            ("两千三百", 2300),
            ("一万二千", 12000),
            ("二〇", 20),
        ];
        for (numeral, expected) in cases {
            assert_eq!(value(numeral), Some(expected), "{numeral}");
        }
        assert_eq!(texts("一是做好第一件事"), ["一是做好第一件事"]);
    }
}
