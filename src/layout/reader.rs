//! The interface for laying out documents that the caller doesn't trust.

use std::io;

use super::{blocks::Layout, limits::Limits, refusal::Refusal};
use crate::deadline::Deadline;

/// Lays out documents, isolated from the caller.
pub trait Reader: Send + Sync {
    /// The limits of a document.
    fn limits(&self) -> &Limits;

    /// Lays out a document as lines and grids.
    ///
    /// # Errors
    ///
    /// A [`Failure`] of this document alone.
    fn lay_out(&self, document: &[u8], deadline: &Deadline) -> Result<Layout, Failure>;
}

impl<R: Reader> Reader for std::sync::Arc<R> {
    fn limits(&self) -> &Limits {
        (**self).limits()
    }

    fn lay_out(&self, document: &[u8], deadline: &Deadline) -> Result<Layout, Failure> {
        (**self).lay_out(document, deadline)
    }
}

/// Why there is no layout.
#[derive(Debug)]
pub enum Failure {
    /// The document can't be read.
    Refused(Refusal),
    /// The process ended by its own doing, or its answer was invalid.
    Crashed,
    /// Somebody else ended the process, and the next one: nothing is known of the document.
    Killed,
    /// Time ran out; the process was killed.
    OutOfTime,
    /// No process could be started.
    NoProcess(io::Error),
}
