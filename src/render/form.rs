//! The report as read, printed as the form's tables.

use std::fmt::Write;

use super::visible::visible;
use crate::{
    engine::mask::mask,
    report::{AnnualReport, Column, Defect, Figure, Row, Table},
    words::{Language, Text},
};

/// The widest label with which figures line up, in terminal columns.
const LABEL: usize = 46;

/// Prints body and year, sections, tables, and everything that could not be read as it stands.
pub fn form(report: &AnnualReport, language: Language) -> String {
    let mut out = String::new();
    head(&mut out, report, language);
    for section in &report.sections {
        let length = section.text.chars().filter(|char| !char.is_whitespace()).count();
        let words = Text::new(format!("正文 {length} 字"), format!("{length} characters of text"));
        let _ = writeln!(out, "{}  ({})", visible(&section.heading), words.in_language(language));
        for table in Table::ALL.into_iter().filter(|table| table.section() == section.number) {
            rows(&mut out, report, table);
        }
    }
    // Tables whose section has no heading.
    for table in Table::ALL.into_iter().filter(|table| report.section(table.section()).is_none()) {
        rows(&mut out, report, table);
    }
    remarks(&mut out, report, language);
    out
}

fn head(out: &mut String, report: &AnnualReport, language: Language) {
    let source = report.source.clone().unwrap_or_default();
    let year = report.year.map_or("—".to_owned(), |year| year.to_string());
    let body = if report.body.name.is_empty() { "—".into() } else { visible(&report.body.name) };
    let encoding = if source.encoding.is_empty() { String::new() } else { format!(" {}", visible(&source.encoding)) };
    let edition = report.edition.name();
    let edition = edition.in_language(language);
    let _ = writeln!(out, "{body} · {year} · {edition} · {}{encoding}", source.format.name());
}

fn rows(out: &mut String, report: &AnnualReport, table: Table) {
    let mut columns: &[Column] = &[];
    for row in table.rows().filter(|row| report.figures.has_row(*row)) {
        if row.columns() != columns {
            columns = row.columns();
            let names: Vec<&str> = columns.iter().map(|column| column.label(table)).collect();
            let _ = writeln!(out, "  {}  {}", padded(table.printed()), names.join(" | "));
        }
        let figures: Vec<String> = row.cells().map(|cell| shown(report, row, cell.at())).collect();
        let _ = writeln!(out, "  {}  {}", padded(row.printed()), figures.join(" | "));
    }
}

/// A figure; `?` if it could not be read, empty if the cell is blank.
fn shown(report: &AnnualReport, row: Row, at: usize) -> String {
    let cell = row.nth(at);
    match report.figures.count(cell) {
        Figure::Unread => "?".to_owned(),
        Figure::Blank if report.figures.amount(cell).is_none() => String::new(),
        _ => report.figures.shown(cell).zh.into_owned(),
    }
}

/// The defects; what is the same for several cells, such as the text of a row, is told once for all of them.
fn remarks(out: &mut String, report: &AnnualReport, language: Language) {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for defect in &report.defects {
        let (told, cell) = (remark(defect, language), defect.location.printed());
        match groups.iter_mut().find(|(own, _)| *own == told) {
            Some((_, cells)) if cells.contains(&cell) => {}
            Some((_, cells)) => cells.push(cell),
            None => groups.push((told, vec![cell])),
        }
    }
    let between = match language {
        Language::Zh => "；",
        Language::En => "; ",
    };
    for (told, cells) in groups {
        let _ = writeln!(out, "! {}{told}", cells.join(between));
    }
}

/// What is told of a defect beside its cell.
fn remark(defect: &Defect, language: Language) -> String {
    let place = defect.place.shown();
    let printed =
        if defect.printed.is_empty() { String::new() } else { format!(" “{}”", visible(&mask(&defect.printed))) };
    let what = defect.kind.explained();
    let (place, what) = (visible(place.in_language(language)), what.in_language(language));
    format!("{place}{printed} {what}")
}

/// A label, padded to the common width.
fn padded(label: &str) -> String {
    let width: usize = label.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum();
    format!("{label}{}", " ".repeat(LABEL.saturating_sub(width)))
}
