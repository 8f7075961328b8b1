//! How commands read documents: in a separate process, one at a time.

use std::time::{Duration, Instant};

use crate::{
    checker::Reading,
    deadline::Deadline,
    isolation::{Documents, Readers},
    layout::Limits,
};

/// The default time limit for checking one file, in seconds: the service's default.
pub(super) const SECONDS: u64 = 10;

/// The largest document that a command reads, in bytes: the service's default.
pub(super) fn most() -> usize {
    Limits::default().bytes
}

/// Where a command reads documents: in one process, each for at most `seconds`.
pub(super) fn reading(seconds: u64) -> Reading {
    let settings = Documents { processes: 1, read_ms: seconds * 1_000, ..Documents::default() };
    Reading::Apart(Box::new(Readers::new(settings)))
}

/// The deadline of a file whose check begins now.
pub(super) fn deadline(seconds: u64) -> Deadline {
    let until = Instant::now() + Duration::from_secs(seconds);
    Deadline::when(move || Instant::now() >= until)
}
