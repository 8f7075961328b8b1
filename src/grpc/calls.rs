//! The calls over one connection: which are under way, whether any came, and what is kept for them.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio_util::task::{TaskTracker, task_tracker::TaskTrackerToken};

use super::presence::Presence;
use crate::service::Budget;

/// What a connection has for a question of health where there is no room for anything else.
const RESERVE: usize = 16 << 10;

/// The calls of a connection that are waited for when the service ends, or the connection.
pub(super) struct Calls {
    under_way: TaskTracker,
    were_made: AtomicBool,
    presence: Arc<Presence>,
    reserve: Arc<Budget>,
}

/// A call that is waited for.
pub(super) struct UnderWay {
    presence: Arc<Presence>,
    _token: TaskTrackerToken,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.presence.ends();
    }
}

impl Default for Calls {
    fn default() -> Self {
        Self::over(Arc::default())
    }
}

impl Calls {
    /// No calls yet over a connection.
    pub fn over(presence: Arc<Presence>) -> Self {
        let reserve = Budget::new(RESERVE);
        Self { under_way: TaskTracker::new(), were_made: AtomicBool::new(false), presence, reserve }
    }

    /// A call was let in, of whatever kind.
    pub fn came(&self) {
        self.presence.comes();
    }

    /// A call begins that is waited for.
    pub fn begin(&self) -> UnderWay {
        self.were_made.store(true, Ordering::Relaxed);
        self.presence.begins();
        UnderWay { presence: self.presence.clone(), _token: self.under_way.token() }
    }

    /// Completes when none is under way; whether there were any.
    pub async fn ended(&self) -> bool {
        self.under_way.close();
        self.under_way.wait().await;
        self.were_made.load(Ordering::Relaxed)
    }

    /// Whether none is under way.
    pub fn are_over(&self) -> bool {
        self.under_way.is_empty()
    }

    /// What is known of the connection.
    pub fn presence(&self) -> &Presence {
        &self.presence
    }

    /// What is kept for questions of health.
    pub fn reserve(&self) -> &Arc<Budget> {
        &self.reserve
    }
}
