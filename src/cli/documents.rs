//! How commands read documents: apart, one at a time.

use std::time::{Duration, Instant};

use crate::{
    checker::Reading,
    deadline::Deadline,
    isolation::{Bounds, Readers},
    layout::Limits,
};

/// The largest document that a command reads, in bytes.
pub(super) const MOST: usize = 16 << 20;
/// The longest that checking one file takes where nothing else is said, in seconds: as long as in the
/// service.
pub(super) const SECONDS: u64 = 10;

/// The process in which a command reads documents, each in so many seconds.
pub(super) fn readers(seconds: u64) -> Readers {
    let limits = Limits { bytes: MOST, ..Limits::default() };
    Readers::new(None, Bounds { limits, ..Bounds::default() }, 1, Duration::from_secs(seconds))
}

/// Where a command reads documents.
pub(super) fn reading(seconds: u64) -> Reading {
    Reading::Apart(readers(seconds))
}

/// The deadline of a file that is begun now.
pub(super) fn deadline(seconds: u64) -> Deadline {
    let until = Instant::now() + Duration::from_secs(seconds);
    Deadline::when(move || Instant::now() >= until)
}
