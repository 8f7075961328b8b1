//! Invented reports in every style, with noise: what is read is right, and what is not read is told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/noise/mod.rs"]
mod noise;

use std::collections::{BTreeMap, BTreeSet};

use gouji::{
    checker::{Checker, Reading},
    deadline::Deadline,
    engine::Verdict,
    layout::Limits,
    submission::{Filing, Submission},
};
use noise::{
    Document, Noise, Style, Truth,
    judge::{judge, read},
    tally::{Tally, percent},
};

const SEED: u64 = 1;
const DOCUMENTS: usize = 300;

/// The least share of right cells by style, in percent. The rest may be told as unread, and nothing else.
const LEAST: [(Style, usize); Style::ALL.len()] = [
    (Style::Tabs, 97),
    (Style::TabsLeft, 97),
    (Style::Bars, 97),
    (Style::Markdown, 97),
    (Style::MarkdownRepeated, 97),
    (Style::Csv, 97),
    (Style::Aligned, 97),
    (Style::Lines, 93),
    (Style::LinesApart, 93),
    (Style::Spaces, 90),
    (Style::Glued, 80),
    (Style::Spans, 99),
    (Style::Unfolded, 99),
    (Style::SpansLost, 98),
    (Style::Nested, 99),
    (Style::Docx, 99),
    (Style::Xlsx, 99),
];

/// Reads documents until they have so many cells (`NOISE_CELLS`), or 300 of them.
#[test]
fn no_figure_is_wrong_invented_or_silently_missing() {
    let cells: Option<usize> = std::env::var("NOISE_CELLS").ok().and_then(|cells| cells.parse().ok());
    let mut tally = Tally::default();
    let is_enough = |tally: &Tally| match cells {
        Some(cells) => tally.all.iter().sum::<usize>() >= cells,
        None => tally.documents >= DOCUMENTS,
    };
    let mut faulty = Vec::new();
    while !is_enough(&tally) {
        let document = Document::new(SEED, tally.documents);
        let read = read(&document);
        let judged = judge(&document, &read);
        let faults: Vec<_> = judged.iter().filter(|it| it.judgement.is_fault()).collect();
        if let Some(first) = faults.first() {
            let (cell, truth, found) = (first.cell.path(), &first.truth, &first.found);
            let many = faults.len();
            faulty.push(format!("{} {many}: {:?} {cell} {truth}, read: {found}", document.name(), first.judgement));
        }
        tally.add(&document, &judged, read.is_err());
    }
    println!("{}", tally.shown());
    let short = |(style, least): &(Style, usize)| tally.styles.get(style).is_some_and(|own| percent(own) < *least);
    let short: Vec<&str> = LEAST.iter().filter(|it| short(it)).map(|(style, _)| style.name()).collect();
    assert!(faulty.is_empty(), "{} documents have faults:\n{}", faulty.len(), faulty.join("\n"));
    assert!(short.is_empty(), "too few cells are right: {short:?}");
}

/// How often each verdict is given on documents, and the names of those that get one verdict.
fn verdicts(documents: impl Iterator<Item = Document>, wanted: Verdict) -> (BTreeMap<String, usize>, Vec<String>) {
    let checker = Checker::new(Reading::Here(Limits::default()));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut names = Vec::new();
    for document in documents {
        let submission = Submission::of(Filing::document(document.bytes.clone(), ""));
        let verdict = checker.check(submission, &Deadline::NEVER).map(|checked| checked.assessment.verdict);
        let shown = verdict.as_ref().map_or_else(|_| "refused".to_owned(), |verdict| format!("{verdict:?}"));
        *counts.entry(shown).or_default() += 1;
        names.extend(verdict.is_ok_and(|verdict| verdict == wanted).then(|| document.name()));
    }
    (counts, names)
}

/// The figures of a report contradict each other: no style and no noise makes it compliant.
#[test]
fn a_contradiction_is_never_compliant() {
    let documents = (0..DOCUMENTS).map(|number| Document::contradictory(SEED, number));
    let (counts, compliant) = verdicts(documents, Verdict::Compliant);
    println!("{counts:?}");
    assert!(compliant.is_empty(), "{} of {DOCUMENTS} are compliant:\n{}", compliant.len(), compliant.join("\n"));
}

/// Reports without noise and without contradictions: otherwise no verdict on contradictions would prove anything.
#[test]
fn a_clean_report_has_no_error_and_mostly_is_compliant() {
    let documents = || (0..5 * Style::ALL.len()).map(|number| Document::clean(SEED, number));
    let (counts, errors) = verdicts(documents(), Verdict::NonCompliant);
    println!("{counts:?}");
    assert!(errors.is_empty(), "{} have errors:\n{}", errors.len(), errors.join("\n"));
    let web = documents().filter(|document| document.style == Style::Spans);
    let (counts, compliant) = verdicts(web, Verdict::Compliant);
    assert_eq!(compliant.len(), 5, "{counts:?}");
}

/// What the generator says of its documents holds: else the other tests prove nothing.
#[test]
fn the_truth_is_true() {
    let mut styles = BTreeSet::new();
    let mut noises = BTreeSet::new();
    for number in 0..DOCUMENTS {
        let document = Document::new(SEED, number);
        assert_eq!(document.bytes, Document::new(SEED, number).bytes, "{}", document.name());
        styles.insert(document.style);
        noises.extend(document.noises.iter().copied());
        assert_eq!(document.truth.len(), if document.truth.len() > 198 { 200 } else { 198 }, "{}", document.name());
        let all_known = document.truth.values().all(|truth| matches!(truth, Truth::Known(_)));
        if all_known {
            assert_eq!(noise::contradictions(&document), 0, "{}", document.name());
        }
        let broken = Document::contradictory(SEED, number);
        let all_known = broken.truth.values().all(|truth| matches!(truth, Truth::Known(_)));
        assert!(!all_known || noise::contradictions(&broken) > 0, "{}", broken.name());
    }
    assert_eq!((styles.len(), noises.len()), (Style::ALL.len(), Noise::ALL.len()));
}
