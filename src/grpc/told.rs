//! What is told of a call in the log: one line, when it has ended.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use http::HeaderMap;
use tonic::{Code, Status};
use tracing::Span;

use super::{crowd::Crowd, status::reason_of};
use crate::submission::Reason;

/// What is told of a call at its end.
pub(super) struct Told {
    /// The call's identifier, method and caller.
    pub span: Span,
    level: Level,
    begun: Instant,
    come: Arc<AtomicUsize>,
    sent: usize,
    end: Option<Status>,
}

/// How loud a call is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// It has its line.
    Line,
    /// What came of it has its own, which says more; only without an answer it has this one.
    Check,
    /// It comes every few seconds, and says nothing: health.
    Quiet,
}

impl Told {
    /// A call that has begun.
    pub fn of(span: Span, level: Level, begun: Instant) -> Self {
        Self { span, level, begun, come: Arc::default(), sent: 0, end: None }
    }

    /// A call of which nothing is told.
    #[cfg(test)]
    pub fn nothing() -> Self {
        Self::of(Span::none(), Level::Quiet, Instant::now())
    }

    /// Where the bytes that come in are counted.
    pub fn come(&self) -> Arc<AtomicUsize> {
        self.come.clone()
    }

    /// So many bytes of the answer are sent.
    pub fn sends(&mut self, bytes: usize) {
        self.sent += bytes;
    }

    /// What the call ends with, if these headers are its end.
    pub fn ends(&mut self, headers: &HeaderMap) {
        self.end = Status::from_header_map(headers).or(self.end.take());
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        let _in = self.span.enter();
        let elapsed_us = u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        let (bytes, answer_bytes) = (self.come.load(Ordering::Relaxed), self.sent);
        if self.end.is_none() && bytes == 0 && answer_bytes == 0 {
            // Whoever makes calls and takes them back at once may do so by the million.
            static LEFT: Crowd = Crowd::new();
            return LEFT.grows(|calls| {
                tracing::info!(
                    calls,
                    "so many callers left before anything of their message came, since this was told last"
                );
            });
        }
        let Some(end) = &self.end else {
            return tracing::info!(elapsed_us, bytes, answer_bytes, "the caller left");
        };
        let (code, reason) = (end.code(), reason_of(end));
        let reason = reason.as_deref();
        match code {
            Code::Ok if self.level == Level::Line => tracing::info!(elapsed_us, bytes, answer_bytes, "answered"),
            Code::Ok => tracing::debug!(elapsed_us, bytes, answer_bytes, "answered"),
            // A fault in the request is the caller's; an internal fault is ours.
            Code::Internal | Code::Unknown | Code::DataLoss => {
                tracing::error!(?code, reason, elapsed_us, bytes, answer_bytes, "call failed");
            }
            // Of these there are many at once, and they are counted.
            _ if reason == Some(Reason::Overloaded.name()) => {
                tracing::debug!(?code, reason, elapsed_us, bytes, answer_bytes, "call refused");
            }
            _ => tracing::info!(?code, reason, elapsed_us, bytes, answer_bytes, "call refused"),
        }
    }
}

/// What is shown of a method's name: whoever calls what there isn't may call it by a long one.
pub(super) fn shown(path: &str) -> &str {
    &path[..path.floor_char_boundary(100)]
}
