//! What a check costs, beside what its message costs to carry: `cargo bench --bench check`.
//!
//! No report is checked twice. Where valgrind is there, instructions are counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;
mod counted;
mod reports;

use std::{hint::black_box, time::Duration};

use counted::{COUNT, times};
use gouji::{
    checker::{Checked, Checker, Reading},
    deadline::Deadline,
    engine::Verdict,
    layout::Limits,
    wire::{
        assessment::response_to,
        filing::request_from,
        manner::Manner,
        received::{CheckReport, Received},
        v1,
    },
};
use prost::{Message, bytes::Bytes};
use reports::{SIZES, Size};
use rustix::time::{ClockId, clock_gettime};
use unicode_normalization::UnicodeNormalization;

/// How far a report is taken. Each stage includes the ones before it, but for the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// prost decodes the message.
    Decode,
    /// The message becomes the report.
    Request,
    /// All rules judge it.
    Check,
    /// The answer is made and encoded.
    Answer,
    /// The texts are brought into their compatible form, nothing else: what reading them costs at least.
    Normal,
}

const STAGES: [Stage; 5] = [Stage::Decode, Stage::Request, Stage::Check, Stage::Answer, Stage::Normal];
/// How many reports are measured with; twice as many are made.
const REPORTS: usize = 48;

struct Bench {
    checker: Checker,
    requests: Vec<Bytes>,
}

impl Bench {
    fn new(size: Size, reports: usize) -> Self {
        let requests = (0..reports).map(|nth| reports::request(size, nth).into()).collect();
        Self { checker: Checker::new(Reading::Here(Limits::default())), requests }
    }

    fn decode(&self, nth: usize) -> CheckReport {
        let bytes = self.requests[nth].clone();
        Received { message: v1::CheckReportRequest::decode(bytes.clone()).unwrap(), bytes }
    }

    fn check(&self, nth: usize) -> (Checked, Manner) {
        let (submission, manner) = request_from(self.decode(nth)).unwrap();
        (self.checker.check(submission, &Deadline::NEVER).unwrap(), manner)
    }

    fn run(&self, stage: Stage, nth: usize) {
        match stage {
            Stage::Decode => drop(black_box(self.decode(nth))),
            Stage::Request => drop(black_box(request_from(self.decode(nth)))),
            Stage::Check => drop(black_box(self.check(nth))),
            Stage::Answer => {
                let (checked, manner) = self.check(nth);
                drop(black_box(response_to(&checked, manner).encode_to_vec()));
            }
            Stage::Normal => {
                let message = self.decode(nth).message;
                let Some(v1::filing::Content::Report(report)) = message.subject.and_then(|own| own.content) else {
                    return;
                };
                report.sections.iter().for_each(|own| drop(black_box(own.text.nfkc().collect::<String>())));
            }
        }
    }
}

/// The instructions of one report.
fn instructions(stage: Stage, size: Size) -> Option<u64> {
    counted::instructions(&[&format!("{stage:?}"), size.name], REPORTS)
}

/// The processor time of one report, in nanoseconds: the least of some passes, of which each has reports of its own.
fn nanoseconds(bench: &Bench, stage: Stage) -> u128 {
    let pass = |reports: std::ops::Range<usize>| {
        let now = || -> Duration { clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap() };
        let begun = now();
        reports.for_each(|nth| bench.run(stage, nth));
        (now() - begun).as_nanos() / REPORTS as u128
    };
    (0..bench.requests.len() / REPORTS).map(|at| pass(at * REPORTS..(at + 1) * REPORTS)).min().unwrap_or_default()
}

fn print(size: Size, unit: &str, of: impl Fn(Stage) -> Option<u64>) {
    let all: Option<Vec<u64>> = STAGES.into_iter().map(of).collect();
    let Some([decode, request, check, answer, normal]) = all.and_then(|all| <[u64; 5]>::try_from(all).ok()) else {
        return;
    };
    let (own, text) = (check.saturating_sub(request), normal.saturating_sub(decode).max(1));
    println!(
        "| {} | {decode} | {} | {own} | {} | {answer} | {} | {} | {unit} |",
        size.name,
        request.saturating_sub(decode),
        answer.saturating_sub(check),
        times(own, decode),
        if size.characters > 0 { times(own, text) } else { "–".to_owned() },
    );
}

/// All reports must hold: a bench of wrong answers measures nothing.
fn hold(bench: &Bench, size: Size) {
    for nth in 0..bench.requests.len() {
        let assessment = bench.check(nth).0.assessment;
        let codes: Vec<&str> = assessment.findings.iter().map(|own| &*own.code).collect();
        assert!(codes.is_empty() && assessment.verdict == Verdict::Compliant, "{} {nth}: {codes:?}", size.name);
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [count, stage, size, reports] = arguments.as_slice()
        && count == COUNT
    {
        let stage = STAGES.into_iter().find(|own| format!("{own:?}") == *stage).unwrap();
        let size = SIZES.into_iter().find(|own| own.name == size).unwrap();
        // Both runs make the same reports, so that only what is done with them differs.
        let bench = Bench::new(size, 2 * REPORTS);
        (0..reports.parse().unwrap()).for_each(|nth| bench.run(stage, nth));
        return;
    }
    println!("| a report | decode | to report | check | answer | all | check / decode | check / NFKC | unit |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for size in SIZES {
        let bench = Bench::new(size, 20 * REPORTS);
        hold(&bench, size);
        print(size, "instructions", |stage| instructions(stage, size));
        print(size, "ns", |stage| u64::try_from(nanoseconds(&bench, stage)).ok());
    }
}
