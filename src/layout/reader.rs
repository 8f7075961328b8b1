//! Who lays documents out where the caller doesn't trust them.

use std::io;

use super::{blocks::Layout, limits::Limits, refusal::Refusal};
use crate::deadline::Deadline;

/// Lays documents out, apart from whoever asks for it.
pub trait Reader: Send + Sync {
    /// What a document may hold.
    fn limits(&self) -> &Limits;

    /// A document as lines and grids.
    ///
    /// # Errors
    ///
    /// A [`Failure`], of this document alone.
    fn lay_out(&self, document: &[u8], deadline: &Deadline) -> Result<Layout, Failure>;
}

/// Why there is no layout.
#[derive(Debug)]
pub enum Failure {
    /// The document can't be read.
    Refused(Refusal),
    /// The process ended, or its answer was none.
    Crashed,
    /// Time ran out; the process was killed.
    OutOfTime,
    /// No process could be started.
    NoProcess(io::Error),
}
