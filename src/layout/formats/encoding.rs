//! Detects the character encoding of a text, and decodes it.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::layout::refusal::{Obstacle, Refusal};

/// The text, and the name of its encoding.
///
/// A byte order mark decides first; bytes that are valid UTF-8 are UTF-8; then the charset that the document declares
/// is tried, then the charset that the bytes look like. An encoding counts only if every byte decodes: nothing is
/// replaced. No text has the character zero, whatever its encoding.
pub(super) fn decode(content: &[u8]) -> Result<(Cow<'_, str>, &'static str), Refusal> {
    // Its mark begins as that of UTF-16 does.
    if MARKS_OF_UTF_32.iter().any(|mark| content.starts_with(mark)) {
        return Err(too_wide());
    }
    if let Some((encoding, length)) = Encoding::for_bom(content) {
        return decoded(encoding, &content[length..]).ok_or_else(|| unreadable(content));
    }
    if let Some(text) = decoded(UTF_8, content) {
        return Ok(text);
    }
    if is_utf_32(content) {
        return Err(too_wide());
    }
    if let Some(encoding) = wide(content) {
        return decoded(encoding, content).filter(|(text, _)| is_chinese(text)).ok_or_else(|| unreadable(content));
    }
    // GB18030 contains all of GBK, and text declared as gb2312 often needs it.
    let own = [declared(content), Some(GB18030), Some(looks_like(content))];
    let candidates = own.into_iter().flatten().map(|encoding| match encoding {
        encoding if encoding == GBK => GB18030,
        encoding => encoding,
    });
    let texts = candidates.filter(|encoding| *encoding != UTF_8).filter_map(|encoding| decoded(encoding, content));
    texts.into_iter().find(|(text, _)| is_chinese(text)).ok_or_else(|| unreadable(content))
}

fn decoded<'a>(encoding: &'static Encoding, content: &'a [u8]) -> Option<(Cow<'a, str>, &'static str)> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(content)?;
    memchr::memchr(0, text.as_bytes()).is_none().then(|| (text, encoding.name()))
}

/// The byte order marks of UTF-32.
const MARKS_OF_UTF_32: [[u8; 4]; 2] = [[0xff, 0xfe, 0, 0], [0, 0, 0xfe, 0xff]];

/// UTF-32 without a byte order mark: each four bytes are a character, so that one of them is zero.
fn is_utf_32(content: &[u8]) -> bool {
    let (units, rest) = content.as_chunks::<4>();
    let is_char = |unit: u32| unit > 0 && char::from_u32(unit).is_some();
    let all = |number: fn([u8; 4]) -> u32| units.iter().all(|unit| is_char(number(*unit)));
    rest.is_empty() && !units.is_empty() && (all(u32::from_le_bytes) || all(u32::from_be_bytes))
}

fn too_wide() -> Refusal {
    Refusal::new(
        Obstacle::Unreadable,
        "不支持文字编码 UTF-32，请转换为 UTF-8 后重新提交",
        "the encoding UTF-32 is not read: convert it to UTF-8",
    )
}

/// UTF-16 without a byte order mark: every line break and every ASCII digit has a zero byte.
fn wide(content: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| content.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match content.len().is_multiple_of(2) && even.max(odd) * 20 > content.len() / 2 {
        true if odd > even * 4 => Some(UTF_16LE),
        true if even > odd * 4 => Some(UTF_16BE),
        _ => None,
    }
}

/// The charset that HTML or XML declares within the first 4096 bytes.
fn declared(content: &[u8]) -> Option<&'static Encoding> {
    const REACH: usize = 4096;
    let head = String::from_utf8_lossy(content.get(..REACH).unwrap_or(content)).to_ascii_lowercase();
    let behind = ["charset=", "encoding="].iter().find_map(|name| head.split_once(name)).map(|(_, behind)| behind)?;
    let behind = behind.trim_start_matches(['"', '\'', ' ']);
    let end = behind.find(|char: char| !char.is_ascii_alphanumeric() && char != '-' && char != '_');
    Encoding::for_label(&behind.as_bytes()[..end.unwrap_or(behind.len())])
}

/// What encoding the bytes look like, for a text from China.
fn looks_like(content: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(content, true);
    detector.guess(Some(b"cn"), Utf8Detection::Allow)
}

/// Whether a text contains a word that every report has: any bytes decode as something.
fn is_chinese(text: &str) -> bool {
    ["信息", "公开", "年度", "資訊"].iter().any(|word| text.contains(word))
}

fn unreadable(content: &[u8]) -> Refusal {
    // No encoding of texts has them, but for the wide ones, which were tried.
    if content.contains(&0) {
        return Refusal::new(
            Obstacle::Unreadable,
            "内容不是文字（含有零字节），也不是可识别的文档，可能已损坏，请重新下载，或用原来的软件打开后另存为 DOCX、XLSX、ODT 或 PDF 再提交",
            "this is no text, since there are zero bytes in it, and no document that is known: it may be damaged; download it again, or save \
             it as DOCX, XLSX, ODT or PDF from the program it comes from",
        );
    }
    let at = std::str::from_utf8(content).map_or_else(|error| error.valid_up_to(), str::len);
    Refusal::new(
        Obstacle::Unreadable,
        format!("第 {at} 字节起不是可识别的文字（不是 UTF-8、UTF-16 或 GB18030），请转换为 UTF-8 后重新提交"),
        format!("not text from byte {at} on in UTF-8, UTF-16 or GB18030: convert it to UTF-8"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_found_with_and_without_a_declaration() {
        let text = "<p>政府信息公开工作年度报告，申请 12 件\r\n囧镕㙍</p>";
        let gb = GB18030.encode(text).0.into_owned();
        let declared = [b"<meta charset='gb2312'>".to_vec(), gb.clone()].concat();
        let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let little = wide(u16::to_le_bytes);
        let big = wide(u16::to_be_bytes);
        let marked = [b"\xff\xfe".to_vec(), little.clone()].concat();
        let cases = [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
            (gb, "gb18030"),
            (declared, "gb18030"),
            (little, "UTF-16LE"),
            (marked, "UTF-16LE"),
            (big, "UTF-16BE"),
        ];
        for (bytes, name) in cases {
            let (found, encoding) = decode(&bytes).expect("it decodes");
            assert_eq!((found.ends_with(text), encoding), (true, name));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for bytes in [&b"\xff\x00\x9d\x81 figures"[..], b"caf\xe9 \xff\xff"] {
            assert_eq!(decode(bytes).expect_err("no text").obstacle, Obstacle::Unreadable);
        }
    }

    #[test]
    fn a_zero_character_is_refused_in_every_encoding() {
        let text = "政府信息公开工作年度报告，申请 1\08230 件";
        let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
        let cases = [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [b"\xff\xfe".to_vec(), little.clone()].concat(),
            [b"\xfe\xff".to_vec(), big.clone()].concat(),
            little,
            big,
            GB18030.encode(text).0.into_owned(),
        ];
        for bytes in cases {
            let refusal = decode(&bytes).expect_err("a zero");
            assert!(refusal.why.zh.contains("零字节"), "{}", refusal.why.zh);
        }
    }

    #[test]
    fn utf_32_is_told_by_its_name() {
        let text = "政府信息公开工作年度报告，申请 12 件";
        let wide = |bytes: fn(u32) -> [u8; 4]| text.chars().map(u32::from).flat_map(bytes).collect::<Vec<u8>>();
        let (little, big) = (wide(u32::to_le_bytes), wide(u32::to_be_bytes));
        let marked = [b"\xff\xfe\0\0".to_vec(), little.clone()].concat();
        let turned = [b"\0\0\xfe\xff".to_vec(), big.clone()].concat();
        for bytes in [little, big, marked, turned] {
            let refusal = decode(&bytes).expect_err("too wide");
            assert!(refusal.why.zh.contains("UTF-32"), "{}", refusal.why.zh);
        }
    }
}
