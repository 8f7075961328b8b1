//! What every call has in common: an identifier, a log line, and reasons for errors that occur before a method is
//! reached.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Instant,
};

use http::{HeaderMap, HeaderValue, Request, Response};
use tonic::{Code, Status, body::Body};
use tower::{Layer, Service};
use tracing::{Instrument, field::Empty};

use super::status::explained;
use crate::telemetry::REQUEST_ID;

/// The longest identifier that is accepted from a caller, in bytes.
const MAX_ID: usize = 128;

/// Wraps each call.
#[derive(Clone, Debug, Default)]
pub(super) struct ConversationLayer;

impl<S> Layer<S> for ConversationLayer {
    type Service = Conversation<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Conversation { inner }
    }
}

/// A service whose calls are wrapped.
#[derive(Clone, Debug)]
pub(super) struct Conversation<S> {
    inner: S,
}

impl<S, B> Service<Request<B>> for Conversation<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let id = identifier(request.headers());
        let span = tracing::info_span!("call", request_id = %id, rpc = request.uri().path(), caller = Empty);
        let begun = Instant::now();
        let answer = self.inner.call(request);
        let wrapped = async move {
            let mut response = answer.await?;
            if let Some(status) = Status::from_header_map(response.headers()) {
                response = said(response, status);
            }
            if let Ok(id) = HeaderValue::from_str(&id) {
                response.headers_mut().insert(REQUEST_ID, id);
            }
            tracing::debug!(
                elapsed_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX),
                "headers sent"
            );
            Ok(response)
        };
        Box::pin(wrapped.instrument(span))
    }
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
