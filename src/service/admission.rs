//! Admission: who may work now, who waits, and who is refused at once with the time to come back.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    SHORT,
    budget::{Budget, Held, Shares},
    queue::{NoPlace, Place, Queue, Waiting},
    settings::{CallLimits, Times},
    turns::Lane,
};
use crate::{
    layout::is_plainly_text,
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
    /// For checks of plain texts, which take no process: as many again, so that they wait neither behind documents that do, nor
    /// before figures.
    texts: Arc<Queue>,
    shares: Shares,
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
    pub work: Work,
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
            texts: Queue::new(documents, limits.queue),
            shares: Shares::of(limits.pending_bytes),
            patience: Duration::from_millis(times.queue_ms),
        }
    }

    /// The bytes that the calls of a caller may hold.
    pub fn budget(&self, lane: Lane) -> Arc<Budget> {
        self.shares.share(lane.caller)
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
        let held = self.budget(asker.lane).hold();
        let work = Work::of(request);
        let takes = match (asker.is_stream, work) {
            // It was held when it came.
            (true, _) => 0,
            // It is answered in the same breath.
            (false, Work::Figures) if bytes.len() <= SHORT => bytes.len(),
            // It waits once more, or crosses to another thread, and is there as a whole meanwhile.
            (false, _) => memory::<v1::CheckReportRequest>(bytes),
        };
        if !held.more(takes) {
            return Err(full());
        }
        let place = match (work, place) {
            (Work::Figures, Some(own)) => own,
            (Work::Figures, None) => Arc::new(self.place_in(&self.figures, asker).await?),
            (Work::Texts | Work::Documents, own) => {
                // Others can be served while this one waits.
                drop(own);
                let queue = if work == Work::Texts { &self.texts } else { &self.documents };
                Arc::new(self.place_in(queue, asker).await?)
            }
        };
        Ok(Admitted { work, _place: place, _held: held })
    }
}

/// What a request has to be read, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Work {
    /// Figures alone.
    Figures,
    /// Documents that are texts without any markup.
    Texts,
    /// A document that may need a process to read it.
    Documents,
}

impl Work {
    /// That of a request.
    pub fn of(request: &v1::CheckReportRequest) -> Self {
        let filings = request.subject.iter().chain(&request.previous).chain(&request.subordinates);
        let works = filings.map(|filing| match &filing.content {
            Some(v1::filing::Content::Document(document)) if is_plainly_text(&document.content) => Self::Texts,
            Some(v1::filing::Content::Document(_)) => Self::Documents,
            _ => Self::Figures,
        });
        works.max().unwrap_or(Self::Figures)
    }
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
    fn the_most_work_of_a_requests_filings_is_its_own() {
        let document = |content: &'static str| {
            let document = v1::Document { content: content.as_bytes().into(), ..Default::default() };
            Some(v1::Filing { content: Some(v1::filing::Content::Document(Box::new(document))) })
        };
        let (page, text) = (|| document("<html>"), || document("收到申请5件"));
        let report = || Some(v1::Filing { content: Some(v1::filing::Content::Report(Box::default())) });
        let work = |subject, previous, subordinate: Option<v1::Filing>| {
            let subordinates = report().into_iter().chain(subordinate).collect();
            Work::of(&v1::CheckReportRequest { subject, previous, subordinates, ..Default::default() })
        };
        assert_eq!(work(report(), report(), report()), Work::Figures);
        assert_eq!(work(None, None, None), Work::Figures);
        for texts in [work(text(), None, None), work(report(), text(), None), work(report(), None, text())] {
            assert_eq!(texts, Work::Texts);
        }
        for pages in [work(page(), None, None), work(text(), page(), None), work(report(), text(), page())] {
            assert_eq!(pages, Work::Documents);
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
        // A caller may hold half of all.
        assert!(admits(20_000, 50_000, false).await);
        assert!(!admits(20_000, 50_000, true).await && admits(20_000, 120_000, true).await);
        assert!(!admits(50_000, 120_000, false).await && admits(50_000, 240_000, false).await);
    }
}
