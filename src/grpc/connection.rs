//! A connection whose client has said that it speaks HTTP/2.

use std::{
    io::{self, IoSlice},
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

use super::{listen::AnySocket, presence::Presence, room::Place};
use crate::callers::Certificate;

/// What every connection of HTTP/2 begins with.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// How many unread bytes may wait per call, and for all calls of a connection.
///
/// h2 ends a connection when small frames pile up in it: each frame counts as its shortfall from 256 bytes, and all
/// together may count as half of the connection's window. A stream of small reports that is not read fills its own
/// window with frames, so that this window must be small compared to the connection's: frames of 65 bytes (reports of
/// 60 bytes) count as three times the stream's window, which leaves room for over 40 such streams.
pub(super) const STREAM_WINDOW: u32 = 256 << 10;
pub(super) const CONNECTION_WINDOW: u32 = 64 << 20;

/// An open connection.
pub(super) struct Connection {
    socket: AnySocket,
    /// What of the preface, which was read ahead, has not been handed on.
    preface: &'static [u8],
    /// When it is closed, whatever is open.
    end: Option<Pin<Box<Sleep>>>,
    peer: Peer,
    place: Place,
}

/// Who is at the other end.
#[derive(Clone, Debug, Default)]
pub(super) struct Peer {
    /// Its address, if it has one.
    pub address: Option<SocketAddr>,
    /// The certificate that it has shown.
    pub certificate: Option<Arc<Certificate>>,
}

impl Connection {
    /// A connection as soon as its preface has come, which may live for so long.
    ///
    /// # Errors
    ///
    /// If something else comes.
    pub async fn open(mut socket: AnySocket, peer: Peer, life: Option<Duration>, place: Place) -> io::Result<Self> {
        let mut said = [0; PREFACE.len()];
        socket.read_exact(&mut said).await?;
        if said != *PREFACE {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no HTTP/2"));
        }
        Ok(Self { socket, preface: PREFACE, end: life.map(sleep).map(Box::pin), peer, place })
    }

    /// Who is at the other end.
    pub fn peer(&self) -> Peer {
        self.peer.clone()
    }

    /// What is known of it.
    pub fn presence(&self) -> Arc<Presence> {
        self.place.presence().clone()
    }

    fn in_time(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        match self.end.as_mut().map(|end| end.as_mut().poll(context)) {
            Some(Poll::Ready(())) => Err(io::Error::new(io::ErrorKind::TimedOut, "too old")),
            _ => Ok(()),
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.in_time(context)?;
        if self.preface.is_empty() {
            return self.socket.as_mut().poll_read(context, buffer);
        }
        let (now, later) = self.preface.split_at(self.preface.len().min(buffer.remaining()));
        buffer.put_slice(now);
        self.preface = later;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.in_time(context)?;
        self.socket.as_mut().poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.in_time(context)?;
        self.socket.as_mut().poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.in_time(context)?;
        self.socket.as_mut().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.socket.as_mut().poll_shutdown(context))?;
        Poll::Ready(Ok(()))
    }
}
