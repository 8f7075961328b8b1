//! What happens by the thousand is told once a second, with its number: a line for each would fill the disk.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::runtime::Handle;

/// Things of one kind, of which there are many.
pub(super) struct Crowd {
    count: AtomicU64,
    /// The second in which they were told last.
    told: AtomicU64,
    /// Whether somebody will tell of those that are counted.
    is_awaited: AtomicBool,
}

/// The second that it is, from 1.
fn now() -> u64 {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGUN.elapsed().as_secs() + 1
}

impl Crowd {
    /// None so far.
    pub const fn new() -> Self {
        Self { count: AtomicU64::new(0), told: AtomicU64::new(0), is_awaited: AtomicBool::new(false) }
    }

    /// Counts one more, and tells how many there were: at once, if a second has passed since they were told last, else when it has.
    pub fn grows(&'static self, tell: impl FnOnce(u64) + Send + 'static) {
        const A_SECOND: Duration = Duration::from_secs(1);
        self.count.fetch_add(1, Ordering::Relaxed);
        let (now, told) = (now(), self.told.load(Ordering::Relaxed));
        if now > told && self.told.compare_exchange(told, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            return self.told_by(tell);
        }
        // Else those of a short burst would be told with the next one, in days perhaps.
        if !self.is_awaited.swap(true, Ordering::Relaxed) {
            let Ok(runtime) = Handle::try_current() else { return self.is_awaited.store(false, Ordering::Relaxed) };
            runtime.spawn(async move {
                tokio::time::sleep(A_SECOND).await;
                self.is_awaited.store(false, Ordering::Relaxed);
                self.told_by(tell);
            });
        }
    }

    fn told_by(&self, tell: impl FnOnce(u64)) {
        let count = self.count.swap(0, Ordering::Relaxed);
        self.told.store(now(), Ordering::Relaxed);
        if count > 0 {
            tell(count);
        }
    }
}
