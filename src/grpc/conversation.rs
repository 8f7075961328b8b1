//! What every call has in common: an identifier, a log line, a bound on its bytes and its time, and reasons for errors that
//! occur before a method is reached. Who can't be served in time is refused before its message is read.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::Body as HttpBody;
use prost::bytes::Bytes;
use tonic::{Code, Status, body::Body};
use tower::{Layer, Service as TowerService};
use tracing::{Instrument, Span, field::Empty};

use super::{
    asker::{asker, lane_of},
    body::{Counted, UnderWay},
    connection::Peer,
    identity::Gate,
    status::{explained, of_error},
};
use crate::{
    service::{Asker, Service},
    submission::{Error, Reason},
    telemetry::REQUEST_ID,
    words::{Language, Text},
};

/// The longest identifier that is accepted from a caller, in bytes.
const MAX_ID: usize = 128;
/// The method that waits for a place with a message of its own.
const CHECK_REPORT: &str = "/gouji.v1.ComplianceService/CheckReport";
/// The methods of this contract that answer at once.
const OWN: &str = "/gouji.v1.ComplianceService/";
const STREAM: &str = "/gouji.v1.ComplianceService/CheckReports";

/// Wraps each call.
#[derive(Clone)]
pub(super) struct ConversationLayer {
    pub service: Service,
    pub gate: Gate,
}

impl<S> Layer<S> for ConversationLayer {
    type Service = Conversation<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Conversation { inner, service: self.service.clone(), gate: self.gate.clone() }
    }
}

/// A service whose calls are wrapped.
#[derive(Clone)]
pub(super) struct Conversation<S> {
    inner: S,
    service: Service,
    gate: Gate,
}

impl<S, B> TowerService<Request<B>> for Conversation<S>
where
    S: TowerService<Request<Body>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
    B: HttpBody<Data = Bytes> + Send + Unpin + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        if let Some(refused) = no_grpc(&request) {
            return Box::pin(async move { Ok(refused) });
        }
        let id = identifier(request.headers());
        let span = tracing::info_span!("call", request_id = %id, rpc = request.uri().path(), caller = Empty);
        let caller = match self.gate.admit(&request) {
            Ok(caller) => caller,
            Err(error) => return Box::pin(std::future::ready(Ok(early(&error, &id, &span)))),
        };
        if !caller.name.is_empty() {
            span.record("caller", caller.name.as_str());
        }
        let path = request.uri().path();
        let (is_own, is_check, is_stream) = (path.starts_with(OWN), path == CHECK_REPORT, path == STREAM);
        let peer = request.extensions().get::<Peer>().and_then(|peer| peer.address);
        let asker = Asker { lane: lane_of(&caller.name, peer.map(|peer| peer.ip())), ..asker(request.headers()) };
        request.extensions_mut().insert(asker);
        request.extensions_mut().insert(caller);
        if is_check {
            match self.service.let_in(asker) {
                // Whoever checks takes it out, and lets it go with the answer.
                Ok(ticket) => drop(request.extensions_mut().insert(Arc::new(ticket))),
                Err(error) => return Box::pin(std::future::ready(Ok(early(&error, &id, &span)))),
            }
        }
        let begun = Instant::now();
        let held = Arc::new(self.service.budget().hold());
        let call = is_own.then(|| self.service.under_way());
        // What a stream sends is counted item by item, when it has been read.
        let request = match is_stream || !is_own {
            true => request.map(Body::new),
            false => request.map(|body| Body::new(Counted { body, held: held.clone() })),
        };
        let limit = (is_own && !is_stream).then(|| longest(&self.service));
        let answer = self.inner.call(request);
        let wrapped = async move {
            let response = match limit {
                None => answer.await?,
                Some(limit) => match tokio::time::timeout(limit, answer).await {
                    Ok(response) => response?,
                    Err(_) => of_error(&not_received(), Language::Zh).into_http(),
                },
            };
            drop(held);
            let mut response = match Status::from_header_map(response.headers()) {
                Some(status) => said(response, status),
                None => response,
            };
            if let Ok(id) = HeaderValue::from_str(&id) {
                response.headers_mut().insert(REQUEST_ID, id);
            }
            let elapsed_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
            tracing::debug!(elapsed_us, "headers sent");
            Ok(match call {
                Some(call) => response.map(|body| Body::new(UnderWay { body, _call: call })),
                None => response,
            })
        };
        Box::pin(wrapped.instrument(span))
    }
}

/// The refusal of a call whose message was not read.
fn early(error: &Error, id: &str, span: &Span) -> Response<Body> {
    let reason = error.reason.name();
    match error.reason {
        // Under load there are many.
        Reason::Overloaded | Reason::ShuttingDown | Reason::TooManyCalls => {
            tracing::debug!(parent: span, reason, "refused before it was read");
        }
        _ => tracing::info!(parent: span, reason, "refused before it was read"),
    }
    let mut response = of_error(error, Language::Zh).into_http();
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The answer to what is no gRPC call: HTTP's own refusal.
fn no_grpc<B>(request: &Request<B>) -> Option<Response<Body>> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let status = match request.method() {
        method if method != Method::POST => StatusCode::METHOD_NOT_ALLOWED,
        _ if kind == "application/grpc"
            || kind.starts_with("application/grpc+")
            || kind.starts_with("application/grpc;") =>
        {
            return None;
        }
        _ => StatusCode::UNSUPPORTED_MEDIA_TYPE,
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response.headers_mut().insert("accept-post", HeaderValue::from_static("application/grpc"));
    Some(response)
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

/// The caller's identifier for the call, or a new one.
fn identifier(headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
    let usable = |id: &&str| !id.is_empty() && id.len() <= MAX_ID && id.bytes().all(|byte| byte.is_ascii_graphic());
    given.filter(usable).map_or_else(|| uuid::Uuid::new_v4().to_string(), str::to_owned)
}
