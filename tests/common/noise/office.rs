//! Documents as packages: a text document and a workbook.

use std::io::{Cursor, Write};

use super::sheet::{Item, Piece, RAISED, Sheet};
use zip::{ZipWriter, write::SimpleFileOptions};

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";

fn relations(target: &str, kind: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
         Target=\"{target}\"/></Relationships>"
    )
}

/// A text as XML; line breaks and raised marks become what the format has for them.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A Word document.
pub fn docx(pieces: &[Piece]) -> Vec<u8> {
    let mut body = String::new();
    for piece in pieces {
        match piece {
            Piece::Title(text) | Piece::Heading(text) | Piece::Text(text) | Piece::Page(text) => {
                body += &paragraph(text);
            }
            Piece::Sheet(sheet) => body += &table(sheet),
        }
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let root = relations("word/document.xml", "officeDocument");
    package(&[("[Content_Types].xml", TYPES), ("_rels/.rels", &root), ("word/document.xml", &document)])
}

fn paragraph(text: &str) -> String {
    let text: String = text.chars().filter(|char| !RAISED.contains(char)).collect();
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(line)))
        .collect();
    format!("<w:p>{}</w:p>", lines.join("<w:r><w:br/></w:r>"))
}

/// A table whose cells span columns; those that span rows go on in blank cells of the rows below.
fn table(sheet: &Sheet) -> String {
    let mut rows = String::new();
    for row in placed(sheet) {
        rows += "<w:tr>";
        for (item, goes_on) in row {
            let merge = match (item.high > 1, goes_on) {
                (false, _) => "",
                (true, false) => "<w:vMerge w:val=\"restart\"/>",
                (true, true) => "<w:vMerge/>",
            };
            let text = if goes_on { "" } else { &item.text };
            let wide = item.wide;
            rows += &format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{wide}\"/>{merge}</w:tcPr>{}</w:tc>", paragraph(text));
        }
        rows += "</w:tr>";
    }
    format!("<w:tbl>{rows}</w:tbl>")
}

/// The cells of each row with those that reach into it from above.
fn placed(sheet: &Sheet) -> Vec<Vec<(&Item, bool)>> {
    let mut above: Vec<(usize, usize, &Item)> = Vec::new();
    let mut rows = Vec::new();
    for row in &sheet.rows {
        let mut own: Vec<(usize, &Item, bool)> = above.iter().map(|(at, _, item)| (*at, *item, true)).collect();
        let mut next: Vec<(usize, usize, &Item)> =
            above.iter().map(|(at, left, item)| (*at, left - 1, *item)).collect();
        let mut at = 0;
        for item in row {
            while let Some((_, _, upper)) =
                above.iter().find(|(from, _, upper)| (*from..from + upper.wide).contains(&at))
            {
                at += upper.wide;
            }
            own.push((at, item, false));
            next.push((at, item.high - 1, item));
            at += item.wide;
        }
        above = next.into_iter().filter(|(_, left, _)| *left > 0).collect();
        own.sort_by_key(|(at, ..)| *at);
        rows.push(own.into_iter().map(|(_, item, goes_on)| (item, goes_on)).collect());
    }
    rows
}

/// A workbook with one sheet that holds the whole report.
pub fn xlsx(pieces: &[Piece]) -> Vec<u8> {
    let mut rows = String::new();
    let mut merged = String::new();
    let mut line = 0;
    let cell = |at: usize, line: usize, text: &str| {
        let text: String = text.chars().filter(|char| !RAISED.contains(char)).collect();
        let name = format!("{}{line}", char::from(b'A' + at as u8));
        match text.parse::<u32>() {
            Ok(_) => format!("<c r=\"{name}\"><v>{text}</v></c>"),
            Err(_) => {
                format!("<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escaped(&text))
            }
        }
    };
    for piece in pieces {
        match piece {
            Piece::Title(text) | Piece::Heading(text) | Piece::Text(text) | Piece::Page(text) => {
                line += 1;
                rows += &format!("<row r=\"{line}\">{}</row>", cell(0, line, text));
            }
            Piece::Sheet(sheet) => {
                for row in placed(sheet) {
                    line += 1;
                    rows += &format!("<row r=\"{line}\">");
                    let mut at = 0;
                    for (item, goes_on) in row {
                        if !goes_on && !item.text.is_empty() {
                            rows += &cell(at, line, &item.text);
                        }
                        if !goes_on && item.wide * item.high > 1 {
                            let name = |at: usize, line: usize| format!("{}{line}", char::from(b'A' + at as u8));
                            let (from, to) = (name(at, line), name(at + item.wide - 1, line + item.high - 1));
                            merged += &format!("<mergeCell ref=\"{from}:{to}\"/>");
                        }
                        at += item.wide;
                    }
                    rows += "</row>";
                }
            }
        }
    }
    let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let sheet = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"{space}\"><sheetData>{rows}</sheetData>\
         <mergeCells>{merged}</mergeCells></worksheet>"
    );
    let book = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook xmlns=\"{space}\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"年报\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let (root, inner) =
        (relations("xl/workbook.xml", "officeDocument"), relations("worksheets/sheet1.xml", "worksheet"));
    package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &inner),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}
