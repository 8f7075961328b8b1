//! Invented reports in all styles in which reports are found, with noise of known kinds, and the truth of each cell.
//!
//! The form's tables are built with their spans (`form.rs`), noise is written into them (`cells.rs`, `pieces.rs`),
//! they become bytes (`text.rs`, `html.rs`, `office.rs`), and what is read of these is judged (`judge.rs`).
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cells;
mod form;
mod html;
mod invented;
pub mod judge;
mod kinds;
mod office;
mod pieces;
mod places;
mod random;
mod sheet;
pub mod tally;
mod text;
mod words;

use std::collections::BTreeMap;

use gouji::report::{
    Cell, Edition, Row, Table,
    form::{APPLICANTS, REMEDIES},
    relations,
};

use form::Form;
pub use invented::Truth;
use invented::{Invented, Wish};
pub use kinds::{Noise, Style};
use random::Random;
use sheet::Piece;

/// A document, and what is true of it.
pub struct Document {
    pub number: usize,
    pub edition: Edition,
    pub style: Style,
    pub noises: Vec<Noise>,
    pub bytes: Vec<u8>,
    /// Each cell of the form of the report's edition.
    pub truth: BTreeMap<Cell, Truth>,
    /// The labels of rows that the form does not have.
    pub extra: Vec<String>,
}

impl Document {
    /// The document with this number in the sequence of a seed. Styles take turns.
    pub fn new(seed: u64, number: usize) -> Self {
        let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
        let style = Style::ALL[number % Style::ALL.len()].0;
        let many = random.pick(&[0, 1, 1, 1, 1, 2, 2, 3]);
        let noises = some_noises(style, many, |_| true, &mut random);
        Self::of(number, style, noises, None, &mut random)
    }

    /// A report without noise.
    pub fn clean(seed: u64, number: usize) -> Self {
        let mut random = Random::new(seed.wrapping_mul(1_000_037).wrapping_add(number as u64));
        let style = Style::ALL[number % Style::ALL.len()].0;
        Self::of(number, style, Vec::new(), None, &mut random)
    }

    /// A report in which one figure of 表三 or 表四 was changed, so that it contradicts others. Nothing else is lost.
    pub fn contradictory(seed: u64, number: usize) -> Self {
        let mut random = Random::new(seed.wrapping_mul(1_000_033).wrapping_add(number as u64));
        let style = Style::ALL[number % Style::ALL.len()].0;
        let many = random.pick(&[0, 0, 1, 1, 2]);
        let noises = some_noises(style, many, Noise::keeps_all, &mut random);
        let rows: Vec<Row> = if random.chance(50) { REMEDIES.to_vec() } else { Table::Applications.rows().collect() };
        Self::of(number, style, noises, Some(&rows), &mut random)
    }

    fn of(number: usize, style: Style, noises: Vec<Noise>, broken: Option<&[Row]>, random: &mut Random) -> Self {
        let has = |noise: Noise| noises.contains(&noise);
        let absent = has(Noise::ColumnMissing).then(|| 1 + random.below(APPLICANTS.len() - 2));
        let mut report = Invented::new(random, Wish { large: has(Noise::Thousands), absent });
        if let Some(rows) = broken {
            contradict(&mut report, rows, random);
        }
        let mut truth: BTreeMap<Cell, Truth> =
            report.figures.iter().map(|(cell, figure)| (*cell, Truth::Known(figure.clone()))).collect();
        if let Some(absent) = absent {
            let column = report.rows(Table::Applications).into_iter().map(|row| row.nth(absent));
            column.for_each(|cell| drop(truth.insert(cell, Truth::Blank)));
        }
        let mut form = Form { report: &report, noises: &noises, style, absent, extra: Vec::new() };
        let mut all = pieces::assemble(&mut form, random);
        let extra = form.extra;
        let mut touched = Vec::new();
        for noise in noises.iter().filter(|noise| noise.is_of_cells()) {
            cells::scatter(*noise, style, &mut all, &mut truth, &mut touched, random);
        }
        for noise in &noises {
            match noise {
                Noise::Mistaken => pieces::mistake_heading(&mut all, random),
                Noise::MistakenLabel => pieces::mistake_label(&mut all, random),
                Noise::Broken => pieces::break_headings(&mut all, random),
                Noise::YearGlued => pieces::glue_year(&mut all),
                Noise::RepeatedEqual => pieces::repeat_table(&mut all, false, &mut truth, random),
                Noise::RepeatedOther => pieces::repeat_table(&mut all, true, &mut truth, random),
                Noise::Traditional => pieces::traditional(&mut all),
                _ => {}
            }
        }
        pieces::lose(style, &mut all, &mut truth);
        let bytes = written(&all, style, has(Noise::Cut), &mut truth, random);
        Self { number, edition: report.edition, style, noises, bytes, truth, extra }
    }

    /// The document's style, noise and number, in one line.
    pub fn name(&self) -> String {
        let noises: Vec<&str> = self.noises.iter().map(|noise| noise.name()).collect();
        format!("{:05} {} [{}]", self.number, self.style.name(), noises.join("; "))
    }

    /// How a file of the document's format is named.
    pub fn ending(&self) -> &'static str {
        match self.style {
            Style::Docx => "docx",
            Style::Xlsx => "xlsx",
            Style::Csv => "csv",
            Style::Markdown | Style::MarkdownRepeated => "md",
            style if style.is_html() => "html",
            _ => "txt",
        }
    }
}

/// Several kinds of noise that suit a style and each other.
fn some_noises(style: Style, many: usize, allowed: impl Fn(Noise) -> bool, random: &mut Random) -> Vec<Noise> {
    let suiting = Noise::ALL.iter().map(|(noise, _)| *noise).filter(|noise| noise.suits(style) && allowed(*noise));
    let suiting: Vec<Noise> = suiting.collect();
    let mut noises: Vec<Noise> = Vec::new();
    while noises.len() < many {
        let noise = random.pick(&suiting);
        if noises.iter().all(|other| !noise.excludes(*other)) {
            noises.push(noise);
        }
    }
    noises.sort_unstable();
    noises
}

/// Changes one figure: a larger or a smaller one in its place.
fn contradict(report: &mut Invented, rows: &[Row], random: &mut Random) {
    let cells: Vec<Cell> =
        rows.iter().flat_map(|row| row.cells()).filter(|cell| report.figures.contains_key(cell)).collect();
    let cell = random.pick(&cells);
    let before = report.number(cell);
    let smaller = before > 0 && random.chance(50);
    let after = if smaller { random.between(0, before - 1) } else { before + random.between(1, 12) };
    report.put(cell, after);
}

fn written(all: &[Piece], style: Style, cut: bool, truth: &mut BTreeMap<Cell, Truth>, random: &mut Random) -> Vec<u8> {
    match style {
        Style::Docx => return office::docx(all),
        Style::Xlsx => return office::xlsx(all),
        _ => {}
    }
    let marked = if style.is_html() { html::render(all, style, random) } else { text::render(all, style, random) };
    let mut placed = places::place(&marked);
    if cut {
        placed.cut(style, truth, random);
    }
    placed.text.into_bytes()
}

/// How many relations of the form the truth of a document contradicts; for documents in which every figure is known.
pub fn contradictions(document: &Document) -> usize {
    let number = |cell: &Cell| match document.truth.get(cell) {
        Some(Truth::Known(figure)) => figure.parse::<i64>().unwrap_or_default(),
        _ => 0,
    };
    let mut figures = gouji::report::Figures::default();
    for cell in document.truth.keys() {
        if !figures.has_row(cell.row()) {
            figures.put_row(cell.row(), Default::default());
        }
        figures.set_count(*cell, gouji::report::Figure::Known(number(cell) as i32));
    }
    let sum = |cells: &[Cell]| cells.iter().map(number).sum::<i64>();
    relations::relations(&figures).filter(|it| sum(&it.left) != sum(&it.right)).count()
}
