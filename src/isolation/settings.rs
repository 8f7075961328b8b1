//! What an operator sets for documents: how much one may hold, and what the processes that read them may use.

use serde::{Deserialize, Serialize};

use crate::layout::Limits;

/// The hidden subcommand that runs such a process; its argument is [`Documents`] as JSON.
pub const SUBCOMMAND: &str = "read-documents";

/// What a document may hold, and the processes in which HTML, DOCX, XLSX, ODT and PDF are read. A
/// document that holds more is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Documents {
    /// How many processes read documents at once; 0 stands for one for each processor.
    pub processes: usize,
    /// The address space of a process, in bytes.
    pub memory_bytes: u64,
    /// The processor time that a process may use in its life, in seconds.
    pub processor_seconds: u64,
    /// The longest answer of a process, in bytes.
    pub answer_bytes: usize,
    /// The longest that reading one document may take, in milliseconds.
    pub read_ms: u64,
    /// The program that reads documents; empty for this one.
    pub program: String,
    /// What a document may hold.
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
