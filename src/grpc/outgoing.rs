//! Bodies of answers: an answer keeps its call under way, and counts against the budget of bytes until the client has taken it.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use http_body::{Body as HttpBody, Frame};
use prost::bytes::Bytes;
use tokio_util::sync::WaitForCancellationFutureOwned;
use tonic::{Status, body::Body};

use super::{calls::UnderWay, status::of_unread, tasks::must_be_taken, told::Told};
use crate::{
    service::{Budget, Held, full, shutting_down},
    submission::Error,
};

/// A response's body: its call is under way until it is sent, and what the client has not taken yet is held.
///
/// It goes out piece by piece, each when the client has room for the one before: so that it is known whether it takes them. What is
/// large ends with a piece of one byte: when that may go, the client has room for all, and the call ends when all is on its way.
pub(super) struct Taken {
    body: Body,
    terms: Terms,
    waiting: Bytes,
}

/// Bytes of an answer, which are held until the last of them has gone: also while they wait in HTTP/2 for a client who has given it
/// room for them, and reads nothing.
struct Kept {
    bytes: Bytes,
    _held: Held,
    _call: Arc<Held>,
}

impl AsRef<[u8]> for Kept {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
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
    /// What is told of the call at its end.
    pub told: Told,
    /// Kept while the call is under way.
    pub _under_way: Option<UnderWay>,
    /// What the call takes by itself.
    pub call: Arc<Held>,
}

/// The largest piece, and what goes in one.
const PIECE: usize = 16 << 10;
const SMALL: usize = 512;

impl Taken {
    pub fn new(body: Body, terms: Terms) -> Self {
        Self { body, terms, waiting: Bytes::new() }
    }

    /// Holds these bytes until they are taken, and begins to send them; ends the answer, if there is no room for them.
    fn hold(&mut self, bytes: Bytes) -> Frame<Bytes> {
        let held = self.terms.budget.hold();
        if !held.more(bytes.len()) {
            return self.ended(&full());
        }
        self.waiting = Bytes::from_owner(Kept { bytes, _held: held, _call: self.terms.call.clone() });
        self.piece()
    }

    /// The end of the answer before its time.
    fn ended(&mut self, why: &Error) -> Frame<Bytes> {
        self.body = Body::empty();
        let trailers = of_unread(why).into_http::<()>().into_parts().0.headers;
        self.terms.told.ends(&trailers);
        Frame::trailers(trailers)
    }

    /// The end of the answer.
    fn end(&mut self, end: Frame<Bytes>) -> Frame<Bytes> {
        if let Some(trailers) = end.trailers_ref() {
            self.terms.told.ends(trailers);
        }
        end
    }

    fn piece(&mut self) -> Frame<Bytes> {
        let size = match self.waiting.len() {
            small @ 0..=SMALL => small,
            large => (large - 1).min(PIECE),
        };
        must_be_taken(Some((Instant::now() + self.terms.patience).min(self.terms.end)));
        self.terms.told.sends(size);
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
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => Poll::Ready(Some(Ok(match frame.into_data() {
                Ok(bytes) => self.hold(bytes),
                Err(end) => self.end(end),
            }))),
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
    use std::future::poll_fn;

    use tonic::Code;

    use super::*;

    /// A body of one piece.
    struct Whole(Option<Bytes>);

    impl HttpBody for Whole {
        type Data = Bytes;
        type Error = Status;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
            Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
        }

        fn is_end_stream(&self) -> bool {
            self.0.is_none()
        }
    }

    /// The sizes of the pieces in which so many bytes go out, and the status behind them.
    async fn sent(bytes: usize, budget: &Arc<Budget>) -> (Vec<usize>, Option<Code>) {
        let body = Body::new(Whole(Some(vec![0; bytes].into())));
        let patience = Duration::from_secs(60);
        let (end, call) = (Instant::now() + patience, Arc::new(budget.hold()));
        let terms = Terms {
            budget: budget.clone(),
            patience,
            end,
            ending: None,
            told: Told::nothing(),
            _under_way: None,
            call,
        };
        let (mut taken, mut sizes, mut status) = (Taken::new(body, terms), Vec::new(), None);
        while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut taken).poll_frame(context)).await {
            sizes.extend(frame.data_ref().map(Bytes::len));
            status = frame.trailers_ref().and_then(Status::from_header_map).map(|status| status.code());
        }
        assert!(taken.is_end_stream());
        (sizes, status)
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
