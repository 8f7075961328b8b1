//! Who calls: asked before a call reaches its service.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use http::{HeaderMap, HeaderValue, Request, Response, header::AUTHORIZATION};
use tonic::{Status, body::Body};
use tower::{Layer, Service};

use super::{connection::Peer, status::of_error};
use crate::{
    callers::{Caller, Entrance, Role, Shown},
    submission::{Error, Reason},
    wire::status::RETRY,
    words::{Language, Text},
};

const NO_ROLE: Text = Text::fixed("调用方没有此权限", "the caller has no role for this");
const TOO_MANY: Text = Text::fixed("调用过于频繁，请稍后重试", "too many calls: try again later");
/// When a client may repeat a call, as gRPC's clients understand it.
const PUSHBACK: &str = "grpc-retry-pushback-ms";

/// Lets calls in, with their caller as an extension.
#[derive(Clone)]
pub(super) struct IdentityLayer {
    pub entrance: Arc<Entrance>,
    pub health_open: bool,
    pub reflection_open: bool,
}

/// A service whose calls are asked who makes them.
#[derive(Clone)]
pub(super) struct Identity<S> {
    layer: IdentityLayer,
    inner: S,
}

impl<S> Layer<S> for IdentityLayer {
    type Service = Identity<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Identity { layer: self.clone(), inner }
    }
}

impl<S, B> Service<Request<B>> for Identity<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        match self.layer.admit(&request) {
            Ok(caller) => {
                if !caller.name.is_empty() {
                    tracing::Span::current().record("caller", caller.name.as_str());
                }
                request.extensions_mut().insert(caller);
                Box::pin(self.inner.call(request))
            }
            Err(refusal) => Box::pin(std::future::ready(Ok(refusal.into_http()))),
        }
    }
}

impl IdentityLayer {
    fn admit<B>(&self, request: &Request<B>) -> Result<Arc<Caller>, Status> {
        let path = request.uri().path();
        let health = path.starts_with("/grpc.health.");
        let reflection = path.starts_with("/grpc.reflection.");
        if health && self.health_open || reflection && self.reflection_open {
            return Ok(Arc::default());
        }
        let peer = request.extensions().get::<Peer>();
        let certificate = peer.and_then(|peer| peer.certificate.as_deref());
        let token = if self.entrance.reads_tokens() { token(request.headers()) } else { Ok(None) };
        let caller = token.and_then(|token| self.entrance.identify(Shown { token, certificate }));
        let caller = caller.map_err(|error| refusal(&error))?;
        if health || reflection {
            return Ok(caller);
        }
        // Who looks after the service may list its rules.
        let checks = path.starts_with("/gouji.v1.ComplianceService/Check");
        if !caller.may(Role::Check) && (checks || !caller.may(Role::Administer)) {
            return Err(refusal(&Error::plain(Reason::PermissionDenied, NO_ROLE)));
        }
        caller.count(Instant::now()).map_err(later)?;
        Ok(caller)
    }
}

/// The token of a call, if there is one.
///
/// # Errors
///
/// If something else stands in its place, or two.
fn token(headers: &HeaderMap) -> Result<Option<&[u8]>, Error> {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    let Some(first) = given.next() else { return Ok(None) };
    let token = bearer(first).filter(|_| given.next().is_none());
    token.map(Some).ok_or_else(|| {
        let (zh, en) = ("authorization 应为 Bearer 加令牌", "authorization: expected Bearer and a token");
        Error::plain(Reason::Unauthenticated, Text::fixed(zh, en))
    })
}

fn bearer(value: &HeaderValue) -> Option<&[u8]> {
    let (scheme, token) = value.as_bytes().split_at_checked("Bearer ".len())?;
    let token = token.trim_ascii();
    (scheme.eq_ignore_ascii_case(b"Bearer ") && !token.is_empty()).then_some(token)
}

/// A refusal in both languages: nothing of the message was read, and the caller's language is not known.
fn refusal(error: &Error) -> Status {
    let both = Text::same(format!("{} / {}", error.message.zh, error.message.en));
    of_error(&Error { message: both, ..error.clone() }, Language::Zh)
}

/// A refusal of a call that came too early.
fn later(wait: Duration) -> Status {
    let milliseconds = wait.as_millis().saturating_add(1);
    let mut status = refusal(&Error::plain(Reason::TooManyCalls, TOO_MANY).with(RETRY, milliseconds));
    if let Ok(value) = milliseconds.to_string().parse() {
        status.metadata_mut().insert(PUSHBACK, value);
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_token_is_read_and_nothing_else_is_taken_for_none() {
        let read = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(AUTHORIZATION, value.parse().expect("a value"));
            }
            token(&headers).map(|token| token.map(<[u8]>::to_vec)).map_err(|error| error.reason)
        };
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&["Bearer abc"]), Ok(Some(b"abc".to_vec())));
        assert_eq!(read(&["bearer  abc"]), Ok(Some(b"abc".to_vec())));
        for wrong in [&["abc"][..], &["Basic abc"], &["Bearer "], &["Bearer"], &[""], &["Bearer a", "Bearer b"]] {
            assert_eq!(read(wrong), Err(Reason::Unauthenticated), "{wrong:?}");
        }
    }
}
