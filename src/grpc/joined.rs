//! Joins what is read from a connection and what is written to it: under load each call of the system costs as much as refusing a
//! call does. HTTP/2 reads some calls at a time, and flushes after each answer; here all that has come is read at once, and all
//! answers that are ready at once go out at once, when the connection's task has nothing more to say.
//!
//! It is read once in a turn: what came is answered before more is read. HTTP/2 would read as long as something comes, and take
//! the calls of thousands who lost patience meanwhile, made and reset in one breath, for an attack.

use std::{
    cell::RefCell,
    io::{self, IoSlice},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How much may wait to be sent: more is written before the rest is taken.
const MOST: usize = 32 << 10;

/// How much is read at once, and in a turn.
pub(super) const READ: usize = 64 << 10;

thread_local! {
    /// Where it is read to. What isn't taken at once is kept by its connection, so that idle ones hold nothing.
    static COME: RefCell<Vec<u8>> = RefCell::new(vec![0; READ]);
}

/// A connection that reads ahead, and sends what was written to it only when it is told to, or when there is much.
pub(super) struct Joined<C>(Arc<Mutex<Joint<C>>>);

struct Joint<C> {
    connection: C,
    ahead: Portion,
    waiting: Portion,
    turn: Turn,
}

/// What was read in a turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Nothing yet.
    New,
    /// What there was.
    Read,
    /// The same, and more was asked for.
    Asked,
}

/// Bytes, and how many of them are done with.
#[derive(Default)]
struct Portion {
    bytes: Vec<u8>,
    done: usize,
}

impl Portion {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.done..]
    }

    /// So many more are done with. Nothing is held when all are.
    fn advance(&mut self, many: usize) {
        self.done += many;
        if self.done >= self.bytes.len() {
            *self = Self::default();
        }
    }
}

impl<C> Clone for Joined<C> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<C: AsyncRead + AsyncWrite + Unpin> Joined<C> {
    /// Joins what is written to a connection.
    pub fn new(connection: C) -> Self {
        Self(Arc::new(Mutex::new(Joint {
            connection,
            ahead: Portion::default(),
            waiting: Portion::default(),
            turn: Turn::New,
        })))
    }

    /// Begins a turn.
    pub fn begin(&self) {
        self.joint().turn = Turn::New;
    }

    /// Whether more was asked for than is read in a turn: then another must follow, which nobody else will bring about.
    pub fn asks_for_more(&self) -> bool {
        self.joint().turn == Turn::Asked
    }

    /// Sends what waits.
    pub fn poll_sent(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.joint().poll_sent(context)
    }

    fn joint(&self) -> MutexGuard<'_, Joint<C>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C: AsyncRead + AsyncWrite + Unpin> Joint<C> {
    fn poll_read(&mut self, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.ahead.rest().is_empty() {
            if self.turn != Turn::New {
                self.turn = Turn::Asked;
                return Poll::Pending;
            }
            ready!(COME.with_borrow_mut(|come| self.poll_come(context, come, into)))?;
        }
        let rest = self.ahead.rest();
        let taken = rest.len().min(into.remaining());
        into.put_slice(&rest[..taken]);
        self.ahead.advance(taken);
        Poll::Ready(Ok(()))
    }

    /// Reads all that has come: as much as is asked for, and the rest ahead.
    fn poll_come(
        &mut self,
        context: &mut Context<'_>,
        come: &mut [u8],
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut come = ReadBuf::new(come);
        ready!(Pin::new(&mut self.connection).poll_read(context, &mut come))?;
        self.turn = Turn::Read;
        let (now, later) = come.filled().split_at(come.filled().len().min(into.remaining()));
        into.put_slice(now);
        self.ahead.bytes.extend_from_slice(later);
        Poll::Ready(Ok(()))
    }

    fn poll_sent(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.waiting.rest().is_empty() {
            match ready!(Pin::new(&mut self.connection).poll_write(context, self.waiting.rest()))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => self.waiting.advance(written),
            }
        }
        Pin::new(&mut self.connection).poll_flush(context)
    }

    /// Takes as much as there is room for, and makes room where there is none.
    fn poll_take(&mut self, context: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        if self.waiting.bytes.len() >= MOST {
            ready!(self.poll_sent(context))?;
        }
        let mut taken = 0;
        for slice in slices {
            let part = &slice[..slice.len().min(MOST - self.waiting.bytes.len())];
            self.waiting.bytes.extend_from_slice(part);
            taken += part.len();
        }
        Poll::Ready(Ok(taken))
    }
}

impl<C: AsyncRead + AsyncWrite + Unpin> AsyncRead for Joined<C> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.joint().poll_read(context, buffer)
    }
}

impl<C: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Joined<C> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.joint().poll_take(context, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.joint().poll_take(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// Whoever polls the connection sends what waits, afterwards.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut joint = self.joint();
        ready!(joint.poll_sent(context))?;
        Pin::new(&mut joint.connection).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn what_is_written_goes_out_together_and_what_is_much_without_being_told() {
        let (own, mut other) = tokio::io::duplex(2 * MOST);
        let mut joined = Joined::new(own);
        for word in ["a ", "few ", "words"] {
            joined.write_all(word.as_bytes()).await.expect("room");
            joined.flush().await.expect("nothing to do");
        }
        let mut come = vec![0; 2 * MOST];
        let read = ready_with(other.read(&mut come));
        assert_eq!(read, None, "nothing was sent yet");
        poll_fn(|context| joined.poll_sent(context)).await.expect("sent");
        assert_eq!(other.read(&mut come).await.ok(), Some("a few words".len()));
        joined.write_all(&vec![7; MOST + 1]).await.expect("room");
        assert_eq!(other.read(&mut come).await.ok(), Some(MOST));
        joined.shutdown().await.expect("the rest is sent");
        assert_eq!(other.read(&mut come).await.ok(), Some(1));
        assert_eq!(other.read(&mut come).await.ok(), Some(0));
    }

    /// What a future is ready with at once.
    fn ready_with<T>(future: impl Future<Output = io::Result<T>>) -> Option<T> {
        let mut future = std::pin::pin!(future);
        match future.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) {
            Poll::Ready(done) => done.ok(),
            Poll::Pending => None,
        }
    }

    #[tokio::test]
    async fn what_was_read_ahead_is_handed_out_in_order_and_then_the_end() {
        let (own, mut other) = tokio::io::duplex(READ);
        let sent: Vec<u8> = (0..50_000_u32).map(|at| u8::try_from(at % 251).unwrap_or_default()).collect();
        other.write_all(&sent).await.expect("room");
        drop(other);
        let (mut joined, mut come) = (Joined::new(own), Vec::new());
        let mut piece = [0; 777];
        loop {
            joined.begin();
            let Ok(many @ 1..) = joined.read(&mut piece).await else { break };
            come.extend_from_slice(&piece[..many]);
        }
        assert_eq!(come, sent);
    }

    #[tokio::test]
    async fn a_turn_reads_what_has_come_and_no_more() {
        let (own, mut other) = tokio::io::duplex(3 * READ);
        other.write_all(&vec![7; 2 * READ]).await.expect("room");
        let (mut joined, mut come) = (Joined::new(own), vec![0; 3 * READ]);
        joined.begin();
        assert_eq!(ready_with(joined.read(&mut come)), Some(READ));
        assert!(!joined.asks_for_more());
        assert_eq!(ready_with(joined.read(&mut come)), None);
        assert!(joined.asks_for_more(), "nobody would look again");
        joined.begin();
        assert_eq!(ready_with(joined.read(&mut come)), Some(READ));
        assert!(!joined.asks_for_more());
    }
}
