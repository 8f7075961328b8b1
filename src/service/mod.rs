//! The common entrance for all transports: who may work and for how long, on which threads, by which rules, and the
//! errors if nothing can be done.

mod admission;
mod awaited;
mod budget;
mod catalogue;
mod lengths;
mod pace;
mod queue;
mod reload;
mod settings;
mod turns;

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

use prost::Message;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{
    answer::{Answered, answer},
    callers::{Caller, Role},
    checker::{Checker, Reading},
    deadline::Deadline,
    isolation::Readers,
    operator::{InForce, Watched},
    submission::{Error, Faults, Reason},
    wire::{filing::language_from, received::CheckReport, v1},
    words::{Language, Text},
};
use admission::{Admission, Admitted, Work};
pub use admission::{Asker, busy, full, shutting_down};
use awaited::Awaited;
pub use budget::{Budget, Held};
pub use queue::{Place, Queue, Waiting};
pub use settings::{CallLimits, Settings, Times};
pub use turns::Lane;

/// The service, whatever the transport.
#[derive(Clone)]
pub struct Service {
    inner: Arc<Inner>,
    /// Who is served.
    caller: Arc<Caller>,
}

struct Inner {
    checker: Checker,
    rules: Arc<InForce>,
    admission: Admission,
    limits: CallLimits,
    times: Times,
    document_bytes: usize,
    readers: Arc<Readers>,
    ending: CancellationToken,
}

/// The answer to a call.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What is sent.
    pub response: v1::CheckReportResponse,
    /// How many bytes it has as a message.
    pub bytes: usize,
}

/// Why a call has no answer, in the caller's language.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The reason.
    pub error: Error,
    /// The caller's language.
    pub language: Language,
}

impl Service {
    /// A service with an operator's settings and the rules in force, for a caller without roles.
    pub fn new(settings: Settings, rules: Arc<InForce>) -> Self {
        let Settings { limits, times, documents } = settings;
        let document_bytes = documents.limits.bytes;
        let admission = Admission::new(&limits, &times, documents.most());
        let readers = Arc::new(Readers::new(documents));
        let checker = Checker::by(Reading::Apart(Box::new(readers.clone())), rules.clone());
        let ending = CancellationToken::new();
        Self {
            caller: Arc::default(),
            inner: Arc::new(Inner { checker, rules, admission, limits, times, document_bytes, readers, ending }),
        }
    }

    /// The same service for a caller. Which methods it may call was asked before.
    pub fn by(&self, caller: Arc<Caller>) -> Self {
        Self { inner: self.inner.clone(), caller }
    }

    /// Cancelled when the service shuts down; streams end with it.
    pub fn ending(&self) -> &CancellationToken {
        &self.inner.ending
    }

    /// Limits on sizes and counts.
    pub fn limits(&self) -> &CallLimits {
        &self.inner.limits
    }

    /// Time limits and intervals.
    pub fn times(&self) -> &Times {
        &self.inner.times
    }

    /// Starts watching the operator's files, the rules and these others, at intervals and after SIGHUP.
    ///
    /// # Errors
    ///
    /// If the signal handler can't be installed.
    pub fn watch(&self, others: Vec<Arc<dyn Watched>>) -> io::Result<JoinHandle<()>> {
        reload::watch(self.inner.rules.clone(), others, Duration::from_millis(self.inner.times.reload_ms))
    }

    /// Tells in the log whether documents can be read, before one comes. Structured reports are checked all the same.
    pub fn try_reading(&self) {
        let ending = self.ending().clone();
        match self.inner.readers.try_one(&Deadline::when(move || ending.is_cancelled())) {
            // The service ended first.
            Err(_) if self.ending().is_cancelled() => {}
            Ok(()) => tracing::debug!("a process that reads documents is ready"),
            Err(error) => tracing::error!(
                %error,
                "no process that reads documents can be started (documents.program): of reports in HTML, DOCX, XLSX, ODT and PDF \
                 none will be read"
            ),
        }
    }

    /// The bytes that the calls of a caller may hold.
    pub fn budget(&self, lane: Lane) -> Arc<Budget> {
        self.inner.admission.budget(lane)
    }

    /// Whether a call, whose message hasn't been read yet, would be served in time.
    ///
    /// # Errors
    ///
    /// When to come back.
    pub fn would_take(&self, asker: Asker) -> Result<(), Duration> {
        self.inner.admission.would_take(asker)
    }

    /// Waits for a place for a message that is still to be decoded.
    ///
    /// # Errors
    ///
    /// Why there is none, and when to come back.
    pub async fn place(&self, asker: Asker) -> Result<Place, Error> {
        if self.inner.ending.is_cancelled() {
            return Err(shutting_down());
        }
        self.inner.admission.place(asker).await
    }

    /// Checks one report, in the place in which it was decoded if it has one. Work whose caller has left or whose time is over
    /// is stopped and frees its place.
    ///
    /// # Errors
    ///
    /// Why there is no answer.
    pub async fn check(&self, request: CheckReport, asker: Asker, place: Option<Arc<Place>>) -> Result<Reply, Refused> {
        let language = language_from(request.message.language, &mut Faults::default());
        let bytes = request.bytes.len();
        let begun = Instant::now();
        let size = Size { bytes, waited: Duration::ZERO };
        let admitted = self.inner.admission.admit(&request.message, &request.bytes, asker, place).await;
        let answer = match admitted {
            Ok(admitted) => self.check_now(request, Size { waited: begun.elapsed(), ..size }, asker, admitted).await,
            Err(error) => Err(error),
        };
        answer.map_err(|error| {
            // A call by itself has its own line.
            if asker.is_stream {
                tracing::info!(
                    reason = error.reason.name(),
                    bytes,
                    elapsed_us = micros(begun.elapsed()),
                    "not checked"
                );
            }
            Refused { error, language }
        })
    }

    /// Checks one report that has its place: where it arrived, if it is short; else on a thread that may block.
    async fn check_now(
        &self,
        request: CheckReport,
        size: Size,
        asker: Asker,
        admitted: Admitted,
    ) -> Result<Reply, Error> {
        let own = Instant::now() + Duration::from_millis(self.inner.times.check_ms);
        let until = asker.deadline.min(own);
        let awaited = Awaited::default();
        let deadline = awaited.until(until);
        let (inner, waives) = (self.inner.clone(), self.caller.may(Role::Waive));
        let is_short = size.bytes <= SHORT && admitted.work == Work::Figures && !inner.rules.in_force().has_packs();
        let span = tracing::Span::current();
        let checking = move || {
            let _admitted = admitted;
            let answer = AssertUnwindSafe(|| span.in_scope(|| inner.answer(request, size, waives, &deadline)));
            catch_unwind(answer)
                .unwrap_or_else(|_| Err(Error::plain(Reason::Internal, Text::fixed("检查时出错", "the check failed"))))
        };
        let answer = match is_short {
            true => Ok(checking()),
            false => tokio::time::timeout_at(until.into(), tokio::task::spawn_blocking(checking)).await.map(|joined| {
                joined.unwrap_or_else(|_| {
                    Err(Error::plain(Reason::Internal, Text::fixed("检查时出错", "the check failed")))
                })
            }),
        };
        match answer {
            Ok(Err(error)) if error.reason == Reason::DeadlineExceeded => Err(out_of_time(asker.deadline)),
            Ok(answer) => answer,
            Err(_) => Err(out_of_time(asker.deadline)),
        }
    }

    /// A page of the rules in force.
    ///
    /// # Errors
    ///
    /// The faulty fields of the request.
    pub fn list_rules(&self, request: &v1::ListRulesRequest) -> Result<v1::ListRulesResponse, Refused> {
        let mut page = catalogue::list(&self.inner.rules, request)?;
        // They quote the operator's files, with their paths.
        if !self.caller.may(Role::Administer) {
            page.refused.clear();
        }
        Ok(page)
    }

    /// What the service is, reads and allows.
    pub fn info(&self) -> v1::GetServerInfoResponse {
        let limits = &self.inner.limits;
        let own = [
            ("request.bytes", limits.request_bytes),
            ("response.bytes", limits.response_bytes),
            ("Document.content.bytes", self.inner.document_bytes),
            ("CheckReports.under_way", limits.checks_per_stream),
            ("queue", limits.queue),
            ("pending.bytes", limits.pending_bytes),
        ];
        catalogue::info(&self.inner.rules, &own)
    }

    /// One rule in force.
    ///
    /// # Errors
    ///
    /// The faulty fields of the request, or that there is no such rule.
    pub fn get_rule(&self, request: &v1::GetRuleRequest) -> Result<v1::GetRuleResponse, Refused> {
        catalogue::get(&self.inner.rules, request)
    }
}

/// Structured requests of up to so many bytes are checked where they arrive: crossing to another thread would cost more.
const SHORT: usize = 32 << 10;

/// How large a request is, and how long it waited.
#[derive(Clone, Copy, Debug)]
struct Size {
    bytes: usize,
    waited: Duration,
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Why a check that was not done in time has no answer: the caller's deadline, or the operator's limit.
fn out_of_time(deadline: Instant) -> Error {
    if Instant::now() >= deadline {
        return Error::out_of_time();
    }
    let words = Text::fixed("检查超过服务端规定的时间", "the check took longer than the operator allows");
    Error::plain(Reason::TimeLimit, words)
}

impl Inner {
    fn answer(&self, request: CheckReport, size: Size, waives: bool, deadline: &Deadline) -> Result<Reply, Error> {
        let begun = Instant::now();
        let Answered { checked, response } = answer(&self.checker, request, waives, deadline)?;
        let (counts, bytes) = (checked.assessment.counts, response.encoded_len());
        tracing::info!(
            format = checked.dossier.report.source.as_ref().map(|source| source.format.name()),
            profile = checked.assessment.profile,
            bytes = size.bytes,
            answer_bytes = bytes,
            waited_us = micros(size.waited),
            checked_us = micros(begun.elapsed()),
            year = checked.dossier.report.year,
            verdict = ?checked.assessment.verdict,
            errors = counts.errors,
            warnings = counts.warnings,
            "checked"
        );
        if bytes > self.limits.response_bytes {
            let words = Text::fixed(
                "答复超过大小上限，请改用 BASIC 视图",
                "the answer is larger than the limit: ask for view BASIC",
            );
            return Err(Error::plain(Reason::ResponseTooLarge, words).with("limit", self.limits.response_bytes));
        }
        Ok(Reply { response, bytes })
    }
}
