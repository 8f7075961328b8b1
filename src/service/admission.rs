//! Admission: who may work now, who waits, and who is refused at once with the time to come back.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    SHORT,
    budget::{Budget, Held},
    queue::{NoPlace, Place, Queue, Waiting},
    settings::{CallLimits, Times},
    turns::Lane,
};
use crate::{
    submission::{Error, Reason},
    wire::{counted::memory, v1},
    words::Text,
};

/// The places for concurrent work, and the bytes that calls may hold.
pub(super) struct Admission {
    /// For checks of figures.
    figures: Arc<Queue>,
    /// For checks of documents: as many as there are processes to read them, so that none waits for a process, and
    /// callers who send only figures never wait behind documents.
    documents: Arc<Queue>,
    budget: Arc<Budget>,
    patience: Duration,
}

/// Who asks for a place, and until when.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// Whose turn.
    pub lane: Lane,
    /// The caller's own deadline.
    pub deadline: Instant,
    /// Whether it is one report of a stream, which takes no more than it has places for.
    pub is_stream: bool,
}

/// What a call holds while it is under way.
pub(super) struct Admitted {
    _place: Arc<Place>,
    _held: Held,
}

impl Admission {
    /// Places as an operator sets them, and as many for documents as there are processes.
    pub fn new(limits: &CallLimits, times: &Times, documents: usize) -> Self {
        let figures = match limits.checks {
            0 => 2 * std::thread::available_parallelism().map_or(1, usize::from),
            figures => figures,
        };
        Self {
            figures: Queue::new(figures, limits.queue),
            documents: Queue::new(documents, limits.queue),
            budget: Budget::new(limits.pending_bytes),
            patience: Duration::from_millis(times.queue_ms),
        }
    }

    /// The bytes that calls may hold.
    pub fn budget(&self) -> &Arc<Budget> {
        &self.budget
    }

    fn waiting(&self, asker: Asker) -> Waiting {
        // A stream holds its own callers back: only its deadline ends the wait.
        let own = Instant::now() + self.patience;
        let begin_by = if asker.is_stream { asker.deadline } else { asker.deadline.min(own) };
        Waiting { lane: asker.lane, begin_by, end_by: asker.deadline, is_patient: asker.is_stream }
    }

    /// Whether a call, whose message hasn't been read yet, would be served in time. Whether it has documents isn't known: it is
    /// refused if it couldn't make it even without.
    ///
    /// # Errors
    ///
    /// When to come back.
    pub fn would_take(&self, asker: Asker) -> Result<(), Duration> {
        self.figures.would_take(self.waiting(asker))
    }

    /// Waits for a place for a message that is still to be decoded.
    ///
    /// # Errors
    ///
    /// Why there is none, and when to come back.
    pub async fn place(&self, asker: Asker) -> Result<Place, Error> {
        self.place_in(&self.figures, asker).await
    }

    async fn place_in(&self, queue: &Arc<Queue>, asker: Asker) -> Result<Place, Error> {
        queue.place(self.waiting(asker)).await.map_err(|none| match none {
            NoPlace::Busy(back) => busy(back),
            NoPlace::Late if Instant::now() >= asker.deadline => Error::out_of_time(),
            NoPlace::Late => busy(self.patience),
        })
    }

    /// Admits a request that was decoded from these bytes: with the place in which it was decoded, unless it has documents.
    ///
    /// # Errors
    ///
    /// Why there is no place, and when to come back.
    pub async fn admit(
        &self,
        request: &v1::CheckReportRequest,
        bytes: &[u8],
        asker: Asker,
        place: Option<Arc<Place>>,
    ) -> Result<Admitted, Error> {
        let held = self.budget.hold();
        let takes = match (asker.is_stream, has_documents(request)) {
            // It was held when it came.
            (true, _) => 0,
            // It is answered in the same breath.
            (false, false) if bytes.len() <= SHORT => bytes.len(),
            // It waits once more, or crosses to another thread, and is there as a whole meanwhile.
            (false, _) => memory::<v1::CheckReportRequest>(bytes),
        };
        if !held.more(takes) {
            return Err(full());
        }
        let place = match (has_documents(request), place) {
            (true, own) => {
                // Others can be served while this one waits for a process.
                drop(own);
                Arc::new(self.place_in(&self.documents, asker).await?)
            }
            (false, Some(own)) => own,
            (false, None) => Arc::new(self.place_in(&self.figures, asker).await?),
        };
        Ok(Admitted { _place: place, _held: held })
    }
}

/// Whether a request contains a document, which needs a process to read it.
pub(super) fn has_documents(request: &v1::CheckReportRequest) -> bool {
    let filings = request.subject.iter().chain(&request.previous).chain(&request.subordinates);
    filings.into_iter().any(|filing| matches!(filing.content, Some(v1::filing::Content::Document(_))))
}

/// The error of a call that the queue has no room for, or that would be served too late.
pub fn busy(back: Duration) -> Error {
    let words = Text::fixed("服务繁忙，请稍后重试", "the service is busy: try again later");
    Error::plain(Reason::Overloaded, words).after(back)
}

/// The error of a call for whose bytes there is no room.
pub fn full() -> Error {
    let words = Text::fixed(
        "等待中的请求已达内存上限，请稍后重试",
        "calls under way hold all the memory that they may: try again later",
    );
    Error::plain(Reason::Overloaded, words).after(Duration::from_secs(1))
}

/// The error while the service shuts down.
pub fn shutting_down() -> Error {
    let words = Text::fixed("服务正在停止，请稍后重试", "the service is shutting down: try again later");
    Error::plain(Reason::ShuttingDown, words).after(Duration::from_millis(100))
}

#[cfg(test)]
mod tests {
    use prost::Message;

    use super::*;

    #[test]
    fn a_request_with_any_document_is_one_of_documents() {
        let document = || v1::Filing { content: Some(v1::filing::Content::Document(Box::default())) };
        let report = || v1::Filing { content: Some(v1::filing::Content::Report(Box::default())) };
        let figures = v1::CheckReportRequest {
            subject: Some(report()),
            previous: Some(report()),
            subordinates: vec![report()],
            ..Default::default()
        };
        assert!(!has_documents(&figures));
        for with in [
            v1::CheckReportRequest { subject: Some(document()), ..figures.clone() },
            v1::CheckReportRequest { previous: Some(document()), ..figures.clone() },
            v1::CheckReportRequest { subordinates: vec![report(), document()], ..figures.clone() },
        ] {
            assert!(has_documents(&with));
        }
    }

    #[tokio::test]
    async fn what_waits_or_crosses_is_held_as_large_as_it_is_in_memory() {
        let admits = async |chars: usize, budget: usize, document: bool| {
            let limits = CallLimits { pending_bytes: budget, ..CallLimits::default() };
            let admission = Admission::new(&limits, &Times::default(), 1);
            let own = v1::AnnualReport { preamble: "x".repeat(chars), ..Default::default() };
            let mut request = v1::CheckReportRequest {
                subject: Some(v1::Filing { content: Some(v1::filing::Content::Report(own.into())) }),
                ..Default::default()
            };
            if document {
                let content = Some(v1::filing::Content::Document(Box::default()));
                request.previous = Some(v1::Filing { content });
            }
            let end = Instant::now() + Duration::from_secs(60);
            let asker = Asker { lane: Lane::default(), deadline: end, is_stream: false };
            admission.admit(&request, &request.encode_to_vec(), asker, None).await.is_ok()
        };
        assert!(admits(20_000, 25_000, false).await);
        assert!(!admits(20_000, 25_000, true).await && admits(20_000, 60_000, true).await);
        assert!(!admits(50_000, 60_000, false).await && admits(50_000, 120_000, false).await);
    }
}
