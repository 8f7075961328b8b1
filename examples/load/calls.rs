//! Callers that cost little themselves: HTTP/2 with messages that were encoded beforehand.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use gouji::wire::v1;
use h2::client::SendRequest;
use http::{HeaderMap, Request};
use prost::Message;
use tokio::{net::TcpStream, task::JoinSet, time::timeout};
use tonic::Code;

/// What came of many calls.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub good: usize,
    /// Refused at once.
    pub refused: usize,
    /// Of these, those that don't say when to come back.
    pub unsaid: usize,
    /// Out of time.
    pub late: usize,
    pub other: usize,
}

impl Tally {
    pub fn all(&self) -> usize {
        self.good + self.refused + self.late + self.other
    }

    pub fn add(&mut self, more: &Self) {
        self.good += more.good;
        self.refused += more.refused;
        self.unsaid += more.unsaid;
        self.late += more.late;
        self.other += more.other;
    }
}

#[derive(Default)]
struct Counters([AtomicUsize; 5]);

impl Counters {
    fn add(&self, outcome: &Outcome) {
        let at = match outcome {
            Outcome::Good => 0,
            Outcome::Refused { says_when: true } => 1,
            Outcome::Refused { says_when: false } => 2,
            Outcome::Late => 3,
            Outcome::Other(_) => 4,
        };
        let before = self.0[at].fetch_add(1, Ordering::Relaxed);
        if let (Outcome::Other(why), 0) = (outcome, before) {
            eprintln!("a call failed: {why}");
        }
    }

    fn tally(&self) -> Tally {
        let [good, told, unsaid, late, other] = [0, 1, 2, 3, 4].map(|at| self.0[at].load(Ordering::Relaxed));
        Tally { good, refused: told + unsaid, unsaid, late, other }
    }
}

enum Outcome {
    Good,
    Refused { says_when: bool },
    Late,
    Other(String),
}

impl Outcome {
    fn of(headers: &HeaderMap) -> Self {
        let code = headers.get("grpc-status").map(|code| Code::from_bytes(code.as_bytes()));
        match code {
            Some(Code::Ok) => Self::Good,
            Some(Code::Unavailable | Code::ResourceExhausted) => {
                Self::Refused { says_when: headers.contains_key("grpc-retry-pushback-ms") }
            }
            Some(Code::DeadlineExceeded | Code::Cancelled) => Self::Late,
            code => Self::Other(format!("{code:?}")),
        }
    }
}

/// A connection, which is opened anew where it has died: the call that notices has failed.
#[derive(Clone)]
pub struct Line {
    open: Arc<Mutex<Open>>,
    address: Arc<str>,
    uri: http::Uri,
}

/// A connection as it was opened the so many-th time.
#[derive(Clone)]
struct Open {
    send: SendRequest<Bytes>,
    times: usize,
}

impl Line {
    /// So many connections to a server.
    pub async fn open(address: &str, many: usize) -> Vec<Self> {
        Self::open_for("gouji.v1.ComplianceService/CheckReport", address, many).await
    }

    /// The same for calls of a method.
    pub async fn open_for(method: &str, address: &str, many: usize) -> Vec<Self> {
        let mut lines = Vec::new();
        for _ in 0..many {
            let open = Open { send: connected(address).await.unwrap(), times: 1 };
            let uri = format!("http://{address}/{method}").parse().unwrap();
            lines.push(Self { open: Arc::new(Mutex::new(open)), address: address.into(), uri });
        }
        lines
    }

    async fn call(self, message: Bytes, patience: Duration) -> Outcome {
        let open = self.open.lock().unwrap().clone();
        match timeout(patience, self.answer(open.send, message, patience)).await {
            Ok(Ok(headers)) => Outcome::of(&headers),
            Ok(Err(error)) => {
                if error.is_io() || error.is_go_away() {
                    self.reopen(open.times).await;
                }
                Outcome::Other(error.to_string())
            }
            Err(_) => Outcome::Late,
        }
    }

    /// Opens the connection anew, unless somebody else has since.
    async fn reopen(&self, times: usize) {
        if self.open.lock().unwrap().times != times {
            return;
        }
        let Ok(send) = connected(&self.address).await else { return };
        let mut open = self.open.lock().unwrap();
        if open.times == times {
            *open = Open { send, times: times + 1 };
        }
    }

    async fn answer(
        &self,
        send: SendRequest<Bytes>,
        message: Bytes,
        patience: Duration,
    ) -> Result<HeaderMap, h2::Error> {
        let head = Request::post(self.uri.clone()).header("content-type", "application/grpc").header("te", "trailers");
        let head = head.header("grpc-timeout", format!("{}m", patience.as_millis())).body(()).unwrap();
        let (answer, mut body) = send.ready().await?.send_request(head, false)?;
        // Who was refused by then has nothing to send.
        let _ = body.send_data(message, true);
        let (head, mut answer) = answer.await?.into_parts();
        if head.headers.contains_key("grpc-status") {
            return Ok(head.headers);
        }
        while let Some(data) = answer.data().await {
            let bytes = data?.len();
            answer.flow_control().release_capacity(bytes)?;
        }
        Ok(answer.trailers().await?.unwrap_or_default())
    }
}

/// A new connection.
async fn connected(address: &str) -> Result<SendRequest<Bytes>, h2::Error> {
    let socket = TcpStream::connect(address).await.unwrap();
    socket.set_nodelay(true).unwrap();
    // Many small frames count as load if they aren't read at once: there is room for them.
    // So do answers that come when nobody waits for them any more, in their thousands: who offers ten times too much has them.
    let mut builder = h2::client::Builder::new();
    builder.initial_connection_window_size(64 << 20);
    builder.max_concurrent_reset_streams(100_000).max_local_error_reset_streams(None);
    let (send, connection) = builder.handshake(socket).await?;
    tokio::spawn(connection);
    Ok(send)
}

/// Some hundred messages, as calls carry them.
pub struct Messages(Vec<Bytes>);

impl Messages {
    pub fn of(make: fn(usize) -> v1::CheckReportRequest) -> Arc<Self> {
        Self::encoded((0..500).map(|number| make(number).encode_to_vec()))
    }

    /// Messages that were encoded before.
    pub fn encoded(messages: impl Iterator<Item = Vec<u8>>) -> Arc<Self> {
        let framed = |message: Vec<u8>| {
            [&[0][..], &u32::try_from(message.len()).unwrap().to_be_bytes(), &message].concat().into()
        };
        Arc::new(Self(messages.map(framed).collect()))
    }

    fn get(&self, number: usize) -> Bytes {
        self.0[number % self.0.len()].clone()
    }
}

/// So many callers of whom each waits for its answer before it asks again.
pub async fn closed(lines: &[Line], messages: &Arc<Messages>, callers: usize, span: Duration) -> Tally {
    let counters = Arc::new(Counters::default());
    let until = Instant::now() + span;
    let mut calls = JoinSet::new();
    for caller in 0..callers {
        let (line, counters, messages) = (lines[caller % lines.len()].clone(), counters.clone(), messages.clone());
        calls.spawn(async move {
            let mut number = caller;
            while Instant::now() < until {
                counters.add(&line.clone().call(messages.get(number), Duration::from_secs(60)).await);
                number += 1;
            }
        });
    }
    calls.join_all().await;
    counters.tally()
}

/// Calls at a rate, whatever comes of them; each waits so long.
pub async fn open(lines: &[Line], messages: &Arc<Messages>, rate: f64, span: Duration, patience: Duration) -> Tally {
    let counters = Arc::new(Counters::default());
    let begun = Instant::now();
    let mut calls = JoinSet::new();
    let (mut sent, mut tick) = (0, tokio::time::interval(Duration::from_millis(2)));
    while begun.elapsed() < span {
        tick.tick().await;
        let due = begun.elapsed().as_secs_f64() * rate;
        while (sent as f64) < due {
            let (line, counters, message) = (lines[sent % lines.len()].clone(), counters.clone(), messages.get(sent));
            calls.spawn(async move { counters.add(&line.call(message, patience).await) });
            sent += 1;
        }
        while calls.try_join_next().is_some() {}
    }
    calls.join_all().await;
    counters.tally()
}
