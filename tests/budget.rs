//! What strangers make a server hold, and never take or never end, is within its budget of bytes: as real memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/frames.rs"]
mod frames;
#[path = "common/process.rs"]
mod process;

use common::{
    calls::{call, framed, h2_client, request, structured},
    server::{PATIENCE, channel},
};
use frames::{DATA, HEADERS, HELLO, SETTINGS, WINDOW_UPDATE, Wire, frame, head, head_of, is_open, literal};
use gouji::{
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::v1::{self, filing::Content},
};
use process::Process;
use tokio::{io::AsyncWriteExt, net::TcpStream, time::timeout};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, codec::CompressionEncoding};

/// The budget of the servers here, and what a server may hold beside it: connections, checks, and what the system keeps ready.
const BUDGET: u64 = 32 << 20;
const BESIDE: u64 = 16 << 20;

/// A server, and the most memory that it held when nobody had come.
struct Server {
    process: Process,
    before: u64,
}

impl Server {
    async fn start() -> Self {
        let process = Process::start(&[
            ("GOUJI_LIMITS__PENDING_BYTES", "33554432"),
            ("GOUJI_LIMITS__REQUEST_BYTES", "4194304"),
            ("GOUJI_LIMITS__CHECKS", "1"),
            ("GOUJI_LOG__FILTER", "warn,gouji::grpc::server=info,gouji::service=info"),
        ])
        .await;
        let before = process.most_memory();
        Self { process, before }
    }

    /// A connection whose calls have so much room for answers.
    async fn stranger(&self, window: u32) -> TcpStream {
        let mut socket = TcpStream::connect(self.process.address).await.unwrap();
        socket.write_all(HELLO).await.unwrap();
        let window = [&[0, 4][..], &window.to_be_bytes()].concat();
        socket.write_all(&frame(SETTINGS, 0, 0, &window)).await.unwrap();
        socket
    }

    /// Streams of one connection, each with the same messages, whose answers are not taken.
    async fn streams(&self, many: u32, messages: &[v1::CheckReportsRequest]) -> TcpStream {
        let mut socket = self.stranger(0).await;
        let bytes: Vec<u8> = messages.iter().flat_map(framed).collect();
        for stream in numbers(many) {
            let mut all = frame(HEADERS, 4, stream, &head("CheckReports"));
            all.extend(bytes.chunks(16 << 10).flat_map(|piece| frame(DATA, 0, stream, piece)));
            timeout(PATIENCE, socket.write_all(&all)).await.unwrap().unwrap();
        }
        socket
    }

    /// Waits until so many reports were checked, or refused.
    async fn has_seen(&mut self, mut reports: usize) {
        while reports > 0 {
            let line = timeout(PATIENCE, self.process.log.next_line()).await.expect("silence").unwrap().unwrap();
            reports -=
                usize::from(line.contains("\"message\":\"checked\"") || line.contains("\"message\":\"not checked\""));
        }
    }

    /// Another caller has an answer: those who came before had their turn, and there is room again.
    async fn goes_on(&self) {
        let mut client = ComplianceServiceClient::new(channel(self.process.address).await);
        let answered = async {
            while let Err(refused) = client.check_report(request(structured("2021"))).await {
                assert_eq!(refused.code(), Code::Unavailable);
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, answered).await.expect("no answer");
    }

    fn is_within_its_budget(&self, what: &str) {
        let grown = self.process.most_memory().saturating_sub(self.before);
        println!("{what}: {} MB more, of {}", grown >> 20, BUDGET >> 20);
        assert!(grown <= BUDGET + BESIDE, "{what}: {grown} bytes more");
    }
}

/// The numbers of a client's streams.
fn numbers(many: u32) -> impl Iterator<Item = u32> {
    (0..many).map(|at| 2 * at + 1)
}

/// So many reports for a stream, all alike.
fn items(many: usize, report: &v1::CheckReportRequest) -> Vec<v1::CheckReportsRequest> {
    let item = |at: usize| v1::CheckReportsRequest {
        key: at.to_string(),
        request: Some(report.clone()),
        ..Default::default()
    };
    (0..many).map(item).collect()
}

fn empty_report() -> v1::Filing {
    let report = v1::AnnualReport { year: Some(2023), ..Default::default() };
    v1::Filing { content: Some(Content::Report(Box::new(report))) }
}

#[tokio::test]
async fn answers_of_streams_that_nobody_takes() {
    let mut server = Server::start().await;
    // As many as wait to be taken, and as are under way.
    const REPORTS: usize = 16 + 16;
    const STREAMS: u32 = 32;
    let report =
        v1::CheckReportRequest { subject: Some(empty_report()), view: v1::View::Full.into(), ..Default::default() };
    let mut socket = server.streams(STREAMS, &items(REPORTS, &report)).await;
    server.has_seen(REPORTS * STREAMS as usize).await;
    server.is_within_its_budget("answers");
    assert!(is_open(&mut socket).await);
}

/// Their client has said that it has room for them.
#[tokio::test]
async fn answers_that_nobody_reads() {
    let server = Server::start().await;
    let message = framed(&v1::ListRulesRequest { page_size: 200, ..Default::default() });
    let mut open = Vec::new();
    for _ in 0..8 {
        let mut socket = server.stranger(i32::MAX.unsigned_abs()).await;
        socket.write_all(&frame(WINDOW_UPDATE, 0, 0, &(i32::MAX.unsigned_abs() - 65_535).to_be_bytes())).await.unwrap();
        for stream in numbers(256) {
            socket.write_all(&frame(HEADERS, 4, stream, &head("ListRules"))).await.unwrap();
            socket.write_all(&frame(DATA, 1, stream, &message)).await.unwrap();
        }
        open.push(socket);
    }
    for socket in &mut open {
        // All have come: it reads as far as the answer to a ping.
        server.is_within_its_budget("unread");
        assert!(is_open(socket).await);
    }
    server.is_within_its_budget("unread");
}

/// Some bytes of a list are many when they are decoded.
#[tokio::test]
async fn reports_of_streams_that_are_large_in_memory_and_wait() {
    let server = Server::start().await;
    let report = v1::CheckReportRequest {
        subject: Some(empty_report()),
        subordinates: vec![empty_report(); 200],
        ..Default::default()
    };
    let mut socket = server.streams(16, &items(16, &report)).await;
    assert!(is_open(&mut socket).await);
    server.goes_on().await;
    server.is_within_its_budget("reports");
}

#[tokio::test]
async fn defaults_of_streams() {
    let server = Server::start().await;
    let waiver = v1::Waiver { reason: "x".repeat(1_000), ..Default::default() };
    let defaults = v1::StreamDefaults { waivers: vec![waiver; 500], ..Default::default() };
    let report = v1::CheckReportRequest { subject: Some(empty_report()), ..Default::default() };
    let first = v1::CheckReportsRequest { defaults: Some(defaults), ..Default::default() };
    let messages: Vec<_> = std::iter::once(first).chain(items(16, &report)).collect();
    let (send, _connection) = h2_client(server.process.address).await;
    let mut open = Vec::new();
    for _ in 0..16 {
        let mut send = send.clone().ready().await.unwrap();
        let (answer, mut stream) = send.send_request(call(server.process.address, "CheckReports"), false).unwrap();
        for message in &messages {
            // Where there is no room the stream has ended.
            let _ = stream.send_data(framed(message), false);
        }
        open.push((answer, stream));
    }
    for (answer, _stream) in &mut open {
        // The answer to its first report, or its end.
        let head = timeout(PATIENCE, answer).await.unwrap().unwrap();
        let _ = timeout(PATIENCE, head.into_body().data()).await.unwrap();
    }
    server.is_within_its_budget("defaults");
}

/// Some bytes become many where they are decompressed, and what was needed for that is kept as long as the stream is open.
#[tokio::test]
async fn streams_whose_messages_were_large_once() {
    // Much too long a key: the answer is an error, at once.
    let large = v1::CheckReportsRequest { key: "x".repeat(2 << 20), ..Default::default() };
    for encoding in [None, Some(CompressionEncoding::Gzip), Some(CompressionEncoding::Zstd)] {
        let server = Server::start().await;
        let mut open = Vec::new();
        for _ in 0..40 {
            let mut client = ComplianceServiceClient::new(channel(server.process.address).await);
            if let Some(encoding) = encoding {
                client = client.send_compressed(encoding);
            }
            let (send, items) = tokio::sync::mpsc::channel(1);
            send.send(large.clone()).await.unwrap();
            if let Ok(answers) = client.check_reports(ReceiverStream::new(items)).await {
                let mut answers = answers.into_inner();
                // The answer, or the end of the stream where there is no room.
                let _ = timeout(PATIENCE, answers.message()).await.unwrap();
                open.push((send, answers));
            }
        }
        server.is_within_its_budget("large once");
    }
}

#[tokio::test]
async fn messages_that_come_byte_by_byte() {
    let server = Server::start().await;
    let mut socket = server.stranger(0).await;
    let begun = [frame(HEADERS, 4, 1, &head("CheckReport")), frame(DATA, 0, 1, b"\0\0\xff\0\0")].concat();
    socket.write_all(&begun).await.unwrap();
    let small = frame(DATA, 0, 1, b"x").repeat(1_000);
    for _ in 0..900 {
        // HTTP/2 itself ends a connection when it can't pass small pieces on as fast as they come.
        if socket.write_all(&small).await.is_err() {
            break;
        }
    }
    let _ = is_open(&mut socket).await;
    server.is_within_its_budget("bytes");
}

/// A call of whatever kind, with headers as large as they may be, which goes no further.
#[tokio::test]
async fn calls_with_many_headers() {
    let more: Vec<u8> =
        (0..80).flat_map(|at| [&[0][..], &literal(&format!("x-{at}")), &literal(&"y".repeat(120))].concat()).collect();
    for head in [head("CheckReport"), head("GetRule"), head_of("grpc.health.v1.Health", "Check")] {
        let server = Server::start().await;
        let mut open: Vec<Box<dyn Wire>> = Vec::new();
        for _ in 0..16 {
            let mut socket = server.stranger(0).await;
            for stream in numbers(256) {
                let begun = frame(HEADERS, 4, stream, &[&head[..], &more].concat());
                socket.write_all(&begun).await.unwrap();
            }
            assert!(is_open(&mut socket).await);
            open.push(Box::new(socket));
        }
        server.is_within_its_budget("headers");
    }
}
