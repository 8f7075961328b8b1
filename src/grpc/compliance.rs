//! `ComplianceService`: passes gRPC calls and streams to the service.

use std::{collections::HashSet, pin::Pin, sync::Arc, time::Duration};

use prost::{Message, bytes::Bytes};
use tokio::{sync::mpsc, task::JoinSet};
use tokio_stream::{Stream, StreamExt, wrappers::ReceiverStream};
use tonic::{Request, Response, Status, Streaming};
use tracing::Instrument;

use super::asker::{asker, stream_of};
use super::codec::Encoded;
use super::identity::Standing;
use super::status::{explained, of_refused, of_unread};
use super::stubs::compliance_service_server::ComplianceService;
use crate::{
    callers::Caller,
    service::{Asker, Held, Refused, Service, full, shutting_down},
    submission::{Error, Fault, FaultKind, Faults, Reason},
    wire::{
        counted::memory,
        filing::language_from,
        limits::MAX_KEY,
        received::{CheckReport, CheckReports, part},
        status::status,
        v1::{self, check_reports_response::Result as Answer},
    },
    words::{Language, Text},
};

/// The service over gRPC.
#[derive(Clone)]
pub(super) struct Compliance {
    service: Service,
}

/// Where the answers of a stream go.
type Answers = mpsc::Sender<Waiting>;

/// An answer, or the end of its stream, with the bytes that it holds until it is taken.
type Waiting = (Result<Encoded, Status>, Option<Held>);

impl Compliance {
    /// The service over gRPC.
    pub fn new(service: Service) -> Self {
        Self { service }
    }

    /// The service for whoever makes a call.
    fn by<T>(&self, request: &Request<T>) -> Service {
        // Nobody comes by without having been asked; whoever did would have no roles.
        self.service.by(request.extensions().get::<Arc<Caller>>().cloned().unwrap_or_default())
    }

    /// Checks one report of a stream; an error is the answer for its key.
    async fn check_one(&self, item: Item, asker: Asker) -> Waiting {
        let language = item.language();
        let checked = match item.fault {
            Some(fault) => Err(Refused { error: Error::invalid(vec![fault]), language }),
            None if item.held.is_none() => Err(Refused { error: full(), language }),
            None => {
                let taken = item.taken;
                self.service.check(item.request, asker, None).await.map_err(|refused| of_item(refused, &taken))
            }
        };
        let held = self.service.budget().hold();
        let result = match checked {
            Ok(response) if held.more(response.encoded_len()) => Answer::Response(response),
            Ok(_) => Answer::Error(status(&full(), language)),
            Err(refused) => Answer::Error(status(&refused.error, refused.language)),
        };
        let answer = v1::CheckReportsResponse { key: item.key, sequence: item.sequence, result: Some(result) };
        // In memory it is several times as large.
        (Ok(Encoded::of(&answer)), Some(held))
    }

    /// Passes the reports of a stream on while there is room, and answers as results are ready. If the caller
    /// disconnects, or is struck off, its running checks are cancelled; otherwise all are answered before the stream ends.
    async fn check_all(
        self,
        mut incoming: Streaming<CheckReports>,
        asker: Asker,
        standing: Option<Standing>,
        answers: Answers,
    ) {
        let mut under_way = JoinSet::new();
        let all = async {
            let end = self.take_all(&mut incoming, asker, &answers, &mut under_way).await;
            while under_way.join_next().await.is_some() {}
            end
        };
        let end = tokio::select! {
            () = answers.closed() => return,
            error = struck_off(standing) => Ok(Err(of_unread(&error))),
            end = tokio::time::timeout_at(asker.deadline.into(), all) => end,
        };
        let late = || Err(of_unread(&Error::out_of_time()));
        if let Err(status) = end.unwrap_or_else(|_| late()) {
            let _ = answers.send((Err(status), None)).await;
        }
    }

    /// Takes reports from a stream until it ends; returns the reason if it can't go on.
    async fn take_all(
        &self,
        incoming: &mut Streaming<CheckReports>,
        asker: Asker,
        answers: &Answers,
        under_way: &mut JoinSet<String>,
    ) -> Result<(), Status> {
        let most = self.service.limits().checks_per_stream.max(1);
        // At most as many keys as reports are under way.
        let mut keys: HashSet<String> = HashSet::new();
        let mut defaults = Defaults::none(&self.service);
        let mut sequence = 0;
        loop {
            let silence = Duration::from_millis(self.service.times().receive_ms);
            let next = tokio::select! {
                () = self.service.ending().cancelled() => Err(of_unread(&shutting_down())),
                next = incoming.message() => next.map_err(|status| explained(&status).unwrap_or(status)),
                () = tokio::time::sleep(silence), if under_way.is_empty() => Err(of_unread(&silent())),
            };
            let Some(CheckReports { mut message, bytes }) = next? else { return Ok(()) };
            while let Some(done) = under_way.try_join_next() {
                done.map(|key| keys.remove(&key)).ok();
            }
            if let Some(new) = message.defaults.take() {
                defaults = Defaults::of(new, &self.service).ok_or_else(|| of_unread(&full()))?;
                if message.key.is_empty() && message.request.is_none() {
                    continue;
                }
            }
            let (own, held) = (part(&bytes, 2), self.service.budget().hold());
            let beside = bytes.len() - own.len().min(bytes.len());
            let held = held.more(memory::<v1::CheckReportRequest>(&own) + beside + defaults.bytes).then_some(held);
            let item = match held.is_some() {
                true => Item::of(message, own, sequence, &defaults.message, &mut keys),
                false => Item::of(without_report(message), Bytes::new(), sequence, &defaults.alone(), &mut keys),
            };
            let item = Item { held, ..item };
            sequence += 1;
            let (own, answers) = (self.clone(), answers.clone());
            let answer = async move {
                let own_key = if item.fault.is_some() { String::new() } else { item.key.clone() };
                let answer = own.check_one(item, asker).await;
                let _ = answers.send(answer).await;
                own_key
            };
            under_way.spawn(answer.in_current_span());
            while under_way.len() >= most {
                if let Some(Ok(key)) = under_way.join_next().await {
                    keys.remove(&key);
                }
            }
        }
    }
}

/// What is answered of a message for whose report there is no room.
fn without_report(message: v1::CheckReportsRequest) -> v1::CheckReportsRequest {
    let language = message.request.map(|own| own.language).unwrap_or_default();
    let request = Some(v1::CheckReportRequest { language, ..Default::default() });
    v1::CheckReportsRequest { key: message.key, request, defaults: None }
}

/// Waits until the caller of a stream may not make it any more; returns why.
async fn struck_off(standing: Option<Standing>) -> Error {
    const A_LOOK: Duration = Duration::from_secs(1);
    let Some(standing) = standing else { return std::future::pending().await };
    loop {
        tokio::time::sleep(A_LOOK).await;
        if let Err(error) = standing.holds() {
            return error;
        }
    }
}

/// A refusal of one report of a stream: its fields are those of the item, or of the stream's defaults.
fn of_item(mut refused: Refused, taken: &Taken) -> Refused {
    refused.error.faults.iter_mut().for_each(|fault| fault.field = taken.path(&fault.field));
    if refused.error.reason == Reason::InvalidRequest {
        refused.error = Error::invalid(refused.error.faults);
    }
    refused
}

/// One report of a stream.
struct Item {
    key: String,
    sequence: i64,
    request: CheckReport,
    taken: Taken,
    fault: Option<Fault>,
    /// What it takes in memory, with its copy of the defaults; nothing where there is no room for that.
    held: Option<Held>,
}

/// The defaults of a stream, which are held as long as they are in force.
struct Defaults {
    message: v1::StreamDefaults,
    bytes: usize,
    _held: Held,
}

impl Defaults {
    fn none(service: &Service) -> Self {
        Self { message: v1::StreamDefaults::default(), bytes: 0, _held: service.budget().hold() }
    }

    /// Without what takes room.
    fn alone(&self) -> v1::StreamDefaults {
        v1::StreamDefaults { language: self.message.language, ..Default::default() }
    }

    /// New ones; nothing where there is no room for them.
    fn of(message: v1::StreamDefaults, service: &Service) -> Option<Self> {
        let bytes = message.encoded_len() + message.waivers.len() * size_of::<v1::Waiver>();
        let held = service.budget().hold();
        held.more(bytes).then_some(Self { message, bytes, _held: held })
    }
}

/// What a request takes from the stream's defaults.
#[derive(Default)]
struct Taken {
    fields: Vec<&'static str>,
    /// How many waivers are the request's own: those behind them are the defaults'.
    own_waivers: usize,
}

impl Taken {
    /// The path of a field of the request, in the message in which the caller gave it.
    fn path(&self, field: &str) -> String {
        let waiver = field.strip_prefix("waivers[").and_then(|rest| rest.split_once(']'));
        let waiver = waiver.and_then(|(at, rest)| Some((at.parse::<usize>().ok()?, rest)));
        if let Some((at, rest)) = waiver.filter(|(at, _)| *at >= self.own_waivers) {
            return format!("defaults.waivers[{}]{rest}", at - self.own_waivers);
        }
        let head = field.split(['.', '[']).next().unwrap_or_default();
        let message = if self.fields.contains(&head) { "defaults" } else { "request" };
        format!("{message}.{field}")
    }
}

impl Item {
    /// The report in a message, with the stream's defaults; its key joins those that are under way.
    fn of(
        message: v1::CheckReportsRequest,
        bytes: Bytes,
        sequence: i64,
        defaults: &v1::StreamDefaults,
        keys: &mut HashSet<String>,
    ) -> Self {
        let fault = key_fault(&message.key).or_else(|| {
            let expected = Text::fixed("与正在检查的报告重复", "must be a key that no report under way has");
            (!keys.insert(message.key.clone())).then(|| Fault {
                kind: FaultKind::Conflicting,
                field: "key".into(),
                expected,
            })
        });
        let key = if message.key.len() > MAX_KEY { String::new() } else { message.key };
        let (message, taken) = with_defaults(message.request.unwrap_or_default(), defaults);
        let request = CheckReport { message, bytes };
        Self { key, sequence, request, taken, fault, held: None }
    }

    fn language(&self) -> Language {
        language_from(self.request.message.language, &mut Faults::default())
    }
}

/// A request, with the stream's defaults where it says nothing, and what it took from them.
fn with_defaults(
    mut request: v1::CheckReportRequest,
    defaults: &v1::StreamDefaults,
) -> (v1::CheckReportRequest, Taken) {
    let mut taken = Taken { own_waivers: request.waivers.len(), fields: Vec::new() };
    if request.language == 0 {
        request.language = defaults.language;
        taken.fields.push("language");
    }
    if request.view == 0 {
        request.view = defaults.view;
        taken.fields.push("view");
    }
    if request.profile.is_empty() {
        request.profile.clone_from(&defaults.profile);
        taken.fields.push("profile");
    }
    if request.as_of.is_none() {
        request.as_of = defaults.as_of;
        taken.fields.push("as_of");
    }
    request.draft = request.draft.or(Some(defaults.draft));
    request.waivers.extend(defaults.waivers.iter().cloned());
    (request, taken)
}

fn key_fault(key: &str) -> Option<Fault> {
    let kind = match key.len() {
        0 => FaultKind::Required,
        1..=MAX_KEY => return None,
        _ => FaultKind::Length,
    };
    let expected = Text::new(format!("应为 1 至 {MAX_KEY} 字节"), format!("must have 1 to {MAX_KEY} bytes"));
    Some(Fault { kind, field: "key".into(), expected })
}

/// The error of a stream in which nothing comes any more.
fn silent() -> Error {
    let words = Text::fixed("长时间没有收到报告，流已结束", "no report came for a long time: the stream is ended");
    Error::plain(Reason::TimeLimit, words)
}

/// Who asks: known since the call was let in.
fn asked<T>(request: &Request<T>) -> Result<Asker, Status> {
    let known = request.extensions().get().copied().map_or_else(|| asker(request.metadata().as_ref()), Ok);
    known.map_err(|error| of_unread(&error))
}

#[tonic::async_trait]
impl ComplianceService for Compliance {
    type CheckReportsStream = Pin<Box<dyn Stream<Item = Result<Encoded, Status>> + Send>>;

    async fn check_report(
        &self,
        mut request: Request<CheckReport>,
    ) -> Result<Response<v1::CheckReportResponse>, Status> {
        let asker = asked(&request)?;
        let place = request.extensions_mut().remove();
        self.by(&request).check(request.into_inner(), asker, place).await.map(Response::new).map_err(of_refused)
    }

    async fn check_reports(
        &self,
        request: Request<Streaming<CheckReports>>,
    ) -> Result<Response<Self::CheckReportsStream>, Status> {
        let asker = asked(&request)?;
        let asker = Asker { lane: stream_of(asker.lane), is_stream: true, ..asker };
        let (answers, outgoing) = mpsc::channel(self.service.limits().checks_per_stream.max(1));
        let own = Self::new(self.by(&request));
        let standing = request.extensions().get().cloned();
        tokio::spawn(own.check_all(request.into_inner(), asker, standing, answers).in_current_span());
        Ok(Response::new(Box::pin(ReceiverStream::new(outgoing).map(|(answer, _)| answer))))
    }

    async fn list_rules(
        &self,
        request: Request<v1::ListRulesRequest>,
    ) -> Result<Response<v1::ListRulesResponse>, Status> {
        self.by(&request).list_rules(request.get_ref()).map(Response::new).map_err(of_refused)
    }

    async fn get_server_info(
        &self,
        _: Request<v1::GetServerInfoRequest>,
    ) -> Result<Response<v1::GetServerInfoResponse>, Status> {
        Ok(Response::new(self.service.info()))
    }

    async fn get_rule(&self, request: Request<v1::GetRuleRequest>) -> Result<Response<v1::GetRuleResponse>, Status> {
        self.service.get_rule(request.get_ref()).map(Response::new).map_err(of_refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_reports_under_way_share_a_key_and_no_key_is_cut() {
        let (mut keys, defaults) = (HashSet::new(), v1::StreamDefaults::default());
        let mut item = |key: &str| {
            let message = v1::CheckReportsRequest { key: key.into(), ..Default::default() };
            let item = Item::of(message, Bytes::new(), 0, &defaults, &mut keys);
            (item.key, item.fault.is_some())
        };
        assert_eq!(item("a"), ("a".into(), false));
        assert_eq!(item("b"), ("b".into(), false));
        assert_eq!(item("a"), ("a".into(), true));
        assert_eq!(item(&"k".repeat(MAX_KEY + 1)), (String::new(), true));
        assert_eq!(item(""), (String::new(), true));
    }
}
