//! `ComplianceService`: passes gRPC calls and streams to the service.

use std::{pin::Pin, sync::Arc, time::Duration};

use tokio::{sync::mpsc, task::JoinSet};
use tokio_stream::{Stream, StreamExt, wrappers::ReceiverStream};
use tonic::{Request, Response, Status, Streaming};
use tracing::Instrument;

use super::asker::{asker, stream_of};
use super::codec::Encoded;
use super::identity::Standing;
use super::reports::{Item, Reports};
use super::status::{explained, of_refused, of_unread};
use super::stubs::compliance_service_server::ComplianceService;
use crate::{
    callers::Caller,
    service::{Asker, Held, Refused, Reply, Service, full, shutting_down},
    submission::{Error, Reason},
    wire::{
        received::{CheckReport, CheckReports},
        status::status,
        v1::{self, check_reports_response::Result as Answer},
    },
    words::Text,
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
                self.service.check(item.request, asker, None).await.map_err(|refused| taken.refused(refused))
            }
        };
        let held = self.service.budget(asker.lane).hold();
        let result = match checked {
            Ok(reply) if held.more(reply.bytes) => Answer::Response(reply.response),
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
        let mut reports = Reports::new(&self.service.budget(asker.lane));
        loop {
            let silence = Duration::from_millis(self.service.times().receive_ms);
            let next = tokio::select! {
                () = self.service.ending().cancelled() => Err(of_unread(&shutting_down())),
                next = incoming.message() => next.map_err(|status| explained(&status).unwrap_or(status)),
                () = tokio::time::sleep(silence), if under_way.is_empty() => Err(of_unread(&silent())),
            };
            let Some(message) = next? else { return Ok(()) };
            while let Some(done) = under_way.try_join_next() {
                done.map(|key| reports.done(&key)).ok();
            }
            let Some(item) = reports.next(message).map_err(|error| of_unread(&error))? else { continue };
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
                    reports.done(&key);
                }
            }
        }
    }
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

/// The error of a stream in which nothing comes any more.
fn silent() -> Error {
    let words = Text::fixed("长时间没有收到报告，流已结束", "no report came for a long time: the stream is ended");
    Error::plain(Reason::TimeLimit, words)
}

/// Answers of fewer bytes are sent as they are, whatever their client would take: to make ready for compressing one costs twice
/// what a check does. Most have a tenth of it.
const WORTH_COMPRESSING: usize = 16 << 10;

fn sent(Reply { response, bytes }: Reply) -> Response<v1::CheckReportResponse> {
    let mut answer = Response::new(response);
    if bytes < WORTH_COMPRESSING {
        answer.disable_compression();
    }
    answer
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
        self.by(&request).check(request.into_inner(), asker, place).await.map(sent).map_err(of_refused)
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
