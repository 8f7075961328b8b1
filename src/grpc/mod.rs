//! The gRPC transport: the server and its services. Thin: what is checked is the checker's.

pub mod codec;
mod compliance;
mod conversation;
mod error;
mod server;
mod status;

pub use error::ServeError;
pub use server::{Server, serve};
