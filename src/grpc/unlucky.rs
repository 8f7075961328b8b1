//! Connections that come to nothing: counted by why, and told once a second, with the peer of one of them and what was wrong.

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
};

use metrics::counter;

use super::crowd::Crowd;
use crate::telemetry::CONNECTIONS_REFUSED;

/// Connections that come to nothing for one reason.
pub(super) struct Unlucky {
    why: &'static str,
    crowd: Crowd,
}

/// More than one address may have.
static PER_PEER: Unlucky = Unlucky::of("connections_per_peer");
/// More than all may have.
static CONNECTIONS: Unlucky = Unlucky::of("connections");
/// What they said is no handshake, or shows that they may not come in.
pub(super) static HANDSHAKE: Unlucky = Unlucky::of("handshake");
/// They said nothing, or not enough.
pub(super) static SILENT: Unlucky = Unlucky::of("silent");
/// Others came, and nothing was asked over them.
pub(super) static GAVE_WAY: Unlucky = Unlucky::of("gave_way");

/// Those that a limit keeps out, by its name.
pub(super) fn by_limit(limit: &str) -> &'static Unlucky {
    if limit == PER_PEER.why { &PER_PEER } else { &CONNECTIONS }
}

impl Unlucky {
    const fn of(why: &'static str) -> Self {
        Self { why, crowd: Crowd::new() }
    }

    /// Counts one more.
    pub fn one_more(&'static self, peer: Option<SocketAddr>, error: Option<&io::Error>) {
        let why = self.why;
        counter!(CONNECTIONS_REFUSED, "why" => why).increment(1);
        let (peer, error) = (peer.map(|peer| peer.to_string()), error.map(|error| (error.kind(), error.to_string())));
        let (kind, error) = error.unzip();
        // Whoever only looks whether somebody listens comes every few seconds.
        if kind == Some(ErrorKind::UnexpectedEof) {
            return tracing::debug!(why, peer, error, "a connection was closed by its client before it was open");
        }
        self.crowd.grows(move |connections| {
            tracing::warn!(
                why,
                connections,
                peer,
                error,
                "so many connections came to nothing since this was told last; peer and error are those of one of them"
            );
        });
    }
}
