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
    /// 同时读取文件的进程数；0 为每个处理器一个。纯文本不用进程，另外同时读取至多这么多份。 / How many processes read documents at
    /// once; 0 means one per processor. Plain texts take none: as many again are read at once.
    #[schemars(range(max = 10_000))]
    pub processes: usize,
    /// 一个进程的地址空间，字节。 / The address space of a process, in bytes.
    #[schemars(range(min = 1))]
    pub memory_bytes: u64,
    /// 一个进程一生可用的处理器时间，秒。 / The processor time that a process may use in its lifetime, in seconds.
    #[schemars(range(min = 1))]
    pub processor_seconds: u64,
    /// 一个进程的回答最多多少字节。 / The longest answer of a process, in bytes.
    #[schemars(range(min = 65_536))]
    pub answer_bytes: usize,
    /// 读取一份文件最长多少毫秒。 / The longest time for reading one document, in milliseconds.
    #[schemars(range(min = 1, max = 31_536_000_000u64))]
    pub read_ms: u64,
    /// 读取文件的程序；空为本程序。 / The program that reads documents; empty for this program.
    pub program: String,
    /// 一份文件的上限。 / The limits of a document.
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
