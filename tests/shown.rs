//! What is read is what a program shows: LibreOffice renders the files that are made here, and its text is committed in
//! `tests/shown`. A cell is read as it was rendered, or it is in doubt.
//!
//! `tools/render` makes the files, has them rendered and compares with what is committed; `just nightly` runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    collections::BTreeMap,
    io::{Cursor, Write},
    path::Path,
};

use gouji::layout::{Block, GridCell, Limits, lay_out};

/// An archive of these files.
fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Number formats, each with a number that is stored.
const NUMBERS: [(&str, &str); 30] = [
    ("General", "18230"),
    ("General", "13.000000000000002"),
    ("General", "0.1"),
    ("0", "12.6"),
    ("0", "0.5"),
    ("#,##0.0000_ ", "859.255"),
    ("0.00", "859.255"),
    ("0.0,", "4123600"),
    (r"0\.0,", "4123600"),
    (r#"0"件""#, "13"),
    (r#"0.0,,"百万""#, "4123600"),
    ("0%", "13"),
    ("0.00%", "0.1234"),
    (";;;", "18230"),
    ("0;-0;;@", "0"),
    ("#", "0"),
    (r#"_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ "#, "0"),
    (r#"_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ "#, "-5"),
    ("#,##0;[Red]#,##0", "-5"),
    ("0_);(0)", "-5"),
    (r#"m"月"d"日""#, "45366"),
    ("yyyy-mm-dd", "45366"),
    ("[h]:mm", "1.5"),
    ("# ?/?", "1.5"),
    ("0.00E+00", "18230"),
    (r#"[>=10000]0.0,"千";0"#, "13"),
    (r#"[>=10000]0.0,"千";0"#, "18230"),
    ("0.##", "12.5"),
    ("000", "7"),
    ("#,##0.00_);(#,##0.00)", "3"),
];

/// A workbook with a number in each row.
fn workbook() -> Vec<u8> {
    let escaped = |code: &str| code.replace('&', "&amp;").replace('"', "&quot;").replace('>', "&gt;");
    let formats: String = NUMBERS
        .iter()
        .enumerate()
        .map(|(at, (code, _))| format!("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 200 + at, escaped(code)))
        .collect();
    let styles: String = (0..NUMBERS.len())
        .map(|at| {
            format!("<xf numFmtId=\"{}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" applyNumberFormat=\"1\"/>", 200 + at)
        })
        .collect();
    let rows: String = NUMBERS
        .iter()
        .enumerate()
        .map(|(at, (_, number))| {
            let row = at + 1;
            let label = format!("<c r=\"A{row}\" t=\"inlineStr\"><is><t>k{at:02}</t></is></c>");
            format!("<row r=\"{row}\">{label}<c r=\"B{row}\" s=\"{at}\"><v>{number}</v></c></row>")
        })
        .collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    packed(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{relation}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{main}\"><numFmts count=\"{}\">{formats}</numFmts><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"{}\">{styles}</cellXfs></styleSheet>",
                NUMBERS.len(),
                NUMBERS.len()
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                "<worksheet xmlns=\"{main}\"><cols><col min=\"1\" max=\"2\" width=\"30\" customWidth=\"1\"/></cols><sheetData>{rows}</sheetData></worksheet>"
            ),
        ),
    ])
}

/// What cells of a Word table hold.
const WORDS: [(&str, &str); 17] = [
    ("a run", "<w:r><w:t>13</w:t></w:r>"),
    ("hidden", "<w:r><w:t>1</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>3</w:t></w:r>"),
    ("hidden by a style", "<w:r><w:t>1</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"H\"/></w:rPr><w:t>3</w:t></w:r>"),
    (
        "hidden, and shown again",
        "<w:r><w:rPr><w:rStyle w:val=\"H\"/><w:vanish w:val=\"0\"/></w:rPr><w:t>13</w:t></w:r>",
    ),
    (
        "a field",
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>QUOTE 7</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>13</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    ),
    (
        "a field within a field's code",
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>QUOTE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>QUOTE 9</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>13</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    ),
    ("a simple field", "<w:fldSimple w:instr=\"QUOTE 7\"><w:r><w:t>13</w:t></w:r></w:fldSimple>"),
    ("a symbol", "<w:r><w:t>1</w:t></w:r><w:r><w:sym w:font=\"Symbol\" w:char=\"F033\"/></w:r>"),
    (
        "a deleted digit",
        "<w:r><w:t>1</w:t></w:r><w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>7</w:delText></w:r></w:del><w:r><w:t>3</w:t></w:r>",
    ),
    ("an inserted digit", "<w:r><w:t>1</w:t></w:r><w:ins w:id=\"2\" w:author=\"a\"><w:r><w:t>3</w:t></w:r></w:ins>"),
    ("a content control", "<w:sdt><w:sdtContent><w:r><w:t>13</w:t></w:r></w:sdtContent></w:sdt>"),
    ("a link", "<w:hyperlink><w:r><w:t>13</w:t></w:r></w:hyperlink>"),
    ("a note", "<w:r><w:t>13</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r>"),
    ("a soft hyphen", "<w:r><w:t>1</w:t><w:softHyphen/><w:t>3</w:t></w:r>"),
    ("a comment", "<w:commentRangeStart w:id=\"0\"/><w:r><w:t>13</w:t></w:r><w:commentRangeEnd w:id=\"0\"/>"),
    ("a tab", "<w:r><w:t>1</w:t><w:tab/><w:t>3</w:t></w:r>"),
    ("a bookmark", "<w:bookmarkStart w:id=\"0\" w:name=\"x\"/><w:r><w:t>13</w:t></w:r><w:bookmarkEnd w:id=\"0\"/>"),
];

/// A Word document with a table of such cells.
fn document() -> Vec<u8> {
    let rows: String = WORDS
        .iter()
        .enumerate()
        .map(|(at, (_, cell))| {
            let label = format!("<w:r><w:t>k{at:02}</w:t></w:r>");
            format!("<w:tr><w:tc><w:p>{label}</w:p></w:tc><w:tc><w:p>{cell}</w:p></w:tc></w:tr>")
        })
        .collect();
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    packed(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relation}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "word/styles.xml",
            &format!(
                "<w:styles xmlns:w=\"{main}\"><w:style w:type=\"character\" w:styleId=\"H\"><w:name w:val=\"H\"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
            ),
        ),
        (
            "word/document.xml",
            &format!(
                "<w:document xmlns:w=\"{main}\"><w:body><w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"3000\"/></w:tblGrid>{rows}</w:tbl><w:p/></w:body></w:document>"
            ),
        ),
    ])
}

/// The rows of a sheet of OpenDocument.
const CELLS: [(&str, &str); 7] = [
    (
        "a text",
        "<table:table-cell office:value-type=\"float\" office:value=\"13\"><text:p>13</text:p></table:table-cell>",
    ),
    ("a value", "<table:table-cell office:value-type=\"float\" office:value=\"13\"/>"),
    (
        "a hidden span",
        "<table:table-cell office:value-type=\"string\"><text:p>1<text:span text:style-name=\"H\">3</text:span></text:p></table:table-cell>",
    ),
    (
        "covered",
        "<table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\"/><table:covered-table-cell office:value-type=\"float\" office:value=\"13\"><text:p>13</text:p></table:covered-table-cell>",
    ),
    (
        "repeated",
        "<table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"13\"><text:p>13</text:p></table:table-cell>",
    ),
    (
        "a comment",
        "<table:table-cell office:value-type=\"float\" office:value=\"13\"><office:annotation><text:p>7</text:p></office:annotation><text:p>13</text:p></table:table-cell>",
    ),
    (
        "spaces",
        "<table:table-cell office:value-type=\"string\"><text:p>1<text:s text:c=\"2\"/>3</text:p></table:table-cell>",
    ),
];

/// A sheet of OpenDocument with such rows, and one that is hidden.
fn sheet() -> Vec<u8> {
    let row = |at: usize, attributes: &str, cell: &str| {
        let label =
            format!("<table:table-cell office:value-type=\"string\"><text:p>k{at:02}</text:p></table:table-cell>");
        format!("<table:table-row{attributes}>{label}{cell}</table:table-row>")
    };
    let mut rows: String = CELLS.iter().enumerate().map(|(at, (_, cell))| row(at, "", cell)).collect();
    rows += &row(99, " table:visibility=\"collapse\"", CELLS[0].1);
    let spaces = ["office", "table", "text", "style"]
        .map(|name| format!(" xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .concat();
    let style = "<style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>",
        ),
        (
            "content.xml",
            &format!(
                "<office:document-content{spaces} office:version=\"1.2\"><office:automatic-styles>{style}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"S\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

/// What is behind each label, with white space as one space.
fn rendered(text: &str) -> BTreeMap<String, String> {
    let words = |line: &str| line.replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = text.lines().filter_map(|line| line.trim_start().split_at_checked(3));
    let labelled = lines.filter(|(label, _)| label.starts_with('k'));
    labelled.map(|(label, rest)| (label.to_owned(), words(rest))).collect()
}

/// What is read behind each label; `None` where it is in doubt.
fn read(content: &[u8]) -> BTreeMap<String, Option<String>> {
    let layout = lay_out(content, &Limits::default()).unwrap();
    let grids = layout.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Text { .. } => None,
    });
    let text = |cells: &[GridCell]| {
        let sure = cells.iter().all(|cell| cell.concealed.as_ref().is_none_or(|concealed| concealed.certain));
        let text: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
        sure.then(|| text.join(" ").replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let rows = grids.flat_map(|grid| &grid.rows).filter(|row| row.cells[0].text.starts_with('k'));
    rows.map(|row| (row.cells[0].text.clone(), text(&row.cells[1..]))).collect()
}

/// Whether a cell is read as it is shown: a mark stands for its digit, and what a symbol shows is not guessed.
fn alike(shown: &str, read: &str) -> bool {
    shown == read.replace('²', "2") || read.contains('\u{fffd}')
}

fn compare(name: &str, content: &[u8], names: &[&str]) {
    if let Some(folder) = std::env::var_os("SHOWN") {
        std::fs::write(Path::new(&folder).join(name), content).unwrap();
        return;
    }
    let committed = format!("{}/tests/shown/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let shown = rendered(&std::fs::read_to_string(committed).unwrap());
    let read = read(content);
    let mut sure = 0;
    for (at, name) in names.iter().enumerate() {
        let label = format!("k{at:02}");
        let (shown, read) = (&shown[&label], &read[&label]);
        sure += usize::from(read.is_some());
        assert!(read.as_ref().is_none_or(|read| alike(shown, read)), "{name}: shown {shown:?}, read {read:?}");
    }
    assert!(sure * 2 > names.len(), "{name}: only {sure} are certain");
    assert_eq!(shown.contains_key("k99"), read.contains_key("k99"), "what is hidden");
}

#[test]
fn numbers_are_read_as_a_sheet_shows_them() {
    compare("numbers.xlsx", &workbook(), &NUMBERS.map(|(code, _)| code));
}

#[test]
fn words_are_read_as_a_page_shows_them() {
    compare("words.docx", &document(), &WORDS.map(|(name, _)| name));
}

#[test]
fn cells_are_read_as_an_open_sheet_shows_them() {
    compare("cells.ods", &sheet(), &CELLS.map(|(name, _)| name));
}
