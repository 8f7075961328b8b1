//! Bodies of requests: what comes in counts against the budget of bytes, and a message waits until it has come as a whole.

use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
};

use http_body::{Body as HttpBody, Frame, SizeHint};
use prost::bytes::{Buf, Bytes, BytesMut};
use tonic::Status;

use super::status::of_unread;
use crate::service::{Budget, Held, full};

/// A request's body: what comes in is held until the call ends, and ends it where there is no room.
pub(super) struct Counted<B> {
    pub body: B,
    pub held: Arc<Held>,
    pub come: Arc<AtomicUsize>,
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
                self.come.fetch_add(bytes, Ordering::Relaxed);
                if self.held.more(bytes) { Ok(frame) } else { Err(of_unread(&full())) }
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

/// What precedes each message: a flag, and its length.
const HEAD: u64 = 5;

/// A request's body whose beginning has come: as a whole, or as much as a message may have.
pub(super) struct Gathered<B> {
    first: Pieces,
    /// What is no data.
    end: Option<Result<Frame<Bytes>, Status>>,
    rest: B,
}

/// What has come, in order. Small pieces are copied into one: each would keep all that was read together with it, and takes more
/// beside its bytes than it has.
#[derive(Default)]
struct Pieces {
    whole: VecDeque<Bytes>,
    small: BytesMut,
}

/// What is smaller is copied.
const SMALL: usize = 8 << 10;

impl Pieces {
    fn push(&mut self, data: Bytes) {
        if data.len() < SMALL {
            self.small.extend_from_slice(&data);
        } else {
            self.seal();
            self.whole.push_back(data);
        }
    }

    /// No more will be added to the small ones.
    fn seal(&mut self) {
        if !self.small.is_empty() {
            self.whole.push_back(std::mem::take(&mut self.small).freeze());
        }
    }
}

impl<B: HttpBody<Data = Bytes, Error = Status> + Unpin> Gathered<B> {
    /// Waits until the body has come as a whole, or this much of it: what is larger is refused by its length.
    pub async fn of(mut rest: B, most: usize) -> Self {
        let (mut first, mut end, mut bytes) = (Pieces::default(), None, 0);
        while bytes <= most && end.is_none() && !rest.is_end_stream() {
            let Some(frame) = poll_fn(|context| Pin::new(&mut rest).poll_frame(context)).await else { break };
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) => {
                    bytes += data.len();
                    first.push(data);
                }
                Ok(Err(trailers)) => end = Some(Ok(trailers)),
                Err(error) => end = Some(Err(error)),
            }
        }
        first.seal();
        Self { first, end, rest }
    }

    /// Whether something follows the first message: a call with one message has no more.
    pub fn goes_on(&self) -> bool {
        let bytes = || self.first.whole.iter();
        let mut head = bytes().flatten().copied().skip(1);
        let length = (0..4).try_fold(0_u64, |length, _| Some(length << 8 | u64::from(head.next()?)));
        let come: u64 = bytes().map(|data| data.len() as u64).sum();
        length.is_some_and(|length| come > HEAD + length)
    }
}

impl<B: HttpBody<Data = Bytes, Error = Status> + Unpin> HttpBody for Gathered<B> {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if let Some(data) = self.first.whole.pop_front() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        match self.end.take() {
            Some(end) => Poll::Ready(Some(end)),
            None if self.rest.is_end_stream() => Poll::Ready(None),
            None => Pin::new(&mut self.rest).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.first.whole.is_empty() && self.end.is_none() && self.rest.is_end_stream()
    }
}

/// A request's body with any number of messages: those that have come in part are held.
pub(super) struct Streamed<B> {
    body: B,
    budget: Arc<Budget>,
    held: Held,
    within: Within,
    come: Arc<AtomicUsize>,
}

/// Where in its messages a stream is.
#[derive(Default)]
struct Within {
    head: Vec<u8>,
    /// How much of the message itself is still to come.
    left: usize,
}

impl Within {
    /// Passes over bytes; returns how many came behind the last message that has ended in them, if one has.
    fn pass(&mut self, mut bytes: &[u8]) -> Option<usize> {
        let mut behind = None;
        while let Some((first, rest)) = bytes.split_first() {
            if self.left > 0 {
                let (own, rest) = bytes.split_at(self.left.min(bytes.len()));
                (self.left, bytes) = (self.left - own.len(), rest);
            } else {
                self.head.push(*first);
                bytes = rest;
                let [_, length @ ..] = &self.head[..] else { continue };
                let Ok(length) = <[u8; 4]>::try_from(length) else { continue };
                self.left = u32::from_be_bytes(length) as usize;
                self.head.clear();
            }
            if self.left == 0 && self.head.is_empty() {
                behind = Some(bytes.len());
            }
        }
        behind
    }
}

impl<B> Streamed<B> {
    pub fn new(body: B, budget: Arc<Budget>, come: Arc<AtomicUsize>) -> Self {
        Self { body, held: budget.hold(), budget, within: Within::default(), come }
    }

    /// Holds what has come of a message that has not ended; whether there is room.
    fn hold(&mut self, bytes: &[u8]) -> bool {
        self.come.fetch_add(bytes.len(), Ordering::Relaxed);
        if let Some(behind) = self.within.pass(bytes) {
            self.held = self.budget.hold();
            return self.held.more(behind);
        }
        self.held.more(bytes.len())
    }
}

impl<B> HttpBody for Streamed<B>
where
    B: HttpBody<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(frame.map(|frame| {
            let frame = frame.map_err(|error| Status::from_error(error.into()))?;
            let has_room = frame.data_ref().is_none_or(|bytes| self.hold(bytes));
            if has_room { Ok(frame) } else { Err(of_unread(&full())) }
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_come_of_a_message_is_held_until_it_has_ended() {
        let mut within = Within::default();
        assert_eq!(within.pass(&[0, 0, 0]), None);
        assert_eq!(within.pass(&[0, 2, 7]), None);
        assert_eq!(within.pass(&[7]), Some(0));
        assert_eq!(within.pass(&[0, 0, 0, 0, 0]), Some(0), "an empty message");
        assert_eq!(within.pass(&[0, 0, 0, 0, 1, 7, 0, 0]), Some(2));
        assert_eq!(within.pass(&[0, 0, 9]), None);
    }
}
