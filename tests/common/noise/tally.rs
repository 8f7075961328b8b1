//! Judgements counted, by style and by noise.

use std::{collections::BTreeMap, fmt::Write as _, fs, io, path::Path};

use gouji::{layout::Refusal, report::AnnualReport};

use super::{
    Document, Noise, Style,
    judge::{Judged, Judgement},
};

/// How often each judgement was made, in the order of [`Judgement::ALL`].
pub type Counts = [usize; Judgement::ALL.len()];

/// Judgements of many documents.
#[derive(Default)]
pub struct Tally {
    pub documents: usize,
    pub refused: usize,
    pub all: Counts,
    pub styles: BTreeMap<Style, Counts>,
    /// Documents with several kinds of noise count for each of them; those without any count for none.
    pub noises: BTreeMap<Option<Noise>, Counts>,
}

impl Tally {
    /// Adds the judgements of a document.
    pub fn add(&mut self, document: &Document, judged: &[Judged], refused: bool) {
        self.documents += 1;
        self.refused += usize::from(refused);
        let mut own: Counts = Default::default();
        // What nobody can know is no merit and no fault, as long as it is told.
        let counts = |judged: &&Judged| judged.judgement != Judgement::Told || !judged.is_unknowable;
        judged.iter().filter(counts).for_each(|judged| own[judged.judgement as usize] += 1);
        let sum = |counts: &mut Counts| counts.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
        sum(&mut self.all);
        sum(self.styles.entry(document.style).or_default());
        if document.noises.is_empty() {
            sum(self.noises.entry(None).or_default());
        }
        document.noises.iter().for_each(|noise| sum(self.noises.entry(Some(*noise)).or_default()));
    }

    /// How many cells were read in a way that must never be.
    pub fn faults(&self) -> usize {
        Judgement::ALL.iter().zip(self.all).filter(|((it, _), _)| it.is_fault()).map(|(_, count)| count).sum()
    }

    /// The counts as a table.
    pub fn shown(&self) -> String {
        let mut text = format!("{} documents, {} refused\n\n", self.documents, self.refused);
        let names: String = Judgement::ALL.iter().map(|(_, name)| format!("{name:>10}")).collect();
        let mut part = |title: &str, rows: Vec<(&str, Counts)>| {
            let _ = writeln!(text, "{}{names}{:>9}", padded(title), "right %");
            for (name, counts) in rows {
                let numbers: String = counts.iter().map(|count| format!("{count:>10}")).collect();
                let _ = writeln!(text, "{}{numbers}{:>9}", padded(name), percent(&counts));
            }
            text.push('\n');
        };
        part("style", self.styles.iter().map(|(style, counts)| (style.name(), *counts)).collect());
        let name = |noise: &Option<Noise>| noise.map_or("none", Noise::name);
        part("noise", self.noises.iter().map(|(noise, counts)| (name(noise), *counts)).collect());
        part("", vec![("all", self.all)]);
        text
    }
}

/// The share of right cells in percent.
pub fn percent(counts: &Counts) -> usize {
    counts[0] * 100 / counts.iter().sum::<usize>().max(1)
}

/// A name in a column; Chinese characters are two wide.
fn padded(name: &str) -> String {
    let width: usize = name.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum();
    format!("{name}{}", " ".repeat(34_usize.saturating_sub(width)))
}

/// Writes a document with faults into a folder, beside a list of these and of the report's defects.
///
/// # Errors
///
/// Whatever the file system says.
pub fn show(
    folder: &Path,
    document: &Document,
    judged: &[Judged],
    read: &Result<AnnualReport, Refusal>,
) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut text = document.name() + "\n\n";
    for judged in judged.iter().filter(|judged| judged.judgement.is_fault()) {
        let Judged { cell, judgement, truth, found, .. } = judged;
        let _ = writeln!(text, "{judgement:?} {}: {truth}, read: {found}", cell.path());
    }
    if let Ok(report) = read {
        let _ = writeln!(text, "\nedition {:?}", report.edition);
        for defect in &report.defects {
            let _ = writeln!(text, "{:?} {} {:?}", defect.kind, defect.location.path(), defect.printed);
        }
    }
    let name = format!("{:05}", document.number);
    fs::write(folder.join(format!("{name}.{}", document.ending())), &document.bytes)?;
    fs::write(folder.join(format!("{name}.faults.txt")), text)
}
