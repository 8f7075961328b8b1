//! Who has a place, who waits for one, and until when.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::{
    calls::{call, document, framed, h2_client, raw_within, request, structured, told},
    server::{PATIENCE, Running, channel, start},
};
use gouji::{
    config::Config,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::{google::rpc, v1},
};
use prost::Message;
use tonic::Code;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

/// A replacement for the program that reads documents: it says that it was started, and never answers.
struct Mute {
    folder: tempfile::TempDir,
    started: tokio::net::unix::pipe::Receiver,
}

impl Mute {
    fn new() -> Self {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (pipe, program) = (folder.path().join("started"), folder.path().join("mute"));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        std::fs::write(
            &program,
            format!("#!/bin/sh\nexec 9>&1\nexec >{}\necho .\nexec >&9\nexec cat >/dev/null\n", pipe.display()),
        )
        .unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let started = tokio::net::unix::pipe::OpenOptions::new().read_write(true).open_receiver(&pipe).unwrap();
        Self { folder, started }
    }

    /// Reads documents in one such process, with a time limit that no test reaches.
    fn set(&self, config: &mut Config) {
        config.documents.program = self.folder.path().join("mute").to_string_lossy().into_owned();
        config.documents.processes = 1;
        config.documents.read_ms = 3_600_000;
        (config.times.check_ms, config.times.queue_ms) = (3_600_000, 3_600_000);
    }

    /// A server that reads documents in it, when it has tried whether one can be started.
    async fn serve(&mut self) -> Running {
        let running = start(|config| self.set(config)).await;
        self.start().await;
        running
    }

    /// Waits until one more process was started.
    async fn start(&mut self) {
        use tokio::io::AsyncReadExt;
        let mut line = [0; 2];
        tokio::time::timeout(PATIENCE, self.started.read_exact(&mut line))
            .await
            .expect("no reader was started")
            .unwrap();
    }
}

const PAGE: &str = "<html><p>政府信息公开</p></html>";

#[tokio::test]
async fn figures_are_checked_while_documents_keep_every_reader() {
    let mut mute = Mute::new();
    let running = mute.serve().await;
    let documents: Vec<_> = (0..20)
        .map(|_| {
            let address = running.address;
            tokio::spawn(async move {
                ComplianceServiceClient::new(channel(address).await).check_report(request(document(PAGE))).await
            })
        })
        .collect();
    mute.start().await;
    let answer = running.client().await.check_report(request(structured("2021"))).await.unwrap().into_inner();
    assert_eq!(answer.assessment.unwrap().verdict(), v1::Verdict::Compliant);
    documents.iter().for_each(|call| call.abort());
}

#[tokio::test]
async fn plain_text_is_checked_while_documents_keep_every_reader() {
    let mut mute = Mute::new();
    let running = mute.serve().await;
    let mut holds = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let mut client = running.client().await;
        holds.spawn(async move { client.check_report(request(document(PAGE))).await });
    }
    mute.start().await;
    let text = std::fs::read_to_string(common::root().join("tests/documents/report.txt")).unwrap();
    let mut client = running.client().await;
    for content in [text.clone(), text.replace("年度报告", "年度报告（<5件的不列）")] {
        let by_itself = request(document(content.clone()));
        let beside = v1::CheckReportRequest { previous: Some(document(content)), ..request(structured("2021")) };
        for request in [by_itself, beside] {
            let answer = tokio::time::timeout(PATIENCE, client.check_report(request)).await.expect("it waits");
            assert!(answer.unwrap().into_inner().assessment.is_some());
        }
    }
    // So is one of a stream.
    let item =
        v1::CheckReportsRequest { key: "a".into(), request: Some(request(document(text))), ..Default::default() };
    let mut answers = client.check_reports(tokio_stream::iter([item])).await.unwrap().into_inner();
    assert!(tokio::time::timeout(PATIENCE, answers.message()).await.expect("it waits").unwrap().is_some());
    assert!(holds.try_join_next().is_none(), "the documents wait");
}

#[tokio::test]
async fn the_reports_of_a_caller_who_leaves_go_with_it() {
    let mut mute = Mute::new();
    let running = mute.serve().await;
    let client = running.client().await;
    let (send, _connection) = h2_client(running.address).await;
    let reports = call(running.address, "CheckReports");
    let (_response, mut stream) = send.ready().await.unwrap().send_request(reports, false).unwrap();
    for number in 0..5 {
        let item =
            v1::CheckReportsRequest { key: number.to_string(), request: Some(request(document(PAGE))), defaults: None };
        stream.send_data(framed(&item), false).unwrap();
    }
    mute.start().await;
    stream.send_reset(h2::Reason::CANCEL);
    // Each of the four waiting reports would keep the only reader for an hour.
    for _ in 0..2 {
        let call = tokio::spawn({
            let mut client = client.clone();
            async move { client.check_report(request(document(PAGE))).await }
        });
        mute.start().await;
        call.abort();
    }
}

#[tokio::test]
async fn waiting_for_a_place_ends_with_the_calls_deadline() {
    let mut mute = Mute::new();
    let running = mute.serve().await;
    let holds = tokio::spawn({
        let mut client = running.client().await;
        async move { client.check_report(request(document(PAGE))).await }
    });
    mute.start().await;
    let body = framed(&request(document(PAGE)));
    let answer = tokio::time::timeout(PATIENCE, raw_within(running.address, body, Some("50m"))).await.unwrap();
    assert_eq!(answer, (Code::DeadlineExceeded as i32, "DEADLINE_EXCEEDED".to_owned()));
    holds.abort();
}

#[tokio::test]
async fn the_operators_limit_is_not_the_callers_deadline() {
    let running = start(|config| config.times.check_ms = 0).await;
    let error = running.client().await.check_report(request(structured("2021"))).await.unwrap_err();
    assert_eq!((error.code(), told(&error).0.as_str()), (Code::ResourceExhausted, "TIME_LIMIT"));
}

#[tokio::test]
async fn more_than_may_wait_is_refused_and_told_when_to_come_back() {
    let running = start(|config| config.limits.pending_bytes = 100).await;
    let error = running.client().await.check_report(request(structured("2021"))).await.unwrap_err();
    assert_eq!((error.code(), told(&error).0.as_str()), (Code::Unavailable, "OVERLOADED"));
    let status = rpc::Status::decode(error.details()).unwrap();
    assert!(status.details.iter().any(|any| any.type_url.ends_with("google.rpc.RetryInfo")));
    assert_eq!(error.metadata().get("grpc-retry-pushback-ms").unwrap(), "1000");
    // Health is told all the same: whoever asks would take the service for dead.
    let mut health = HealthClient::new(channel(running.address).await);
    assert!(health.check(HealthCheckRequest::default()).await.is_ok());
}

#[test]
fn short_checks_run_where_they_arrive_and_long_ones_cross() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(1).build().unwrap();
    runtime.block_on(async {
        let running = start(|_| {}).await;
        let mut client = running.client().await;
        // The only thread to which a check could cross is taken.
        let (free, taken) = std::sync::mpsc::channel::<()>();
        let keeper = tokio::task::spawn_blocking(move || taken.recv());
        assert!(client.check_report(request(structured("2021"))).await.is_ok());
        let mut long = structured("2021");
        if let Some(v1::filing::Content::Report(report)) = &mut long.content {
            report.preamble = "甲".repeat(20_000);
        }
        let mut waits = tonic::Request::new(request(long.clone()));
        waits.set_timeout(Duration::from_millis(300));
        let late = client.check_report(waits).await.unwrap_err();
        assert_eq!(late.code(), Code::DeadlineExceeded);
        free.send(()).unwrap();
        assert!(keeper.await.unwrap().is_ok());
        assert!(client.check_report(request(long)).await.is_ok());
    });
}
