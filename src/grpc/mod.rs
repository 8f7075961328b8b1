//! The gRPC transport: the server and its services. It is thin: checking is the checker's work.

pub mod codec;
/// Server and client stubs, generated from `proto/`.
#[allow(missing_docs, clippy::all, unused_qualifications)]
pub mod stubs {
    include!(concat!(env!("OUT_DIR"), "/stubs/client/gouji.v1.rs"));
    include!(concat!(env!("OUT_DIR"), "/stubs/server/gouji.v1.rs"));
}

mod acceptor;
mod asker;
mod calls;
mod compliance;
mod connection;
mod conversation;
mod crowd;
mod error;
mod health;
mod identity;
mod incoming;
mod joined;
mod listen;
mod names;
mod outgoing;
mod presence;
mod refusal;
mod reports;
mod room;
mod server;
mod status;
mod tasks;
mod tls;
mod told;
mod transport;
mod unlucky;

pub use error::ServeError;
pub use health::is_serving;
pub use server::{Server, serve};
