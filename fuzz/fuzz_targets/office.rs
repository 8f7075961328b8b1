//! Bytes as the parts of a DOCX, XLSX and ODT document; the first byte says of which, the rest is cut in two.
#![no_main]

use std::io::{Cursor, Write};

use gouji::{ingestion::read, layout::Limits};

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let (one, two) = rest.split_at(rest.len() / 2);
    let document = match kind % 4 {
        0 => packed(&[("word/document.xml", rest)]),
        1 => packed(&[("word/document.xml", one), ("word/numbering.xml", two), ("word/styles.xml", two)]),
        2 => packed(&[
            ("xl/workbook.xml", b"<workbook><sheets><sheet name='S' r:id='r'/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id='r' Target='s.xml'/></Relationships>"),
            ("xl/s.xml", one),
            ("xl/sharedStrings.xml", two),
        ]),
        _ => packed(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", rest)]),
    };
    let _ = read(&document, &Limits { cells: 5_000, ..Limits::default() });
});
