//! The gRPC transport: the server and its services. It is thin: checking is the checker's work.

pub mod codec;
/// Server and client stubs, generated from `proto/`.
#[allow(missing_docs, clippy::all, unused_qualifications)]
pub mod stubs {
    include!(concat!(env!("OUT_DIR"), "/stubs/gouji.v1.rs"));
}

mod asker;
mod body;
mod compliance;
mod conversation;
mod error;
mod server;
mod status;

pub use error::ServeError;
pub use server::{Server, serve};
