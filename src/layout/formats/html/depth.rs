//! How deep elements stand within each other, counted before a page is parsed.

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
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found + 1;
        let ends = bytes.get(at) == Some(&b'/');
        let from = at + usize::from(ends);
        let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = &text[from..from + length];
        if name.is_empty() || !name.as_bytes()[0].is_ascii_alphabetic() {
            continue;
        }
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
