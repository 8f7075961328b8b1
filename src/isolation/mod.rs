//! Reads documents in processes of their own: what a hostile document does to a parser, it does there.
//!
//! A process gets one document at a time through its standard input and answers through its
//! standard output; it holds no other descriptors. One that crashes, hangs or answers nonsense is
//! killed, that document alone is an error, and the next one gets a fresh process. See
//! docs/decisions/0007-hostile-documents.md.

mod frame;
mod pool;
mod settings;
mod worker;

pub use pool::Readers;
pub use settings::{Documents, SUBCOMMAND};
pub use worker::run;
