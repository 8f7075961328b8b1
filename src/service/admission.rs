//! Admission: a bounded number of concurrent checks, with separate bounds for documents and for figures.

use std::{sync::Arc, time::Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    submission::{Error, Reason},
    wire::v1,
    words::Text,
};

/// The places for concurrent work.
pub(super) struct Admission {
    /// For checks of figures.
    figures: Arc<Semaphore>,
    /// For checks of documents: as many as there are processes to read them, so that none waits for a process, and
    /// callers who send only figures never wait behind documents.
    documents: Arc<Semaphore>,
}

impl Admission {
    /// This many places of each kind; 0 for figures means two per processor.
    pub fn new(figures: usize, documents: usize) -> Self {
        let figures = match figures {
            0 => 2 * std::thread::available_parallelism().map_or(1, usize::from),
            figures => figures,
        };
        let places = |most: usize| Arc::new(Semaphore::new(most.clamp(1, Semaphore::MAX_PERMITS)));
        Self { figures: places(figures), documents: places(documents) }
    }

    /// Waits for a place for a request.
    ///
    /// # Errors
    ///
    /// If time runs out first.
    pub async fn place(&self, request: &v1::CheckReportRequest, until: Instant) -> Result<OwnedSemaphorePermit, Error> {
        let places = if has_documents(request) { &self.documents } else { &self.figures };
        let place = tokio::time::timeout_at(until.into(), places.clone().acquire_owned()).await;
        place.map_err(|_| Error::out_of_time())?.map_err(|_| shutting_down())
    }
}

/// Whether a request contains a document, which needs a process to read it.
fn has_documents(request: &v1::CheckReportRequest) -> bool {
    let filings = request.subject.iter().chain(&request.previous).chain(&request.subordinates);
    filings.into_iter().any(|filing| matches!(filing.content, Some(v1::filing::Content::Document(_))))
}

/// The error while the service shuts down.
pub fn shutting_down() -> Error {
    let words = Text::fixed("服务正在停止，请稍后重试", "the service is shutting down: try again later");
    Error::plain(Reason::ShuttingDown, words)
}

#[cfg(test)]
mod tests {
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
}
