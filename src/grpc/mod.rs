//! The gRPC transport: the server and its services. Thin: what is checked is the checker's.

pub mod codec;
/// The stubs of servers and clients, generated from `proto/`.
#[allow(missing_docs, clippy::all, unused_qualifications)]
pub mod stubs {
    include!(concat!(env!("OUT_DIR"), "/stubs/gouji.v1.rs"));
}

mod compliance;
mod conversation;
mod error;
mod server;
mod status;

pub use error::ServeError;
pub use server::{Server, serve};
