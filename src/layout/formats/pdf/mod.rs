//! PDF with a text layer: words by their positions, tables by the lines that are drawn around their cells. What no
//! line surrounds is text.
//!
//! This is the only place with floating point: positions on a page, never figures.

mod annotations;
mod forms;
mod geometry;
mod lattice;
mod painter;
mod painting;
mod paths;
#[cfg(test)]
mod tests;
mod visible;
mod words;

use std::{collections::HashSet, io::Cursor};

use oxidize_pdf::{
    parser::{
        ParseOptions, PdfDocument, PdfReader,
        objects::{PdfDictionary, PdfObject},
    },
    text::{ExtractionOptions, TextExtractor, TextFragment},
};

use crate::layout::{
    blocks::{Block, Grid},
    limits::Limits,
    refusal::{Obstacle, Refusal},
};
use words::Word;

type Document<'a> = PdfDocument<Cursor<&'a [u8]>>;

/// An item of a page, with the height at which it begins.
struct Placed {
    top: i32,
    block: Block,
}

/// The blocks of a document.
pub(super) fn blocks(content: &[u8], limits: &Limits) -> Result<Vec<Block>, Refusal> {
    guard_depth(content, limits.depth)?;
    guard_end(content)?;
    let (document, off) = open(content)?;
    let pages = document.page_count().map_err(|error| damaged(&error))?;
    Limits::hold(pages as usize, limits.pages, "页数", "pages")?;
    forms::guard(&document, pages, limits)?;
    let mut blocks = Vec::new();
    let (mut tables, mut cells, mut bytes, mut seen) = (0, 0, 0, false);
    for page in 0..pages {
        let painting = painter::painting(&document, page, &off);
        let fragments = fragments_of(&document, page, limits)?;
        let own = visible::seen(&fragments, &painting);
        if own.words.is_empty() && own.invisible >= OF_A_SCAN {
            return Err(beneath_a_scan(page + 1));
        }
        let words = with_annotations(own.words, &annotations::annotations(&document, page), own.turn);
        bytes += words.iter().map(|word| word.text.len()).sum::<usize>();
        Limits::hold(bytes, limits.text, "文字字节数", "bytes of text")?;
        seen |= !words.is_empty();
        for placed in placed(words, painting.rulings(own.turn), page + 1, limits)? {
            let mut block = placed.block;
            if let Block::Grid(grid) = &mut block {
                tables += 1;
                grid.table = tables;
                cells += count(grid);
                Limits::hold(cells, limits.cells, "表格单元格数", "cells")?;
            }
            blocks.push(block);
        }
    }
    if seen {
        return Ok(blocks);
    }
    Err(Refusal::new(
        Obstacle::UnsupportedFormat,
        "PDF 没有文字层（多为扫描件），请提交由 Word、WPS 直接导出的 PDF，或网页、DOCX 文件",
        "the PDF has no text layer (a scan): hand in a PDF exported from a word processor, HTML or DOCX",
    ))
}

fn count(grid: &Grid) -> usize {
    grid.rows.iter().map(|row| row.cells.len()).sum()
}

/// So many texts that nobody sees are the result of a recognition.
const OF_A_SCAN: usize = 20;

fn beneath_a_scan(page: u32) -> Refusal {
    Refusal::new(
        Obstacle::UnsupportedFormat,
        format!(
            "PDF 第{page}页的文字层不可见（多为扫描件的识别结果），请提交由 Word、WPS 直接导出的 PDF，或网页、DOCX 文件"
        ),
        format!(
            "the text of page {page} of the PDF can't be seen (what was recognised in a scan): hand in a PDF exported \
             from a word processor, HTML or DOCX"
        ),
    )
}

/// Words and the values of form fields; what lies below a mark is in doubt.
fn with_annotations(mut words: Vec<Word>, found: &annotations::Annotations, turn: geometry::Turn) -> Vec<Word> {
    for word in &mut words {
        let middle = turn.back(word.middle());
        word.is_doubtful |= found.marks.iter().any(|mark| mark.holds(middle));
    }
    words::once(words.into_iter().chain(found.words(turn)))
}

/// The document, and its layers that aren't shown.
fn open(content: &[u8]) -> Result<(Document<'_>, HashSet<(u32, u16)>), Refusal> {
    // Positions in it may be counted from its header.
    let header = content.get(..1024).unwrap_or(content).windows(5).position(|bytes| bytes == b"%PDF-").unwrap_or(0);
    let mut reader =
        reader(content).or_else(|error| if header > 0 { reader(&content[header..]) } else { Err(error) })?;
    if reader.is_encrypted() && !reader.is_unlocked() && !reader.try_empty_password().unwrap_or(false) {
        return Err(Refusal::new(
            Obstacle::Unreadable,
            "PDF 设有打开密码，请去除密码后重新提交",
            "the PDF needs a password: take it away",
        ));
    }
    let catalog = reader.catalog().cloned().unwrap_or_default();
    let document = reader.into_document();
    let off = layers_off(&document, &catalog).unwrap_or_default();
    Ok((document, off))
}

fn reader(content: &[u8]) -> Result<PdfReader<Cursor<&[u8]>>, Refusal> {
    let options = ParseOptions { log_recovery_details: false, collect_warnings: false, ..ParseOptions::tolerant() };
    PdfReader::new_with_options(Cursor::new(content), options).map_err(|error| damaged(&error))
}

/// The layers that aren't shown when the document is opened.
fn layers_off(document: &Document<'_>, catalog: &PdfDictionary) -> Option<HashSet<(u32, u16)>> {
    let properties = document.resolve(catalog.get("OCProperties")?).ok()?;
    let properties = properties.as_dict()?;
    let config = document.resolve(properties.get("D")?).ok()?;
    let config = config.as_dict()?;
    let listed = |from: &PdfDictionary, name: &str| -> HashSet<(u32, u16)> {
        let all = from.get(name).and_then(|all| document.resolve(all).ok());
        all.as_ref()
            .and_then(PdfObject::as_array)
            .into_iter()
            .flat_map(|all| &all.0)
            .filter_map(PdfObject::as_reference)
            .collect()
    };
    if config.get("BaseState").and_then(PdfObject::as_name).is_some_and(|name| name.0 == "OFF") {
        let on = listed(config, "ON");
        return Some(listed(properties, "OCGs").into_iter().filter(|layer| !on.contains(layer)).collect());
    }
    Some(listed(config, "OFF"))
}

fn fragments_of(document: &Document<'_>, page: u32, limits: &Limits) -> Result<Vec<TextFragment>, Refusal> {
    let options = ExtractionOptions {
        preserve_layout: true,
        sort_by_position: false,
        merge_hyphenated: false,
        // Tables are sometimes marked as artifacts, figures and all.
        include_artifacts: true,
        max_extracted_bytes: Some(limits.text),
        ..ExtractionOptions::default()
    };
    let text =
        TextExtractor::with_options(options).extract_from_page(document, page).map_err(|error| damaged(&error))?;
    Ok(text.fragments)
}

/// The items of a page, from top to bottom.
fn placed(words: Vec<Word>, rulings: painting::Rulings, page: u32, limits: &Limits) -> Result<Vec<Placed>, Refusal> {
    let found = lattice::grids(words, rulings, page, limits)?;
    let mut placed: Vec<Placed> =
        found.grids.into_iter().map(|(top, grid)| Placed { top, block: Block::Grid(grid) }).collect();
    let lines = words::lines(found.rest);
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.into_iter().enumerate() {
        let on_edge = at == 0 || at == last;
        if !(on_edge && is_page_number(&line.text)) {
            placed.push(Placed { top: line.y, block: Block::Text { text: line.text + "\n", page } });
        }
    }
    placed.sort_by_key(|placed| std::cmp::Reverse(placed.top));
    Ok(placed)
}

/// Whether a line is the page number: `- 3 -`.
fn is_page_number(line: &str) -> bool {
    let number = line
        .trim_matches(|char: char| char.is_whitespace() || matches!(char, '-' | '—' | '–' | '－' | '─' | '第' | '页'));
    number.len() <= 4 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The parser recurses into nested arrays and dictionaries, so their depth is counted first. What is packed into
/// streams can't be seen here; a crash there only ends the process that reads this one document.
fn guard_depth(content: &[u8], limit: usize) -> Result<(), Refusal> {
    let mut depth: usize = 0;
    let mut at = 0;
    while let Some(byte) = content.get(at) {
        let rest = &content[at..];
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'<' if rest.starts_with(b"<<") => (depth, at) = (depth + 1, at + 1),
            b'>' if rest.starts_with(b">>") => (depth, at) = (depth.saturating_sub(1), at + 1),
            b's' if rest.starts_with(b"stream") => {
                let end = rest.windows(9).position(|bytes| bytes == b"endstream");
                at += end.map_or(rest.len(), |end| end + 8);
                depth = 0;
            }
            b'(' => at += string_length(rest),
            _ => {}
        }
        Limits::hold(depth, limit, "嵌套层数", "arrays and dictionaries within each other")?;
        at += 1;
    }
    Ok(())
}

/// The length of a string in parentheses, without its last byte.
fn string_length(bytes: &[u8]) -> usize {
    let mut depth = 0;
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return at,
            b')' => depth -= 1,
            _ => {}
        }
    }
    // Not a string, then: what looked like one is not skipped.
    0
}

/// A file of which the end is missing says nowhere that it ends: what could be gathered from the rest is no whole document.
fn guard_end(content: &[u8]) -> Result<(), Refusal> {
    let has = |mark: &[u8]| content.windows(mark.len()).rev().any(|bytes| bytes == mark);
    if has(b"%%EOF") || has(b"startxref") {
        return Ok(());
    }
    Err(Refusal::new(
        Obstacle::Unreadable,
        "PDF 不完整，缺少文件结尾（多为下载中断），请重新下载或导出后提交",
        "the PDF is not whole: its end is missing; download or export it again",
    ))
}

fn damaged(error: &impl std::fmt::Display) -> Refusal {
    Refusal::new(Obstacle::Unreadable, "PDF 已损坏，无法读取，请重新导出后提交", format!("the PDF is damaged: {error}"))
}
