//! Ten thousand connections that ask nothing: what each takes of the server's memory, and that nobody notices them.
//! `cargo run --release --example idle`
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

#[path = "load/mod.rs"]
mod load;

use load::{Served, structured};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const MANY: usize = 10_000;
const CALLS: usize = 1_000;

/// What a client of HTTP/2 says first.
const HELLO: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
const PING: &[u8] = b"\0\0\x08\x06\0\0\0\0\0gouji123";

fn main() {
    let more = [("GOUJI_LIMITS__CONNECTIONS", "11000"), ("GOUJI_LIMITS__CONNECTIONS_PER_PEER", "11000")];
    load::with_server(&more, run);
}

async fn run(server: Served) {
    let alone = calls(&server).await;
    let before = server.kilobytes();
    let mut idle = Vec::new();
    for _ in 0..MANY {
        idle.push(opened(&server.address).await);
    }
    let each = (server.kilobytes() - before) / u64::try_from(MANY).unwrap();
    println!("connections {MANY}, {each} KB each");
    let beside = calls(&server).await;
    println!("calls {CALLS} alone, failed {alone}; calls {CALLS} beside them, failed {beside}");
    let mut closed = 0;
    for socket in &mut idle {
        closed += usize::from(!answers(socket).await);
    }
    println!("connections {MANY}, closed {closed}, failed {beside}");
    assert_eq!((alone, beside, closed), (0, 0, 0));
}

/// A connection that the server has taken: it has told its settings.
async fn opened(address: &str) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.expect("room for descriptors: ulimit -n");
    socket.write_all(HELLO).await.unwrap();
    socket.read_exact(&mut [0; 9]).await.unwrap();
    socket
}

/// Whether the server still answers there.
async fn answers(socket: &mut TcpStream) -> bool {
    socket.write_all(PING).await.is_ok() && socket.read_u8().await.is_ok()
}

/// Makes calls over a connection of their own; returns how many failed.
async fn calls(server: &Served) -> usize {
    let mut client = server.clients(1).await.remove(0);
    let mut failed = 0;
    for number in 0..CALLS {
        failed += usize::from(client.check_report(structured(number)).await.is_err());
    }
    failed
}
