//! The common entrance for all transports: who may work and for how long, on which threads, by which rules, and the
//! errors if nothing can be done.

mod admission;
mod catalogue;
mod reload;
mod settings;

use std::{
    io,
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
    wire::{filing::language_from, v1},
    words::{Language, Text},
};
use admission::Admission;
pub use admission::shutting_down;
pub use settings::{CallLimits, Settings, Times};

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
    ending: CancellationToken,
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
        let admission = Admission::new(limits.checks, documents.most());
        let checker = Checker::by(Reading::Apart(Box::new(Readers::new(documents))), rules.clone());
        let ending = CancellationToken::new();
        Self {
            caller: Arc::default(),
            inner: Arc::new(Inner { checker, rules, admission, limits, times, document_bytes, ending }),
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

    /// Checks one report on a thread that may block. The deadline is the earlier of the call's and the configured one.
    /// Work whose caller has left or whose time is over is stopped and frees its place.
    ///
    /// # Errors
    ///
    /// Why there is no answer.
    pub async fn check(
        &self,
        request: v1::CheckReportRequest,
        call: Instant,
    ) -> Result<v1::CheckReportResponse, Refused> {
        let until = call.min(Instant::now() + Duration::from_millis(self.inner.times.check_ms));
        let language = language_from(request.language, &mut Faults::default());
        let refused = |error| Refused { error, language };
        let given_up = CancellationToken::new();
        let _gives_up = given_up.clone().drop_guard();
        let deadline = Deadline::when(move || given_up.is_cancelled() || Instant::now() >= until);
        let place = self.inner.admission.place(&request, until).await.map_err(refused)?;
        let (inner, waives) = (self.inner.clone(), self.caller.may(Role::Waive));
        let span = tracing::Span::current();
        let checking = tokio::task::spawn_blocking(move || {
            let _place = place;
            span.in_scope(|| inner.answer(request, waives, &deadline))
        });
        match tokio::time::timeout_at(until.into(), checking).await {
            Ok(Ok(answer)) => answer.map_err(refused),
            Ok(Err(_)) => Err(refused(Error::plain(Reason::Internal, Text::fixed("检查时出错", "the check failed")))),
            Err(_) => Err(refused(Error::out_of_time())),
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

impl Inner {
    fn answer(
        &self,
        request: v1::CheckReportRequest,
        waives: bool,
        deadline: &Deadline,
    ) -> Result<v1::CheckReportResponse, Error> {
        let answered = answer(&self.checker, request, waives, deadline);
        let Answered { checked, response } = answered.inspect_err(|error| {
            tracing::info!(reason = error.reason.name(), "not checked");
        })?;
        let counts = checked.assessment.counts;
        tracing::info!(
            year = checked.dossier.report.year,
            verdict = ?checked.assessment.verdict,
            errors = counts.errors,
            warnings = counts.warnings,
            "checked"
        );
        if response.encoded_len() > self.limits.response_bytes {
            let words = Text::fixed(
                "答复超过大小上限，请改用 BASIC 视图",
                "the answer is larger than the limit: ask for view BASIC",
            );
            return Err(Error::plain(Reason::ResponseTooLarge, words).with("limit", self.limits.response_bytes));
        }
        Ok(response)
    }
}
