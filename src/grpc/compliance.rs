//! `ComplianceService`: checks reports, and tells by which rules.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use prost::Message;
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tonic::{Code, Request, Response, Status, Streaming, metadata::MetadataMap};
use tracing::Instrument;

use super::status::{explained, of_error, shutting_down, status};
use crate::{
    checker::{Checker, Error, engine},
    config::Limits,
    deadline::Deadline,
    report::{Fault, Faults, Language, Text},
    wire::{
        assessment::{pack_to, response_to},
        filing::{language_from, request_from},
        google::rpc,
        rules::{profile_to, rule_to},
        v1::{self, check_reports_response::Result as Answer, compliance_service_server::ComplianceService},
    },
};

/// The longest key of a report in a stream, in bytes.
const MAX_KEY: usize = 256;
/// How many rules a page has by default, and at most.
const PAGE: usize = 50;
const MAX_PAGE: usize = 200;

/// The service.
#[derive(Clone)]
pub(super) struct Compliance {
    inner: Arc<Inner>,
}

struct Inner {
    checker: Checker,
    /// Checks of figures under way, over all calls.
    places: Arc<Semaphore>,
    /// Checks of documents under way: as many as there are processes to read them, so that none waits
    /// for one, and whoever sends figures alone never waits behind them.
    document_places: Arc<Semaphore>,
    config: ServiceConfig,
    ending: CancellationToken,
}

/// What the operator sets for the service.
#[derive(Clone, Debug)]
pub(super) struct ServiceConfig {
    /// How large and how many things may be.
    pub limits: Limits,
    /// The longest that one report may take.
    pub longest: Duration,
    /// How many processes read documents.
    pub readers: usize,
    /// Whether waivers that come with a request count.
    pub request_waivers: bool,
}

impl Compliance {
    /// A service that checks with `checker` until `ending` is cancelled.
    pub fn new(checker: Checker, config: ServiceConfig, ending: CancellationToken) -> Self {
        let checks = match config.limits.checks {
            0 => 2 * std::thread::available_parallelism().map_or(1, usize::from),
            checks => checks,
        };
        let places = |most: usize| Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
        let (places, document_places) = (places(checks), places(config.readers));
        Self { inner: Arc::new(Inner { checker, places, document_places, config, ending }) }
    }

    /// Checks one report on a thread that may block. The deadline is the nearer one of the
    /// call's and the configured one. Work that nobody waits for any more, since its caller left or its
    /// time is over, is given up and frees its place.
    async fn check(&self, request: v1::CheckReportRequest, call: Instant) -> Result<v1::CheckReportResponse, Status> {
        let until = call.min(Instant::now() + self.inner.config.longest);
        let language = language_from(request.language, &mut Faults::default());
        let given_up = CancellationToken::new();
        let _gives_up = given_up.clone().drop_guard();
        let deadline = Deadline::when(move || given_up.is_cancelled() || Instant::now() >= until);
        let out_of_time =
            || status(Code::DeadlineExceeded, "DEADLINE_EXCEEDED", "时限已到 / out of time", &[], language);
        let bulkhead = if has_documents(&request) { &self.inner.document_places } else { &self.inner.places };
        let place = tokio::time::timeout_at(until.into(), bulkhead.clone().acquire_owned()).await;
        let place = place.map_err(|_| out_of_time())?.map_err(|_| shutting_down())?;
        let inner = self.inner.clone();
        let span = tracing::Span::current();
        let checking = tokio::task::spawn_blocking(move || {
            let _place = place;
            span.in_scope(|| inner.answer(request, language, &deadline))
        });
        match tokio::time::timeout_at(until.into(), checking).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(status(Code::Internal, "INTERNAL", "检查时出错 / the check failed", &[], language)),
            Err(_) => Err(out_of_time()),
        }
    }

    /// Checks one report of a stream; whatever is wrong with it answers for its key.
    async fn check_one(&self, item: v1::CheckReportsRequest, call: Instant) -> v1::CheckReportsResponse {
        let result = match key_fault(&item.key) {
            Some(fault) => Err(of_error(&Error::invalid(vec![fault]), Language::Zh)),
            None => self.check(item.request.unwrap_or_default(), call).await,
        };
        let result = match result {
            Ok(response) => Answer::Response(response),
            Err(status) => Answer::Error(as_message(&status)),
        };
        let key = item.key.chars().take(MAX_KEY).collect();
        v1::CheckReportsResponse { key, result: Some(result) }
    }

    /// Hands the reports of a stream on as there is room, and answers as they are ready. When the caller
    /// leaves, what is under way goes with it; else all of it is answered before the stream ends.
    async fn check_all(self, mut incoming: Streaming<v1::CheckReportsRequest>, call: Instant, answers: Answers) {
        let mut under_way = JoinSet::new();
        let end = tokio::select! {
            () = answers.closed() => return,
            end = self.take_all(&mut incoming, call, &answers, &mut under_way) => end,
        };
        tokio::select! {
            () = answers.closed() => return,
            () = async { while under_way.join_next().await.is_some() {} } => {}
        }
        if let Err(status) = end {
            let _ = answers.send(Err(status)).await;
        }
    }

    /// Takes reports from a stream until it ends, or why it can't go on.
    async fn take_all(
        &self,
        incoming: &mut Streaming<v1::CheckReportsRequest>,
        call: Instant,
        answers: &Answers,
        under_way: &mut JoinSet<()>,
    ) -> Result<(), Status> {
        let most = self.inner.config.limits.checks_per_stream.max(1);
        loop {
            let next = tokio::select! {
                () = self.inner.ending.cancelled() => Err(shutting_down()),
                next = incoming.message() => next.map_err(|status| explained(&status).unwrap_or(status)),
            };
            let Some(item) = next? else { return Ok(()) };
            let (service, answers) = (self.clone(), answers.clone());
            let answer = async move {
                let answer = service.check_one(item, call).await;
                let _ = answers.send(Ok(answer)).await;
            };
            under_way.spawn(answer.in_current_span());
            while under_way.len() >= most {
                under_way.join_next().await;
            }
        }
    }
}

/// Where the answers of a stream go.
type Answers = mpsc::Sender<Result<v1::CheckReportsResponse, Status>>;

/// Whether a request brings a document, which takes a process to read it.
fn has_documents(request: &v1::CheckReportRequest) -> bool {
    let filings = request.subject.iter().chain(&request.previous).chain(&request.subordinates);
    filings.into_iter().any(|filing| matches!(filing.content, Some(v1::filing::Content::Document(_))))
}

impl Inner {
    fn answer(
        &self,
        request: v1::CheckReportRequest,
        language: Language,
        deadline: &Deadline,
    ) -> Result<v1::CheckReportResponse, Status> {
        let refused = |error: Error| {
            tracing::info!(reason = error.reason.name(), "not checked");
            of_error(&error, language)
        };
        let (mut submission, manner) = request_from(request).map_err(|faults| refused(Error::invalid(faults)))?;
        submission.waivers_count = self.config.request_waivers;
        let checked = self.checker.check(submission, deadline).map_err(refused)?;
        let counts = checked.assessment.counts;
        tracing::info!(
            year = checked.report.year,
            verdict = ?checked.assessment.verdict,
            errors = counts.errors,
            warnings = counts.warnings,
            "checked"
        );
        let response = response_to(&checked.report, &checked.assessment, manner);
        if response.encoded_len() > self.config.limits.response_bytes {
            let words = "答复超过大小上限，请改用 BASIC 视图 / the answer is larger than the limit: ask for view BASIC";
            return Err(status(Code::ResourceExhausted, "RESPONSE_TOO_LARGE", words, &[], language));
        }
        Ok(response)
    }
}

fn key_fault(key: &str) -> Option<Fault> {
    let expected = Text::new(format!("1 至 {MAX_KEY} 字节"), format!("1 to {MAX_KEY} bytes"));
    (key.is_empty() || key.len() > MAX_KEY).then(|| Fault { field: "key".into(), expected })
}

/// A status as the message that a stream carries.
fn as_message(status: &Status) -> rpc::Status {
    rpc::Status::decode(status.details()).unwrap_or_else(|_| rpc::Status {
        code: status.code() as i32,
        message: status.message().to_owned(),
        details: Vec::new(),
    })
}

/// The call's deadline; a year from now if it sets none. A little before it is over, since the transport
/// ends it then, without a reason that programs could act on.
fn deadline(metadata: &MetadataMap) -> Instant {
    const FAR: Duration = Duration::from_secs(365 * 24 * 3600);
    const MARGIN: Duration = Duration::from_millis(20);
    let given = metadata.get("grpc-timeout").and_then(|value| value.to_str().ok()).and_then(timeout);
    let given = given.unwrap_or(FAR).min(FAR);
    Instant::now() + given - (given / 10).min(MARGIN)
}

/// The time that `grpc-timeout` gives: up to eight digits and a unit.
fn timeout(value: &str) -> Option<Duration> {
    let (digits, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    let number: u64 = digits.parse().ok().filter(|_| digits.len() <= 8)?;
    match unit {
        "H" => Some(Duration::from_secs(number * 3600)),
        "M" => Some(Duration::from_secs(number * 60)),
        "S" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_millis(number)),
        "u" => Some(Duration::from_micros(number)),
        "n" => Some(Duration::from_nanos(number)),
        _ => None,
    }
}

fn invalid(fault: Fault, language: Language) -> Status {
    of_error(&Error::invalid(vec![fault]), language)
}

#[tonic::async_trait]
impl ComplianceService for Compliance {
    type CheckReportsStream = ReceiverStream<Result<v1::CheckReportsResponse, Status>>;

    async fn check_report(
        &self,
        request: Request<v1::CheckReportRequest>,
    ) -> Result<Response<v1::CheckReportResponse>, Status> {
        let call = deadline(request.metadata());
        self.check(request.into_inner(), call).await.map(Response::new)
    }

    async fn check_reports(
        &self,
        request: Request<Streaming<v1::CheckReportsRequest>>,
    ) -> Result<Response<Self::CheckReportsStream>, Status> {
        let call = deadline(request.metadata());
        let (answers, outgoing) = mpsc::channel(self.inner.config.limits.checks_per_stream.max(1));
        tokio::spawn(self.clone().check_all(request.into_inner(), call, answers).in_current_span());
        Ok(Response::new(ReceiverStream::new(outgoing)))
    }

    async fn list_rules(
        &self,
        request: Request<v1::ListRulesRequest>,
    ) -> Result<Response<v1::ListRulesResponse>, Status> {
        let request = request.into_inner();
        let mut faults = Faults::default();
        let language = language_from(request.language, &mut faults);
        let (rulebook, refused) = self.inner.checker.rules().standing();
        let engine = engine(&rulebook, &request.profile).map_err(|error| of_error(&error, language))?;
        let rules = engine.rules();
        // A page's token is the code of its first rule.
        let start = match request.page_token.as_str() {
            "" => Some(0),
            token => rules.iter().position(|rule| rule.code == token),
        };
        if start.is_none() {
            faults.note("page_token", Text::fixed("上一页给出的标记", "the token that the page before gave"));
        }
        let size = usize::try_from(request.page_size).ok().filter(|size| *size <= MAX_PAGE);
        if size.is_none() {
            faults.note("page_size", Text::new(format!("0 至 {MAX_PAGE}"), format!("0 to {MAX_PAGE}")));
        }
        let faults = faults.into_list();
        let (Some(start), Some(size), true) = (start, size, faults.is_empty()) else {
            return Err(of_error(&Error::invalid(faults), language));
        };
        let end = (start + if size == 0 { PAGE } else { size }).min(rules.len());
        Ok(Response::new(v1::ListRulesResponse {
            rules: rules[start..end].iter().map(|rule| rule_to(rule, engine.profile(), language)).collect(),
            next_page_token: rules.get(end).map(|rule| rule.code.to_string()).unwrap_or_default(),
            rule_set_digest: engine.digest().to_owned(),
            profiles: rulebook.engines().iter().map(|it| profile_to(it.profile(), it.digest(), language)).collect(),
            packs: rulebook.packs().iter().map(pack_to).collect(),
            refused: refused.iter().map(ToString::to_string).collect(),
        }))
    }

    async fn get_rule(&self, request: Request<v1::GetRuleRequest>) -> Result<Response<v1::GetRuleResponse>, Status> {
        let request = request.into_inner();
        let language = language_from(request.language, &mut Faults::default());
        if request.code.is_empty() {
            let expected = Text::fixed("规则代码，如 TAL-001", "a rule's code, such as TAL-001");
            return Err(invalid(Fault { field: "code".into(), expected }, language));
        }
        let rulebook = self.inner.checker.rules().rulebook();
        let engine = engine(&rulebook, &request.profile).map_err(|error| of_error(&error, language))?;
        let Some(rule) = engine.rules().iter().find(|rule| rule.code == request.code) else {
            let words = "没有这条规则 / there is no such rule";
            return Err(status(Code::NotFound, "RULE_NOT_FOUND", words, &[], language));
        };
        let digest = engine.digest().to_owned();
        Ok(Response::new(v1::GetRuleResponse {
            rule: Some(rule_to(rule, engine.profile(), language)),
            rule_set_digest: digest,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calls_deadline_is_read_as_grpc_writes_it() {
        assert_eq!(timeout("250m"), Some(Duration::from_millis(250)));
        assert_eq!(timeout("2S"), Some(Duration::from_secs(2)));
        for wrong in ["", "S", "5", "-1S", "123456789S", "5x", "5é"] {
            assert_eq!(timeout(wrong), None, "{wrong}");
        }
    }
}
