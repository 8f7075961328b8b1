//! Documents of every format, and hostile ones, read by the real program in separate processes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::{
    fs::{File, read_dir},
    io::{Cursor, Read, Write},
    path::PathBuf,
    time::{Duration, Instant},
};

use gouji::{
    checker::{Checked, Checker, Reading},
    deadline::Deadline,
    ingestion::read,
    isolation::{Documents, Readers},
    layout::{Failure, Limits, Obstacle, Reader as _},
    report::{Format, Place},
    submission::{Error, Filing, Reason, Submission},
};
use proptest::prelude::*;
use rustix::io::{FdFlags, fcntl_setfd};

/// Readers with these settings, with a time limit that no test reaches.
fn readers_of(settings: Documents) -> Readers {
    let program = env!("CARGO_BIN_EXE_gouji").to_owned();
    Readers::new(Documents { program, processes: 2, read_ms: 120_000, ..settings })
}

fn readers(limits: Limits) -> Readers {
    readers_of(Documents { limits, ..Documents::default() })
}

fn document(name: &str) -> Vec<u8> {
    std::fs::read(common::root().join("tests/documents").join(name)).unwrap()
}

fn check(content: Vec<u8>) -> Result<Checked, Error> {
    let checker = Checker::new(Reading::Apart(Box::new(readers(Limits::default()))));
    checker.check(Submission::of(Filing::document(content, "")), &Deadline::NEVER)
}

/// Figures, and findings without their places.
fn essence(checked: &Checked) -> (Vec<String>, Vec<String>) {
    let figures = &checked.dossier.report.figures;
    let cells = gouji::report::Row::ALL.into_iter().filter(|row| figures.has_row(*row)).flat_map(|row| row.cells());
    let figures = cells.map(|cell| format!("{} {}", cell.path(), figures.shown(cell).zh)).collect();
    let findings = checked.assessment.findings.iter();
    let findings =
        findings.map(|it| format!("{} {} {} {}", it.code, it.location.path(), it.message.zh, it.fingerprint));
    (figures, findings.collect())
}

#[test]
fn every_format_gives_the_same_figures_and_the_same_findings() {
    let page = check(document("report.html")).unwrap();
    let expected = essence(&page);
    assert_eq!((expected.0.len(), expected.1.len()), (200, 5), "{:?}", expected.1);
    let others = [
        ("report.gb18030.html", Format::Html, "gb18030"),
        ("report.docx", Format::Docx, ""),
        ("report.odt", Format::Odt, ""),
        ("report.xlsx", Format::Xlsx, ""),
        ("report.pdf", Format::Pdf, ""),
        ("report.txt", Format::Text, "UTF-8"),
    ];
    for (name, format, encoding) in others {
        let checked = check(document(name)).unwrap();
        assert_eq!(essence(&checked), expected, "{name}");
        let source = checked.dossier.report.source.as_ref().unwrap();
        assert_eq!((source.format, source.encoding.as_str()), (format, encoding), "{name}");
        assert!(checked.dossier.report.readings.iter().all(|reading| !reading.place.is_unknown()), "{name}");
    }
}

#[test]
fn utf_16_is_read_as_well() {
    let page = String::from_utf8(document("report.html")).unwrap();
    let wide: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xff\xfe".to_vec(), wide.clone()].concat();
    let expected = essence(&check(page.into_bytes()).unwrap());
    for bytes in [wide, marked] {
        let checked = check(bytes).unwrap();
        assert_eq!(checked.dossier.report.source.as_ref().unwrap().encoding, "UTF-16LE");
        assert_eq!(essence(&checked), expected);
    }
}

/// Text made from a PDF loses blank cells: that row is undetermined, and nothing is guessed.
#[test]
fn the_text_of_a_pdf_is_right_or_undetermined() {
    let (page, text) = (check(document("report.html")).unwrap(), check(document("report.pdf.txt")).unwrap());
    let (expected, found) = (essence(&page).0, essence(&text).0);
    let differs: Vec<_> = expected.iter().zip(&found).filter(|(one, other)| one != other).map(|(_, it)| it).collect();
    assert_eq!(differs.len(), 7, "{differs:?}");
    assert!(differs.iter().all(|cell| cell.contains("state_secret")), "{differs:?}");
    assert!(text.dossier.report.figures.has_unread());
}

#[test]
fn the_place_of_a_figure_is_told_in_the_terms_of_its_format() {
    let place = |name: &str| {
        let checked = check(document(name)).unwrap();
        let finding = checked.assessment.findings.iter().find(|finding| finding.code == "TAB-010").unwrap().clone();
        (finding.place, finding.text)
    };
    let of = |table: u32, row: u32, cell: u32| Place { table, row, cell, ..Place::default() };
    assert_eq!(place("report.html").0, of(1, 7, 2));
    assert_eq!(place("report.pdf").0, Place { page: 1, ..of(1, 7, 2) });
    let (sheet, text) = place("report.xlsx");
    assert_eq!((sheet.sheet.as_str(), sheet.table, text.ends_with('件')), ("Sheet1", 0, true));
    assert_eq!(place("report.txt").0.line, 18);
}

fn refused(what: &str, limits: Limits, document: &[u8]) -> Obstacle {
    match readers(limits).lay_out(document, &Deadline::NEVER) {
        Err(Failure::Refused(refusal)) => refusal.obstacle,
        other => panic!("{what}: {other:?}"),
    }
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    packed(&[("word/document.xml", body.as_bytes())])
}

#[test]
fn each_limit_refuses_a_document_that_exceeds_it() {
    let page = |body: String| format!("<html><body>信息公开{body}").into_bytes();
    let row = "<tr><td>1</td><td>2</td></tr>";
    let exceeding: [(&str, Limits, Vec<u8>); 13] = [
        ("bytes", Limits { bytes: 100, ..Limits::default() }, page("文字".repeat(100))),
        ("text", Limits { text: 100, ..Limits::default() }, page("文字".repeat(100))),
        ("nested elements", Limits::default(), page("<div>".repeat(100_000))),
        ("nested XML", Limits::default(), docx(&"<w:p>".repeat(100_000))),
        ("cells", Limits { cells: 100, ..Limits::default() }, page(format!("<table>{}", row.repeat(100)))),
        ("cells of a text", Limits::default(), format!("政府信息公开{}", "0|".repeat(300_000)).into_bytes()),
        ("a span", Limits::default(), page("<table><tr><td colspan=10000000>1</td><td>2</td></tr></table>".into())),
        ("nested tables", Limits { depth: 50, ..Limits::default() }, page("<table><tr><td>".repeat(60))),
        ("entries", Limits { entries: 1, ..Limits::default() }, packed(&[("word/document.xml", b""), ("b", b"")])),
        ("unpacked", Limits { unpacked: 1 << 20, ..Limits::default() }, docx(&" ".repeat(8 << 20))),
        ("a zip bomb", Limits::default(), docx(&" ".repeat(60 << 20))),
        ("deep arrays", Limits::default(), [b"%PDF-1.4\n1 0 obj\n".to_vec(), vec![b'['; 60_000]].concat()),
        ("pages", Limits { pages: 1, ..Limits::default() }, document("report.pdf")),
    ];
    for (what, limits, bytes) in exceeding {
        assert_eq!(refused(what, limits, &bytes), Obstacle::TooLarge, "{what}");
    }
}

#[test]
fn entities_are_not_expanded() {
    let laughs =
        "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><w:document><w:t>&c;</w:t></w:document>";
    assert_eq!(refused("laughs", Limits::default(), &docx(laughs)), Obstacle::Unreadable);
}

#[test]
fn what_holds_no_text_says_what_to_hand_in() {
    let blank = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
                 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    match readers(Limits::default()).lay_out(blank.as_bytes(), &Deadline::NEVER) {
        Err(Failure::Refused(refusal)) => {
            assert_eq!(refusal.obstacle, Obstacle::UnsupportedFormat, "{}", refusal.why.en);
            assert!(refusal.why.zh.contains("扫描件") && refusal.why.zh.contains("请提交"), "{}", refusal.why.zh);
        }
        other => panic!("{other:?}"),
    }
    let old = check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 WordDocument".to_vec()).unwrap_err();
    assert!(old.reason == Reason::UnsupportedFormat && old.message.zh.contains("另存为"), "{}", old.message.zh);
}

/// A PDF of these objects, from number 3 on; the first `pages` objects are its pages.
fn pdf(pages: usize, objects: &[String]) -> Vec<u8> {
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", page + 3)).collect();
    let mut pdf = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{kids}]/Count {pages}>>endobj\n"
    );
    for (at, object) in objects.iter().enumerate() {
        pdf.push_str(&format!("{} 0 obj{object}endobj\n", at + 3));
    }
    (pdf + "trailer<</Root 1 0 R>>\n%%EOF").into_bytes()
}

fn page(contents: &str, forms: &str) -> String {
    format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents {contents}/Resources<</XObject<<{forms}>>>>>>")
}

fn form(content: &str, forms: &str) -> String {
    let length = content.len();
    format!(
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<{forms}>>>>/Length {length}>>stream\n{content}\nendstream "
    )
}

fn stream(content: &str) -> String {
    format!("<</Length {}>>stream\n{content}\nendstream ", content.len())
}

#[test]
fn a_pdf_that_paints_without_end_is_refused_at_once() {
    let draws = |name: &str| format!("/{name} Do ").repeat(10);
    let chain: Vec<String> = (0..12).map(|at| form(&draws("F"), &format!("/F {} 0 R", at + 6))).collect();
    let cases: [(&str, Vec<u8>, Obstacle); 5] = [
        (
            "a form that paints itself",
            pdf(1, &[page("4 0 R", "/F 5 0 R"), stream("/F Do"), form("/F Do /F Do", "/F 5 0 R")]),
            Obstacle::Unreadable,
        ),
        (
            "two forms that paint each other",
            pdf(1, &[page("4 0 R", "/F 5 0 R"), stream("/F Do"), form("/G Do", "/G 6 0 R"), form("/F Do", "/F 5 0 R")]),
            Obstacle::Unreadable,
        ),
        (
            "forms ten times within each other",
            pdf(1, &[vec![page("4 0 R", "/F 5 0 R"), stream("/F Do")], chain, vec![form("0 0 m", "")]].concat()),
            Obstacle::TooLarge,
        ),
        (
            "pages that share their content",
            pdf(200, &[vec![page("203 0 R", ""); 200], vec![stream(&"0 0 m ".repeat(100_000))]].concat()),
            Obstacle::TooLarge,
        ),
        (
            "pages that share a form",
            pdf(
                200,
                &[vec![page("203 0 R", "/F 204 0 R"); 200], vec![stream("/F Do"), form(&"0 0 m ".repeat(100_000), "")]]
                    .concat(),
            ),
            Obstacle::TooLarge,
        ),
    ];
    for (name, pdf, obstacle) in cases {
        assert_eq!(refused(name, Limits::default(), &pdf), obstacle, "{name}");
    }
    // A page tree that contains itself is damage.
    let tree = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n\
                trailer<</Root 1 0 R>>\n%%EOF";
    let readers = readers(Limits::default());
    assert!(readers.lay_out(tree.as_bytes(), &Deadline::NEVER).is_err());
    assert!(readers.lay_out(&document("report.html"), &Deadline::NEVER).is_ok(), "the next one is read");
}

#[test]
fn a_reader_ends_with_whoever_started_it() {
    use std::io::Write;
    let limits = Limits { depth: 1 << 20, ..Limits::default() };
    let bounds = serde_json::to_string(&Documents { limits, ..Documents::default() }).unwrap();
    let mut reader = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"))
        .arg("read-documents")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = reader.stdin.take().unwrap();
    input.write_all(&(bounds.len() as u64).to_be_bytes()).unwrap();
    input.write_all(bounds.as_bytes()).unwrap();
    let slow = format!("<html>{}", "<div>".repeat(400_000));
    input.write_all(&(slow.len() as u64).to_be_bytes()).unwrap();
    input.write_all(slow.as_bytes()).unwrap();
    // The reader is busy for minutes and limited only by its processor time, which would end it by a signal.
    drop(input);
    assert_eq!(reader.wait().unwrap().code(), Some(0));
}

#[test]
fn a_crash_is_an_error_for_one_document_and_the_next_gets_a_fresh_process() {
    // Too little memory for a large page, and enough for a small one.
    let limits = Limits { bytes: 16 << 20, ..Limits::default() };
    let readers = readers_of(Documents { memory_bytes: 256 << 20, limits, ..Documents::default() });
    let small = document("report.html");
    assert!(readers.lay_out(&small, &Deadline::NEVER).is_ok());
    let before = readers.idle();
    let large = format!("<html>{}", "<b>x</b>".repeat(1_800_000));
    assert!(matches!(readers.lay_out(large.as_bytes(), &Deadline::NEVER), Err(Failure::Crashed)));
    assert!(readers.idle().is_empty(), "the process is gone");
    assert!(readers.lay_out(&small, &Deadline::NEVER).is_ok());
    assert!(readers.idle().len() == 1 && readers.idle() != before);
    let checker = Checker::new(Reading::Apart(Box::new(readers)));
    let error = checker.check(Submission::of(Filing::document(large.into_bytes(), "")), &Deadline::NEVER).unwrap_err();
    assert_eq!(error.reason, Reason::UnreadableDocument);
}

/// Readers whose process ends in some way as soon as it has its document, so many times; then it is the real one. Each start
/// adds a line to a file.
struct Ending {
    folder: tempfile::TempDir,
    readers: Readers,
}

impl Ending {
    fn new(way: &str, times: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (started, program) = (folder.path().join("started"), folder.path().join("program"));
        let settings = Documents { program: program.display().to_string(), processes: 1, ..Documents::default() };
        // It reads its settings and a greeting, greets, and waits for the length of a document.
        let before = serde_json::to_vec(&settings).unwrap().len() + 16;
        let (started, real) = (started.display(), env!("CARGO_BIN_EXE_gouji"));
        let script = format!(
            "#!/bin/sh\necho .>>'{started}'\n[ $(wc -l <'{started}') -gt {times} ] && exec '{real}' \"$@\"\n\
             head -c {before} >/dev/null\nhead -c 8 /dev/zero\nhead -c 8 >/dev/null\n{way}\n"
        );
        // Processes that other tests start meanwhile would have a file open that this one writes, and it couldn't be run.
        let written = folder.path().join("script");
        std::fs::write(&written, script).unwrap();
        let installed = std::process::Command::new("install").args([&written, &program]).status();
        assert!(installed.unwrap().success());
        Self { folder, readers: Readers::new(settings) }
    }

    fn started(&self) -> usize {
        std::fs::read_to_string(self.folder.path().join("started")).unwrap_or_default().lines().count()
    }
}

#[test]
fn a_document_whose_process_was_killed_by_others_is_read_by_a_fresh_one() {
    let small = document("report.html");
    for signal in ["KILL", "TERM", "HUP", "INT"] {
        let once = Ending::new(&format!("kill -{signal} $$"), 1);
        assert!(once.readers.lay_out(&small, &Deadline::NEVER).is_ok(), "{signal}");
        assert_eq!(once.started(), 2, "{signal}");
        // The second one is the last.
        let always = Ending::new(&format!("kill -{signal} $$"), 9);
        let failure = always.readers.lay_out(&small, &Deadline::NEVER).expect_err("nobody reads it");
        assert!(matches!(failure, Failure::Killed), "{signal}: {failure:?}");
        assert_eq!(always.started(), 2, "{signal}");
    }
    let Ending { folder: _kept, readers } = Ending::new("kill -KILL $$", 2);
    let checker = Checker::new(Reading::Apart(Box::new(readers)));
    let error = checker.check(Submission::of(Filing::document(small, "")), &Deadline::NEVER).unwrap_err();
    assert!(error.reason == Reason::ReaderLost && error.retry_after_ms.is_some(), "{error:?}");
}

#[test]
fn a_document_that_ends_its_process_is_told_so_and_costs_no_second_one() {
    let small = document("report.html");
    for way in
        ["kill -ABRT $$", "kill -SEGV $$", "kill -XCPU $$", "kill -BUS $$", "exit 0", "exit 101", "echo nonsense; exit"]
    {
        let ending = Ending::new(way, 9);
        let failure = ending.readers.lay_out(&small, &Deadline::NEVER).expect_err("it is not read");
        assert!(matches!(failure, Failure::Crashed), "{way}: {failure:?}");
        assert_eq!(ending.started(), 1, "{way}");
    }
    // Killed by others first, it has had its second process.
    let first = "[ $(wc -l <\"${0%program}started\") -eq 1 ] && kill -KILL $$; kill -ABRT $$";
    let ending = Ending::new(first, 9);
    let failure = ending.readers.lay_out(&small, &Deadline::NEVER).expect_err("it is not read");
    assert!(matches!(failure, Failure::Crashed), "{failure:?}");
    assert_eq!(ending.started(), 2);
}

/// The signal of the limit is not the one that anybody may send.
#[test]
fn a_document_that_takes_all_processor_time_is_told_so() {
    let limits = Limits { depth: 1 << 20, ..Limits::default() };
    let readers = readers_of(Documents { processor_seconds: 1, limits, ..Documents::default() });
    let slow = format!("<html>{}", "<div>".repeat(400_000));
    let failure = readers.lay_out(slow.as_bytes(), &Deadline::NEVER).expect_err("it takes minutes");
    assert!(matches!(failure, Failure::Crashed), "{failure:?}");
}

/// Both processes together have the time of one.
#[test]
fn a_second_process_has_what_is_left_of_the_time() {
    let ending = Ending::new("[ $(wc -l <\"${0%program}started\") -eq 1 ] && kill -KILL $$; exec sleep 600", 9);
    let until = Instant::now() + Duration::from_secs(2);
    let deadline = Deadline::when(move || Instant::now() >= until);
    let failure = ending.readers.lay_out(&document("report.html"), &deadline).expect_err("it is not read");
    assert!(matches!(failure, Failure::OutOfTime), "{failure:?}");
    assert_eq!(ending.started(), 2);
}

#[test]
fn a_process_that_was_stopped_or_killed_while_idle_costs_nobody_a_document() {
    let readers = readers(Limits::default());
    let small = document("report.html");
    assert!(readers.lay_out(&small, &Deadline::NEVER).is_ok());
    for signal in ["-STOP", "-KILL"] {
        let idle = readers.idle();
        let sent = std::process::Command::new("kill").args([signal, &idle[0].to_string()]).status();
        assert!(sent.unwrap().success());
        assert!(readers.lay_out(&small, &Deadline::NEVER).is_ok());
        assert!(readers.idle().len() == 1 && readers.idle() != idle, "{signal}");
    }
}

#[test]
fn a_process_that_takes_too_long_is_killed() {
    let limits = Limits { depth: 1 << 20, ..Limits::default() };
    let readers = readers_of(Documents { limits, ..Documents::default() });
    let slow = format!("<html>{}", "<div>".repeat(400_000));
    let until = Instant::now() + Duration::from_millis(300);
    let deadline = Deadline::when(move || Instant::now() >= until);
    assert!(matches!(readers.lay_out(slow.as_bytes(), &deadline), Err(Failure::OutOfTime)));
    assert!(readers.idle().is_empty());
    assert!(readers.lay_out(&document("report.html"), &Deadline::NEVER).is_ok());
}

#[test]
fn a_process_holds_nothing_but_its_pipes() {
    // Descriptors that this process inherited must not be passed on to readers.
    let left_open = File::open(common::root().join("Cargo.toml")).unwrap();
    fcntl_setfd(&left_open, FdFlags::empty()).unwrap();
    let readers = readers(Limits::default());
    readers.lay_out(&document("report.html"), &Deadline::NEVER).unwrap();
    let process = readers.idle()[0];
    let mut held: Vec<String> = read_dir(format!("/proc/{process}/fd"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    held.sort();
    assert_eq!(held, ["0", "1", "2"]);
    // Its limits are sent to it: what is on its command line everybody may read.
    let line = std::fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap();
    assert_eq!(line.split_terminator('\0').skip(1).collect::<Vec<_>>(), ["read-documents"]);
    let limits = std::fs::read_to_string(format!("/proc/{process}/limits")).unwrap();
    let limit = |name: &str| limits.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(limit("Max address space").contains(&Documents::default().memory_bytes.to_string()));
    assert!(limit("Max file size").split_whitespace().nth(3) == Some("0"));
    assert!(limit("Max open files").split_whitespace().nth(3) == Some("3"));
    drop(readers);
    assert!(!PathBuf::from(format!("/proc/{process}")).exists(), "it ends with the pool");
}

/// What can't start or greet is no fault of the document: whoever handed it in can do nothing about it.
#[test]
fn a_program_that_is_no_reader_is_no_fault_of_the_document() {
    for program in ["/bin/true", "/bin/false", "/bin/echo", "/nowhere/at/all"] {
        let readers = Readers::new(Documents { program: program.to_owned(), processes: 1, ..Documents::default() });
        let failure = readers.lay_out(&document("report.html"), &Deadline::NEVER).expect_err("no reader");
        assert!(matches!(failure, Failure::NoProcess(_)), "{program}: {failure:?}");
    }
    let small = readers_of(Documents { memory_bytes: 1, ..Documents::default() });
    let failure = small.lay_out(&document("report.html"), &Deadline::NEVER).expect_err("no memory");
    assert!(matches!(failure, Failure::NoProcess(_)), "{failure:?}");
}

/// The parts of an office document.
fn parts(name: &str) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(document(name))).unwrap();
    let length = zip.len();
    let part = |at: usize| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..length).map(part).collect()
}

/// What was cut off between two elements is not told from a report that lacks it, unless the cut itself is seen.
#[test]
fn a_part_that_breaks_off_behind_any_of_its_last_elements_is_damaged() {
    for (name, main) in [
        ("report.docx", "word/document.xml"),
        ("report.xlsx", "xl/worksheets/sheet1.xml"),
        ("report.odt", "content.xml"),
    ] {
        let parts = parts(name);
        let text = |part: &str| parts.iter().find(|(own, _)| own == part).map(|(_, bytes)| bytes.clone()).unwrap();
        let whole = text(main);
        let ends: Vec<usize> = (1..whole.len()).rev().filter(|at| whole[*at - 1] == b'>').skip(1).take(20).collect();
        for end in ends {
            let cut =
                parts.iter().map(|(part, bytes)| (part.as_str(), if part == main { &whole[..end] } else { bytes }));
            let cut: Vec<(&str, &[u8])> = cut.collect();
            let refusal = read(&packed(&cut), &Limits::default()).expect_err(name);
            assert_eq!(refusal.obstacle, Obstacle::Unreadable, "{name} up to {end}: {}", refusal.why.en);
            assert!(refusal.why.en.contains(main), "{}", refusal.why.en);
        }
    }
}

fn mutilated(mut bytes: Vec<u8>, cuts: &[(prop::sample::Index, usize)], filler: &[u8]) -> Vec<u8> {
    for (from, length) in cuts {
        let from = from.index(bytes.len() + 1);
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, filler.iter().copied());
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_mutilation_of_a_document_is_read_or_refused(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..300usize), 1..5),
        filler in prop_oneof![Just("".to_owned()), "[<>/a-z0-9=\"' ]{0,30}", "(<td rowspan='[0-9]{1,3}'>|</tr>|<w:vMerge/>|<table>){1,4}"],
    ) {
        let mutilated = |bytes: Vec<u8>| mutilated(bytes, &cuts, filler.as_bytes());
        let _ = read(&mutilated(document("report.html")), &Limits::default());
        for (name, main) in [("report.docx", "word/document.xml"), ("report.xlsx", "xl/worksheets/sheet1.xml"), ("report.odt", "content.xml")] {
            let parts: Vec<(String, Vec<u8>)> = parts(name)
                .into_iter()
                .map(|(part, bytes)| if part == main { (part, mutilated(bytes)) } else { (part, bytes) })
                .collect();
            let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            let _ = read(&packed(&parts), &Limits::default());
        }
        let pdf = readers(Limits::default()).lay_out(&mutilated(document("report.pdf")), &Deadline::NEVER);
        prop_assert!(!matches!(pdf, Err(Failure::NoProcess(_) | Failure::OutOfTime)), "{pdf:?}");
    }
}
