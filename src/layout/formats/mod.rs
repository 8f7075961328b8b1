//! Detects what a document is by its content, and turns every format into a [`Layout`].

mod archive;
mod bytes;
mod docx;
mod encoding;
mod html;
mod numbering;
mod odf;
mod pdf;
mod promised;
mod relations;
mod styles;
mod xlsx;
mod xml;

use std::borrow::Cow;

use super::{
    blocks::{Block, Layout},
    limits::{Limits, MAX_DOCUMENT},
    refusal::{Obstacle, Refusal},
};
use crate::{report::Format, words::Text};
use archive::Archive;
pub use bytes::is_plainly_text;
use bytes::{is_package, is_pdf};
pub use promised::as_named;

/// A document whose format is known; its text is decoded.
pub enum Opened<'a> {
    /// Plain text.
    Text(Decoded<'a>),
    /// HTML.
    Html(Decoded<'a>),
    /// An archive: DOCX, XLSX, ODT or ODS.
    Package(&'a [u8]),
    /// PDF.
    Pdf(&'a [u8]),
}

/// A text, and the name of the encoding that it was in.
pub struct Decoded<'a> {
    text: Cow<'a, str>,
    encoding: &'static str,
}

impl<'a> Opened<'a> {
    /// Detects what a document is by its content.
    ///
    /// # Errors
    ///
    /// A refusal that says what to do instead, for formats that are not supported, for bytes that are not text, and
    /// for documents that are too large.
    pub fn of(content: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        hold_size(content, limits)?;
        if is_pdf(content) {
            return Ok(Self::Pdf(content));
        }
        if is_package(content) {
            return Ok(Self::Package(content));
        }
        if let Some((what, instead)) = foreign(content).or_else(|| saved_page(content)) {
            return Err(Refusal::new(
                Obstacle::UnsupportedFormat,
                format!("不支持{}，{}", what.zh, instead.zh),
                format!("{} is not read: {}", what.en, instead.en),
            ));
        }
        let (text, encoding) = encoding::decode(content)?;
        if is_json(&text) {
            return Err(Refusal::new(
                Obstacle::UnsupportedFormat,
                "这是结构化的报告（JSON），不是文档：文件名应以 .json 结尾；调用接口时放入 report，不放入 document",
                "this is a structured report (JSON), no document: its file's name ends with .json, and in a request it is `report`, not \
                 `document`",
            ));
        }
        let is_html = html::is_html(&text);
        let decoded = Decoded { text, encoding };
        Ok(if is_html { Self::Html(decoded) } else { Self::Text(decoded) })
    }

    /// Whether the document needs parsers that a hostile document may break: those run in a separate process. Plain
    /// text does not.
    pub const fn goes_apart(&self) -> bool {
        !matches!(self, Self::Text(_))
    }

    /// Turns the document into lines of text and grids of cells.
    ///
    /// # Errors
    ///
    /// A refusal if the document can't be read at all.
    pub fn lay_out(self, limits: &Limits) -> Result<Layout, Refusal> {
        let ends_open = match &self {
            // A page that is whole ends with a tag.
            Self::Html(page) => !page.text.trim_end().ends_with('>'),
            Self::Text(plain) => plain.text.ends_with(char::is_numeric),
            Self::Pdf(_) | Self::Package(_) => false,
        };
        let (format, encoding, blocks) = match self {
            Self::Text(Decoded { text, encoding }) => {
                Limits::hold(text.len(), limits.text, "文字字节数", "bytes of text")?;
                // Each bar or tab will be the boundary of a cell.
                let cells = text.bytes().filter(|byte| matches!(byte, b'|' | b'\t')).count();
                Limits::hold(cells, limits.cells, "单元格数", "cells")?;
                (Format::Text, encoding, vec![Block::Text { text: with_line_feeds(text), page: 0 }])
            }
            Self::Html(Decoded { text, encoding }) => (Format::Html, encoding, html::blocks(&text, limits)?),
            Self::Pdf(content) => (Format::Pdf, "", pdf::blocks(content, limits)?),
            Self::Package(content) => {
                let (format, blocks) = unpacked(content, limits)?;
                (format, "", blocks)
            }
        };
        Ok(Layout { format, encoding: encoding.to_owned(), ends_open, blocks })
    }
}

/// A text whose lines all end in one way, whatever system it comes from.
fn with_line_feeds(text: Cow<'_, str>) -> String {
    // A text that was brought over twice has a carriage return too many.
    let own = || text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace('\r', "\n");
    if text.contains('\r') { own() } else { text.into_owned() }
}

fn unpacked(content: &[u8], limits: &Limits) -> Result<(Format, Vec<Block>), Refusal> {
    let mut archive = Archive::open(content, limits)?;
    let format = archive.format()?;
    let blocks = match format {
        Format::Docx => docx::blocks(&mut archive, limits)?,
        Format::Xlsx => xlsx::blocks(&mut archive, limits)?,
        _ => odf::blocks(&mut archive, limits)?,
    };
    Ok((format, blocks))
}

/// Turns a document into lines of text and grids of cells.
///
/// # Errors
///
/// A refusal if the document can't be read at all.
pub fn lay_out(content: &[u8], limits: &Limits) -> Result<Layout, Refusal> {
    Opened::of(content, limits)?.lay_out(limits)
}

/// The text in some bytes, whatever its encoding.
///
/// # Errors
///
/// A refusal if they are no text.
pub fn text_of(content: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    Ok(encoding::decode(content)?.0)
}

fn hold_size(content: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let limit = limits.bytes.min(MAX_DOCUMENT);
    if content.len() <= limit {
        return Ok(());
    }
    Err(Refusal::new(
        Obstacle::TooLarge,
        format!("文件有 {} 字节，超过上限 {limit} 字节", content.len()),
        format!("the document has {} bytes; the limit is {limit}", content.len()),
    ))
}

/// Whether a text is an object of JSON: no report begins and ends so.
fn is_json(text: &str) -> bool {
    let text = text.trim();
    text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"')) && text.ends_with('}')
}

/// A page that a browser saved in one file with its pictures (MHTML).
fn saved_page(content: &[u8]) -> Option<(Text, Text)> {
    let head = String::from_utf8_lossy(content.get(..2048).unwrap_or(content)).to_ascii_lowercase();
    let is_message = head.lines().any(|line| line.starts_with("mime-version:"));
    (is_message && head.contains("multipart/related")).then(|| {
        (
            Text::fixed("单文件网页（MHTML、MHT）", "a page saved in one file (MHTML)"),
            Text::fixed("请在浏览器中另存为“网页，仅 HTML”后重新提交", "save it as “Webpage, HTML Only”"),
        )
    })
}

/// The name of a document format with a known signature, and what to submit instead.
fn foreign(content: &[u8]) -> Option<(Text, Text)> {
    const OFFICE: Text = Text::fixed(
        "请在 Word、Excel 或 WPS 中另存为 DOCX、XLSX 或带文字层的 PDF 后重新提交",
        "save it as DOCX, XLSX or PDF with a text layer",
    );
    const PICTURE: Text = Text::fixed(
        "请提交文字版（网页、DOCX 或带文字层的 PDF），或先作文字识别并逐数核对",
        "hand in a version with text",
    );
    static SIGNATURES: [(&[u8], Text, Text); 9] = [
        (
            b"\xd0\xcf\x11\xe0",
            Text::fixed("旧版 Word、Excel 文件（DOC、XLS、WPS）", "an old office document (.doc, .xls)"),
            OFFICE,
        ),
        (b"{\\rtf", Text::fixed("RTF 文件", "RTF"), OFFICE),
        (b"\x89PNG", Text::fixed("图片", "a picture"), PICTURE),
        (b"\xff\xd8\xff", Text::fixed("图片", "a picture"), PICTURE),
        (b"GIF8", Text::fixed("图片", "a picture"), PICTURE),
        (b"BM", Text::fixed("图片", "a picture"), PICTURE),
        (b"II*\0", Text::fixed("图片", "a picture"), PICTURE),
        (b"MM\0*", Text::fixed("图片", "a picture"), PICTURE),
        (b"AT&TFORM", Text::fixed("DjVu 文件", "DjVu"), PICTURE),
    ];
    const PACKED: Text = Text::fixed("请解压后逐份提交", "unpack it, and hand in each report by itself");
    static ARCHIVES: [(&[u8], Text, Text); 3] = [
        (b"Rar!", Text::fixed("压缩包", "an archive"), PACKED),
        (b"7z\xbc\xaf", Text::fixed("压缩包", "an archive"), PACKED),
        (b"\x1f\x8b", Text::fixed("压缩包", "an archive"), PACKED),
    ];
    let mut known = SIGNATURES.iter().chain(&ARCHIVES);
    known
        .find(|(signature, ..)| content.starts_with(signature))
        .map(|(_, what, instead)| (what.clone(), instead.clone()))
}
