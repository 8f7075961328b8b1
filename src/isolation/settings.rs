//! An operator's settings for documents: their limits, and the limits of the processes that read them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layout::Limits;

/// The hidden subcommand that runs a reader process; the first frame that it reads is [`Documents`] as JSON.
pub const SUBCOMMAND: &str = "read-documents";

/// The limits of a document, and the processes that read HTML, DOCX, XLSX, ODT and PDF. A document that exceeds a
/// limit is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Documents {
    /// How many processes read documents at once; 0 means one per processor.
    pub processes: usize,
    /// The address space of a process, in bytes.
    pub memory_bytes: u64,
    /// The processor time that a process may use in its lifetime, in seconds.
    pub processor_seconds: u64,
    /// The longest answer of a process, in bytes.
    pub answer_bytes: usize,
    /// The longest time for reading one document, in milliseconds.
    pub read_ms: u64,
    /// The program that reads documents; empty for this program.
    pub program: String,
    /// The limits of a document.
    pub limits: Limits,
}

impl Default for Documents {
    fn default() -> Self {
        Self {
            processes: 0,
            memory_bytes: 512 << 20,
            processor_seconds: 60,
            answer_bytes: 64 << 20,
            read_ms: 10_000,
            program: String::new(),
            limits: Limits::default(),
        }
    }
}

impl Documents {
    /// How many processes read documents at once.
    pub fn most(&self) -> usize {
        match self.processes {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            processes => processes,
        }
    }
}
