//! The gRPC transport: the server and its services. Thin: what is checked is the checker's.

pub mod codec;
mod compliance;
mod conversation;
mod documents;
mod server;
mod status;
mod watch;

pub use server::{Server, serve};
