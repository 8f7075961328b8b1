//! What is known of a connection by those who have no room for another: whether it is made use of, and since when not.

use std::{
    net::IpAddr,
    sync::{
        LazyLock,
        atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering},
    },
    time::Instant,
};

use tokio_util::sync::CancellationToken;

/// A connection, from its first byte to its end.
#[derive(Default)]
pub(super) struct Presence {
    /// Whose it is.
    pub peer: Option<IpAddr>,
    /// Cancelled when it shall go.
    pub leave: CancellationToken,
    /// What was called so far.
    use_: AtomicU8,
    /// The calls that are under way.
    calls: AtomicUsize,
    /// Since when none is: when it came, or the last one ended.
    since: AtomicU64,
}

/// What was called over a connection.
const SOMETHING: u8 = 1;
const THE_SERVICE: u8 = 2;

impl Presence {
    /// A connection of a peer that has just come.
    pub fn of(peer: Option<IpAddr>) -> Self {
        Self { peer, since: AtomicU64::new(now()), ..Self::default() }
    }

    /// A call came, of whatever kind.
    pub fn comes(&self) {
        self.use_.fetch_max(SOMETHING, Ordering::Relaxed);
    }

    /// A call begins that is waited for.
    pub fn begins(&self) {
        self.use_.store(THE_SERVICE, Ordering::Relaxed);
        self.calls.fetch_add(1, Ordering::Relaxed);
    }

    /// One of them has ended.
    pub fn ends(&self) {
        self.since.store(now(), Ordering::Relaxed);
        self.calls.fetch_sub(1, Ordering::Relaxed);
    }

    /// Whether no call ever came.
    pub fn is_unused(&self) -> bool {
        self.use_.load(Ordering::Relaxed) == 0
    }

    /// In which order connections give way to others, if this one may: those that were never made use of first, then those that
    /// asked for health alone, and of each kind the one that is longest without a call.
    pub fn may_go(&self) -> Option<(u8, u64)> {
        let is_free = self.calls.load(Ordering::Relaxed) == 0 && !self.leave.is_cancelled();
        is_free.then(|| (self.use_.load(Ordering::Relaxed), self.since.load(Ordering::Relaxed)))
    }
}

/// The nanoseconds since this was asked first.
fn now() -> u64 {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(BEGUN.elapsed().as_nanos()).unwrap_or(u64::MAX)
}
