//! Who calls: asked before a call reaches its service.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use http::{HeaderMap, HeaderValue, Request, header::AUTHORIZATION};

use super::connection::Peer;
use crate::{
    callers::{Caller, Entrance, Role, Shown},
    submission::{Error, Reason},
    words::Text,
};

const NO_ROLE: Text =
    Text::fixed("调用方没有 check 角色，不能调用此方法", "the caller lacks the role check for this method");
const TOO_MANY: Text = Text::fixed("调用过于频繁，请稍后重试", "too many calls: try again later");

/// What the paths of other services begin with: health, reflection.
const FOREIGN: &str = "/grpc.";

/// Asks who calls.
#[derive(Clone)]
pub(super) struct Gate {
    pub entrance: Arc<Entrance>,
    pub health_open: bool,
    pub reflection_open: bool,
}

impl Gate {
    /// The caller of a call, who may make it.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn admit<B>(&self, request: &Request<B>, peer: &Peer) -> Result<Arc<Caller>, Error> {
        let path = request.uri().path();
        let caller = self.ask(path, request.headers(), peer)?;
        if !path.starts_with(FOREIGN) {
            // A millisecond more, so that whoever waits for as long as is said has waited long enough.
            let early = |wait| Error::plain(Reason::TooManyCalls, TOO_MANY).after(wait + Duration::from_millis(1));
            caller.count(Instant::now()).map_err(early)?;
        }
        Ok(caller)
    }

    /// What a call that lasts asks again and again: whether its caller may still make it.
    pub fn standing<B>(&self, request: &Request<B>, peer: &Peer) -> Standing {
        let mut shown = HeaderMap::new();
        for value in request.headers().get_all(AUTHORIZATION) {
            shown.append(AUTHORIZATION, value.clone());
        }
        Standing { gate: self.clone(), path: request.uri().path().into(), shown, peer: peer.clone() }
    }

    fn ask(&self, path: &str, headers: &HeaderMap, peer: &Peer) -> Result<Arc<Caller>, Error> {
        let health = path.starts_with("/grpc.health.");
        let reflection = path.starts_with("/grpc.reflection.");
        if health && self.health_open || reflection && self.reflection_open {
            return Ok(Arc::default());
        }
        let certificate = peer.certificate.as_deref();
        let token = if self.entrance.reads_tokens() { token(headers) } else { Ok(None) };
        let caller = self.entrance.identify(Shown { token: token?, certificate })?;
        if health || reflection {
            return Ok(caller);
        }
        // Who looks after the service may list its rules.
        let checks = path.starts_with("/gouji.v1.ComplianceService/Check");
        if !caller.may(Role::Check) && (checks || !caller.may(Role::Administer)) {
            return Err(Error::plain(Reason::PermissionDenied, NO_ROLE));
        }
        Ok(caller)
    }
}

/// What was shown at the beginning of a call that lasts.
#[derive(Clone)]
pub(super) struct Standing {
    gate: Gate,
    path: Arc<str>,
    shown: HeaderMap,
    peer: Peer,
}

impl Standing {
    /// Whether the caller may still make its call.
    ///
    /// # Errors
    ///
    /// Why not any more.
    pub fn holds(&self) -> Result<(), Error> {
        self.gate.ask(&self.path, &self.shown, &self.peer).map(drop)
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
