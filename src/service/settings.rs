//! What an operator sets for the service, whatever the transport.

use serde::{Deserialize, Serialize};

use crate::isolation::Documents;

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How large and how many things may be.
    pub limits: CallLimits,
    /// How long things may take.
    pub times: Times,
    /// What a document may hold, and the processes that read documents.
    pub documents: Documents,
    /// Whether waivers that come with a request count.
    pub request_waivers: bool,
}

/// How large and how many things may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CallLimits {
    /// The largest message that is received, in bytes, after decompression.
    pub request_bytes: usize,
    /// The largest message that is sent, in bytes.
    pub response_bytes: usize,
    /// How many calls a connection may have open.
    pub calls_per_connection: u32,
    /// How many reports are checked at once; 0 stands for two for each processor.
    pub checks: usize,
    /// How many reports of one stream are under way at once.
    pub checks_per_stream: usize,
}

impl Default for CallLimits {
    fn default() -> Self {
        Self {
            request_bytes: 16 << 20,
            response_bytes: 32 << 20,
            calls_per_connection: 256,
            checks: 0,
            checks_per_stream: 16,
        }
    }
}

/// How long things may take, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// The longest that one report may take; a call's own deadline counts where it is nearer.
    pub check_ms: u64,
    /// How long the service goes on accepting calls after it has said NOT_SERVING.
    pub drain_delay_ms: u64,
    /// How long open calls may take to end after that; then the service ends without them.
    pub drain_cap_ms: u64,
    /// How often packs, profiles and waivers are looked at; 0 for only at the start.
    pub reload_ms: u64,
}

impl Default for Times {
    fn default() -> Self {
        Self { check_ms: 10_000, drain_delay_ms: 500, drain_cap_ms: 10_000, reload_ms: 2_000 }
    }
}
