//! Bodies with what hangs on them: a request's counts against the budget of bytes and waits until it has come as a whole, a
//! response's keeps the call under way, and counts until the client has taken it.

use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use http_body::{Body as HttpBody, Frame, SizeHint};
use prost::bytes::{Buf, Bytes};
use tokio_util::{sync::WaitForCancellationFutureOwned, task::task_tracker::TaskTrackerToken};
use tonic::{Status, body::Body};

use super::{status::of_error, tasks::must_be_taken};
use crate::{
    service::{Budget, Held, full, shutting_down},
    submission::Error,
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

/// What precedes each message: a flag, and its length.
const HEAD: u64 = 5;

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

    /// Whether something follows the first message: a call with one message has no more.
    pub fn goes_on(&self) -> bool {
        let bytes = || self.first.iter().filter_map(|frame| frame.as_ref().ok()?.data_ref());
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

/// A request's body with any number of messages: those that have come in part are held.
pub(super) struct Streamed<B> {
    body: B,
    budget: Arc<Budget>,
    held: Held,
    within: Within,
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
    pub fn new(body: B, budget: Arc<Budget>) -> Self {
        Self { body, held: budget.hold(), budget, within: Within::default() }
    }

    /// Holds what has come of a message that has not ended; whether there is room.
    fn hold(&mut self, bytes: &[u8]) -> bool {
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
            if has_room { Ok(frame) } else { Err(of_error(&full(), Language::Zh)) }
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
}

/// A response's body: its call is under way until it is sent, and what the client has not taken yet is held.
///
/// It goes out piece by piece, each when the client has room for the one before: so that it is known whether it takes them. What is
/// large ends with a piece of one byte: when that may go, the client has room for all, and the call ends when all is on its way.
pub(super) struct Taken {
    body: Body,
    terms: Terms,
    waiting: Bytes,
    held: Option<Held>,
}

/// On which terms an answer waits to be taken.
pub(super) struct Terms {
    pub budget: Arc<Budget>,
    /// How long each piece may wait.
    pub patience: Duration,
    /// When nobody waits for the answer any more.
    pub end: Instant,
    /// What ends the answer early, if anything does: that of another service, with this one.
    pub ending: Option<Pin<Box<WaitForCancellationFutureOwned>>>,
    /// Kept while the call is under way.
    pub _call: (Option<TaskTrackerToken>, Held),
}

/// The largest piece, and what goes in one.
const PIECE: usize = 16 << 10;
const SMALL: usize = 512;

impl Taken {
    pub fn new(body: Body, terms: Terms) -> Self {
        Self { body, terms, waiting: Bytes::new(), held: None }
    }

    /// Holds these bytes until they are taken, and begins to send them; ends the answer, if there is no room for them.
    fn hold(&mut self, bytes: Bytes) -> Frame<Bytes> {
        let held = self.terms.budget.hold();
        if !held.more(bytes.len()) {
            return self.ended(&full());
        }
        (self.waiting, self.held) = (bytes, Some(held));
        self.piece()
    }

    /// The end of the answer before its time.
    fn ended(&mut self, why: &Error) -> Frame<Bytes> {
        self.body = Body::empty();
        // Nothing of the message was read: the caller's language is unknown.
        Frame::trailers(of_error(why, Language::Zh).into_http::<()>().into_parts().0.headers)
    }

    fn piece(&mut self) -> Frame<Bytes> {
        let size = match self.waiting.len() {
            small @ 0..=SMALL => small,
            large => (large - 1).min(PIECE),
        };
        must_be_taken(Some((Instant::now() + self.terms.patience).min(self.terms.end)));
        Frame::data(self.waiting.split_to(size))
    }
}

impl HttpBody for Taken {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        must_be_taken(None);
        if !self.waiting.is_empty() {
            return Poll::Ready(Some(Ok(self.piece())));
        }
        self.held = None;
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                Poll::Ready(Some(Ok(frame.into_data().map_or_else(|trailers| trailers, |bytes| self.hold(bytes)))))
            }
            Poll::Pending if self.terms.ending.as_mut().is_some_and(|end| end.as_mut().poll(context).is_ready()) => {
                self.terms.ending = None;
                Poll::Ready(Some(Ok(self.ended(&shutting_down()))))
            }
            other => other,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.waiting.is_empty() && self.body.is_end_stream()
    }
}

#[cfg(test)]
mod tests {
    use tonic::Code;

    use super::*;

    /// The sizes of the pieces in which so many bytes go out, and the status behind them.
    async fn sent(bytes: usize, budget: &Arc<Budget>) -> (Vec<usize>, Option<Code>) {
        let body = Body::new(Gathered { first: [Ok(Frame::data(vec![0; bytes].into()))].into(), rest: Body::empty() });
        let patience = Duration::from_secs(60);
        let (end, _call) = (Instant::now() + patience, (None, budget.hold()));
        let terms = Terms { budget: budget.clone(), patience, end, ending: None, _call };
        let (mut taken, mut sizes, mut status) = (Taken::new(body, terms), Vec::new(), None);
        while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut taken).poll_frame(context)).await {
            sizes.extend(frame.data_ref().map(Bytes::len));
            status = frame.trailers_ref().and_then(Status::from_header_map).map(|status| status.code());
        }
        assert!(taken.is_end_stream());
        (sizes, status)
    }

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

    #[tokio::test]
    async fn an_answer_goes_out_in_pieces_within_the_budget() {
        let budget = Budget::new(40_000);
        assert_eq!(sent(500, &budget).await, (vec![500], None));
        assert_eq!(sent(3_000, &budget).await, (vec![2_999, 1], None));
        assert_eq!(sent(40_000, &budget).await, (vec![PIECE, PIECE, 40_000 - 2 * PIECE - 1, 1], None));
        assert_eq!(sent(40_001, &budget).await, (vec![], Some(Code::Unavailable)));
        // All is given back.
        assert!(budget.hold().more(40_000));
    }
}
