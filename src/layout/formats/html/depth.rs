//! How deep elements stand within each other, and how many attributes they have, counted before a page is parsed: the parser's
//! time grows with the square of both.

use crate::layout::{limits::Limits, refusal::Refusal};

/// Elements without content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The parser's time grows with the square of the depth, so the nesting is counted first.
///
/// An end tag closes the nearest open element of its name and everything in it; elements that a parser closes by
/// itself (a paragraph, a cell, a list item) count as closed.
pub(super) fn guard(text: &str, limit: usize) -> Result<(), Refusal> {
    const CLOSED_BY_ITSELF: [&str; 13] =
        ["p", "li", "td", "tr", "th", "tbody", "thead", "tfoot", "dd", "dt", "option", "colgroup", "caption"];
    let bytes = text.as_bytes();
    let mut open: Vec<&str> = Vec::new();
    let (mut at, mut looked) = (0, 0);
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found + 1;
        let ends = bytes.get(at) == Some(&b'/');
        let from = at + usize::from(ends);
        let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = &text[from..from + length];
        if name.is_empty() || !name.as_bytes()[0].is_ascii_alphabetic() {
            continue;
        }
        let (many, own) = attributes(&bytes[from + length..]);
        Limits::hold(many, MOST_ATTRIBUTES, "元素的属性数", "attributes of an element")?;
        // Elements stand one behind the other, but for what only looks like them.
        looked += own;
        Limits::hold(looked, MOST_LOOKS * bytes.len(), "元素内的字节数", "bytes within elements")?;
        let is = |own: &&str| own.eq_ignore_ascii_case(name);
        if VOID.iter().any(is) || CLOSED_BY_ITSELF.iter().any(is) {
            continue;
        }
        if !ends {
            open.push(name);
            Limits::hold(open.len(), limit, "元素嵌套层数", "elements within each other")?;
        } else if let Some(own) = open.iter().rposition(is) {
            open.truncate(own);
        }
    }
    Ok(())
}

/// No element of a page has so many attributes.
const MOST_ATTRIBUTES: usize = 1_000;
/// How often each byte may be looked at.
const MOST_LOOKS: usize = 4;

/// About how many attributes an element has, whose name stands before this: what white space parts, outside the quotation marks
/// of values. No more are counted than matters. Also how many bytes were looked at.
fn attributes(bytes: &[u8]) -> (usize, usize) {
    let (mut many, mut quote, mut in_word, mut before_value) = (0, None, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) => quote = Some(open).filter(|open| *open != byte),
            (None, b'>') => return (many, at),
            (None, b'"' | b'\'') if before_value => quote = Some(byte),
            (None, own) if own.is_ascii_whitespace() => in_word = false,
            (None, _) if many > MOST_ATTRIBUTES => return (many, at),
            (None, _) => many += usize::from(!std::mem::replace(&mut in_word, true)),
        }
        before_value = *byte == b'=' || before_value && byte.is_ascii_whitespace();
    }
    (many, bytes.len())
}
