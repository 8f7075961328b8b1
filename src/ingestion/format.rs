//! Tells the format of a document by its content, and refuses what is not read.

use super::refusal::{Obstacle, Refusal};

/// The text of a plain-text document, without its byte order mark.
pub(super) fn plain_text(content: &[u8]) -> Result<&str, Refusal> {
    if let Some((zh, en)) = foreign(content) {
        return Err(Refusal::new(
            Obstacle::UnsupportedFormat,
            format!("暂不支持{zh}，请另存为纯文本（UTF-8）后重新提交"),
            format!("{en} is not read yet: hand the report in as plain text (UTF-8)"),
        ));
    }
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let text = std::str::from_utf8(content).map_err(|error| {
        let at = error.valid_up_to();
        Refusal::new(
            Obstacle::Unreadable,
            format!("第 {at} 字节起不是 UTF-8 文本，请转换为 UTF-8 后重新提交"),
            format!("not UTF-8 text from byte {at} on: convert it to UTF-8"),
        )
    })?;
    match is_html(text) {
        true => Err(Refusal::new(
            Obstacle::UnsupportedFormat,
            "暂不支持 HTML 网页，请另存为纯文本（UTF-8）后重新提交",
            "HTML is not read yet: hand the report in as plain text (UTF-8)",
        )),
        false => Ok(text),
    }
}

/// What a document with a known signature is called.
fn foreign(content: &[u8]) -> Option<(&'static str, &'static str)> {
    const SIGNATURES: [(&[u8], &str, &str); 7] = [
        (b"%PDF", "PDF 文件", "PDF"),
        (b"PK\x03\x04", "Word、Excel 等压缩格式文件（DOCX、XLSX、ODT）", "a zipped office document"),
        (b"\xd0\xcf\x11\xe0", "旧版 Word、Excel 文件（DOC、XLS）", "an old office document (.doc, .xls)"),
        (b"{\\rtf", "RTF 文件", "RTF"),
        (b"\xff\xfe", "UTF-16 编码的文本", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 编码的文本", "UTF-16 text"),
        (b"\x89PNG", "图片", "a picture"),
    ];
    let found = SIGNATURES.iter().find(|(signature, ..)| content.starts_with(signature));
    found.map(|(_, zh, en)| (*zh, *en))
}

/// Whether a text is HTML: it has tags of tables or paragraphs, and closes them.
fn is_html(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["table", "p", "div", "html", "td"].iter().any(|tag| {
        let opens = lower.contains(&format!("<{tag}>")) || lower.contains(&format!("<{tag} "));
        opens && lower.contains(&format!("</{tag}>"))
    })
}
