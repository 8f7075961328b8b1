//! Many, slow and greedy callers: others go on, and get their share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod common;
#[path = "common/frames.rs"]
mod frames;

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use bytes::Bytes;
use common::{
    bearer,
    calls::{self, call, ended, framed, h2_client, structured, told},
    hash,
    server::{PATIENCE, Running, channel, start},
};
use frames::{HELLO, frame, head, read_to};
use gouji::{grpc::stubs::compliance_service_client::ComplianceServiceClient, wire::v1};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
    task::JoinSet,
    time::timeout,
};
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tonic::{Code, Request, Status, Streaming};

fn request() -> v1::CheckReportRequest {
    calls::request(structured("2021"))
}

fn reason(status: &Status) -> String {
    told(status).0
}

async fn is_answered(running: &Running) {
    assert!(timeout(PATIENCE, running.client().await.check_report(request())).await.unwrap().is_ok());
}

#[tokio::test]
async fn many_connections_that_ask_nothing_keep_nobody_from_an_answer() {
    const MANY: usize = 400;
    let running = start(|_| {}).await;
    let mut idle = Vec::new();
    for _ in 0..MANY {
        let mut socket = TcpStream::connect(running.address).await.unwrap();
        socket.write_all(HELLO).await.unwrap();
        idle.push(socket);
    }
    // All were taken: each has heard the server's settings.
    for socket in &mut idle {
        timeout(PATIENCE, socket.read_exact(&mut [0; 9])).await.unwrap().unwrap();
    }
    is_answered(&running).await;
    // And none was closed for it.
    let ping = b"\0\0\x08\x06\0\0\0\0\0gouji123";
    for socket in &mut idle {
        socket.write_all(ping).await.unwrap();
        assert!(timeout(PATIENCE, socket.read_u8()).await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn who_sends_half_of_the_headers_is_closed_and_others_go_on() {
    let running = start(|config| config.times.keepalive_ms = 300).await;
    let mut slow = Vec::new();
    for half in [&b"\0\0\x40\x01\x04\0\0\0\x01\x83"[..], b"\0\0\x01\x01\0\0\0\0\x01\x83", b"\0\0"] {
        let mut socket = TcpStream::connect(running.address).await.unwrap();
        // Byte by byte, as far as it comes.
        for byte in HELLO.iter().chain(half) {
            socket.write_all(&[*byte]).await.unwrap();
        }
        slow.push(socket);
    }
    is_answered(&running).await;
    for mut socket in slow {
        let mut said = Vec::new();
        assert!(timeout(PATIENCE, socket.read_to_end(&mut said)).await.is_ok());
    }
}

/// The status of a call whose body is sent so far and no further.
async fn half_sent(address: SocketAddr, method: &str, body: &'static [u8]) -> Status {
    let (send, _connection) = h2_client(address).await;
    let (answer, mut stream) = send.ready().await.unwrap().send_request(call(address, method), false).unwrap();
    for byte in body {
        stream.send_data(Bytes::copy_from_slice(&[*byte]), false).unwrap();
    }
    ended(answer).await
}

#[tokio::test]
async fn a_message_that_does_not_come_ends_its_call_and_keeps_no_place() {
    // One place: whoever kept it would keep everybody out.
    let running = start(|config| {
        (config.times.receive_ms, config.limits.checks) = (200, 1);
        (config.times.queue_ms, config.times.check_ms) = (3_600_000, 3_600_000);
    })
    .await;
    let (mut slow, address) = (JoinSet::new(), running.address);
    for at in 0..40 {
        let body: &[u8] = if at % 2 == 0 { b"" } else { b"\0\0\0\x01\0\x0a\x7f" };
        let method = ["CheckReport", "CheckReports", "ListRules", "grpc.health.v1.Health/Check"][at % 4];
        slow.spawn(async move { half_sent(address, method, body).await });
    }
    is_answered(&running).await;
    for status in slow.join_all().await {
        assert_eq!((status.code(), reason(&status).as_str()), (Code::ResourceExhausted, "TIME_LIMIT"));
    }
}

#[tokio::test]
async fn messages_that_come_in_part_through_streams_are_within_the_budget() {
    let running = start(|config| config.limits.pending_bytes = 2_000_000).await;
    let (send, _connection) = h2_client(running.address).await;
    let mut open = Vec::new();
    loop {
        let mut send = send.clone().ready().await.unwrap();
        let (answer, mut stream) = send.send_request(call(running.address, "CheckReports"), false).unwrap();
        stream.send_data(Bytes::from_static(b"\0\0\x0f\0\0half"), false).unwrap();
        let head = timeout(PATIENCE, answer).await.unwrap().unwrap();
        if let Some(status) = Status::from_header_map(head.headers()) {
            assert_eq!((status.code(), reason(&status).as_str()), (Code::Unavailable, "OVERLOADED"));
            break;
        }
        open.push((head, stream));
    }
    assert_eq!(open.len(), 3, "of each stream a window may have come, and a caller has half of all");
    // What was held is given back.
    drop(open);
    let patience = Instant::now() + PATIENCE;
    while opened_once(&running).await.is_err() {
        assert!(Instant::now() < patience, "nothing was given back");
    }
}

#[tokio::test]
async fn one_who_holds_all_the_bytes_that_it_may_leaves_as_many_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let file = callers(&["greedy", "modest"], folder.path());
    let running = start(|config| (config.callers, config.limits.pending_bytes) = (file, 1_000_000)).await;
    let (send, _connection) = h2_client(running.address).await;
    let mut open = Vec::new();
    let refused = loop {
        let mut send = send.clone().ready().await.unwrap();
        let mut head = call(running.address, "CheckReport");
        head.headers_mut().insert("authorization", "Bearer greedy".parse().unwrap());
        let (mut answer, mut stream) = send.send_request(head, false).unwrap();
        // Half of a message.
        stream.send_data(Bytes::from([&[0, 0, 0, 0xff, 0xff][..], &[0; 60_000]].concat()), false).unwrap();
        // Who isn't refused gets no answer: the next one may be.
        if let Ok(head) = timeout(std::time::Duration::from_millis(50), &mut answer).await {
            break Status::from_header_map(head.unwrap().headers()).unwrap();
        }
        open.push((answer, stream));
    };
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Unavailable, "OVERLOADED"));
    let mut modest = ComplianceServiceClient::with_interceptor(channel(running.address).await, bearer("modest"));
    modest.check_report(request()).await.unwrap();
}

async fn opened_once(running: &Running) -> Result<(), Status> {
    running.client().await.check_reports(tokio_stream::iter([item(request())])).await.map(drop)
}

#[tokio::test]
async fn an_answer_that_is_not_taken_ends_its_call() {
    let running = start(|config| config.times.receive_ms = 300).await;
    for window in [0, 1, 70_000] {
        let socket = TcpStream::connect(running.address).await.unwrap();
        let (send, connection) =
            h2::client::Builder::new().initial_window_size(window).handshake(socket).await.unwrap();
        let connection = tokio::spawn(connection);
        let mut send = send.ready().await.unwrap();
        let (answer, mut stream) = send.send_request(call(running.address, "ListRules"), false).unwrap();
        stream.send_data(framed(&v1::ListRulesRequest { page_size: 200, ..Default::default() }), true).unwrap();
        let mut body = timeout(PATIENCE, answer).await.unwrap().unwrap().into_body();
        // What comes is not acknowledged: there is no room for more.
        let end = async {
            loop {
                match body.data().await {
                    Some(Ok(_)) => {}
                    end => return end,
                }
            }
        };
        let end = timeout(PATIENCE, end).await.expect("the call is kept").unwrap().unwrap_err();
        assert_eq!(end.reason(), Some(h2::Reason::CANCEL), "{window}");
        connection.abort();
    }
}

/// More than HTTP/2's library takes for an attack in the whole life of a connection.
#[tokio::test]
async fn who_is_refused_again_and_again_before_the_message_comes_keeps_the_connection() {
    let folder = tempfile::tempdir().unwrap();
    let file = callers(&["one"], folder.path());
    let running = start(|config| config.callers = file).await;
    let mut socket = TcpStream::connect(running.address).await.unwrap();
    socket.write_all(HELLO).await.unwrap();
    let head = head("CheckReport");
    let streams = || (0..1_200_u32).map(|at| 2 * at + 1);
    for stream in streams() {
        socket.write_all(&frame(1, 4, stream, &head)).await.unwrap();
        read_to(&mut socket, 1, stream).await;
    }
    for stream in streams() {
        socket.write_all(&frame(0, 1, stream, b"\0\0\0\0\0")).await.unwrap();
    }
    socket.write_all(&frame(6, 0, 0, b"gouji123")).await.unwrap();
    read_to(&mut socket, 6, 0).await;
}

fn callers(names: &[&str], folder: &Path) -> String {
    let entry = |name: &&str| format!("- {{ name: {name}, sha256: {}, roles: [check] }}\n", hash(name));
    written(&format!("callers:\n{}", names.iter().map(entry).collect::<String>()), folder)
}

fn written(callers: &str, folder: &Path) -> String {
    let (file, new) = (folder.join("callers.yaml"), folder.join("new"));
    std::fs::write(&new, callers).unwrap();
    std::fs::rename(new, &file).unwrap();
    file.to_string_lossy().into_owned()
}

/// So many calls of a caller at once, again and again.
fn crowd(calls: &mut JoinSet<()>, address: SocketAddr, name: &'static str, many: usize, answers: &Arc<AtomicUsize>) {
    for _ in 0..many {
        let answers = answers.clone();
        calls.spawn(async move {
            let mut client = ComplianceServiceClient::with_interceptor(channel(address).await, bearer(name));
            loop {
                match client.check_report(request()).await {
                    Ok(_) => drop(answers.fetch_add(1, Ordering::Relaxed)),
                    // What the crowd itself is too large for.
                    Err(refused) => assert_eq!(refused.code(), Code::Unavailable, "{refused:?}"),
                }
                tokio::task::yield_now().await;
            }
        });
    }
}

/// A stream of a caller with as many reports under way as it may have.
fn stream(calls: &mut JoinSet<()>, address: SocketAddr, name: &'static str, answers: &Arc<AtomicUsize>) {
    let answers = answers.clone();
    calls.spawn(async move {
        let mut client = ComplianceServiceClient::with_interceptor(channel(address).await, bearer(name));
        let items = tokio_stream::iter(0..).map(|at: usize| v1::CheckReportsRequest {
            key: at.to_string(),
            request: Some(request()),
            defaults: None,
        });
        let mut stream = client.check_reports(items).await.unwrap().into_inner();
        while stream.message().await.unwrap().is_some() {
            answers.fetch_add(1, Ordering::Relaxed);
        }
    });
}

/// Nine tenths of one's share, which is half of the answers.
const LEAST: f64 = 0.9 / 2.0;

/// The part of all answers that a caller with a few calls gets beside one who floods.
async fn share(flood: impl FnOnce(&mut JoinSet<()>, SocketAddr, &Arc<AtomicUsize>)) -> f64 {
    const ANSWERS: usize = 300;
    const SPANS: usize = 6;
    let folder = tempfile::tempdir().unwrap();
    let file = callers(&["greedy", "modest"], folder.path());
    let running = start(|config| {
        config.callers = file;
        config.limits.checks = 1;
        config.times.queue_ms = 60_000;
    })
    .await;
    let (mut calls, theirs, ours) = (JoinSet::new(), Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
    flood(&mut calls, running.address, &theirs);
    // As many as it takes for one of them to be waiting whenever it is their turn.
    crowd(&mut calls, running.address, "modest", 32, &ours);
    let counted = || (theirs.load(Ordering::Relaxed), ours.load(Ordering::Relaxed));
    let until = async |done: &dyn Fn(usize, usize) -> bool| {
        while !done(counted().0, counted().1) {
            assert!(calls.try_join_next().is_none(), "a caller ended");
            tokio::task::yield_now().await;
        }
    };
    let both = async {
        let mut until = until;
        // Answers of streams that were made before the others came may come still.
        until(&|theirs, ours| theirs > 20 && ours > 100).await;
        // Where the machine keeps the modest from asking, nobody can be fair to them: some spans are tried. One who has no
        // turns of their own has no share in any of them.
        let mut best: f64 = 0.0;
        for _ in 0..SPANS {
            let before = counted();
            until(&|theirs, ours| theirs + ours >= before.0 + before.1 + ANSWERS).await;
            let (theirs, ours) = (counted().0 - before.0, counted().1 - before.1);
            best = best.max(ours as f64 / (theirs + ours) as f64);
            if best >= LEAST {
                break;
            }
        }
        best
    };
    timeout(PATIENCE, both).await.expect("no answers")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beside_one_who_floods_another_gets_its_share() {
    let share = share(|calls, address, answers| crowd(calls, address, "greedy", 120, answers)).await;
    println!("{share:.2} of the answers, of a share of 0.50");
    assert!(share >= LEAST, "{share}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beside_one_who_floods_through_streams_another_gets_its_share() {
    let share = share(|calls, address, answers| (0..8).for_each(|_| stream(calls, address, "greedy", answers))).await;
    println!("{share:.2} of the answers, of a share of 0.50");
    assert!(share >= LEAST, "{share}");
}

#[tokio::test]
async fn a_stream_ends_when_its_caller_is_struck_off() {
    let folder = tempfile::tempdir().unwrap();
    let file = callers(&["one", "other"], folder.path());
    let running = start(|config| (config.callers, config.times.reload_ms) = (file, 1)).await;
    let (_one, mut struck) = opened(&running, "one", request()).await;
    let (other, mut kept) = opened(&running, "other", request()).await;
    callers(&["other"], folder.path());
    let ended = timeout(PATIENCE, struck.message()).await.unwrap().unwrap_err();
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::Unauthenticated, "UNAUTHENTICATED"));
    // The other's goes on, until its role is taken.
    other.send(item(request())).await.unwrap();
    assert!(timeout(PATIENCE, kept.message()).await.unwrap().unwrap().is_some());
    let idle = format!("callers: [{{ name: other, sha256: {}, roles: [] }}]", hash("other"));
    written(&idle, folder.path());
    let ended = timeout(PATIENCE, kept.message()).await.unwrap().unwrap_err();
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::PermissionDenied, "PERMISSION_DENIED"));
}

fn item(request: v1::CheckReportRequest) -> v1::CheckReportsRequest {
    v1::CheckReportsRequest { key: "a".into(), request: Some(request), defaults: None }
}

type Opened = (mpsc::Sender<v1::CheckReportsRequest>, Streaming<v1::CheckReportsResponse>);

/// A stream of a caller on which a first report was answered.
async fn opened(running: &Running, name: &str, first: v1::CheckReportRequest) -> Opened {
    let mut client = ComplianceServiceClient::with_interceptor(channel(running.address).await, bearer(name));
    let (send, items) = mpsc::channel(1);
    send.send(item(first)).await.unwrap();
    let mut stream = client.check_reports(Request::new(ReceiverStream::new(items))).await.unwrap().into_inner();
    assert!(timeout(PATIENCE, stream.message()).await.unwrap().unwrap().is_some());
    (send, stream)
}
