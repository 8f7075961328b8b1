//! What a process that reads documents may use, as it is told when it is started.

use serde::{Deserialize, Serialize};

use crate::layout::Limits;

/// The hidden subcommand that runs such a process; its argument is [`Bounds`] as JSON.
pub const SUBCOMMAND: &str = "read-documents";

/// What a process may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// What a document may hold.
    pub limits: Limits,
    /// Address space, in bytes.
    pub memory_bytes: u64,
    /// Processor time over the life of a process, in seconds.
    pub processor_seconds: u64,
    /// The longest answer, in bytes.
    pub answer_bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { limits: Limits::default(), memory_bytes: 512 << 20, processor_seconds: 60, answer_bytes: 64 << 20 }
    }
}
