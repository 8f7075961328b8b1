//! Makes text of documents safe to print: it could move a terminal's cursor or reverse the direction of a line, and so
//! rewrite what is printed beside it.

use std::{borrow::Cow, fmt::Write};

/// Whether a character controls the terminal or the writing direction instead of being visible.
fn rules_the_terminal(char: char) -> bool {
    let directs =
        matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    char.is_control() || directs || matches!(char, '\u{2028}' | '\u{2029}')
}

/// A text on one line, with such characters shown by their code points: `<U+001B>`.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |out, char| match char {
        '\n' | '\t' | '\r' => out.push(' '),
        char => _ = write!(out, "<U+{:04X}>", u32::from(char)),
    })
}

/// JSON with such characters escaped: `\u001b`. They occur only in strings.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    replaced(json, |out, char| match char {
        '\n' => out.push(char),
        char => char.encode_utf16(&mut [0; 2]).iter().for_each(|unit| _ = write!(out, "\\u{unit:04x}")),
    })
}

fn replaced(text: &str, mut replace: impl FnMut(&mut String, char)) -> Cow<'_, str> {
    if !text.contains(rules_the_terminal) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if rules_the_terminal(char) { replace(&mut out, char) } else { out.push(char) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rules_a_terminal_is_shown_and_rules_no_more() {
        assert_eq!(
            visible("合规\u{1b}[2K\u{7}\0\u{202e}甲\u{9b}1A\n乙"),
            "合规<U+001B>[2K<U+0007><U+0000><U+202E>甲<U+009B>1A 乙"
        );
        assert!(matches!(visible("一、总体情况（1）"), Cow::Borrowed(_)));
        assert_eq!(visible_json("{\"a\":\"\u{9b}\u{2066}\"}\n"), "{\"a\":\"\\u009b\\u2066\"}\n");
    }
}
