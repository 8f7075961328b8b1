//! Tables as they are read: for each file that decides how, small documents with the figures and defects that come out.
//!
//! `tests/tables/FILE.txt` holds the cases of `src/ingestion/FILE.rs`: a line `## what it shows`, the document, a line
//! `=>`, and what is read: a row a line, `-` for a blank and `?` for a figure that could not be read; then the defects.
//! `just accept` writes what comes out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::fmt::Write as _;

use common::hold_file;
use gouji::{
    ingestion,
    layout::Limits,
    report::{AnnualReport, Cell, Figure, Row},
};

fn shown(report: &AnnualReport) -> String {
    let mut out = String::new();
    for row in Row::ALL.into_iter().filter(|row| report.figures.has_row(*row)) {
        let figure = |cell: Cell| match (report.figures.amount(cell), report.figures.count(cell)) {
            (Some(amount), _) => amount.to_owned(),
            (None, Figure::Known(count)) => count.to_string(),
            (None, Figure::Blank) => "-".to_owned(),
            (None, Figure::Unread) => "?".to_owned(),
        };
        let figures: Vec<String> = row.cells().map(figure).collect();
        let _ = writeln!(out, "{} = {}", row.path(), figures.join(" "));
    }
    for defect in &report.defects {
        let printed = defect.printed.replace('\n', "⏎");
        let _ = writeln!(out, "{:?} {} “{printed}”{}", defect.kind, defect.location.path(), defect.place.shown().en);
    }
    out
}

/// The first line in which two texts differ, in both.
fn difference<'t>(expected: &'t str, found: &'t str) -> (&'t str, &'t str) {
    let mut lines = expected.lines().chain(["(end)"]).zip(found.lines().chain(["(end)"]));
    lines.find(|(one, other)| one != other).unwrap_or_default()
}

fn holds(file: &str) {
    let path = format!("tests/tables/{file}.txt");
    let text = std::fs::read_to_string(common::root().join(&path)).unwrap();
    let mut made = String::new();
    let mut wrong = Vec::new();
    for case in text.split("## ").filter(|case| !case.trim().is_empty()) {
        let (name, rest) = case.split_once('\n').unwrap();
        let (document, expected) = rest.split_once("\n=>\n").unwrap_or((rest.trim_end(), ""));
        let report = ingestion::read(document.as_bytes(), &Limits::default());
        let found = report.map_or_else(|refusal| format!("refused: {}\n", refusal.why.en), |report| shown(&report));
        let expected = expected.trim_end();
        if expected != found.trim_end() {
            wrong.push(format!("{file}: {name}: {:?}", difference(expected, found.trim_end())));
        }
        let _ = write!(made, "## {name}\n{document}\n=>\n{found}\n");
    }
    if std::env::var_os("ACCEPT").is_some() {
        return hold_file(&path, &made);
    }
    assert!(wrong.is_empty(), "(expected, found):\n{}", wrong.join("\n"));
}

#[test]
fn grids() {
    holds("grids");
}

#[test]
fn labelled() {
    holds("labelled");
}

#[test]
fn columns() {
    holds("columns");
}

#[test]
fn remedies() {
    holds("remedies");
}

#[test]
fn separated() {
    holds("separated");
}

#[test]
fn tables() {
    holds("tables");
}

#[test]
fn rows() {
    holds("rows");
}

#[test]
fn whole_lines() {
    holds("whole_lines");
}

#[test]
fn settle() {
    holds("settle");
}

#[test]
fn collected() {
    holds("collected");
}

#[test]
fn cut() {
    holds("cut");
}

#[test]
fn beside() {
    holds("beside");
}

#[test]
fn turned() {
    holds("turned");
}

#[test]
fn stacked() {
    holds("stacked");
}
