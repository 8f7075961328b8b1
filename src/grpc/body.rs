//! Bodies with what hangs on them: a request's counts against the budget of bytes and waits until it has come as a whole, a
//! response's keeps the call under way.

use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use http_body::{Body as HttpBody, Frame, SizeHint};
use prost::bytes::{Buf, Bytes};
use tokio_util::task::task_tracker::TaskTrackerToken;
use tonic::{Status, body::Body};

use super::status::of_error;
use crate::{
    service::{Held, full},
    words::Language,
};

/// A request's body: what comes in is held until the call ends, and ends it where there is no room.
pub(super) struct Counted<B> {
    pub body: B,
    pub held: Arc<Held>,
}

impl<B> HttpBody for Counted<B>
where
    B: HttpBody + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Data = B::Data;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        frame.map(|frame| {
            frame.map(|frame| {
                let frame = frame.map_err(|error| Status::from_error(error.into()))?;
                let bytes = frame.data_ref().map_or(0, Buf::remaining);
                // Nothing of the message was read: the caller's language is unknown.
                if self.held.more(bytes) { Ok(frame) } else { Err(of_error(&full(), Language::Zh)) }
            })
        })
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A request's body whose beginning has come: as a whole, or as much as a message may have.
pub(super) struct Gathered<B> {
    first: VecDeque<Result<Frame<Bytes>, Status>>,
    rest: B,
}

impl<B: HttpBody<Data = Bytes, Error = Status> + Unpin> Gathered<B> {
    /// Waits until the body has come as a whole, or this much of it: what is larger is refused by its length.
    pub async fn of(mut rest: B, most: usize) -> Self {
        let (mut first, mut bytes) = (VecDeque::new(), 0);
        while bytes <= most && !rest.is_end_stream() {
            let Some(frame) = poll_fn(|context| Pin::new(&mut rest).poll_frame(context)).await else { break };
            bytes += frame.as_ref().ok().and_then(Frame::data_ref).map_or(0, Buf::remaining);
            let failed = frame.is_err();
            first.push_back(frame);
            if failed {
                break;
            }
        }
        Self { first, rest }
    }
}

impl<B: HttpBody<Data = Bytes, Error = Status> + Unpin> HttpBody for Gathered<B> {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        match self.first.pop_front() {
            Some(frame) => Poll::Ready(Some(frame)),
            None if self.rest.is_end_stream() => Poll::Ready(None),
            None => Pin::new(&mut self.rest).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_empty() && self.rest.is_end_stream()
    }
}

/// A response's body: its call is under way until it is sent.
pub(super) struct UnderWay {
    pub body: Body,
    pub _call: TaskTrackerToken,
}

impl HttpBody for UnderWay {
    type Data = <Body as HttpBody>::Data;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
