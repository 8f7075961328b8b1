//! One who calls.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use serde::Deserialize;

use super::rate::Bucket;

/// What a caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Check reports, and list rules.
    Check,
    /// Waive findings by the request.
    Waive,
    /// See what is wrong with the operator's files.
    Administer,
}

/// One who calls. By default one who may do nothing.
#[derive(Debug, Default)]
pub struct Caller {
    /// The name in the operator's file; empty if nobody asks.
    pub name: String,
    roles: BTreeSet<Role>,
    /// How many calls may still be made, if they are limited.
    calls: Option<Mutex<Bucket>>,
}

impl Caller {
    /// A caller with these roles, and so many calls a second.
    pub fn new(name: impl Into<String>, roles: BTreeSet<Role>, rate: Option<u32>) -> Self {
        Self { name: name.into(), roles, calls: rate.map(|rate| Mutex::new(Bucket::new(rate, Instant::now()))) }
    }

    /// Whether it may do that.
    pub fn may(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Counts a call.
    ///
    /// # Errors
    ///
    /// How long to wait, if there were too many.
    pub fn count(&self, now: Instant) -> Result<(), Duration> {
        let Some(calls) = &self.calls else { return Ok(()) };
        calls.lock().unwrap_or_else(PoisonError::into_inner).take(now)
    }
}
