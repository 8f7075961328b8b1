//! Bodies with what hangs on them: a request's counts against the budget of bytes, a response's keeps the call under way.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use http_body::{Body as HttpBody, Frame, SizeHint};
use prost::bytes::Buf;
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
