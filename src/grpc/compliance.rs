//! `ComplianceService`: passes gRPC calls and streams to the service.

use std::time::{Duration, Instant};

use tokio::{sync::mpsc, task::JoinSet};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming, metadata::MetadataMap};
use tracing::Instrument;

use super::status::{explained, of_error, of_refused};
use super::stubs::compliance_service_server::ComplianceService;
use crate::{
    service::{Refused, Service, shutting_down},
    submission::{Error, Fault},
    wire::{
        status::status,
        v1::{self, check_reports_response::Result as Answer},
    },
    words::{Language, Text},
};

/// The longest key of a report in a stream, in bytes.
const MAX_KEY: usize = 256;

/// The service over gRPC.
#[derive(Clone)]
pub(super) struct Compliance {
    service: Service,
}

/// Where the answers of a stream go.
type Answers = mpsc::Sender<Result<v1::CheckReportsResponse, Status>>;

impl Compliance {
    /// The service over gRPC.
    pub fn new(service: Service) -> Self {
        Self { service }
    }

    /// Checks one report of a stream; an error is the answer for its key.
    async fn check_one(&self, item: v1::CheckReportsRequest, call: Instant) -> v1::CheckReportsResponse {
        let checked = match key_fault(&item.key) {
            Some(fault) => Err(Refused { error: Error::invalid(vec![fault]), language: Language::Zh }),
            None => self.service.check(item.request.unwrap_or_default(), call).await,
        };
        let result = match checked {
            Ok(response) => Answer::Response(response),
            Err(refused) => Answer::Error(status(&refused.error, refused.language)),
        };
        let key = item.key.chars().take(MAX_KEY).collect();
        v1::CheckReportsResponse { key, result: Some(result) }
    }

    /// Passes the reports of a stream on while there is room, and answers as results are ready. If the caller
    /// disconnects, its running checks are cancelled; otherwise all are answered before the stream ends.
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

    /// Takes reports from a stream until it ends; returns the reason if it can't go on.
    async fn take_all(
        &self,
        incoming: &mut Streaming<v1::CheckReportsRequest>,
        call: Instant,
        answers: &Answers,
        under_way: &mut JoinSet<()>,
    ) -> Result<(), Status> {
        let most = self.service.limits().checks_per_stream.max(1);
        loop {
            let next = tokio::select! {
                () = self.service.ending().cancelled() => Err(of_error(&shutting_down(), Language::Zh)),
                next = incoming.message() => next.map_err(|status| explained(&status).unwrap_or(status)),
            };
            let Some(item) = next? else { return Ok(()) };
            let (own, answers) = (self.clone(), answers.clone());
            let answer = async move {
                let answer = own.check_one(item, call).await;
                let _ = answers.send(Ok(answer)).await;
            };
            under_way.spawn(answer.in_current_span());
            while under_way.len() >= most {
                under_way.join_next().await;
            }
        }
    }
}

fn key_fault(key: &str) -> Option<Fault> {
    let expected = Text::new(format!("1 至 {MAX_KEY} 字节"), format!("1 to {MAX_KEY} bytes"));
    (key.is_empty() || key.len() > MAX_KEY).then(|| Fault { field: "key".into(), expected })
}

/// The call's deadline; a year from now if it sets none. Slightly early, because at the deadline the transport
/// itself ends the call, without a reason that programs could act on.
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

#[tonic::async_trait]
impl ComplianceService for Compliance {
    type CheckReportsStream = ReceiverStream<Result<v1::CheckReportsResponse, Status>>;

    async fn check_report(
        &self,
        request: Request<v1::CheckReportRequest>,
    ) -> Result<Response<v1::CheckReportResponse>, Status> {
        let call = deadline(request.metadata());
        self.service.check(request.into_inner(), call).await.map(Response::new).map_err(of_refused)
    }

    async fn check_reports(
        &self,
        request: Request<Streaming<v1::CheckReportsRequest>>,
    ) -> Result<Response<Self::CheckReportsStream>, Status> {
        let call = deadline(request.metadata());
        let (answers, outgoing) = mpsc::channel(self.service.limits().checks_per_stream.max(1));
        tokio::spawn(self.clone().check_all(request.into_inner(), call, answers).in_current_span());
        Ok(Response::new(ReceiverStream::new(outgoing)))
    }

    async fn list_rules(
        &self,
        request: Request<v1::ListRulesRequest>,
    ) -> Result<Response<v1::ListRulesResponse>, Status> {
        self.service.list_rules(request.get_ref()).map(Response::new).map_err(of_refused)
    }

    async fn get_rule(&self, request: Request<v1::GetRuleRequest>) -> Result<Response<v1::GetRuleResponse>, Status> {
        self.service.get_rule(request.get_ref()).map(Response::new).map_err(of_refused)
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
