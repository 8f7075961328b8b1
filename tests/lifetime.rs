//! A server from its start to its end, and what it tells of itself meanwhile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/process.rs"]
mod process;

use std::time::Duration;

use common::{
    calls::{call, framed, h2_client, request, structured},
    server::{PATIENCE, channel, start},
};
use gouji::{config::Config, grpc::Server, grpc::stubs::compliance_service_client::ComplianceServiceClient, wire::v1};
use process::Process;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Code;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

#[tokio::test]
async fn a_host_name_is_listened_on_at_all_its_addresses() {
    let config = Config { listen: "localhost:0".to_owned(), ..common::config() };
    let server = Server::bind(config).await.unwrap();
    assert!(server.address().unwrap().ip().is_loopback());
}

#[tokio::test]
async fn the_command_line_asks_how_a_service_is() {
    let running = start(|_| {}).await;
    let ask = async |address: String| {
        let asked = tokio::process::Command::new(env!("CARGO_BIN_EXE_gouji")).args(["health", &address]).output();
        let asked = asked.await.unwrap();
        (asked.status.code(), String::from_utf8(asked.stdout).unwrap())
    };
    let address = running.address.to_string();
    assert_eq!(ask(address.clone()).await, (Some(0), format!("{address}：正常服务\n")));
    let (code, told) = ask("unix:/no/such/socket".into()).await;
    assert!(code == Some(1) && told.contains("没有应答"), "{told}");
}

#[tokio::test]
async fn health_tells_of_each_service_and_of_the_drain() {
    let running = start(|config| config.times.drain_delay_ms = 600_000).await;
    let mut health = HealthClient::new(channel(running.address).await);
    for service in ["", "gouji.v1.ComplianceService"] {
        let answer = health.check(HealthCheckRequest { service: service.into() }).await.unwrap();
        assert_eq!(answer.into_inner().status().as_str_name(), "SERVING", "{service}");
    }
    let mut watched = health.watch(HealthCheckRequest { service: String::new() }).await.unwrap().into_inner();
    assert_eq!(watched.message().await.unwrap().unwrap().status().as_str_name(), "SERVING");
    running.end.send(()).unwrap();
    let next = tokio::time::timeout(PATIENCE, watched.message()).await.unwrap().unwrap().unwrap();
    assert_eq!(next.status().as_str_name(), "NOT_SERVING");
    // While it drains it still answers.
    let answer =
        ComplianceServiceClient::new(channel(running.address).await).check_report(request(structured("2021"))).await;
    assert!(answer.is_ok());
    running.served.abort();
}

#[tokio::test]
async fn the_defaults_start_from_a_shell_that_lets_few_files_be_open() {
    let mut shell = tokio::process::Command::new("sh");
    shell.args(["-c", "ulimit -S -n 1024 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_gouji")]);
    let mut process = Process::start_by(shell, &[]).await;
    process.signal("-TERM");
    process.ended().await;
}

#[tokio::test]
async fn a_signal_ends_the_service_within_the_cap_whatever_streams_are_open() {
    let settings = [("GOUJI_TIMES__DRAIN_DELAY_MS", "0"), ("GOUJI_TIMES__DRAIN_CAP_MS", "300")];
    let mut server = Process::start(&settings).await;
    for said in ["\"tls\":\"none\"", "\"callers\":\"anybody\"", "\"packs\":\"\"", "\"profiles\":\"national, beijing\""]
    {
        assert!(server.listening.contains(said), "{said}: {}", server.listening);
    }
    let mut client = ComplianceServiceClient::new(channel(server.address).await);
    let (hold, items) = tokio::sync::mpsc::channel(1);
    let first = v1::CheckReportsRequest { key: "a".into(), request: Some(request(structured("2021"))), defaults: None };
    hold.send(first).await.unwrap();
    let mut answers = client.check_reports(ReceiverStream::new(items)).await.unwrap().into_inner();
    assert!(answers.message().await.unwrap().is_some());
    // SIGHUP triggers a check of the rules, and ends nothing; where there is nothing to reload the log says so.
    server.signal("-HUP");
    let mut rest = server.said("nothing to reload").await;
    assert!(client.check_report(request(structured("2021"))).await.is_ok());
    assert!(client.list_rules(v1::ListRulesRequest::default()).await.is_ok());
    let unknown = v1::GetRuleRequest { code: "XYZ-001".into(), ..Default::default() };
    assert_eq!(client.get_rule(unknown).await.unwrap_err().code(), Code::NotFound);
    server.signal("-TERM");
    // The stream is notified; the connection stays open, and the server stops nevertheless.
    let ended = tokio::time::timeout(PATIENCE, answers.message()).await.unwrap().unwrap_err();
    assert_eq!(ended.code(), Code::Unavailable);
    server.ended().await;
    drop(hold);
    while let Some(line) = server.log.next_line().await.unwrap() {
        rest.push_str(&line);
    }
    // One line a report, with how long it took, how large it was, and what came out.
    let told = ["\"verdict\":\"Compliant\"", "\"year\":2023", "\"profile\":\"national\"", "\"checked_us\":"];
    assert!(told.iter().all(|said| rest.matches(said).count() == 2), "{rest}");
    // And one line a call: of rules, of what is refused, and of the stream.
    let ends = |message: &str, method: &str| {
        let lines = rest.split("{\"timestamp\"").filter(|line| {
            line.contains(&format!("\"message\":\"{message}\""))
                && line.contains(method)
                && line.contains("\"elapsed_us\":")
        });
        lines.filter(|line| line.contains("\"bytes\":") && line.contains("\"answer_bytes\":")).count()
    };
    assert_eq!((ends("answered", "ListRules"), ends("call refused", "GetRule")), (1, 1), "{rest}");
    assert_eq!((ends("call refused", "CheckReports"), ends("answered", "CheckReport")), (1, 0), "{rest}");
    assert!(rest.contains("\"reason\":\"RULE_NOT_FOUND\""), "{rest}");
    assert!(!rest.contains("青溪县"), "a log holds text of a report");
}

#[tokio::test]
async fn a_second_signal_ends_the_service_at_once() {
    const AN_HOUR: &str = "3600000";
    let settings = [("GOUJI_TIMES__DRAIN_DELAY_MS", AN_HOUR), ("GOUJI_TIMES__DRAIN_CAP_MS", AN_HOUR)];
    for second in ["-TERM", "-INT"] {
        let mut server = Process::start(&settings).await;
        let mut client = ComplianceServiceClient::new(channel(server.address).await);
        // A stream is open: it would be waited for.
        let (_hold, items) = tokio::sync::mpsc::channel(1);
        let _answers = client.check_reports(ReceiverStream::new(items)).await.unwrap();
        server.signal("-TERM");
        server.said("draining").await;
        assert!(client.check_report(request(structured("2021"))).await.is_ok());
        server.signal(second);
        server.ended().await;
    }
}

#[tokio::test]
async fn what_was_answered_arrives_before_the_end() {
    let settings = [("GOUJI_TIMES__DRAIN_DELAY_MS", "0"), ("GOUJI_TIMES__DRAIN_CAP_MS", "3600000")];
    let mut server = Process::start(&settings).await;
    let (send, connection) = h2_client(server.address).await;
    let (answer, mut stream) =
        send.ready().await.unwrap().send_request(call(server.address, "ListRules"), false).unwrap();
    stream.send_data(framed(&v1::ListRulesRequest { page_size: 200, ..Default::default() }), true).unwrap();
    let mut body = answer.await.unwrap().into_body();
    server.signal("-TERM");
    server.said("draining").await;
    // The client takes its time: the server is there for as long.
    assert!(tokio::time::timeout(Duration::from_secs(1), server.server.wait()).await.is_err(), "an answer is cut");
    let mut bytes = 0;
    while let Some(data) = body.data().await {
        let data = data.unwrap();
        body.flow_control().release_capacity(data.len()).unwrap();
        bytes += data.len();
    }
    // More than HTTP/2 gives a connection room for at first.
    assert!(bytes > 70_000, "{bytes}");
    let end = body.trailers().await.unwrap().unwrap();
    assert_eq!(end.get("grpc-status").unwrap(), "0");
    connection.await.unwrap().unwrap();
    server.ended().await;
}
