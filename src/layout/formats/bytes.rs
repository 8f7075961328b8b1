//! What a document's bytes tell of it before they are decoded.

use memchr::memchr_iter;

/// Whether it is a PDF; some writers put a few bytes before the header.
pub(super) fn is_pdf(content: &[u8]) -> bool {
    content.get(..1024).unwrap_or(content).windows(5).any(|bytes| bytes == b"%PDF-")
}

/// Whether it is an archive: DOCX, XLSX, ODT or ODS, if it is a document.
pub(super) fn is_package(content: &[u8]) -> bool {
    content.starts_with(b"PK\x03\x04") || content.starts_with(b"PK\x05\x06")
}

/// Whether a document is read without a reader process, or refused without one, as can be told without decoding it: a text in
/// which no tag of a page begins. Where it can't be told the answer is no.
///
/// In nearly all encodings `</`, `<h` and `<b` are these very bytes. In wide ones there are zero bytes between them, in those
/// that change over there may be escapes.
pub fn is_plainly_text(content: &[u8]) -> bool {
    const BEGINS: [u8; 7] = [b'/', b'h', b'H', b'b', b'B', 0, b'\x1b'];
    let begins = |at: usize| content.get(at + 1).is_some_and(|next| BEGINS.contains(next));
    // Of a wide encoding's two bytes the zero may also stand before.
    let is_wide = |at: usize| at.checked_sub(1).is_some_and(|before| content[before] == 0);
    !is_pdf(content) && !is_package(content) && !memchr_iter(b'<', content).any(|at| begins(at) || is_wide(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::{Limits, Opened};

    /// Whether a document that is plainly text is opened as something else.
    fn is_mistaken(content: &[u8]) -> bool {
        is_plainly_text(content) && Opened::of(content, &Limits::default()).is_ok_and(|opened| opened.goes_apart())
    }

    #[test]
    fn ordinary_texts_are_plainly_text_and_pages_are_not() {
        for text in ["政府信息公开工作年度报告\n收到申请 <5 件，《条例》", "a < b", "1 | 2 <见附件>", ""]
        {
            assert!(is_plainly_text(text.as_bytes()), "{text}");
            assert!(is_plainly_text(&encoding_rs::GB18030.encode(text).0), "{text}");
        }
        for page in
            ["<html>信息公开", "<BODY>信息公开", "信息公开</p>", "<table>信息公开</table>", "%PDF-1.4", "PK\x03\x04"]
        {
            assert!(!is_plainly_text(page.as_bytes()), "{page}");
        }
        let escaped = b"<meta charset=iso-2022-jp>\x1b$B@/I\\>pJs8x3+\x1b(B<\x1b(B/p><\x1b(B/p>";
        assert!(!is_plainly_text(escaped));
    }

    proptest! {
        #[test]
        fn what_is_plainly_text_is_never_opened_as_something_else(
            text in "(信息公开|<|/|>|p|h|html|<html|</p>|<table|</table>|charset=(gbk|big5|iso-2022-jp|utf-16|shift_jis|utf-16be)|[\\x00-\\x7f]|\\PC){0,30}",
            mark in 0..5usize,
        ) {
            let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
            let content = match mark {
                0 => wide(u16::to_le_bytes),
                1 => wide(u16::to_be_bytes),
                2 => [&b"\xff\xfe"[..], &wide(u16::to_le_bytes)].concat(),
                3 => encoding_rs::GB18030.encode(&text).0.into_owned(),
                _ => text.clone().into_bytes(),
            };
            prop_assert!(!is_mistaken(&content));
        }

        #[test]
        fn nor_are_any_bytes(content in prop::collection::vec(prop_oneof![Just(b'<'), Just(0), Just(b'/'), Just(b'\x1b'), Just(b'p'), any::<u8>()], 0..60)) {
            prop_assert!(!is_mistaken(&content));
        }
    }
}
