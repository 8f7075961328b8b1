//! Reads documents in separate processes, so that a hostile document can only harm the process that parses it.
//!
//! A process gets one document at a time through its standard input and answers through its standard output; it holds
//! no other descriptors. A process that crashes, hangs or answers nonsense is killed, only that document is an error,
//! and the next one gets a fresh process. If somebody else killed the process, the document is tried once more. See docs/decisions/0007-hostile-documents.md.

mod ended;
mod frame;
mod machine;
mod pool;
mod settings;
mod worker;

pub use machine::Machine;
pub use pool::Readers;
pub use settings::{Documents, SUBCOMMAND};
pub use worker::run;
