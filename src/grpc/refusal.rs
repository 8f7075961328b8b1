//! Refusals of calls whose message was not read. Under load there are many: these cost next to nothing, since they are made
//! beforehand, and are told in one line a second.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use metrics::counter;
use tonic::body::Body;

use super::{crowd::Crowd, status::of_unread, told::shown};
use crate::{
    service::busy,
    submission::{Error, Reason},
    telemetry::{CALLS_REFUSED, REQUEST_ID},
};

/// The refusal of a call that would not be served in time; it may come back after this or somewhat more.
pub(super) fn overloaded(id: Option<&HeaderValue>, back: Duration) -> Response<Body> {
    /// After so many times, each a quarter longer than the one before.
    const TIMES: usize = 26;
    static HEADS: LazyLock<Vec<(Duration, HeaderMap)>> = LazyLock::new(|| {
        let times = std::iter::successors(Some(Duration::from_millis(50)), |time| Some(*time * 5 / 4));
        times
            .take(TIMES)
            .map(|time| (time, of_unread(&busy(time)).into_http::<Body>().into_parts().0.headers))
            .collect()
    });
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    one_of(&OVERLOADED, Reason::Overloaded);
    // Who is refused together shall not come back together.
    let spread = NEXT.fetch_add(1, Ordering::Relaxed) % 3;
    let at = HEADS.partition_point(|(time, _)| *time < back) + spread;
    let mut response = Response::new(Body::empty());
    *response.headers_mut() = HEADS[at.min(TIMES - 1)].1.clone();
    named(response, id)
}

/// The refusal of a call, for any other reason.
pub(super) fn early(error: &Error, path: &str, id: Option<&HeaderValue>) -> Response<Body> {
    let (reason, rpc) = (error.reason.name(), shown(path));
    match error.reason {
        Reason::TooManyCalls => one_of(&TOO_MANY, Reason::TooManyCalls),
        Reason::Overloaded => one_of(&OVERLOADED, Reason::Overloaded),
        _ => {
            counter!(CALLS_REFUSED, "why" => reason).increment(1);
            let request_id = id.and_then(|id| id.to_str().ok());
            tracing::info!(reason, rpc, request_id, "refused unread");
        }
    }
    named(of_unread(error).into_http(), id)
}

/// A response with the identifier of its call.
pub(super) fn named(mut response: Response<Body>, id: Option<&HeaderValue>) -> Response<Body> {
    if let Some(id) = id {
        response.headers_mut().insert(REQUEST_ID, id.clone());
    }
    response
}

static OVERLOADED: Crowd = Crowd::new();
static TOO_MANY: Crowd = Crowd::new();

/// Counts a refusal of which there are many.
fn one_of(crowd: &'static Crowd, reason: Reason) {
    let reason = reason.name();
    counter!(CALLS_REFUSED, "why" => reason).increment(1);
    crowd.grows(move |calls| {
        tracing::warn!(reason, calls, "so many calls were refused unread since this was told last");
    });
}

const ACCEPT_POST: HeaderName = HeaderName::from_static("accept-post");

/// The answer to what is no gRPC call: HTTP's own refusal.
pub(super) fn no_grpc<B>(request: &Request<B>) -> Option<Response<Body>> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    // Of what may follow `application/grpc`, messages of protobuf are spoken here, and parameters mean nothing.
    let is_grpc = kind.strip_prefix("application/grpc").is_some_and(|rest| {
        let rest = rest.strip_prefix("+proto").unwrap_or(rest);
        rest.is_empty() || rest.starts_with(';')
    });
    let (status, name, value) = match (request.method(), is_grpc) {
        (&Method::POST, true) => return None,
        (&Method::POST, false) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, ACCEPT_POST, "application/grpc"),
        _ => (StatusCode::METHOD_NOT_ALLOWED, header::ALLOW, "POST"),
    };
    tracing::info!(status = status.as_u16(), rpc = shown(request.uri().path()), "refused: no gRPC call");
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response.headers_mut().insert(name, HeaderValue::from_static(value));
    Some(response)
}
