//! The service through a real socket, with its own client and with raw bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{net::SocketAddr, process::Stdio, sync::Arc};

use bytes::Bytes;
use common::{
    clean, dossier,
    server::{PATIENCE, channel, run, start},
    text,
};
use gouji::{
    config::Config,
    grpc::Server,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    operator::InForce,
    rulebook::Rulebook,
    wire::{
        google::rpc::{self, BadRequest, ErrorInfo},
        report::report_to,
        v1::{self, check_reports_response::Result as Answer},
    },
};
use prost::Message;
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tonic::{Code, Request, Status, codec::CompressionEncoding};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

fn structured(edition: &str) -> v1::Filing {
    let report = report_to(&dossier(&clean(edition)).report);
    v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) }
}

fn document(content: impl Into<Bytes>) -> v1::Filing {
    let document = v1::Document { content: content.into(), ..Default::default() };
    v1::Filing { content: Some(v1::filing::Content::Document(Box::new(document))) }
}

fn request(subject: v1::Filing) -> v1::CheckReportRequest {
    v1::CheckReportRequest { subject: Some(subject), ..Default::default() }
}

/// The reason of an error, and its faulty fields.
fn told(status: &Status) -> (String, Vec<String>) {
    details(&rpc::Status::decode(status.details()).unwrap())
}

fn details(status: &rpc::Status) -> (String, Vec<String>) {
    let find = |name: &str| status.details.iter().find(|any| any.type_url.ends_with(name)).map(|any| any.value.clone());
    let info = ErrorInfo::decode(find("google.rpc.ErrorInfo").unwrap()).unwrap();
    assert_eq!(info.domain, "gouji");
    let fields = find("google.rpc.BadRequest").map(|value| BadRequest::decode(value).unwrap().field_violations);
    (info.reason, fields.unwrap_or_default().into_iter().map(|violation| violation.field).collect())
}

#[tokio::test]
async fn a_structured_report_and_its_text_are_checked() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let answer = client.check_report(request(structured("2019"))).await.unwrap().into_inner();
    assert_eq!(answer.assessment.unwrap().verdict(), v1::Verdict::Compliant);
    assert!(answer.report.is_none());
    let content = text::text(&dossier(&clean("2021")).report, text::Way::Lines).replace("18230", "-1");
    let full = v1::CheckReportRequest {
        view: v1::View::Full.into(),
        language: v1::Language::En.into(),
        ..request(document(content))
    };
    let answer = client.check_report(full).await.unwrap().into_inner();
    let assessment = answer.assessment.unwrap();
    assert_eq!(assessment.verdict(), v1::Verdict::NonCompliant);
    let finding = &assessment.findings[0];
    assert_eq!(
        (finding.rule_code.as_str(), finding.title.as_str()),
        ("TAB-011", "No figure is negative but 本年增/减")
    );
    let spot = finding.occurrences[0].spot.as_ref().unwrap();
    assert_eq!((spot.path.as_str(), spot.found.as_str()), ("disclosure_2021.permits.decisions", "-1"));
    assert!(spot.place.as_ref().unwrap().line > 0 && answer.report.unwrap().readings.len() == 200);
}

#[tokio::test]
async fn a_faulty_request_names_each_field() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let empty = client.check_report(v1::CheckReportRequest::default()).await.unwrap_err();
    assert_eq!(
        (empty.code(), told(&empty)),
        (Code::InvalidArgument, ("INVALID_REQUEST".into(), vec!["subject".into()]))
    );
    let mut filing = structured("2019");
    if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
        report.year = Some(20);
        report.edition = 9;
        report.sections[2].number = 7;
        report.defects.push(v1::Defect { path: "nowhere".into(), ..Default::default() });
        report.published_on = Some(gouji::wire::google::r#type::Date { year: 2021, month: 2, day: 30 });
    }
    let mut faulty = request(filing);
    faulty.previous = Some(document(""));
    faulty.rule_set_digest = "x".into();
    let error = client.check_report(faulty).await.unwrap_err();
    let (reason, mut fields) = told(&error);
    fields.sort();
    let expected = [
        "previous.document.content",
        "rule_set_digest",
        "subject.report.defects[0].kind",
        "subject.report.defects[0].path",
        "subject.report.edition",
        "subject.report.published_on",
        "subject.report.sections[2].number",
        "subject.report.year",
    ];
    assert_eq!((reason.as_str(), fields), ("INVALID_REQUEST", expected.map(str::to_owned).to_vec()));
}

#[tokio::test]
async fn what_a_gateway_has_asked_for_is_nothing_to_complain_of_where_nobody_is_asked() {
    let running = start(|_| {}).await;
    let mut call = Request::new(request(structured("2021")));
    call.metadata_mut().insert("authorization", "Basic Z291amk6Z291amk=".parse().unwrap());
    assert!(running.client().await.check_report(call).await.is_ok());
}

#[tokio::test]
async fn what_cannot_be_read_gets_its_reason() {
    let running = start(|config| config.documents.limits.bytes = 100).await;
    let mut client = running.client().await;
    let cases: [(&str, Code, &str); 4] = [
        ("%PDF-1.7", Code::InvalidArgument, "UNREADABLE_DOCUMENT"),
        ("天气", Code::InvalidArgument, "NOT_A_REPORT"),
        (&"政府信息公开".repeat(20), Code::ResourceExhausted, "DOCUMENT_TOO_LARGE"),
        ("", Code::InvalidArgument, "INVALID_REQUEST"),
    ];
    for (content, code, reason) in cases {
        let error = client.check_report(request(document(content.to_owned()))).await.unwrap_err();
        assert_eq!((error.code(), told(&error)), (code, (reason.into(), vec!["subject.document.content".into()])));
    }
    let pinned = v1::CheckReportRequest { rule_set_digest: "0".repeat(64), ..request(structured("2021")) };
    let error = client.check_report(pinned).await.unwrap_err();
    assert_eq!((error.code(), told(&error).0.as_str()), (Code::FailedPrecondition, "RULE_SET_CHANGED"));
}

#[tokio::test]
async fn a_message_that_is_too_large_gets_its_reason() {
    let running = start(|config| config.limits.request_bytes = 1_000).await;
    let error = running.client().await.check_report(request(document(vec![b'x'; 2_000]))).await.unwrap_err();
    assert_eq!((error.code(), told(&error).0.as_str()), (Code::ResourceExhausted, "MESSAGE_TOO_LARGE"));
}

type Connection = tokio::task::JoinHandle<Result<(), h2::Error>>;

/// A connection without a gRPC client.
async fn h2_client(address: SocketAddr) -> (h2::client::SendRequest<Bytes>, Connection) {
    let socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let (send, connection) = h2::client::Builder::new().initial_window_size(1 << 24).handshake(socket).await.unwrap();
    (send, tokio::spawn(connection))
}

/// The head of a call.
fn call(address: SocketAddr, method: &str) -> http::Request<()> {
    let uri = format!("http://{address}/gouji.v1.ComplianceService/{method}");
    let head = http::Request::post(uri).header("content-type", "application/grpc").header("te", "trailers");
    head.body(()).unwrap()
}

/// A message as a call's body carries it.
fn framed(message: &impl Message) -> Bytes {
    prefixed(&message.encode_to_vec())
}

fn prefixed(bytes: &[u8]) -> Bytes {
    [&[0][..], &u32::try_from(bytes.len()).unwrap().to_be_bytes(), bytes].concat().into()
}

/// Sends raw bytes as the body of a CheckReport call; returns the gRPC status and the reason of the answer.
async fn raw(address: SocketAddr, body: &'static [u8]) -> (i32, String) {
    raw_within(address, body, None).await
}

/// The same with a `grpc-timeout`.
async fn raw_within(address: SocketAddr, body: impl Into<Bytes>, timeout: Option<&str>) -> (i32, String) {
    let (send, _connection) = h2_client(address).await;
    let mut request = call(address, "CheckReport");
    if let Some(timeout) = timeout {
        request.headers_mut().insert("grpc-timeout", timeout.parse().unwrap());
    }
    let (response, mut stream) = send.ready().await.unwrap().send_request(request, false).unwrap();
    stream.send_data(body.into(), true).unwrap();
    let response = response.await.unwrap();
    let status = Status::from_header_map(response.headers()).expect("an error at once");
    (status.code() as i32, told(&status).0)
}

#[tokio::test]
async fn bytes_that_are_not_the_message_get_their_reason() {
    let running = start(|_| {}).await;
    let invalid = (Code::InvalidArgument as i32, "MALFORMED_MESSAGE".to_owned());
    assert_eq!(raw(running.address, b"\0\0\0\0\x03\x0a\x7fa").await, invalid);
    assert_eq!(raw(running.address, b"\0\0\0\0\x0a\x0a\x02").await, invalid, "the frame is cut short");
}

#[tokio::test]
async fn a_stream_numbers_its_answers_and_has_defaults() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let plain = || Some(request(structured("2021")));
    let english =
        v1::StreamDefaults { language: v1::Language::En.into(), profile: "nowhere".into(), ..Default::default() };
    let item = |key: &str, defaults: Option<v1::StreamDefaults>| v1::CheckReportsRequest {
        key: key.into(),
        request: plain(),
        defaults,
    };
    let long = "k".repeat(300);
    // Defaults alone have no answer, and don't count.
    let alone = v1::CheckReportsRequest { key: String::new(), request: None, defaults: Some(english) };
    let items = vec![alone, item("a", None), item("b", Some(v1::StreamDefaults::default())), item(&long, None)];
    let answers = client.check_reports(tokio_stream::iter(items)).await.unwrap().into_inner();
    let mut found: Vec<(i64, String, String)> = answers
        .map(|answer| {
            let answer = answer.unwrap();
            let result = match answer.result.unwrap() {
                Answer::Response(response) => format!("{:?}", response.assessment.unwrap().verdict()),
                Answer::Error(status) => format!("{} {}", details(&status).0, status.message),
            };
            (answer.sequence, answer.key, result)
        })
        .collect()
        .await;
    found.sort();
    assert_eq!(found.len(), 3);
    assert!(found[0].2.starts_with("INVALID_REQUEST the request is invalid: defaults.profile"), "{found:?}");
    assert_eq!((found[1].0, found[1].1.as_str(), found[1].2.as_str()), (1, "b", "Compliant"));
    assert_eq!((found[2].0, found[2].1.as_str()), (2, ""), "a key that is too long is not cut");
}

#[tokio::test]
async fn what_does_not_belong_beside_a_report_is_told_in_a_stream_too() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let of_year = |year: i32| {
        let mut filing = structured("2021");
        if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
            report.year = Some(year);
        }
        Some(filing)
    };
    // Last year's report is of this year; a subordinate is sent twice.
    let own = v1::CheckReportRequest { previous: of_year(2023), ..request(structured("2021")) };
    let twice = v1::CheckReportRequest { subordinates: vec![of_year(2023).unwrap(); 2], ..request(structured("2021")) };
    let item = |key: &str, request| v1::CheckReportsRequest { key: key.into(), request: Some(request), defaults: None };
    let items = tokio_stream::iter(vec![item("previous", own), item("subordinates", twice)]);
    let mut answers = client.check_reports(items).await.unwrap().into_inner();
    let mut told = std::collections::BTreeMap::new();
    while let Some(Ok(answer)) = answers.next().await {
        let Some(Answer::Response(response)) = answer.result else { panic!("{answer:?}") };
        let assessment = response.assessment.unwrap();
        assert_eq!(assessment.verdict(), v1::Verdict::Undetermined);
        let codes: Vec<String> = assessment.findings.into_iter().map(|finding| finding.rule_code).collect();
        told.insert(answer.key, codes);
    }
    assert!(told["previous"].iter().any(|code| code == "CTX-001"), "{told:?}");
    assert!(told["subordinates"].iter().any(|code| code == "CTX-003"), "{told:?}");
}

#[tokio::test]
async fn a_stream_goes_on_after_an_unreadable_item() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let item = |key: &str, subject: v1::Filing| v1::CheckReportsRequest {
        key: key.into(),
        request: Some(request(subject)),
        defaults: None,
    };
    let items = vec![
        item("a", structured("2019")),
        item("b", document("GIF89a")),
        item("", structured("2019")),
        v1::CheckReportsRequest { key: "d".into(), request: None, defaults: None },
        item("e", structured("2021")),
    ];
    let answers = client.check_reports(tokio_stream::iter(items)).await.unwrap().into_inner();
    let mut found: Vec<(String, String)> = answers
        .map(|answer| {
            let answer = answer.unwrap();
            let result = match answer.result.unwrap() {
                Answer::Response(response) => format!("{:?}", response.assessment.unwrap().verdict()),
                Answer::Error(status) => details(&status).0,
            };
            (answer.key, result)
        })
        .collect()
        .await;
    found.sort();
    let expected = [
        ("", "INVALID_REQUEST"),
        ("a", "Compliant"),
        ("b", "UNSUPPORTED_FORMAT"),
        ("d", "INVALID_REQUEST"),
        ("e", "Compliant"),
    ];
    assert_eq!(found, expected.map(|(key, result)| (key.to_owned(), result.to_owned())));
}

#[tokio::test]
async fn rules_are_listed_by_pages_and_told_one_by_one() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let (mut codes, mut page_token) = (Vec::new(), String::new());
    loop {
        let page = v1::ListRulesRequest { page_size: 7, page_token, language: 0, ..Default::default() };
        let page = client.list_rules(page).await.unwrap().into_inner();
        assert!(page.rules.len() <= 7 && page.rule_set_digest.len() == 64);
        codes.extend(page.rules.into_iter().map(|rule| rule.code));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    let all: Vec<String> = gouji::rules::all().iter().map(|rule| rule.code.to_string()).collect();
    assert_eq!(codes, all);
    let rule = v1::GetRuleRequest { code: "TAL-001".into(), language: v1::Language::En.into(), ..Default::default() };
    let rule = client.get_rule(rule).await.unwrap().into_inner().rule.unwrap();
    assert!(rule.documentation.contains("# Bad") && rule.title.starts_with("New and carried-in"));
    let missing = client
        .get_rule(v1::GetRuleRequest { code: "TAL-999".into(), language: 0, ..Default::default() })
        .await
        .unwrap_err();
    assert_eq!((missing.code(), told(&missing).0.as_str()), (Code::NotFound, "RULE_NOT_FOUND"));
    let wrong = v1::ListRulesRequest { page_size: -1, page_token: "x".into(), language: 7, ..Default::default() };
    let wrong = client.list_rules(wrong).await.unwrap_err();
    assert_eq!(told(&wrong).1, ["language", "page_token", "page_size"]);
}

#[tokio::test]
async fn both_compressions_work() {
    let running = start(|_| {}).await;
    for encoding in [CompressionEncoding::Gzip, CompressionEncoding::Zstd] {
        let mut client = running.client().await.send_compressed(encoding).accept_compressed(encoding);
        let answer = client.check_report(request(structured("2021"))).await.unwrap();
        assert_eq!(
            answer.metadata().get("grpc-encoding").unwrap(),
            if encoding == CompressionEncoding::Gzip { "gzip" } else { "zstd" }
        );
    }
}

#[tokio::test]
async fn a_call_has_an_identifier_and_keeps_its_own() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let mut own = Request::new(request(structured("2021")));
    own.metadata_mut().insert("x-request-id", "case-7".parse().unwrap());
    let answer = client.check_report(own).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap(), "case-7");
    let answer = client.check_report(request(structured("2021"))).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap().len(), 36);
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
}

#[tokio::test]
async fn what_is_no_grpc_is_refused_as_http_does() {
    let running = start(|_| {}).await;
    let status = async |method: &str, kind: &str| {
        let mut stream = tokio::net::TcpStream::connect(running.address).await.unwrap();
        let (mut sender, connection) = h2::client::handshake(&mut stream).await.unwrap();
        let request = http::Request::builder().method(method).uri("http://x/gouji.v1.ComplianceService/CheckReport");
        let request = request.header("content-type", kind).body(()).unwrap();
        let (answer, _) = sender.send_request(request, true).unwrap();
        tokio::select! {
            answer = answer => answer.unwrap().status().as_u16(),
            ended = connection => panic!("{ended:?}"),
        }
    };
    assert_eq!(status("POST", "application/json").await, 415);
    assert_eq!(status("GET", "application/grpc").await, 405);
    assert_eq!(status("POST", "application/grpc-web").await, 415);
    assert_eq!(status("POST", "application/grpc+proto").await, 200);
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
async fn reflection_answers_in_both_versions() {
    use tonic_reflection::pb::{v1, v1alpha};
    let running = start(|_| {}).await;
    let channel = channel(running.address).await;
    let request = v1::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(v1::server_reflection_request::MessageRequest::ListServices(String::new())),
    };
    let mut newer = v1::server_reflection_client::ServerReflectionClient::new(channel.clone());
    let mut answers = newer.server_reflection_info(tokio_stream::iter([request])).await.unwrap().into_inner();
    let answer = format!("{:?}", answers.message().await.unwrap().unwrap());
    assert!(answer.contains("gouji.v1.ComplianceService"), "{answer}");
    let request = v1alpha::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(v1alpha::server_reflection_request::MessageRequest::FileContainingSymbol(
            "gouji.v1.Assessment".into(),
        )),
    };
    let mut older = v1alpha::server_reflection_client::ServerReflectionClient::new(channel);
    let mut answers = older.server_reflection_info(tokio_stream::iter([request])).await.unwrap().into_inner();
    let answer = answers.message().await.unwrap().unwrap();
    assert!(matches!(
        answer.message_response,
        Some(v1alpha::server_reflection_response::MessageResponse::FileDescriptorResponse(_))
    ));
}

/// The address that a server's log names.
fn address_in(log: &str) -> Option<SocketAddr> {
    let entry: serde_json::Value = serde_json::from_str(log).ok()?;
    entry.get("address")?.as_str()?.parse().ok()
}

#[tokio::test]
async fn a_host_name_is_listened_on_at_all_its_addresses() {
    let config = Config { listen: "localhost:0".to_owned(), ..common::config() };
    let server = Server::bind(config).await.unwrap();
    assert!(server.address().unwrap().ip().is_loopback());
}

#[tokio::test]
async fn a_signal_ends_the_service_within_the_cap_whatever_streams_are_open() {
    use tokio::io::{AsyncBufReadExt, BufReader};
    let mut server = tokio::process::Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .envs([
            ("GOUJI_LOG__FORMAT", "json"),
            ("GOUJI_TIMES__DRAIN_DELAY_MS", "0"),
            ("GOUJI_TIMES__DRAIN_CAP_MS", "300"),
        ])
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut log = BufReader::new(server.stderr.take().unwrap()).lines();
    let (address, listening) = loop {
        let line = log.next_line().await.unwrap().unwrap();
        if let Some(address) = address_in(&line) {
            break (address, line);
        }
    };
    for said in ["\"tls\":\"none\"", "\"callers\":\"anybody\"", "\"packs\":\"\"", "\"profiles\":\"national, beijing\""]
    {
        assert!(listening.contains(said), "{said}: {listening}");
    }
    let mut client = ComplianceServiceClient::new(channel(address).await);
    let (hold, items) = tokio::sync::mpsc::channel(1);
    let first = v1::CheckReportsRequest { key: "a".into(), request: Some(request(structured("2021"))), defaults: None };
    hold.send(first).await.unwrap();
    let mut answers = client.check_reports(ReceiverStream::new(items)).await.unwrap().into_inner();
    assert!(answers.message().await.unwrap().is_some());
    let pid = server.id().unwrap().to_string();
    // SIGHUP triggers a check of the rules, and ends nothing; where there is nothing to reload the log says so.
    assert!(std::process::Command::new("kill").args(["-HUP", &pid]).status().unwrap().success());
    let mut rest = String::new();
    while !rest.contains("nothing to reload") {
        rest.push_str(&log.next_line().await.unwrap().expect("a line about SIGHUP"));
    }
    assert!(client.check_report(request(structured("2021"))).await.is_ok());
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    // The stream is notified; the connection stays open, and the server stops nevertheless.
    let ended = tokio::time::timeout(PATIENCE, answers.message()).await.unwrap().unwrap_err();
    assert_eq!(ended.code(), Code::Unavailable);
    let status = tokio::time::timeout(PATIENCE, server.wait()).await.unwrap().unwrap();
    assert!(status.success(), "{status}");
    drop(hold);
    while let Some(line) = log.next_line().await.unwrap() {
        rest.push_str(&line);
    }
    // One line a report, with how long it took, how large it was, and what came out.
    let told =
        ["\"verdict\":\"Compliant\"", "\"year\":2023", "\"profile\":\"national\"", "\"checked_us\":", "\"bytes\":"];
    assert!(told.iter().all(|said| rest.matches(said).count() == 2), "{rest}");
    assert!(!rest.contains("青溪县"), "a log holds text of a report");
}

#[tokio::test]
async fn last_years_and_the_subordinates_reports_are_checked_against() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let last_year = |carried: i32| {
        let mut filing = structured("2021");
        if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
            report.year = Some(2022);
            let forward = report.applications.as_mut().unwrap().carried_forward.as_mut().unwrap();
            forward.natural_person = Some(carried);
            forward.total = Some(carried);
        }
        filing
    };
    let mut codes = Vec::new();
    for carried in [2, 5] {
        let checked = v1::CheckReportRequest { previous: Some(last_year(carried)), ..request(structured("2021")) };
        let assessment = client.check_report(checked).await.unwrap().into_inner().assessment.unwrap();
        let found = assessment.findings.iter().filter(|it| it.rule_code == "YOY-001").flat_map(|it| &it.occurrences);
        let found = found.map(|own| own.spot.clone().unwrap().path);
        codes.push(found.collect::<Vec<_>>());
    }
    let wrong = ["applications.carried_over.natural_person", "applications.carried_over.total"];
    assert_eq!(codes, [vec![], wrong.map(str::to_owned).to_vec()]);
    // Two copies of the whole as its parts: their sum is twice the whole.
    let named = |name: &str| {
        let mut filing = structured("2021");
        if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
            report.body.get_or_insert_default().name = name.to_owned();
        }
        filing
    };
    let parts = v1::CheckReportRequest {
        subordinates: vec![named("青溪县财政局"), named("青溪县民政局")],
        subordinates_complete: true,
        ..request(structured("2021"))
    };
    let assessment = client.check_report(parts).await.unwrap().into_inner().assessment.unwrap();
    assert!(assessment.findings.iter().any(|it| it.rule_code == "AGG-001" && it.severity() == v1::Severity::Error));
    assert_eq!(assessment.verdict(), v1::Verdict::NonCompliant);
}

#[tokio::test]
async fn a_page_and_a_pdf_are_read_as_documents_and_the_answer_says_what_they_are() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    for (name, format) in [("report.html", v1::Format::Html), ("report.pdf", v1::Format::Pdf)] {
        let content = std::fs::read(common::root().join("tests/documents").join(name)).unwrap();
        let answer = client.check_report(request(document(content))).await.unwrap().into_inner();
        assert_eq!(answer.source.unwrap().format(), format);
        let findings = answer.assessment.unwrap().findings;
        let occurrences: Vec<_> = findings.iter().flat_map(|finding| &finding.occurrences).collect();
        let places = occurrences.iter().map(|own| own.spot.as_ref().unwrap().place.as_ref());
        assert!(occurrences.len() == 5 && places.into_iter().all(|place| place.is_some_and(|place| place.table > 0)));
    }
}

#[tokio::test]
async fn packs_are_in_force_and_every_answer_names_them() {
    let pack = gouji::operator::load_pack(&common::root().join("examples/packs/sample"), &[]).unwrap();
    let rulebook = Rulebook::of(std::slice::from_ref(&pack), Vec::new(), Vec::new());
    let server = Server::bind(common::config()).await.unwrap().with_rules(Arc::new(InForce::fixed(rulebook)));
    let address = run(server).address;
    let mut client = ComplianceServiceClient::new(channel(address).await);
    let patch = serde_json::json!({ "report": { "disclosure_2021": { "permits": { "decisions": 0 } } } });
    let report = report_to(&dossier(&common::patched(clean("2021"), &patch)).report);
    let subject = v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) };
    let plain = request(subject);
    let assessment = client.check_report(plain.clone()).await.unwrap().into_inner().assessment.unwrap();
    assert!(assessment.findings.iter().any(|finding| finding.rule_code == "QX-004"));
    let citation = assessment.citation.unwrap();
    assert_eq!((citation.packs[0].name.as_str(), &citation.packs[0].digest), ("qingxi", &pack.digest));
    let pinned = |name: &str, digest: &str| v1::CheckReportRequest {
        pinned_packs: vec![v1::PinnedPack { name: name.into(), digest: digest.into() }],
        ..plain.clone()
    };
    assert!(client.check_report(pinned("qingxi", &pack.digest)).await.is_ok());
    for (name, digest, reason) in [
        ("qingxi", "0".repeat(64), "RULE_SET_CHANGED"),
        ("other", pack.digest.clone(), "RULE_SET_CHANGED"),
        ("qingxi", "x".to_owned(), "INVALID_REQUEST"),
    ] {
        let error = client.check_report(pinned(name, &digest)).await.unwrap_err();
        assert_eq!(told(&error).0, reason, "{name} {digest}: {error}");
    }
    let asked = v1::GetRuleRequest { code: "QX-002".into(), ..Default::default() };
    let rule = client.get_rule(asked).await.unwrap().into_inner().rule.unwrap();
    assert_eq!(rule.title, "各列应平衡");
}

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
        config.times.check_ms = 3_600_000;
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
    let running = start(|config| mute.set(config)).await;
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
async fn the_reports_of_a_caller_who_leaves_go_with_it() {
    let mut mute = Mute::new();
    let running = start(|config| mute.set(config)).await;
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
    let running = start(|config| mute.set(config)).await;
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
async fn small_reports_pile_up_unread_and_are_all_answered() {
    let running = start(|config| config.limits.checks_per_stream = 1).await;
    let (send, _connection) = h2_client(running.address).await;
    let reports = call(running.address, "CheckReports");
    let (response, mut stream) = send.ready().await.unwrap().send_request(reports, false).unwrap();
    const COUNT: u32 = 20_000;
    let sending = tokio::spawn(async move {
        for number in 0..COUNT {
            let report =
                v1::AnnualReport { title: "甲局2023年政府信息公开年报".into(), ..Default::default() };
            let subject = v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) };
            let item =
                v1::CheckReportsRequest { key: number.to_string(), request: Some(request(subject)), defaults: None };
            let framed = framed(&item);
            stream.reserve_capacity(framed.len());
            while stream.capacity() < framed.len() {
                std::future::poll_fn(|context| stream.poll_capacity(context)).await.unwrap().unwrap();
            }
            // A frame for each, as grpcio sends them.
            stream.send_data(framed, number + 1 == COUNT).unwrap();
        }
    });
    let mut body = response.await.unwrap().into_body();
    let (mut bytes, mut answered) = (Vec::new(), 0);
    while let Some(data) = body.data().await {
        let data = data.unwrap();
        body.flow_control().release_capacity(data.len()).unwrap();
        bytes.extend_from_slice(&data);
        while bytes.len() >= 5 {
            let length = u32::from_be_bytes(bytes[1..5].try_into().unwrap()) as usize + 5;
            if bytes.len() < length {
                break;
            }
            bytes.drain(..length);
            answered += 1;
        }
    }
    sending.await.unwrap();
    assert_eq!(answered, COUNT);
}

#[tokio::test]
async fn a_message_of_many_small_parts_is_refused_before_it_takes_memory() {
    let running = start(|_| {}).await;
    let empty = prefixed(&[0x1a, 0x00].repeat(2_000_000));
    let refused = (Code::InvalidArgument as i32, "INVALID_REQUEST".to_owned());
    assert_eq!(raw_within(running.address, empty, None).await, refused);
}

#[tokio::test]
async fn what_is_echoed_of_a_request_is_bounded() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let pinned = v1::PinnedPack { name: "甲".repeat(300), digest: "0".repeat(64) };
    let request = v1::CheckReportRequest { pinned_packs: vec![pinned], ..request(structured("2021")) };
    let error = client.check_report(request).await.unwrap_err();
    assert_eq!(error.code(), Code::FailedPrecondition);
    assert!(error.message().chars().count() <= 110 && error.details().len() < 2_300, "{error:?}");
    let mut filing = structured("2021");
    if let Some(v1::filing::Content::Report(report)) = &mut filing.content {
        let faulty = v1::Defect { path: "无".into(), ..Default::default() };
        report.defects = vec![faulty; 1_000];
    }
    let error = client.check_report(self::request(filing)).await.unwrap_err();
    assert_eq!(told(&error).0, "INVALID_REQUEST");
    assert!(error.message().chars().count() <= 110 && error.details().len() < 2_300, "{error:?}");
}

#[tokio::test]
async fn waivers_of_a_request_count_only_where_the_operator_says_so() {
    let faulty = common::patched(
        clean("2021"),
        &serde_json::json!({"report": {"applications": {"carried_forward": {"total": 2}}}}),
    );
    let waivers = ["TAL-001", "TAL-003"].map(|code| v1::Waiver {
        covers: Some(v1::waiver::Covers::Rule(v1::RuleOfBody {
            code: code.into(),
            body: dossier(&faulty).report.body.name,
            year: None,
        })),
        category: v1::WaiverCategory::AcceptedDeviation.into(),
        reason: "经批准".into(),
        approver: "某人".into(),
        expires: Some(gouji::wire::google::r#type::Date { year: 2030, month: 1, day: 1 }),
        ..Default::default()
    });
    let subject =
        v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report_to(&dossier(&faulty).report)))) };
    let waived = |year: i32| v1::CheckReportRequest {
        waivers: waivers.to_vec(),
        as_of: Some(gouji::wire::google::r#type::Date { year, month: 3, day: 1 }),
        ..request(subject.clone())
    };
    let cases = [
        (false, 2024, v1::Verdict::NonCompliant, v1::WaiverOutcome::NotHeeded),
        (true, 2024, v1::Verdict::Compliant, v1::WaiverOutcome::Applied),
        (true, 2023, v1::Verdict::NonCompliant, v1::WaiverOutcome::Premature),
    ];
    for (heeded, year, verdict, worth) in cases {
        let running = start(|config| config.request_waivers = heeded).await;
        let answer = running.client().await.check_report(waived(year)).await.unwrap().into_inner().assessment.unwrap();
        assert_eq!((answer.verdict(), answer.waivers[0].outcome()), (verdict, worth), "{heeded} {year}");
    }
}

#[tokio::test]
async fn a_page_has_two_hundred_rules_at_most() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let page = |page_size: i32| v1::ListRulesRequest { page_size, ..Default::default() };
    assert!(client.list_rules(page(200)).await.is_ok());
    let error = client.list_rules(page(201)).await.unwrap_err();
    assert_eq!(told(&error), ("INVALID_REQUEST".into(), vec!["page_size".into()]));
    let faulty = v1::GetRuleRequest { code: "TAL-001".into(), language: 9, ..Default::default() };
    let error = client.get_rule(faulty).await.unwrap_err();
    assert_eq!(told(&error), ("INVALID_REQUEST".into(), vec!["language".into()]));
}
