//! What it costs to read a document and to check it, beside the bare parser on the same bytes, in instructions:
//! `cargo bench --bench documents`; needs valgrind.
//!
//! Texts and pages are made from reports of which no two are alike. The files of other programs are the same again and again,
//! which instructions don't learn.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;
mod counted;
mod reports;

use std::{
    hint::black_box,
    io::{Cursor, Read},
};

use common::text::{Way, text};
use counted::{COUNT, instructions, times};
use gouji::{
    checker::{Checker, Reading},
    deadline::Deadline,
    ingestion::read,
    layout::{Limits, lay_out},
    rule::Severity,
    submission::{Filing, Submission},
};
use reports::SIZES;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// How many documents are counted; twice as many are made.
const DOCUMENTS: usize = 6;

/// How far a document is taken. Each stage but the first two includes the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The bare parser alone.
    Bare,
    /// Their digest alone, which checking includes: valgrind hides the processor's instructions for it, so that it counts as
    /// many times what it costs.
    Digest,
    /// Its lines and grids are found.
    LaidOut,
    /// They become the report.
    Read,
    /// The report is checked.
    Checked,
}

const STAGES: [Stage; 5] = [Stage::Bare, Stage::Digest, Stage::LaidOut, Stage::Read, Stage::Checked];

/// Where documents come from, and what reads their bytes and nothing else.
#[derive(Clone, Copy)]
enum Source {
    /// Made as text or as a page.
    Made(Way),
    /// A file of another program, with the parts that are read of it.
    File(&'static str, &'static [&'static str]),
}

const SOURCES: [Source; 11] = [
    Source::Made(Way::Tabs),
    Source::Made(Way::Lines),
    Source::Made(Way::Bars),
    Source::Made(Way::BarLines),
    Source::Made(Way::Spaces),
    Source::Made(Way::Glued),
    Source::Made(Way::Page),
    Source::File("report.docx", &["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"]),
    Source::File(
        "report.xlsx",
        &["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"],
    ),
    Source::File("report.odt", &["styles.xml", "content.xml"]),
    Source::File("report.pdf", &[]),
];

impl Source {
    fn name(self) -> String {
        match self {
            Self::Made(way) => format!("text: {way:?}"),
            Self::File(name, _) => name.to_owned(),
        }
    }

    fn parser(self) -> &'static str {
        match self {
            Self::Made(Way::Page) => "html5ever with its tree",
            Self::Made(_) => "UTF-8 and NFKC",
            Self::File(_, []) => "oxidize-pdf's text",
            Self::File(..) => "zip and quick-xml",
        }
    }

    fn document(self, nth: usize) -> Vec<u8> {
        match self {
            Self::Made(way) => text(&reports::printed(SIZES[2], nth), way).into_bytes(),
            Self::File(name, _) => std::fs::read(common::root().join("tests/documents").join(name)).unwrap(),
        }
    }

    fn parse(self, bytes: &[u8]) {
        match self {
            Self::Made(Way::Page) => {
                black_box(scraper::Html::parse_document(std::str::from_utf8(bytes).unwrap()));
            }
            Self::Made(_) => drop(black_box(std::str::from_utf8(bytes).unwrap().nfkc().collect::<String>())),
            Self::File(_, []) => {
                let options = oxidize_pdf::text::ExtractionOptions { preserve_layout: true, ..Default::default() };
                let document = oxidize_pdf::parser::PdfReader::new(Cursor::new(bytes)).unwrap().into_document();
                black_box(document.extract_text_with_options(options).unwrap());
            }
            Self::File(_, parts) => {
                let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
                for part in parts {
                    let mut text = String::new();
                    archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
                    let mut reader = quick_xml::Reader::from_str(&text);
                    while !matches!(black_box(reader.read_event().unwrap()), quick_xml::events::Event::Eof) {}
                }
            }
        }
    }
}

struct Bench {
    checker: Checker,
    source: Source,
    documents: Vec<Vec<u8>>,
}

impl Bench {
    fn new(source: Source) -> Self {
        let documents = (0..2 * DOCUMENTS).map(|nth| source.document(nth)).collect();
        Self { checker: Checker::new(Reading::Here(Limits::default())), source, documents }
    }

    fn run(&self, stage: Stage, nth: usize) {
        let bytes = &self.documents[nth];
        match stage {
            Stage::Bare => self.source.parse(bytes),
            Stage::Digest => _ = black_box(Sha256::digest(bytes)),
            Stage::LaidOut => drop(black_box(lay_out(bytes, &Limits::default()).unwrap())),
            Stage::Read => drop(black_box(read(bytes, &Limits::default()).unwrap())),
            Stage::Checked => drop(black_box(self.checker.check(submitted(bytes), &Deadline::NEVER).unwrap())),
        }
    }

    /// All of them are read whole: a bench of what isn't read measures nothing.
    fn hold(&self) {
        let errors: &[&str] = match self.source {
            Source::Made(_) => &[],
            // One wrong figure stands in the files.
            Source::File(..) => &["TAL-002", "TAL-003", "TAL-001"],
        };
        for bytes in &self.documents {
            let checked = self.checker.check(submitted(bytes), &Deadline::NEVER).unwrap();
            let found = checked.assessment.findings.iter().filter(|own| own.severity == Severity::Error);
            assert!(found.map(|own| &*own.code).eq(errors.iter().copied()), "{}", self.source.name());
        }
    }
}

fn submitted(bytes: &[u8]) -> Submission {
    Submission::of(Filing::document(bytes.to_vec(), ""))
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [count, stage, source, documents] = arguments.as_slice()
        && count == COUNT
    {
        let stage = STAGES.into_iter().find(|own| format!("{own:?}") == *stage).unwrap();
        let bench = Bench::new(SOURCES.into_iter().find(|own| own.name() == *source).unwrap());
        (0..documents.parse().unwrap()).for_each(|nth| bench.run(stage, nth));
        return;
    }
    println!("The digest is apart: valgrind hides the processor's instructions for it.");
    println!("| a document | bytes | bare parser | laid out | read | checked | checked / bare | the bare parser |");
    println!("|---|---|---|---|---|---|---|---|");
    for source in SOURCES {
        let bench = Bench::new(source);
        bench.hold();
        let all = STAGES.map(|stage| instructions(&[&format!("{stage:?}"), &source.name()], DOCUMENTS));
        let [Some(bare), Some(digest), Some(laid_out), Some(read), Some(checked)] = all else { continue };
        let checked = checked.saturating_sub(digest);
        println!(
            "| {} | {} | {bare} | {laid_out} | {read} | {checked} | {} | {} |",
            source.name(),
            bench.documents[0].len(),
            times(checked, bare),
            source.parser(),
        );
    }
}
