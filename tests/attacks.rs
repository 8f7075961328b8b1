//! What a stranger may send over HTTP/2, in clear text and encrypted: it is borne, or its connection is closed; others go on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/frames.rs"]
mod frames;
#[path = "common/process.rs"]
mod process;
#[path = "common/tls.rs"]
mod tls;

use common::{
    calls::{raw, request, structured},
    server::{self, PATIENCE},
};
use frames::{
    CONTINUATION, DATA, HEADERS, HELLO, PING, PRIORITY, RESET, SETTINGS, WINDOW_UPDATE, Wire, frame, head, is_open,
    literal, read_to,
};
use gouji::grpc::stubs::compliance_service_client::ComplianceServiceClient;
use process::Process;
use tls::{Authority, trusting};
use tokio::{io::AsyncWriteExt, net::TcpStream, time::timeout};
use tonic::Code;

/// Settings of a server, as variables.
type Settings = &'static [(&'static str, &'static str)];

/// A server, in clear text or encrypted.
struct Target {
    server: Process,
    ca: Option<Authority>,
    /// The most memory that it held before anything bad was sent, in bytes.
    before: u64,
    _folder: tempfile::TempDir,
}

/// How much more a server may hold, in bytes, whatever a stranger sends: as much as one message may have.
const BOUND: u64 = 16 << 20;

impl Target {
    async fn both(settings: Settings) -> [Self; 2] {
        [Self::start(None, settings).await, Self::start(Some(Authority::new("ours")), settings).await]
    }

    async fn start(ca: Option<Authority>, settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let files = [("GOUJI_TLS__CERTIFICATE", name("certificate.pem")), ("GOUJI_TLS__KEY", name("key.pem"))];
        // Nobody reads its log.
        let mut settings = [settings, &[("GOUJI_LOG__FILTER", "warn,gouji::grpc::server=info")]].concat();
        if let Some(ca) = &ca {
            ca.server().write(folder.path());
            settings.extend(files.iter().map(|(name, file)| (*name, file.as_str())));
        }
        let server = Process::start(&settings).await;
        let mut target = Self { server, ca, before: u64::MAX - BOUND, _folder: folder };
        // A good call takes its memory too.
        target.goes_on().await;
        target.before = target.server.most_memory();
        target
    }

    /// A connection that has said hello.
    async fn stranger(&self) -> Box<dyn Wire> {
        let mut socket: Box<dyn Wire> = match &self.ca {
            None => Box::new(TcpStream::connect(self.server.address).await.unwrap()),
            Some(ca) => Box::new(tls::socket(self.server.address, trusting(&[ca], None)).await.unwrap()),
        };
        socket.write_all(HELLO).await.unwrap();
        socket
    }

    /// Another caller has its answer, and what was sent before has cost no more memory than it may.
    async fn goes_on(&self) {
        let channel = match &self.ca {
            None => server::channel(self.server.address).await,
            Some(ca) => tls::channel(self.server.address, trusting(&[ca], None)).await.unwrap(),
        };
        let call = async { ComplianceServiceClient::new(channel).check_report(request(structured("2021"))).await };
        assert!(timeout(PATIENCE, call).await.unwrap().is_ok());
        let grown = self.server.most_memory().saturating_sub(self.before);
        assert!(grown <= BOUND, "{grown} bytes more");
    }
}

/// The numbers of a client's streams.
fn streams(many: u32) -> impl Iterator<Item = u32> {
    (0..many).map(|at| 2 * at + 1)
}

/// Those who lose patience by the thousand are borne, and so are those who only pretend.
#[tokio::test]
async fn calls_that_are_made_and_reset_by_the_thousand_cost_nobody_the_connection() {
    for target in Target::both(&[]).await {
        let mut socket = target.stranger().await;
        let (head, cancel) = (head("CheckReport"), 8_u32.to_be_bytes());
        let made = |stream| [frame(HEADERS, 4, stream, &head), frame(RESET, 0, stream, &cancel)].concat();
        let all: Vec<u8> = streams(8_000).flat_map(made).collect();
        socket.write_all(&all).await.unwrap();
        assert!(is_open(&mut *socket).await);
        target.goes_on().await;
    }
}

#[tokio::test]
async fn headers_that_do_not_end_or_are_huge_close_their_connection() {
    for target in Target::both(&[]).await {
        // Fragments without end.
        let mut socket = target.stranger().await;
        let mut all = frame(HEADERS, 0, 1, &head("CheckReport"));
        let more = [&[0x00][..], &literal("x-more"), &literal(&"y".repeat(100))].concat();
        for _ in 0..10_000 {
            all.extend(frame(CONTINUATION, 0, 1, &more));
        }
        let _ = socket.write_all(&all).await;
        assert!(!is_open(&mut *socket).await);
        target.goes_on().await;
        // More than headers may have, with an end: the call is refused.
        let mut socket = target.stranger().await;
        socket.write_all(&frame(HEADERS, 0, 1, &head("CheckReport"))).await.unwrap();
        for at in 1..=200 {
            let flags = if at == 200 { 4 } else { 0 };
            let _ = socket.write_all(&frame(CONTINUATION, flags, 1, &more)).await;
        }
        let _ = socket.write_all(&frame(DATA, 1, 1, b"\0\0\0\0\0")).await;
        let _ = is_open(&mut *socket).await;
        target.goes_on().await;
    }
}

#[tokio::test]
async fn pings_settings_and_priorities_without_end_keep_nobody_waiting() {
    let priority = [0, 0, 0, 3, 255];
    let floods: [(u8, u32, &[u8]); 4] = [
        (PING, 0, b"gouji123"),
        (SETTINGS, 0, &[0, 3, 0, 0, 0, 9]),
        (PRIORITY, 1, &priority),
        (WINDOW_UPDATE, 0, &[0, 0, 0, 1]),
    ];
    for target in Target::both(&[]).await {
        for (kind, stream, payload) in floods {
            let mut socket = target.stranger().await;
            let flood = frame(kind, 0, stream, payload).repeat(1_000);
            // Nothing of what is answered is read: the server reads no more of it than it may hold.
            for _ in 0..100 {
                let some = std::time::Duration::from_millis(20);
                if !matches!(timeout(some, socket.write_all(&flood)).await, Ok(Ok(()))) {
                    break;
                }
            }
            target.goes_on().await;
        }
    }
}

#[tokio::test]
async fn frames_that_must_not_be_close_their_connection() {
    let empty = frame(DATA, 0, 1, b"").repeat(20_000);
    let small = frame(DATA, 0, 1, b"x").repeat(400_000);
    let begun = |then: &[u8]| [&frame(HEADERS, 4, 1, &head("CheckReports")), then].concat();
    let wrong = [
        ("data of no call", frame(DATA, 1, 0, b"x")),
        ("a call of the server's", frame(HEADERS, 4, 2, &head("CheckReport"))),
        ("a window of nothing", frame(WINDOW_UPDATE, 0, 0, &[0; 4])),
        ("too large a window", frame(WINDOW_UPDATE, 0, 0, &[0x7f, 255, 255, 255]).repeat(2)),
        (
            "a call that depends on itself",
            frame(HEADERS, 0x24, 1, &[&[0, 0, 0, 1, 9][..], &head("CheckReport")].concat()),
        ),
        ("a frame that is too large", frame(DATA, 0, 1, &vec![0; 17 << 10])),
        ("headers that are none", frame(HEADERS, 5, 1, &[0xff; 40])),
        ("empty frames without end", begun(&empty)),
        ("small frames without end", begun(&small)),
    ];
    for target in
        Target::both(&[("GOUJI_LIMITS__PENDING_BYTES", "4194304"), ("GOUJI_LIMITS__REQUEST_BYTES", "524288")]).await
    {
        for (what, bytes) in &wrong {
            let mut socket = target.stranger().await;
            let _ = timeout(PATIENCE, socket.write_all(bytes)).await.unwrap();
            let open = is_open(&mut *socket).await;
            if *what == "small frames without end" {
                // It depends on how soon its call is refused.
                target.goes_on().await;
                continue;
            }
            // What concerns one call ends that call alone.
            assert_eq!(open, *what == "a call that depends on itself", "{what}");
            target.goes_on().await;
        }
    }
}

#[tokio::test]
async fn answers_that_nobody_takes_end_and_others_go_on() {
    for target in Target::both(&[("GOUJI_TIMES__RECEIVE_MS", "200")]).await {
        let mut socket = target.stranger().await;
        // A window of one byte, for each of many calls.
        socket.write_all(&frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 1])).await.unwrap();
        for stream in streams(100) {
            socket.write_all(&frame(HEADERS, 4, stream, &head("GetServerInfo"))).await.unwrap();
            socket.write_all(&frame(DATA, 1, stream, b"\0\0\0\0\0")).await.unwrap();
        }
        target.goes_on().await;
        // The last of them too: its call ends with a reset.
        read_to(&mut *socket, RESET, 199).await;
        assert!(is_open(&mut *socket).await);
    }
}

#[tokio::test]
async fn messages_that_lie_about_themselves_get_their_reason() {
    let target = Target::start(None, &[("GOUJI_TIMES__RECEIVE_MS", "300")]).await;
    let address = target.server.address;
    let malformed = (Code::InvalidArgument as i32, "MALFORMED_MESSAGE".to_owned());
    let too_large = (Code::ResourceExhausted as i32, "MESSAGE_TOO_LARGE".to_owned());
    assert_eq!(raw(address, b"\0\xff\xff\xff\xffabc").await, too_large, "four gigabytes are announced");
    assert_eq!(raw(address, b"\0\0\0\0\x09abc").await, malformed, "more is announced than comes");
    assert_eq!(raw(address, b"\0\0\0\0\x01abc").await, malformed, "less is announced than comes");
    assert_eq!(raw(address, b"\x07\0\0\0\x01a").await, malformed, "a flag that there isn't");
    assert_eq!(raw(address, b"\x01\0\0\0\x01a").await, malformed, "compressed, and nothing says how");
    assert_eq!(raw(address, b"\0\0").await, malformed, "half a length");
    target.goes_on().await;
}
