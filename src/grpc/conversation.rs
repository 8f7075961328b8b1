//! What every call has in common: an identifier, a log line, a bound on its bytes and its time, and reasons for errors that
//! occur before a method is reached. Who can't be served in time is refused before its message is read.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use http::{HeaderMap, HeaderValue, Request, Response};
use hyper::{body::Incoming, service::Service as HyperService};
use tokio_util::task::task_tracker::TaskTrackerToken;
use tonic::{Code, Status, body::Body, service::Routes};
use tower::ServiceExt;
use tracing::{Instrument, Span};

use super::{
    asker::{asker, lane_of},
    body::{Counted, Gathered, UnderWay},
    connection::Peer,
    identity::{Gate, Standing},
    refusal::{early, named, no_grpc, overloaded},
    status::{explained, of_error},
};
use crate::{
    callers::Caller,
    service::{Asker, Held, Service},
    submission::{Error, Reason},
    telemetry::REQUEST_ID,
    words::{Language, Text},
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
}

impl Conversation {
    /// Calls to these services.
    pub fn new(routes: Routes, service: Service, gate: Gate) -> Self {
        Self { routes, service, gate, peer: Peer::default() }
    }

    /// The calls of somebody.
    pub fn with(&self, peer: Peer) -> Self {
        Self { peer, ..self.clone() }
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
                let span = call.span(request.uri().path());
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
        let caller = self
            .gate
            .admit(request, &self.peer)
            .map_err(|error| early(&error, Some(&given.cloned().unwrap_or_else(identifier))))?;
        let asker = Asker { lane: lane_of(&caller.name, self.peer.address.map(|peer| peer.ip())), ..asker(headers) };
        let kind = Kind::of(request.uri().path());
        if kind == Kind::Check {
            self.service.would_take(asker).map_err(|back| overloaded(given, back))?;
        }
        let id = given.cloned().unwrap_or_else(identifier);
        let under_way = (kind != Kind::Foreign).then(|| self.service.under_way());
        let standing = (kind == Kind::Stream).then(|| self.gate.standing(request, &self.peer));
        Ok(Call { service: self.service.clone(), kind, id, caller, asker, standing, begun: Instant::now(), under_way })
    }
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
    /// It is of another service: health, reflection.
    Foreign,
}

impl Kind {
    fn of(path: &str) -> Self {
        match path.strip_prefix("/gouji.v1.ComplianceService/") {
            None => Self::Foreign,
            Some("CheckReport") => Self::Check,
            Some("CheckReports") => Self::Stream,
            Some(_) => Self::Short,
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
    under_way: Option<TaskTrackerToken>,
}

impl Call {
    fn span(&self, path: &str) -> Span {
        let name = Some(self.caller.name.as_str()).filter(|name| !name.is_empty());
        let id = self.id.to_str().unwrap_or_default();
        tracing::info_span!("call", request_id = %id, rpc = path, caller = name)
    }

    /// The answer, with all that every answer has.
    async fn answered(self, routes: Routes, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
        let response = match self.kind {
            Kind::Foreign | Kind::Stream => self.passed_on(routes, request.map(Body::new)).await?,
            Kind::Check | Kind::Short => {
                let until = self.asker.deadline.min(self.begun + longest(&self.service));
                match tokio::time::timeout_at(until.into(), self.with_message(routes, request)).await {
                    Ok(response) => response?,
                    Err(_) => of_error(&self.not_in_time(), Language::Zh).into_http(),
                }
            }
        };
        let response = match Status::from_header_map(response.headers()) {
            Some(status) => said(response, status),
            None => response,
        };
        let elapsed_us = u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        tracing::debug!(elapsed_us, "headers sent");
        let response = named(response, Some(&self.id));
        Ok(match self.under_way {
            Some(call) => response.map(|body| Body::new(UnderWay { body, _call: call })),
            None => response,
        })
    }

    /// Why there is no answer: the caller's deadline, or what the operator allows.
    fn not_in_time(&self) -> Error {
        if Instant::now() >= self.asker.deadline { Error::out_of_time() } else { not_received() }
    }

    async fn passed_on(&self, routes: Routes, mut request: Request<Body>) -> Result<Response<Body>, Infallible> {
        request.extensions_mut().insert(self.asker);
        request.extensions_mut().insert(self.caller.clone());
        if let Some(standing) = &self.standing {
            request.extensions_mut().insert(standing.clone());
        }
        routes.oneshot(request).await
    }

    /// A call with one message: what came of it is held until the call ends. A check waits for its place when the message has
    /// come and before it is decoded, so that a place is neither kept by those who are slow to send, nor used for what nobody
    /// waits for any more.
    async fn with_message(&self, routes: Routes, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
        let held: Arc<Held> = Arc::new(self.service.budget().hold());
        let request = request.map(|body| Counted { body, held: held.clone() });
        if self.kind != Kind::Check {
            return self.passed_on(routes, request.map(Body::new)).await;
        }
        let (parts, body) = request.into_parts();
        let body = Gathered::of(body, self.service.limits().request_bytes).await;
        let mut request = Request::from_parts(parts, Body::new(body));
        match self.service.place(self.asker).await {
            // Whoever checks takes it out, and gives it back with the answer.
            Ok(place) => drop(request.extensions_mut().insert(Arc::new(place))),
            Err(error) => return Ok(unplaced(&error)),
        }
        self.passed_on(routes, request).await
    }
}

/// The refusal of a call that got no place for its message.
fn unplaced(error: &Error) -> Response<Body> {
    match (error.reason, error.retry_after_ms) {
        (Reason::Overloaded, Some(back)) => overloaded(None, Duration::from_millis(back.into())),
        _ => of_error(error, Language::Zh).into_http(),
    }
}

/// The longest that a call with one message may take, all in all.
fn longest(service: &Service) -> Duration {
    let times = service.times();
    Duration::from_millis(times.receive_ms.saturating_add(times.queue_ms).saturating_add(times.check_ms))
}

/// The error of a call whose message doesn't come.
fn not_received() -> Error {
    let words = Text::fixed("在规定的时间内没有收完请求", "the request did not come in within the time allowed");
    Error::plain(Reason::TimeLimit, words)
}

/// Logs a call that failed at once, and adds a reason to its error if it has none.
fn said(response: Response<Body>, status: Status) -> Response<Body> {
    if status.code() == Code::Ok {
        return response;
    }
    let better = explained(&status);
    let code = better.as_ref().unwrap_or(&status).code();
    // A fault in the request is the caller's; an internal fault is ours.
    match code {
        Code::Internal | Code::Unknown | Code::DataLoss => tracing::error!(?code, "call failed"),
        _ => tracing::info!(?code, "call refused"),
    }
    better.map_or(response, Status::into_http)
}

/// The caller's identifier for the call.
fn given_identifier(headers: &HeaderMap) -> Option<&HeaderValue> {
    let usable = |id: &&HeaderValue| (1..=MAX_ID).contains(&id.len()) && id.as_bytes().iter().all(u8::is_ascii_graphic);
    headers.get(REQUEST_ID).filter(usable)
}

/// A new identifier.
fn identifier() -> HeaderValue {
    let id = uuid::Uuid::new_v4().to_string();
    HeaderValue::from_str(&id).unwrap_or_else(|_| HeaderValue::from_static("?"))
}
