//! Connections before any call: where the server listens, how many it takes, for how long it waits, how old they become.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/frames.rs"]
mod frames;
#[path = "common/tls.rs"]
mod tls;

use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use bytes::Bytes;
use common::server::{self, PATIENCE, Running};
use frames::{GO_AWAY, HEADERS, HELLO, frame, head, head_of, is_open, read, read_to};
use gouji::{
    config::Config,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    grpc::{ServeError, Server},
    wire::v1,
    words::Language,
};
use hyper_util::rt::TokioIo;
use prost::Message;
use tls::{Authority, trusting};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};
use tonic::transport::{Channel, Endpoint};

/// A time limit that no test reaches, in milliseconds.
const NEVER: u64 = 3_600_000;

/// A server whose handshakes take as long as they like.
async fn start(change: impl FnOnce(&mut Config)) -> Running {
    server::start(|config| {
        config.times.handshake_ms = NEVER;
        change(config);
    })
    .await
}

/// Whether a call over a new connection is answered.
async fn answers(endpoint: Result<Channel, tonic::transport::Error>) -> bool {
    let Ok(channel) = endpoint else { return false };
    ComplianceServiceClient::new(channel).get_server_info(v1::GetServerInfoRequest {}).await.is_ok()
}

async fn over_tcp(address: SocketAddr) -> bool {
    answers(Channel::from_shared(format!("http://{address}")).unwrap().connect().await).await
}

async fn over_unix(path: &Path) -> bool {
    let path = path.to_owned();
    let connect = tower::service_fn(move |_| {
        let path = path.clone();
        async move { UnixStream::connect(path).await.map(TokioIo::new) }
    });
    answers(Endpoint::from_static("http://localhost").connect_with_connector(connect).await).await
}

/// Waits until the server closes a connection; what it sends before that doesn't matter.
async fn is_closed(socket: &mut (impl AsyncRead + Unpin)) -> bool {
    let mut sent = Vec::new();
    timeout(PATIENCE, socket.read_to_end(&mut sent)).await.is_ok()
}

#[tokio::test]
async fn a_connection_that_does_not_say_http2_is_closed() {
    let running = start(|config| config.times.handshake_ms = 20).await;
    for said in ["", "PRI * HTTP/2.0\r\n\r\nS", "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"] {
        let mut socket = TcpStream::connect(running.address).await.unwrap();
        socket.write_all(said.as_bytes()).await.unwrap();
        assert!(is_closed(&mut socket).await, "{said}");
    }
    // What is something else is closed without waiting.
    let running = start(|_| {}).await;
    let mut socket = TcpStream::connect(running.address).await.unwrap();
    socket.write_all("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".as_bytes()).await.unwrap();
    assert!(is_closed(&mut socket).await);
    // A preface may come in pieces.
    let mut socket = TcpStream::connect(running.address).await.unwrap();
    for piece in ["PRI * HT", "TP/2.0\r\n\r\nSM\r\n\r", "\n", "\0\0\0\u{4}\0\0\0\0\0"] {
        socket.write_all(piece.as_bytes()).await.unwrap();
        socket.flush().await.unwrap();
        tokio::task::yield_now().await;
    }
    let mut frame = [0; 9];
    timeout(PATIENCE, socket.read_exact(&mut frame)).await.unwrap().unwrap();
    assert_eq!(frame[3], 4, "the server's settings");
}

#[tokio::test]
async fn who_says_nothing_before_or_after_a_handshake_is_closed() {
    let (ca, folder) = (Authority::new("ours"), tempfile::tempdir().unwrap());
    ca.server().write(folder.path());
    let with_keys = |config: &mut Config| {
        let name = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        (config.tls.certificate, config.tls.key) = (name("certificate.pem"), name("key.pem"));
    };
    let running = start(|config| {
        with_keys(config);
        config.times.handshake_ms = 200;
    })
    .await;
    let mut silent = TcpStream::connect(running.address).await.unwrap();
    assert!(is_closed(&mut silent).await);
    if let Ok(mut silent) = tls::socket(running.address, trusting(&[&ca], None)).await {
        assert!(is_closed(&mut silent).await);
    }
    // Silent ones take no turn from others.
    let running = start(|config| {
        with_keys(config);
        config.limits.handshakes = 1;
    })
    .await;
    let mut silent = Vec::new();
    for _ in 0..5 {
        silent.push(TcpStream::connect(running.address).await.unwrap());
    }
    assert!(answers(tls::channel(running.address, trusting(&[&ca], None)).await).await);
    // Nor do those who stop within their handshake, for long.
    for _ in 0..5 {
        let mut hello = Vec::new();
        let name = "localhost".try_into().unwrap();
        rustls::ClientConnection::new(trusting(&[&ca], None), name).unwrap().write_tls(&mut hello).unwrap();
        let mut socket = TcpStream::connect(running.address).await.unwrap();
        socket.write_all(&hello).await.unwrap();
        silent.push(socket);
    }
    assert!(answers(tls::channel(running.address, trusting(&[&ca], None)).await).await);
}

/// A connection that the server has taken, over which a stream is open.
async fn busy(mut socket: impl AsyncRead + AsyncWrite + Unpin + Send) -> impl AsyncRead + AsyncWrite + Unpin + Send {
    socket.write_all(HELLO).await.unwrap();
    socket.write_all(&frame(HEADERS, 4, 1, &head("CheckReports"))).await.unwrap();
    read_to(&mut socket, HEADERS, 1).await;
    socket
}

#[tokio::test]
async fn connections_are_limited_in_all_and_by_peer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gouji.sock");
    let running = start(|config| {
        config.listen = format!("127.0.0.1:0,unix:{}", path.display());
        (config.limits.connections, config.limits.connections_per_peer) = (4, 2);
    })
    .await;
    let tcp = async || TcpStream::connect(running.address).await.unwrap();
    let unix = async || UnixStream::connect(&path).await.unwrap();
    let (mut first, second) = (busy(tcp().await).await, busy(tcp().await).await);
    assert!(is_closed(&mut tcp().await).await, "the third of one peer");
    // A Unix socket has no peers, but its connections count.
    let (local, _also) = (busy(unix().await).await, busy(unix().await).await);
    assert!(is_closed(&mut unix().await).await, "the fifth of all");
    drop((local, second));
    let patience = Instant::now() + PATIENCE;
    while !over_tcp(running.address).await {
        assert!(Instant::now() < patience, "a place was not given back");
    }
    // Nothing has happened to who was there before.
    assert!(is_open(&mut first).await);
}

/// A connection that the server has taken.
async fn settled(address: SocketAddr) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(HELLO).await.unwrap();
    timeout(PATIENCE, read(&mut socket)).await.unwrap().expect("its settings");
    socket
}

/// Strangers who ask nothing keep nobody out: whoever comes has the place of one of them, who is asked to go.
#[tokio::test]
async fn where_there_is_no_room_those_who_ask_nothing_give_way() {
    for (all, per_peer) in [(3, 1_000), (1_000, 3)] {
        let running = start(|config| {
            (config.limits.connections, config.limits.connections_per_peer) = (all, per_peer);
        })
        .await;
        // One that has said nothing at all, one that has asked nothing, and one with a call.
        let mut silent = TcpStream::connect(running.address).await.unwrap();
        let mut idle = settled(running.address).await;
        let mut asks = busy(TcpStream::connect(running.address).await.unwrap()).await;
        for _ in 0..5 {
            assert!(over_tcp(running.address).await, "strangers keep others out");
        }
        assert!(is_closed(&mut silent).await && is_asked_to_go(&mut idle).await);
        assert!(is_open(&mut asks).await);
    }
}

/// Whether the server says goodbye.
async fn is_asked_to_go(socket: &mut TcpStream) -> bool {
    while let Some((kind, _, _)) = read(socket).await {
        if kind == GO_AWAY {
            return true;
        }
    }
    false
}

#[tokio::test]
async fn a_connection_over_which_no_call_ever_came_ends_before_one_that_was_used() {
    let running = start(|config| config.times.unused_ms = 500).await;
    let (mut items, mut answers, mut used) = stream(running.address).await;
    // Another on which nothing but health was asked, and is not any more.
    let mut health = settled(running.address).await;
    health.write_all(&frame(HEADERS, 5, 1, &head_of("grpc.health.v1.Health", "Check"))).await.unwrap();
    read_to(&mut health, HEADERS, 1).await;
    let mut unused = settled(running.address).await;
    assert!(is_asked_to_go(&mut unused).await && is_closed(&mut unused).await);
    assert!(timeout(Duration::ZERO, &mut used).await.is_err() && is_open(&mut health).await);
    items.send_data(framed("b"), true).unwrap();
    assert!(timeout(PATIENCE, answers.data()).await.unwrap().unwrap().is_ok());
}

#[tokio::test]
async fn a_unix_socket_is_served_and_its_file_is_there_for_as_long() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gouji.sock");
    // What a server that crashed leaves behind.
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    let listen = format!("unix:{}", path.display());
    let running = start(|config| config.listen = format!("localhost:0, {listen}")).await;
    assert!(over_unix(&path).await && over_tcp(running.address).await);
    let mut config = common::config();
    config.listen = listen;
    let why = Server::bind(config).await.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(why.contains("gouji.sock") && why.contains("in use"), "{why}");
    assert!(over_unix(&path).await, "another server has not taken the file away");
    running.end.send(()).unwrap();
    timeout(PATIENCE, running.served).await.unwrap().unwrap().unwrap();
    assert!(!path.exists());
    // What is no socket is not removed.
    std::fs::write(&path, "a letter").unwrap();
    let mut config = common::config();
    config.listen = format!("unix:{}", path.display());
    assert!(Server::bind(config).await.is_err() && path.exists());
}

/// A machine's own checks of health ask there.
#[tokio::test]
async fn a_unix_socket_speaks_clear_text_beside_an_address_with_a_certificate() {
    let folder = tempfile::tempdir().unwrap();
    Authority::new("CA").server().write(folder.path());
    let path = folder.path().join("gouji.sock");
    let running = start(|config| {
        config.listen = format!("127.0.0.1:0, unix:{}", path.display());
        config.tls.certificate = folder.path().join("certificate.pem").display().to_string();
        config.tls.key = folder.path().join("key.pem").display().to_string();
    })
    .await;
    assert!(over_unix(&path).await);
    assert!(!over_tcp(running.address).await);
}

#[tokio::test]
async fn clear_text_stays_on_this_machine_unless_the_operator_says_otherwise() {
    for listen in ["0.0.0.0:0", "127.0.0.1:0,0.0.0.0:0"] {
        let config = Config { listen: listen.into(), ..common::config() };
        let why = Server::bind(config).await.err().map(|error| error.told(Language::Zh)).unwrap_or_default();
        assert!(why.contains("应设置 tls.certificate") && why.contains("tls.clear_text = true"), "{why}");
    }
    let mut config = Config { listen: "0.0.0.0:0".into(), ..common::config() };
    config.tls.clear_text = true;
    assert!(Server::bind(config).await.is_ok());
    for listen in ["127.0.0.1", "nowhere.invalid:1", "unix:", ""] {
        let config = Config { listen: listen.into(), ..common::config() };
        assert!(matches!(Server::bind(config).await, Err(ServeError::Listen(..))), "{listen}");
    }
}

/// The body of a stream's message.
fn framed(key: &str) -> Bytes {
    let item = v1::CheckReportsRequest { key: key.into(), ..Default::default() }.encode_to_vec();
    [&[0][..], &u32::try_from(item.len()).unwrap().to_be_bytes(), &item].concat().into()
}

/// A stream of reports that is open over a connection of its own, whose first report was answered.
async fn stream(
    address: SocketAddr,
) -> (h2::SendStream<Bytes>, h2::RecvStream, tokio::task::JoinHandle<Result<(), h2::Error>>) {
    let socket = TcpStream::connect(address).await.unwrap();
    let (send, connection) = h2::client::handshake(socket).await.unwrap();
    let connection = tokio::spawn(connection);
    let uri = format!("http://{address}/gouji.v1.ComplianceService/CheckReports");
    let head = http::Request::post(uri).header("content-type", "application/grpc").header("te", "trailers");
    let (response, mut items) = send.ready().await.unwrap().send_request(head.body(()).unwrap(), false).unwrap();
    items.send_data(framed("a"), false).unwrap();
    let mut answers = response.await.unwrap().into_body();
    assert!(answers.data().await.unwrap().is_ok());
    (items, answers, connection)
}

#[tokio::test]
async fn an_old_connection_ends_when_its_calls_have_and_the_grace_is_no_longer_than_set() {
    let running = start(|config| (config.times.connection_age_ms, config.times.connection_grace_ms) = (1_000, 0)).await;
    let (mut items, mut answers, mut connection) = stream(running.address).await;
    // Another connection of the same age, without calls: it ends by itself.
    let socket = TcpStream::connect(running.address).await.unwrap();
    let (_send, idle) = h2::client::handshake(socket).await.unwrap();
    assert!(timeout(PATIENCE, idle).await.unwrap().is_ok());
    // The stream goes on, and the connection ends with it.
    assert!(timeout(Duration::ZERO, &mut connection).await.is_err());
    items.send_data(framed("b"), true).unwrap();
    assert!(timeout(PATIENCE, answers.data()).await.unwrap().unwrap().is_ok());
    assert!(timeout(PATIENCE, answers.data()).await.unwrap().is_none());
    drop((items, answers));
    assert!(timeout(PATIENCE, connection).await.unwrap().unwrap().is_ok());
    // With a grace it ends whatever is open.
    let running = start(|config| (config.times.connection_age_ms, config.times.connection_grace_ms) = (1_000, 1)).await;
    let (_items, mut answers, connection) = stream(running.address).await;
    assert!(timeout(PATIENCE, answers.data()).await.unwrap().is_none_or(|data| data.is_err()));
    let _ = timeout(PATIENCE, connection).await.unwrap();
}
