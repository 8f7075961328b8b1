//! What every call has in common: an identifier, a log line, a bound on its bytes and its time, and reasons for errors that
//! occur before a method is reached. Who can't be served in time is refused before its message is read.

use std::{
    convert::Infallible,
    hash::{BuildHasher, RandomState},
    pin::Pin,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use http::{HeaderMap, HeaderValue, Request, Response};
use hyper::{body::Incoming, service::Service as HyperService};
use tonic::{Code, Status, body::Body, service::Routes};
use tower::ServiceExt;
use tracing::{Instrument, Span};

use super::{
    asker::{asker, lane_of},
    calls::{Calls, UnderWay},
    connection::{Peer, STREAM_WINDOW},
    identity::{Gate, Standing},
    incoming::{Counted, Gathered, Streamed},
    outgoing::{Taken, Terms},
    presence::Presence,
    refusal::{early, named, no_grpc, overloaded},
    status::{explained, of_unread},
    told::{Level, Told, shown},
};
use crate::{
    callers::Caller,
    service::{Asker, Budget, CallLimits, Held, Lane, Service, full, shutting_down},
    submission::{Error, Reason},
    telemetry::REQUEST_ID,
    words::Text,
};

/// The longest identifier that is accepted from a caller, in bytes.
const MAX_ID: usize = 128;

/// Calls over one connection.
#[derive(Clone)]
pub(super) struct Conversation {
    routes: Routes,
    service: Service,
    gate: Gate,
    peer: Peer,
    calls: Arc<Calls>,
}

impl Conversation {
    /// Calls to these services.
    pub fn new(routes: Routes, service: Service, gate: Gate) -> Self {
        Self { routes, service, gate, peer: Peer::default(), calls: Arc::default() }
    }

    /// The calls of somebody over a connection.
    pub fn with(&self, peer: Peer, presence: Arc<Presence>) -> Self {
        Self { peer, calls: Arc::new(Calls::over(presence)), ..self.clone() }
    }

    /// The calls that were made.
    pub fn calls(&self) -> Arc<Calls> {
        self.calls.clone()
    }
}

impl HyperService<Request<Incoming>> for Conversation {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        match self.let_in(&request) {
            Err(refused) => Box::pin(std::future::ready(Ok(*refused))),
            Ok(call) => {
                let span = call.told.span.clone();
                Box::pin(call.answered(self.routes.clone(), request).instrument(span))
            }
        }
    }
}

impl Conversation {
    /// Lets a call in whose message was not read yet, or refuses it: by what it is, who makes it, and whether it could be served
    /// in time. Whoever can't is refused last, and at the least cost.
    fn let_in<B>(&self, request: &Request<B>) -> Result<Call, Box<Response<Body>>> {
        if let Some(refused) = no_grpc(request) {
            return Err(refused.into());
        }
        let headers = request.headers();
        let given = given_identifier(headers);
        let id = || given.cloned().unwrap_or_else(identifier);
        let path = request.uri().path();
        let refuse = |error: Error| early(&error, path, Some(&id()));
        let caller = self.gate.admit(request, &self.peer).map_err(refuse)?;
        let asked = asker(headers).map_err(refuse)?;
        let asker = Asker { lane: lane_of(&caller.name, self.peer.address.map(|peer| peer.ip())), ..asked };
        let kind = Kind::of(path);
        if kind == Kind::Check {
            self.service.would_take(asker).map_err(|back| overloaded(given, back))?;
        }
        let id = id();
        let held = self.hold(kind, asker.lane, request).ok_or_else(|| refuse(full()))?;
        self.calls.came();
        let is_own = matches!(kind, Kind::Check | Kind::Stream | Kind::Short);
        let under_way = is_own.then(|| self.calls.begin());
        let standing = (kind == Kind::Stream).then(|| self.gate.standing(request, &self.peer));
        let (service, begun) = (self.service.clone(), Instant::now());
        let told = Told::of(span(&id, path, &caller), kind.level(), begun);
        Ok(Call { service, kind, id, caller, asker, standing, begun, under_way, held, told })
    }

    /// Room for what a call takes by itself, if there is any. Questions for health are answered when there is none for reports:
    /// then each connection has some for one of them.
    fn hold<B>(&self, kind: Kind, lane: Lane, request: &Request<B>) -> Option<Held> {
        let bytes = kind.takes(self.service.limits()) + cost(request);
        let held = Some(self.service.budget(lane).hold()).filter(|held| held.more(bytes));
        let reserve = || Some(self.calls.reserve().hold()).filter(|held| kind == Kind::Health && held.more(bytes));
        held.or_else(reserve)
    }
}

/// What a call takes by itself: its state and, as long as it lasts, its headers, which take some times their bytes: each keeps what
/// it was read from.
fn cost<B>(request: &Request<B>) -> usize {
    const TIMES: usize = 4;
    /// As HTTP/2 counts what a header takes besides its bytes.
    const HEADER: usize = 32;
    let headers = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + HEADER);
    CALL + TIMES * (request.uri().path().len() + headers.sum::<usize>())
}

/// What a call takes at least, whatever is asked; and what a report of a stream takes beside its bytes, while it is under way.
pub(super) const CALL: usize = 8 << 10;
const REPORT: usize = 2 << 10;

/// What may come of questions for health and for the service's description, which are small.
const SMALL: usize = 64 << 10;

/// What every log line of a call says.
fn span(id: &HeaderValue, path: &str, caller: &Caller) -> Span {
    let name = Some(caller.name.as_str()).filter(|name| !name.is_empty());
    tracing::info_span!("call", request_id = %id.to_str().unwrap_or_default(), rpc = shown(path), caller = name)
}

/// What kind of method is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It waits for a place with a message of its own.
    Check,
    /// Its messages wait for places one by one.
    Stream,
    /// It answers at once.
    Short,
    /// It asks for health, with one message.
    Health,
    /// It is of another service, with any number of messages: reflection.
    Foreign,
}

impl Kind {
    fn of(path: &str) -> Self {
        match path.strip_prefix("/gouji.v1.ComplianceService/") {
            None if path.starts_with("/grpc.health.") => Self::Health,
            None => Self::Foreign,
            Some("CheckReport") => Self::Check,
            Some("CheckReports") => Self::Stream,
            Some(_) => Self::Short,
        }
    }

    /// What may have come of a call with any number of messages and is not looked at yet, and what those take that are.
    fn takes(self, limits: &CallLimits) -> usize {
        match self {
            Self::Stream => STREAM_WINDOW as usize + limits.checks_per_stream * REPORT,
            Self::Foreign => STREAM_WINDOW as usize + SMALL,
            Self::Check | Self::Short | Self::Health => 0,
        }
    }

    fn level(self) -> Level {
        match self {
            Self::Check => Level::Check,
            Self::Health => Level::Quiet,
            Self::Stream | Self::Short | Self::Foreign => Level::Line,
        }
    }
}

/// A call that was let in.
struct Call {
    service: Service,
    kind: Kind,
    id: HeaderValue,
    caller: Arc<Caller>,
    asker: Asker,
    standing: Option<Standing>,
    begun: Instant,
    under_way: Option<UnderWay>,
    /// What it takes by itself, and what of a stream may have come and is not looked at yet.
    held: Held,
    told: Told,
}

impl Call {
    /// The answer, with all that every answer has.
    async fn answered(mut self, routes: Routes, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
        let response = match self.kind {
            Kind::Foreign | Kind::Stream => {
                let (budget, come) = (self.budget(), self.told.come());
                self.passed_on(routes, request.map(|body| Body::new(Streamed::new(body, budget, come)))).await?
            }
            Kind::Check | Kind::Short | Kind::Health => {
                match tokio::time::timeout_at(self.asker.deadline.into(), self.with_message(routes, request)).await {
                    Ok(response) => response?,
                    Err(_) => of_unread(&Error::out_of_time()).into_http(),
                }
            }
        };
        let response = named(reasoned(response), Some(&self.id));
        self.told.ends(response.headers());
        Ok(response.map(|body| Body::new(Taken::new(body, self.terms()))))
    }

    /// The answer may wait for its client as long as the message might, and little longer than the client waits.
    fn terms(self) -> Terms {
        const GRACE: Duration = Duration::from_secs(1);
        let patience = Duration::from_millis(self.service.times().receive_ms);
        // Other services' streams would keep their connections open.
        let ending = self.under_way.is_none().then(|| Box::pin(self.service.ending().clone().cancelled_owned()));
        let (budget, end) = (self.service.budget(self.asker.lane), self.asker.deadline + GRACE);
        Terms { budget, patience, end, ending, told: self.told, _under_way: self.under_way, call: Arc::new(self.held) }
    }

    /// What may be held of its messages: of those that are small, what is counted for the call itself.
    fn budget(&self) -> Arc<Budget> {
        match self.kind {
            Kind::Health => Budget::new(CALL / 2),
            Kind::Foreign => Budget::new(SMALL),
            _ => self.service.budget(self.asker.lane),
        }
    }

    async fn passed_on(&self, routes: Routes, mut request: Request<Body>) -> Result<Response<Body>, Infallible> {
        request.extensions_mut().insert(self.asker);
        request.extensions_mut().insert(self.caller.clone());
        if let Some(standing) = &self.standing {
            request.extensions_mut().insert(standing.clone());
        }
        if self.kind == Kind::Stream {
            // All answers of a stream would be compressed, or none, and nearly all are small.
            request.headers_mut().remove("grpc-accept-encoding");
        }
        routes.oneshot(request).await
    }

    /// A call with one message, which must come in time: what came of it is held until the call ends. A check waits for its place when the message has
    /// come and before it is decoded, so that a place is neither kept by those who are slow to send, nor used for what nobody
    /// waits for any more.
    async fn with_message(&self, routes: Routes, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
        let held: Arc<Held> = Arc::new(self.budget().hold());
        let request = request.map(|body| Counted { body, held: held.clone(), come: self.told.come() });
        let (parts, body) = request.into_parts();
        let until = self.begun + Duration::from_millis(self.service.times().receive_ms);
        let body = Gathered::of(body, self.service.limits().request_bytes);
        let body = tokio::select! {
            biased;
            body = tokio::time::timeout_at(until.into(), body) => body.map_err(|_| not_received()),
            // Whoever is still sending may send it elsewhere: no end waits for that.
            () = self.service.ending().cancelled() => Err(shutting_down()),
        };
        let body = match body {
            Ok(body) => body,
            Err(error) => return Ok(of_unread(&error).into_http()),
        };
        if body.goes_on() {
            return Ok(of_unread(&several()).into_http());
        }
        let mut request = Request::from_parts(parts, Body::new(body));
        if self.kind == Kind::Check {
            match self.service.place(self.asker).await {
                // Whoever checks takes it out, and gives it back with the answer.
                Ok(place) => drop(request.extensions_mut().insert(Arc::new(place))),
                Err(error) => return Ok(unplaced(&error)),
            }
        }
        self.passed_on(routes, request).await
    }
}

/// The refusal of a call that got no place for its message.
fn unplaced(error: &Error) -> Response<Body> {
    match (error.reason, error.retry_after_ms) {
        (Reason::Overloaded, Some(back)) => overloaded(None, Duration::from_millis(back.into())),
        _ => of_unread(error).into_http(),
    }
}

/// The error of a call with one message in which more comes.
fn several() -> Error {
    let words = Text::fixed("此调用应只有一条消息", "this call has one message, and nothing after it");
    Error::plain(Reason::MalformedMessage, words)
}

/// The error of a call whose message doesn't come.
fn not_received() -> Error {
    let words = Text::fixed("在规定的时间内没有收完请求", "the request did not come in within the time allowed");
    Error::plain(Reason::TimeLimit, words)
}

/// Adds a reason to an error that has none.
fn reasoned(response: Response<Body>) -> Response<Body> {
    let status = Status::from_header_map(response.headers()).filter(|status| status.code() != Code::Ok);
    status.and_then(|status| explained(&status)).map_or(response, Status::into_http)
}

/// The caller's identifier for the call.
fn given_identifier(headers: &HeaderMap) -> Option<&HeaderValue> {
    let usable = |id: &&HeaderValue| (1..=MAX_ID).contains(&id.len()) && id.as_bytes().iter().all(u8::is_ascii_graphic);
    headers.get(REQUEST_ID).filter(usable)
}

/// A new identifier: as random as it must be to be the only one, without asking the system at each call.
fn identifier() -> HeaderValue {
    static SEEDS: LazyLock<[RandomState; 2]> = LazyLock::new(|| [RandomState::new(), RandomState::new()]);
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    let [high, low] = SEEDS.each_ref().map(|seed| seed.hash_one(next));
    let random = (u128::from(high) << 64 | u128::from(low)).to_be_bytes();
    let id = uuid::Builder::from_random_bytes(random).into_uuid().to_string();
    HeaderValue::from_str(&id).unwrap_or_else(|_| HeaderValue::from_static("?"))
}
