//! What the command costs: one report in instructions, a thousand reports on one core and on all: `cargo bench --bench command`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;
#[allow(dead_code)]
mod counted;
mod reports;

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use common::text::{Way, text};
use reports::SIZES;

const REPORTS: usize = 1_000;
/// How often each is timed, in turn; the least counts.
const ROUNDS: usize = 3;

fn check(what: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.arg("check").arg(what).args(["--format", "json"]);
    command
}

/// How long a command takes.
fn timed(mut command: Command) -> Duration {
    let begun = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}");
    begun.elapsed()
}

fn main() {
    let folder = std::env::temp_dir().join(format!("gouji-command-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let name = |nth: usize| folder.join(format!("{nth:04}.txt"));
    (0..REPORTS).for_each(|nth| fs::write(name(nth), text(&reports::printed(SIZES[2], nth), Way::Bars)).unwrap());
    if let Some(instructions) = counted::of_process(&check(&name(0))) {
        println!("gouji check of one text report: {instructions} instructions");
    }
    let (mut one, mut all) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let mut pinned = Command::new("taskset");
        pinned.args(["-c", "0"]).arg(env!("CARGO_BIN_EXE_gouji")).args(check(&folder).get_args());
        one = one.min(timed(pinned));
        all = all.min(timed(check(&folder)));
    }
    let cores = std::thread::available_parallelism().unwrap();
    let hundredths = one.as_micros() * 100 / all.as_micros().max(1);
    println!(
        "{REPORTS} text reports: one core {one:?}, {cores} cores {all:?}: {}.{:02} x",
        hundredths / 100,
        hundredths % 100
    );
    fs::remove_dir_all(&folder).unwrap();
}
