//! What reading a document costs, by format, beside the bare parser on the same bytes: `cargo bench --bench documents`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    hint::black_box,
    io::{Cursor, Read},
    path::PathBuf,
    time::{Duration, Instant},
};

use gouji::{
    deadline::Deadline,
    ingestion::read,
    isolation::{Documents, Readers},
    layout::{Limits, Reader as _, lay_out},
};
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// The median time of a run.
fn median(mut run: impl FnMut()) -> Duration {
    const RUNS: usize = 200;
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}

struct Nothing;

impl TokenSink for Nothing {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        black_box(token);
        TokenSinkResult::Continue
    }
}

/// html5ever alone: its tokens, without a tree.
fn html5ever(page: &str) {
    let queue = BufferQueue::default();
    queue.push_back(page.into());
    let tokenizer = Tokenizer::new(Nothing, TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
}

/// quick-xml alone: the events of the main part, unpacked.
fn quick_xml(part: &str) {
    let mut reader = quick_xml::Reader::from_str(part);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
}

/// oxidize-pdf alone: the pieces of text of all pages.
fn oxidize_pdf(bytes: &[u8]) {
    let options = oxidize_pdf::text::ExtractionOptions { preserve_layout: true, ..Default::default() };
    let document = oxidize_pdf::parser::PdfReader::new(Cursor::new(bytes)).unwrap().into_document();
    black_box(document.extract_text_with_options(options).unwrap());
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn main() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let limits = Limits::default();
    let program = PathBuf::from(env!("CARGO_BIN_EXE_gouji"));
    let readers = Readers::new(Documents {
        program: program.to_string_lossy().into_owned(),
        processes: 1,
        ..Documents::default()
    });
    let formats = [
        ("report.html", "html5ever's tokens alone"),
        ("report.docx", "quick-xml alone"),
        ("report.xlsx", "quick-xml alone"),
        ("report.odt", "quick-xml alone"),
        ("report.pdf", "oxidize-pdf's text alone"),
        ("report.txt", ""),
    ];
    for (name, parser) in formats {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let text = match name {
            "report.docx" => part(&bytes, "word/document.xml"),
            "report.xlsx" => part(&bytes, "xl/worksheets/sheet1.xml"),
            "report.odt" => part(&bytes, "content.xml"),
            "report.html" => String::from_utf8(bytes.clone()).unwrap(),
            _ => String::new(),
        };
        let bare = match name {
            "report.html" => median(|| html5ever(&text)),
            "report.pdf" => median(|| oxidize_pdf(&bytes)),
            "report.txt" => Duration::ZERO,
            _ => median(|| quick_xml(&text)),
        };
        let here = median(|| drop(black_box(lay_out(&bytes, &limits))));
        let whole = median(|| drop(black_box(read(&bytes, &limits))));
        let apart = median(|| drop(black_box(readers.lay_out(&bytes, &Deadline::NEVER))));
        let ratio = here.as_nanos() * 10 / bare.as_nanos().max(1);
        let beside = if parser.is_empty() {
            String::new()
        } else {
            format!("; {parser} {bare:?} (laid out in {}.{} x)", ratio / 10, ratio % 10)
        };
        println!(
            "{name}, {} bytes: laid out {here:?}, with the report read {whole:?}, in a process of its own {apart:?}{beside}",
            bytes.len()
        );
    }
}
