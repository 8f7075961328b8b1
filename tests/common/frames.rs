//! HTTP/2 frame by frame, as a stranger may send it.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

use super::common::server::PATIENCE;

/// What bytes come through.
pub trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// What a client of HTTP/2 says first.
pub const HELLO: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

pub const DATA: u8 = 0;
pub const HEADERS: u8 = 1;
pub const PRIORITY: u8 = 2;
pub const RESET: u8 = 3;
pub const SETTINGS: u8 = 4;
pub const PING: u8 = 6;
pub const GO_AWAY: u8 = 7;
pub const WINDOW_UPDATE: u8 = 8;
pub const CONTINUATION: u8 = 9;

/// A frame.
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// The headers of a call without a token: POST, http, :authority, :path, content-type and te, as literals.
pub fn head(method: &str) -> Vec<u8> {
    head_of("gouji.v1.ComplianceService", method)
}

/// The same of another service.
pub fn head_of(service: &str, method: &str) -> Vec<u8> {
    let path = format!("/{service}/{method}");
    [
        vec![0x83, 0x86, 0x01],
        literal("x"),
        vec![0x04],
        literal(&path),
        vec![0x0f, 0x10],
        literal("application/grpc"),
        vec![0x00],
        literal("te"),
        literal("trailers"),
    ]
    .concat()
}

/// A short text in a header.
pub fn literal(text: &str) -> Vec<u8> {
    [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
}

/// Reads a frame: its kind, its stream, and what is in it; nothing where the connection is closed.
///
/// All that was written goes out first: TLS keeps what the runtime doesn't let out at once, which are a task's writes after the
/// first hundred or so, and reading alone would never send it.
pub async fn read(socket: &mut (impl Wire + ?Sized)) -> Option<(u8, u32, Vec<u8>)> {
    // Where this fails, there may be an answer all the same.
    let _ = timeout(PATIENCE, socket.flush()).await.expect("nobody reads");
    let mut head = [0; 9];
    timeout(PATIENCE, socket.read_exact(&mut head)).await.expect("silence").ok()?;
    let mut payload = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
    timeout(PATIENCE, socket.read_exact(&mut payload)).await.expect("silence").ok()?;
    Some((head[3], u32::from_be_bytes([head[5], head[6], head[7], head[8]]), payload))
}

/// Reads frames until one is of this kind and stream.
pub async fn read_to(socket: &mut (impl Wire + ?Sized), kind: u8, stream: u32) {
    loop {
        let (own, of, payload) = read(socket).await.expect("the connection was closed");
        assert_ne!(own, GO_AWAY, "the connection is asked to go: {}", String::from_utf8_lossy(&payload));
        if (own, of) == (kind, stream) {
            return;
        }
    }
}

/// Whether the connection is open still: the server answers a ping over it.
pub async fn is_open(socket: &mut (impl Wire + ?Sized)) -> bool {
    if socket.write_all(&frame(PING, 0, 0, b"gouji123")).await.is_err() {
        return false;
    }
    while let Some((kind, _, payload)) = read(socket).await {
        match kind {
            GO_AWAY => return false,
            PING if payload == b"gouji123" => return true,
            _ => {}
        }
    }
    false
}
