//! An operator's settings for the service, whatever the transport.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::isolation::Documents;

/// All settings of the service.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Limits on sizes and counts.
    pub limits: CallLimits,
    /// Time limits and intervals.
    pub times: Times,
    /// Limits on documents, and the processes that read them.
    pub documents: Documents,
}

/// Limits on sizes and counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CallLimits {
    /// The largest message that is received, in bytes, after decompression.
    pub request_bytes: usize,
    /// The largest message that is sent, in bytes.
    pub response_bytes: usize,
    /// How many connections may be open at once; more are closed at once.
    pub connections: usize,
    /// How many of them may come from one address: for IPv6, from one network of 64 bits. Unix sockets have no such
    /// limit.
    pub connections_per_peer: usize,
    /// How many TLS handshakes are computed at once; more wait, within `times.handshake_ms`. One that waits for its client
    /// gives its turn away after a tenth of a second.
    pub handshakes: usize,
    /// How many calls a connection may have open at once.
    pub calls_per_connection: u32,
    /// How many reports are checked at once; 0 means two per processor.
    pub checks: usize,
    /// How many calls may wait for a check; more are refused at once, and so is whoever would be served too late.
    pub queue: usize,
    /// How many bytes of requests all calls together may hold.
    pub pending_bytes: usize,
    /// How many reports of one stream are checked at once.
    pub checks_per_stream: usize,
}

impl Default for CallLimits {
    fn default() -> Self {
        Self {
            request_bytes: 16 << 20,
            response_bytes: 32 << 20,
            connections: 4096,
            connections_per_peer: 1024,
            handshakes: 64,
            calls_per_connection: 256,
            checks: 0,
            queue: 1_000,
            pending_bytes: 256 << 20,
            checks_per_stream: 16,
        }
    }
}

/// Time limits and intervals, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// The longest time for one report; a call's own deadline applies if it is earlier.
    pub check_ms: u64,
    /// The longest wait for a check to begin; a call's own deadline applies if it is earlier.
    pub queue_ms: u64,
    /// The longest time in which the message of a call must have come in, and the longest silence in a stream with nothing
    /// under way.
    pub receive_ms: u64,
    /// How long the service goes on accepting calls after reporting NOT_SERVING.
    pub drain_delay_ms: u64,
    /// How long open calls may then take to finish; after that the service ends without them.
    pub drain_cap_ms: u64,
    /// How long a new connection may take until its TLS handshake is over and it has said that it speaks HTTP/2.
    pub handshake_ms: u64,
    /// After how long a connection is asked whether its client is still there; it is closed if no answer comes within a third
    /// of that, nor the rest of what was half sent. 0 for never.
    pub keepalive_ms: u64,
    /// How old a connection may become: then it takes no new calls, and clients open another. With a tenth more or less,
    /// chosen at the start, so that the instances behind a balancer don't all do so at once. 0 for any age.
    pub connection_age_ms: u64,
    /// How long the open calls of a connection that is too old may then take to finish; 0 for any time.
    pub connection_grace_ms: u64,
    /// How often packs, profiles, waivers, callers and certificates are checked for changes; 0 for only at the start.
    pub reload_ms: u64,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            check_ms: 10_000,
            queue_ms: 2_000,
            receive_ms: 60_000,
            drain_delay_ms: 500,
            drain_cap_ms: 10_000,
            handshake_ms: 10_000,
            keepalive_ms: 30_000,
            connection_age_ms: 3_600_000,
            connection_grace_ms: 30_000,
            reload_ms: 2_000,
        }
    }
}
