//! What happens by the thousand is told once a second, with its number: a line for each would fill the disk.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

/// Things of one kind, of which there are many.
pub(super) struct Crowd {
    count: AtomicU64,
    /// The second in which they were told last.
    told: AtomicU64,
}

impl Crowd {
    /// None so far.
    pub const fn new() -> Self {
        Self { count: AtomicU64::new(0), told: AtomicU64::new(0) }
    }

    /// Counts one more; how many there were, if a second has passed since they were told last.
    pub fn grows(&self) -> Option<u64> {
        static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
        self.count.fetch_add(1, Ordering::Relaxed);
        let (now, told) = (BEGUN.elapsed().as_secs() + 1, self.told.load(Ordering::Relaxed));
        let is_due = now > told && self.told.compare_exchange(told, now, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        is_due.then(|| self.count.swap(0, Ordering::Relaxed))
    }
}
