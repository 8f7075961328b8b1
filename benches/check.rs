//! What a check costs, beside what the report costs to carry: `cargo bench`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use common::{clean, dossier, text};
use gouji::{
    deadline::Deadline,
    engine::Engine,
    ingestion, rules,
    wire::{report::report_to, v1},
};
use prost::Message;

/// The median time of a run.
fn median(mut run: impl FnMut()) -> Duration {
    const RUNS: usize = 2_000;
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

fn main() {
    for edition in ["2019", "2021"] {
        let dossier = dossier(&clean(edition));
        let engine = Engine::new(rules::all());
        let bytes = report_to(&dossier.report).encode_to_vec();
        let page = text::text(&dossier.report, text::Way::Lines);
        let decode = median(|| drop(black_box(v1::AnnualReport::decode(bytes.as_slice()))));
        let check = median(|| drop(black_box(engine.assess(&dossier, &[0; 32], &Deadline::NEVER))));
        let read = median(|| drop(black_box(ingestion::read(page.as_bytes(), &gouji::layout::Limits::default()))));
        let ratio = |time: Duration| time.as_nanos() * 10 / decode.as_nanos().max(1);
        let tenths = |ratio: u128| format!("{}.{}", ratio / 10, ratio % 10);
        println!(
            "edition {edition}: decoding {} bytes {decode:?}; {} rules {check:?} ({} x decoding); reading {} bytes of text {read:?} ({} x)",
            bytes.len(),
            engine.rules().len(),
            tenths(ratio(check)),
            page.len(),
            tenths(ratio(read)),
        );
    }
}
