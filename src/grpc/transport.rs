//! Serves connections of HTTP/2: hyper's, with what is done at once done at once.
//!
//! tonic's own server makes a task of each call, in which the call waits for a processor before anything is known of it. Here who
//! calls, and whether it can be served in time, is asked as soon as the headers were read; refusals are sent without a task.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use hyper::server::conn::http2::{self, Builder};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{io::AsyncReadExt, sync::mpsc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    calls::Calls,
    connection::{CONNECTION_WINDOW, Connection, STREAM_WINDOW},
    conversation::Conversation,
    joined::{Joined, READ},
    tasks::AtOnce,
};
use crate::service::{CallLimits, Times};

/// Serves connections until the service ends, and those that are open until their calls have ended.
pub(super) struct Transport {
    pub conversation: Conversation,
    pub builder: Builder<AtOnce>,
    /// When a connection is asked to end; and when, if no call ever came over it.
    pub age: Option<Duration>,
    pub unused: Option<Duration>,
    pub ending: CancellationToken,
}

/// The bytes of a call that is made and reset: two frames, of which nothing but the heads is there.
const LEAST_CALL: usize = 9 + 9 + 4;

/// What every connection is held to.
pub(super) fn builder(limits: &CallLimits, times: &Times) -> Builder<AtOnce> {
    let keepalive = Duration::from_millis(times.keepalive_ms);
    let mut builder = Builder::new(AtOnce);
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.calls_per_connection)
        // Who has sent half a frame can't answer: it is closed like who is silent.
        .keep_alive_interval((!keepalive.is_zero()).then_some(keepalive))
        .keep_alive_timeout((keepalive / 3).max(Duration::from_millis(1)))
        // Callers who lose patience reset their calls, and make others in their place, by the thousand: those that come in one
        // turn are let in or refused before more is read. How many they can be is bounded by what is read in it.
        .max_pending_accept_reset_streams(Some(READ / LEAST_CALL))
        // A message that comes when its call was refused already counts as an error of its stream. Those who are refused again and
        // again would lose their connection, and all calls on it, after the first thousand; after a million they are no callers.
        .max_local_error_reset_streams(Some(1 << 20))
        .max_header_list_size(16 << 10)
        .auto_date_header(false)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW);
    builder
}

impl Transport {
    /// Serves these connections.
    pub async fn serve(self, mut connections: mpsc::Receiver<Connection>) {
        let open = TaskTracker::new();
        loop {
            let connection = tokio::select! {
                () = self.ending.cancelled() => break,
                connection = connections.recv() => connection,
            };
            let Some(connection) = connection else { break };
            let conversation = self.conversation.with(connection.peer(), connection.presence());
            let (joined, calls) = (Joined::new(connection), conversation.calls());
            let serving = self.builder.serve_connection(TokioIo::new(joined.clone()), conversation);
            let ends = Ends { age: self.age, unused: self.unused, ending: self.ending.clone(), calls };
            open.spawn(ends.serve(Serving { serving, joined }));
        }
        // Nobody is taken any more.
        drop(connections);
        open.close();
        open.wait().await;
    }
}

/// A connection that is served: what is said in one go is sent together.
struct Serving {
    serving: http2::Connection<TokioIo<Joined<Connection>>, Conversation, AtOnce>,
    joined: Joined<Connection>,
}

impl Future for Serving {
    type Output = Result<(), hyper::Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.joined.begin();
        let served = Pin::new(&mut self.serving).poll(context);
        if self.joined.asks_for_more() {
            // Others come first.
            context.waker().wake_by_ref();
        }
        match self.joined.poll_sent(context) {
            Poll::Ready(Err(error)) if served.is_pending() => {
                tracing::debug!(%error, "a connection was cut");
                Poll::Ready(Ok(()))
            }
            _ => served,
        }
    }
}

/// What ends a connection other than its client.
struct Ends {
    age: Option<Duration>,
    unused: Option<Duration>,
    ending: CancellationToken,
    calls: Arc<Calls>,
}

impl Ends {
    /// Serves a connection until its client leaves. When it is old or in others' way, or the service ends, it takes no new calls.
    async fn serve(self, mut serving: Serving) {
        let served = tokio::select! {
            served = &mut serving => Some(served),
            () = self.ending.cancelled() => None,
            () = after(self.age) => None,
            () = self.is_in_the_way() => None,
        };
        let served = match served {
            Some(served) => served,
            None => {
                Pin::new(&mut serving.serving).graceful_shutdown();
                tokio::select! {
                    served = &mut serving => served,
                    () = over(&self.ending, &self.calls) => return,
                    () = self.has_made_way() => return,
                }
            }
        };
        match served {
            Ok(()) => {
                linger(serving.joined, if self.leave().is_cancelled() { self.a_word() } else { LAST_BYTES }).await
            }
            Err(error) => tracing::debug!(%error, "a connection ended"),
        }
    }

    /// How long it may take to go. Who asked nothing has nothing to take, and there may be many of these.
    fn a_word(&self) -> Duration {
        const UNUSED: Duration = Duration::from_millis(5);
        if self.calls.presence().is_unused() { UNUSED } else { A_WORD }
    }

    fn leave(&self) -> &CancellationToken {
        &self.calls.presence().leave
    }

    /// Completes when another connection needs the place, or when this one was there for long and no call ever came.
    async fn is_in_the_way(&self) {
        let unused = async {
            after(self.unused).await;
            if !self.calls.presence().is_unused() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = self.leave().cancelled() => {}
            () = unused => self.leave().cancel(),
        }
    }

    /// Completes when a connection that must go had the time for it. A call may have come in the last moment.
    async fn has_made_way(&self) {
        self.leave().cancelled().await;
        loop {
            self.calls.ended().await;
            tokio::time::sleep(self.a_word()).await;
            if self.calls.are_over() {
                return;
            }
        }
    }
}

/// Completes after a time, or never.
async fn after(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time).await,
        None => std::future::pending().await,
    }
}

/// How long a connection over which nothing is under way may take to say goodbye.
const A_WORD: Duration = Duration::from_millis(200);

/// How long a client may take, once its last answer was sent, to close the connection or to say that it has come: one that says
/// nothing keeps the end of the service waiting for no longer. docs/OPERATION.md says it too.
const LAST_BYTES: Duration = Duration::from_secs(1);

/// Completes when the service ends, no call is under way any more, and the client had time to take the last answers. A connection on
/// which nothing was asked, or only health, keeps nobody waiting.
async fn over(ending: &CancellationToken, calls: &Calls) {
    ending.cancelled().await;
    let were_made = calls.ended().await;
    tokio::time::sleep(if were_made { LAST_BYTES } else { A_WORD }).await;
}

/// Reads on until the client has closed its side too: else the system would drop what is still on its way to it.
async fn linger(mut joined: Joined<Connection>, at_most: Duration) {
    let mut said = [0; 1 << 10];
    let closed = async {
        joined.begin();
        while joined.read(&mut said).await.is_ok_and(|many| many > 0) {
            joined.begin();
        }
    };
    let _ = tokio::time::timeout(at_most, closed).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_says_how_long_a_silent_client_keeps_the_end_waiting() {
        let manual = include_str!("../../docs/OPERATION.md");
        let bound = LAST_BYTES.as_millis();
        assert!(manual.contains(&format!("至多 {bound} 毫秒")) && manual.contains(&format!("at most {bound} ms")));
    }
}
