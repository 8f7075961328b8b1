//! How commands read documents: in separate processes, as many as there are jobs; each reads one document after the
//! other.

use std::{
    num::NonZeroUsize,
    time::{Duration, Instant},
};

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

/// Where a command reads documents: in so many processes, each document for at most `seconds`.
pub(super) fn reading(jobs: NonZeroUsize, seconds: u64) -> Reading {
    let settings = Documents { processes: jobs.get(), read_ms: seconds * 1_000, ..Documents::default() };
    Reading::Apart(Box::new(Readers::new(settings)))
}

/// The deadline of a file whose check begins now.
pub(super) fn deadline(seconds: u64) -> Deadline {
    let until = Instant::now() + Duration::from_secs(seconds);
    Deadline::when(move || Instant::now() >= until)
}
