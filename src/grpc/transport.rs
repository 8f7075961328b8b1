//! Serves connections of HTTP/2: hyper's, with what is done at once done at once.
//!
//! tonic's own server makes a task of each call, in which the call waits for a processor before anything is known of it. Here who
//! calls, and whether it can be served in time, is asked as soon as the headers were read; refusals are sent without a task.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    task::{Context, Waker},
    time::Duration,
};

use hyper::{
    rt::Executor,
    server::conn::http2::{self, Builder},
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{connection::Connection, conversation::Conversation};
use crate::service::{CallLimits, Times};

/// How many unread bytes may wait per call, and for all calls of a connection.
///
/// h2 ends a connection when small frames pile up in it: each frame counts as its shortfall from 256 bytes, and all
/// together may count as half of the connection's window. A stream of small reports that is not read fills its own
/// window with frames, so that this window must be small compared to the connection's: frames of 65 bytes (reports of
/// 60 bytes) count as three times the stream's window, which leaves room for over 40 such streams.
const STREAM_WINDOW: u32 = 256 << 10;
const CONNECTION_WINDOW: u32 = 64 << 20;

/// Serves connections until the service ends, and those that are open until their calls have ended.
pub(super) struct Transport {
    pub conversation: Conversation,
    pub builder: Builder<AtOnce>,
    /// When a connection is asked to end.
    pub age: Option<Duration>,
    pub ending: CancellationToken,
}

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
        // Callers who lose patience reset their calls, and make others in their place: what a client that lags behind has to say
        // comes at once. Those who reset more in one breath are no callers.
        .max_pending_accept_reset_streams(Some(4 * limits.calls_per_connection as usize))
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
            let conversation = self.conversation.with(connection.peer());
            let serving = self.builder.serve_connection(TokioIo::new(connection), conversation);
            open.spawn(until_old(serving, self.age, self.ending.clone()));
        }
        // Nobody is taken any more.
        drop(connections);
        open.close();
        open.wait().await;
    }
}

/// Serves a connection until its client leaves; when it is old, or the service ends, it takes no new calls.
async fn until_old(
    serving: http2::Connection<TokioIo<Connection>, Conversation, AtOnce>,
    age: Option<Duration>,
    ending: CancellationToken,
) {
    let mut serving = pin!(serving);
    let old = async {
        match age {
            Some(age) => tokio::time::sleep(age).await,
            None => std::future::pending().await,
        }
    };
    let served = tokio::select! {
        served = serving.as_mut() => Some(served),
        () = ending.cancelled() => None,
        () = old => None,
    };
    let served = match served {
        Some(served) => served,
        None => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(%error, "a connection ended");
    }
}

/// Runs what can be done at once where it is, and the rest as tasks.
#[derive(Clone, Copy)]
pub(super) struct AtOnce;

impl<F> Executor<F> for AtOnce
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn execute(&self, call: F) {
        let mut call: Pin<Box<F>> = Box::pin(call);
        // Nobody needs to be woken: what isn't done is looked at again by its task. A panic is the end of its call alone.
        let first = || call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending();
        if catch_unwind(AssertUnwindSafe(first)).unwrap_or(false) {
            tokio::spawn(call);
        }
    }
}
