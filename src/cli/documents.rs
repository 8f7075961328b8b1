//! How commands read documents: apart, one at a time.

use std::time::Duration;

use crate::{
    checker::Reading,
    ingestion::Limits,
    isolation::{Bounds, Readers},
};

/// The largest document that a command reads, in bytes.
pub(super) const MOST: usize = 16 << 20;
/// The longest that reading one takes.
const LONGEST: Duration = Duration::from_secs(60);

/// The process in which a command reads documents.
pub(super) fn readers() -> Readers {
    let limits = Limits { bytes: MOST, ..Limits::default() };
    Readers::new(None, Bounds { limits, ..Bounds::default() }, 1, LONGEST)
}

/// Where a command reads documents.
pub(super) fn reading() -> Reading {
    Reading::Apart(readers())
}
