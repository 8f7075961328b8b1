//! Full-width punctuation where YAML has its own: the most common slip of those who type Chinese.

use crate::words::Text;

/// Quotes that are none in YAML.
const QUOTES: [char; 6] = ['“', '”', '‘', '’', '＂', '＇'];

/// A full-width sign that stands for one of YAML's on a line that is none, and its place there, from 0.
pub(super) fn sign(line: &str) -> Option<(usize, Text)> {
    let chars: Vec<char> = line.chars().collect();
    let mut quote = None;
    let mut before = ' ';
    for (at, char) in chars.iter().copied().enumerate() {
        let begins = matches!(before, '{' | '[' | ',' | ':' | '-' | '，' | '：');
        match (quote, char) {
            // A straight quote that a full-width one was meant to close.
            (Some(own), char) if QUOTES.contains(&char) && !chars[at..].contains(&own) => {
                return Some((at, quotes()));
            }
            (Some(own), char) if own == char => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') if begins => quote = Some(char),
            (None, char) if begins && QUOTES.contains(&char) => return Some((at, quotes())),
            (None, '：') => {
                if let Some(key) = key_before(&chars[..at]) {
                    return Some((at, colon(&key)));
                }
            }
            (None, '，') if is_key(&chars[at + 1..]) => return Some((at, comma())),
            (None, '#') if at == 0 || chars[at - 1].is_whitespace() => return None,
            _ => {}
        }
        if !char.is_whitespace() {
            before = char;
        }
    }
    None
}

/// The name of a field behind which is a full-width colon, if a text is one with such a colon.
pub(super) fn key(text: &str) -> Option<&str> {
    let (key, _) = text.split_once('：')?;
    let key = key.trim();
    (!key.is_empty() && key.chars().all(is_of_key)).then_some(key)
}

/// That the colon behind a field is full-width.
pub(super) fn colon(key: &str) -> Text {
    Text::new(
        format!("{key} 之后是全角冒号：应为半角冒号加一个空格，写作 {key}: …"),
        format!("a full-width colon is behind {key}: write {key}: …"),
    )
}

/// That a comma is full-width.
pub(super) fn comma() -> Text {
    Text::fixed(
        "此处是全角逗号：应为半角逗号加一个空格，写作 甲, 乙",
        "a full-width comma: write a comma and a space, as in one, other",
    )
}

fn quotes() -> Text {
    Text::fixed(
        "此处是全角引号，不起引号的作用：应为半角引号，写作 '…'",
        "a full-width quote, which quotes nothing: write straight ones, as in '…'",
    )
}

fn is_of_key(char: char) -> bool {
    char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_'
}

/// The name of a field at the end of what stands before a sign: at the beginning of a line, or of a field in braces.
fn key_before(before: &[char]) -> Option<String> {
    let start = before.iter().rposition(|char| !is_of_key(*char)).map_or(0, |at| at + 1);
    let behind = before[..start].iter().rev().find(|char| !char.is_whitespace());
    let begins = matches!(behind, None | Some('-' | '{' | ',' | '，'));
    (begins && start < before.len()).then(|| before[start..].iter().collect())
}

/// Whether a field begins behind a sign.
fn is_key(behind: &[char]) -> bool {
    /// No name of a field is longer.
    const LONGEST: usize = 80;
    let rest: String = behind.iter().take(LONGEST).collect();
    let rest = rest.trim_start();
    let long = rest.find(|char| !is_of_key(char)).unwrap_or_default();
    long > 0 && matches!(rest[long..].chars().next(), Some(':' | '：'))
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn a_full_width_sign_in_the_place_of_one_of_yaml_is_found_and_no_other() {
        for (line, at, said) in [
            ("    severity：warning", 12, "冒号"),
            ("  - code：OW-001", 8, "冒号"),
            ("    title: { zh： 甲 }", 15, "冒号"),
            ("    title: { zh: 甲， en: a }", 18, "逗号"),
            ("  - { title: { zh: 甲 }，at: year }", 22, "逗号"),
            ("    message: { zh: “不成立： {actual}” }", 19, "引号"),
            ("    message: { zh: '不成立’ }", 23, "引号"),
            ("    assert: ‘report.year > 1’", 12, "引号"),
        ] {
            let found = sign(line);
            assert!(found.as_ref().is_some_and(|(own, why)| *own == at && why.zh.contains(said)), "{line}: {found:?}");
        }
        for line in [
            "    title: { zh: 甲，乙：丙“丁” }",
            "    title: { zh: '甲， en: a', en: \"b：“c”\" }",
            "    at: year # 甲， en: a",
            "    说明：甲",
        ] {
            assert_eq!(sign(line), None, "{line}");
        }
    }
}
