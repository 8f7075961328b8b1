//! How reports are read in all styles, with noise: `cargo run --example noise -- [seed] [documents] [--show folder]`.
//!
//! Prints how many cells were right, wrong, invented, told and silent (see `tests/common/noise/judge.rs`), by style and
//! by noise. `--show` writes the documents with wrong, invented or silent cells into a folder, each with a list of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/common/noise/mod.rs"]
mod noise;

use std::{error::Error, path::PathBuf};

use noise::{
    Document,
    judge::{judge, read},
    tally::{Tally, show},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut numbers: Vec<u64> = Vec::new();
    let mut folder: Option<PathBuf> = None;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--show" => folder = Some(arguments.next().ok_or("--show needs a folder")?.into()),
            number => numbers.push(number.parse()?),
        }
    }
    let seed = numbers.first().copied().unwrap_or(1);
    let documents = numbers.get(1).copied().unwrap_or(300) as usize;
    let mut tally = Tally::default();
    for number in 0..documents {
        let document = Document::new(seed, number);
        let read = read(&document);
        let judged = judge(&document, &read);
        tally.add(&document, &judged, read.is_err());
        if let Some(folder) = folder.as_ref().filter(|_| judged.iter().any(|it| it.judgement.is_fault())) {
            show(folder, &document, &judged, &read)?;
        }
    }
    print!("{}", tally.shown());
    Ok(())
}
