//! What a call costs the server's processor, beside a handler of the same stack that decodes and answers nothing, and beside
//! the same work in process: `cargo bench --bench service`. The server is a process of its own: what the client costs doesn't
//! count.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_arithmetic,
    clippy::cast_precision_loss
)]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../examples/load/mod.rs"]
mod load;
mod reports;

use std::{process::Command, sync::Arc, time::Duration};

use gouji::{
    answer::answer,
    checker::{Checker, Reading},
    deadline::Deadline,
    grpc::{
        codec::Encoded,
        stubs::compliance_service_server::{ComplianceService, ComplianceServiceServer},
    },
    layout::Limits,
    wire::{
        received::{CheckReport, CheckReports},
        v1,
    },
};
use load::{
    Served,
    calls::{Line, Messages, closed},
};
use prost::Message;
use reports::{SIZES, Size};
use rustix::time::{ClockId, clock_gettime};
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tonic::{Request, Response, Status, Streaming};

/// How long each is measured, and how often in turn, so that what else the machine does falls on all of them.
const SPAN: Duration = Duration::from_millis(1_500);
const ROUNDS: usize = 3;
/// How many items a stream has.
const ITEMS: usize = 3_000;
/// The argument with which this program serves and answers nothing.
const EMPTY: &str = "answer-nothing";

fn main() {
    if std::env::args().nth(1).is_some_and(|first| first == EMPTY) {
        return tokio::runtime::Runtime::new().unwrap().block_on(answer_nothing());
    }
    load::serve_if_asked();
    let mut empty = Command::new(std::env::current_exe().unwrap());
    empty.arg(EMPTY);
    let servers = [Served::of(empty), Served::start(&[])];
    println!(
        "| a report | µs empty | µs checked | calls, of empty | µs in process | µs in a stream | unary / stream | process / stream | in 8 streams |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(measure(&servers, SIZES[0], |nth| request(0, nth)));
    runtime.block_on(measure(&servers, SIZES[2], |nth| request(2, nth)));
    runtime.block_on(memory());
}

/// The memory of a server that has done nothing yet, and the most of it with a thousand calls of 10 KB under way.
async fn memory() {
    const CALLS: usize = 1_000;
    let server = Served::start(&[]);
    let idle = server.memory();
    let lines = Line::open(&server.address, 16).await;
    let told = closed(&lines, &Messages::of(|nth| request(2, nth)), CALLS, SPAN).await;
    assert!(told.good > CALLS, "{told:?}");
    println!("memory: idle {idle} MB; {CALLS} calls at once {} MB", server.peak());
}

fn request(size: usize, nth: usize) -> v1::CheckReportRequest {
    v1::CheckReportRequest::decode(&*reports::request(SIZES[size], nth)).unwrap()
}

async fn measure(servers: &[Served; 2], size: Size, make: fn(usize) -> v1::CheckReportRequest) {
    let messages = Messages::of(make);
    let mut unary = [f64::MAX; 2];
    for _ in 0..ROUNDS {
        for (server, least) in servers.iter().zip(&mut unary) {
            *least = least.min(called(server, &messages).await);
        }
    }
    let [empty, checked] = unary;
    let within = in_process(make);
    let stream = streamed(&servers[1], make, 1).await;
    let eight = streamed(&servers[1], make, 8).await;
    println!(
        "| {} | {empty:.1} | {checked:.1} | {:.2} | {within:.1} | {stream:.1} | {:.2} | {:.2} | {:.2} |",
        size.name,
        empty / checked,
        checked / stream,
        within / stream,
        within / eight,
    );
}

/// The processor time of a unary call, in microseconds.
async fn called(server: &Served, messages: &Arc<Messages>) -> f64 {
    let lines = Line::open(&server.address, 8).await;
    let before = server.processor();
    let told = closed(&lines, messages, 64, SPAN).await;
    assert_eq!(told.good, told.all(), "{told:?}");
    (server.processor() - before).as_secs_f64() * 1e6 / told.good as f64
}

/// The processor time of an item of a stream, in microseconds, with so many streams beside each other.
async fn streamed(server: &Served, make: fn(usize) -> v1::CheckReportRequest, streams: usize) -> f64 {
    let before = server.processor();
    let mut all = tokio::task::JoinSet::new();
    for client in server.clients(streams).await {
        all.spawn(stream(client, make));
    }
    all.join_all().await;
    (server.processor() - before).as_secs_f64() * 1e6 / (ITEMS * streams) as f64
}

async fn stream(mut client: load::Client, make: fn(usize) -> v1::CheckReportRequest) {
    let items = (0..ITEMS).map(move |nth| v1::CheckReportsRequest {
        key: nth.to_string(),
        request: Some(make(nth)),
        ..Default::default()
    });
    let mut answers = client.check_reports(tokio_stream::iter(items)).await.unwrap().into_inner();
    let mut answered = 0;
    while let Some(answer) = answers.next().await {
        assert!(matches!(answer.unwrap().result, Some(v1::check_reports_response::Result::Response(_))));
        answered += 1;
    }
    assert_eq!(answered, ITEMS);
}

/// The processor time of the same work in this process, from the decoded message to the encoded answer.
fn in_process(make: fn(usize) -> v1::CheckReportRequest) -> f64 {
    const REPORTS: usize = 2_000;
    let checker = Checker::new(Reading::Here(Limits::default()));
    let requests: Vec<CheckReport> = (0..REPORTS).map(|nth| make(nth).into()).collect();
    let now = || -> Duration { clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap() };
    let begun = now();
    for request in requests {
        assert!(!answer(&checker, request, false, &Deadline::NEVER).unwrap().response.encode_to_vec().is_empty());
    }
    (now() - begun).as_secs_f64() * 1e6 / REPORTS as f64
}

/// Serves the contract with handlers that answer nothing.
async fn answer_nothing() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    eprintln!("{{\"address\":\"{}\"}}", listener.local_addr().unwrap());
    let service = ComplianceServiceServer::new(Nothing).max_decoding_message_size(16 << 20);
    let incoming = tokio_stream::wrappers::TcpListenerStream::new(listener);
    tonic::transport::Server::builder().add_service(service).serve_with_incoming(incoming).await.unwrap();
}

struct Nothing;

#[tonic::async_trait]
impl ComplianceService for Nothing {
    type CheckReportsStream = ReceiverStream<Result<Encoded, Status>>;

    async fn check_report(&self, _: Request<CheckReport>) -> Result<Response<v1::CheckReportResponse>, Status> {
        Ok(Response::new(v1::CheckReportResponse::default()))
    }

    async fn check_reports(
        &self,
        _: Request<Streaming<CheckReports>>,
    ) -> Result<Response<Self::CheckReportsStream>, Status> {
        Err(Status::unimplemented(""))
    }

    async fn list_rules(&self, _: Request<v1::ListRulesRequest>) -> Result<Response<v1::ListRulesResponse>, Status> {
        Err(Status::unimplemented(""))
    }

    async fn get_rule(&self, _: Request<v1::GetRuleRequest>) -> Result<Response<v1::GetRuleResponse>, Status> {
        Err(Status::unimplemented(""))
    }

    async fn get_server_info(
        &self,
        _: Request<v1::GetServerInfoRequest>,
    ) -> Result<Response<v1::GetServerInfoResponse>, Status> {
        Err(Status::unimplemented(""))
    }
}
