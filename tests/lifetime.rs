//! A server from its start to its end, and what it tells of itself meanwhile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/process.rs"]
mod process;

use std::time::Duration;

use common::{
    calls::{call, document, ended, framed, h2_client, request, structured, told},
    server::{PATIENCE, channel, start},
};
use gouji::{config::Config, grpc::Server, grpc::stubs::compliance_service_client::ComplianceServiceClient, wire::v1};
use process::Process;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    net::unix::pipe::{OpenOptions, Receiver},
};
use tokio_stream::wrappers::ReceiverStream;
use tonic::Code;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient, server_reflection_request,
};

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
    // What listens, and speaks something else; what is encrypted closes what is in clear text.
    let other = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let speaks_http_1 = other.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        use tokio::io::AsyncWriteExt;
        while let Ok((mut socket, _)) = other.accept().await {
            let _ = socket.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
        }
    });
    // Taken, so that no other test gets it, and not listened on.
    let taken = tokio::net::TcpSocket::new_v4().unwrap();
    taken.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let nobodys = taken.local_addr().unwrap().to_string();
    for (address, why) in [
        ("unix:/no/such/socket".to_owned(), "没有这个套接字文件"),
        (nobodys, "该地址没有服务"),
        (speaks_http_1, "对方没有按 gRPC 应答"),
        ("a b".to_owned(), "地址应写作"),
    ] {
        let (code, told) = ask(address.clone()).await;
        assert_eq!(code, Some(1), "{told}");
        assert!(told.starts_with(&format!("{address}：没有应答（{why}")), "{told}");
        assert!(!told.contains("error"), "{told}");
    }
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
    let ids = rest.split("{\"timestamp\"").map(|line| line.matches("\"request_id\"").count());
    assert_eq!(ids.max(), Some(1), "each line of a call names it once: {rest}");
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

#[tokio::test]
async fn at_the_start_it_is_told_that_no_document_can_be_read_and_figures_are_checked_all_the_same() {
    for (program, told) in [("/bin/false", true), ("", false)] {
        let settings = [("GOUJI_DOCUMENTS__PROGRAM", program), ("GOUJI_LOG__FILTER", "info,gouji::service=debug")];
        let mut server = Process::start(&settings).await;
        let line = server.said("process that reads documents").await;
        assert_eq!(line.contains("\"level\":\"ERROR\""), told, "{line}");
        let mut client = ComplianceServiceClient::new(channel(server.address).await);
        assert!(client.check_report(request(structured("2021"))).await.is_ok());
        let mut health = HealthClient::new(channel(server.address).await);
        let answer = health.check(HealthCheckRequest { service: "gouji.v1.ComplianceService".into() }).await.unwrap();
        assert_eq!(answer.into_inner().status().as_str_name(), "SERVING");
        server.signal("-TERM");
        server.ended().await;
    }
}

#[tokio::test]
async fn a_file_that_lists_no_callers_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("callers.yaml");
    for (content, told) in
        [("callers: []\n", true), ("callers:\n- { name: a, certificate: 'CN=a', roles: [check] }\n", false)]
    {
        std::fs::write(&file, content).unwrap();
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).env("GOUJI_CALLERS", &file).kill_on_drop(true);
        let mut server = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(server.stderr.take().unwrap()).lines();
        let mut said = String::new();
        while !said.contains("listening") {
            said += &log.next_line().await.unwrap().unwrap();
        }
        assert_eq!(said.contains("WARN") && said.contains("nobody may make a call"), told, "{said}");
    }
}

/// A reader of documents that says when it has been started, and reads once there is a file `go`.
fn held_reader(folder: &std::path::Path) -> (String, Lines<BufReader<Receiver>>) {
    use std::os::unix::fs::PermissionsExt;
    let (program, started) = (folder.join("reader"), folder.join("started"));
    let script = format!(
        "#!/bin/sh\necho started > '{}'\nwhile [ ! -e '{}' ]; do :; done\nexec '{}' \"$@\"\n",
        started.display(),
        folder.join("go").display(),
        env!("CARGO_BIN_EXE_gouji")
    );
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&started).status().unwrap().success());
    let started = OpenOptions::new().read_write(true).open_receiver(started).unwrap();
    (program.display().to_string(), BufReader::new(started).lines())
}

/// It may be sent elsewhere: the end waits for nobody who is still sending, or who might.
#[tokio::test]
async fn what_has_not_come_as_a_whole_at_the_end_is_refused_at_once() {
    let settings = [("GOUJI_TIMES__DRAIN_DELAY_MS", "0"), ("GOUJI_TIMES__DRAIN_CAP_MS", "3600000")];
    let mut server = Process::start(&settings).await;
    let mut open = Vec::new();
    for method in ["CheckReport", "CheckReports", "ListRules", "grpc.health.v1.Health/Check"] {
        for sent in [&b""[..], b"\0\0\0\x01\0half"] {
            let (send, connection) = h2_client(server.address).await;
            let mut send = send.ready().await.unwrap();
            let (answer, mut stream) = send.send_request(call(server.address, method), false).unwrap();
            stream.send_data(bytes::Bytes::from_static(sent), false).unwrap();
            // What comes behind it is answered: the server has seen it.
            let mut send = send.ready().await.unwrap();
            let (other, mut whole) = send.send_request(call(server.address, "GetServerInfo"), false).unwrap();
            whole.send_data(framed(&v1::GetServerInfoRequest {}), true).unwrap();
            assert_eq!(ended(other).await.code(), Code::Ok);
            open.push((method, answer, stream, connection, send));
        }
    }
    server.signal("-TERM");
    for (method, answer, _stream, _connection, _send) in open {
        let refused = ended(answer).await;
        assert_eq!((refused.code(), told(&refused).0.as_str()), (Code::Unavailable, "SHUTTING_DOWN"), "{method}");
        assert!(refused.metadata().contains_key("grpc-retry-pushback-ms"), "{method}");
    }
    server.ended().await;
}

#[tokio::test]
async fn a_call_under_way_is_answered_whatever_else_is_open_at_the_signal() {
    let folder = tempfile::tempdir().unwrap();
    let (program, mut started) = held_reader(folder.path());
    let settings = [
        ("GOUJI_TIMES__DRAIN_DELAY_MS", "0"),
        ("GOUJI_TIMES__DRAIN_CAP_MS", "3600000"),
        ("GOUJI_DOCUMENTS__PROCESSES", "2"),
        ("GOUJI_DOCUMENTS__READ_MS", "3600000"),
        ("GOUJI_DOCUMENTS__PROGRAM", &program),
    ];
    let mut server = Process::start(&settings).await;
    // The one that is tried at the start.
    started.next_line().await.unwrap().unwrap();
    // A connection on which nothing is asked, one that watches health, and one that reflects.
    let (_idle, idle) = h2_client(server.address).await;
    let mut health = HealthClient::new(channel(server.address).await);
    let mut watched = health.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert_eq!(watched.message().await.unwrap().unwrap().status().as_str_name(), "SERVING");
    let (questions, reflects) = tokio::sync::mpsc::channel(1);
    questions.send(list_services()).await.unwrap();
    let mut reflection = ServerReflectionClient::new(channel(server.address).await);
    let mut described = reflection.server_reflection_info(ReceiverStream::new(reflects)).await.unwrap().into_inner();
    assert!(described.message().await.unwrap().is_some());
    // A call whose message has come in half, and one whose document is being read.
    let (send, _connection) = h2_client(server.address).await;
    let (half_call, mut stream) =
        send.ready().await.unwrap().send_request(call(server.address, "CheckReport"), false).unwrap();
    let message = framed(&request(structured("2021")));
    stream.send_data(message.slice(..message.len() / 2), false).unwrap();
    let content = std::fs::read(common::root().join("tests/documents/report.html")).unwrap();
    let mut client = ComplianceServiceClient::new(channel(server.address).await);
    let checked = tokio::spawn(async move { client.check_report(request(document(content))).await });
    started.next_line().await.unwrap().unwrap();
    server.signal("-TERM");
    server.said("draining").await;
    assert_eq!(watched.message().await.unwrap().unwrap().status().as_str_name(), "NOT_SERVING");
    // The idle connection ends well; the call that is still coming may be made again elsewhere.
    assert!(tokio::time::timeout(PATIENCE, idle).await.unwrap().unwrap().is_ok());
    let refused = ended(half_call).await;
    assert_eq!((refused.code(), told(&refused).0.as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    assert!(!checked.is_finished() && server.server.try_wait().unwrap().is_none(), "it ended before its call");
    std::fs::write(folder.path().join("go"), "").unwrap();
    assert!(checked.await.unwrap().is_ok());
    // Nobody has closed the stream of reflection: it is not waited for.
    server.ended().await;
    drop((questions, described));
}

fn list_services() -> ServerReflectionRequest {
    let all = server_reflection_request::MessageRequest::ListServices(String::new());
    ServerReflectionRequest { host: String::new(), message_request: Some(all) }
}
