//! How fast good answers come: the one measure by which is told who would be served in time.

use std::time::{Duration, Instant};

/// The time in which there was something to do, by the good answers that came in it. Both forget alike; what was answered too
/// late took its time, and is no answer.
#[derive(Debug, Default)]
pub(super) struct Pace {
    busy: Duration,
    /// In parts of `ONE`.
    good: u32,
    since: Option<Instant>,
}

const ONE: u32 = 1 << 10;

impl Pace {
    /// There is something to do again.
    pub fn begins(&mut self, now: Instant) {
        self.since = Some(now);
    }

    /// Something was done: in time, or not.
    pub fn ended(&mut self, now: Instant, in_time: bool) {
        let Some(since) = self.since.replace(now) else { return };
        self.busy = self.busy * 31 / 32 + now.saturating_duration_since(since);
        self.good = self.good - self.good / 32 + if in_time { ONE } else { 0 };
    }

    /// How far apart good answers are, while there is something to do; nothing, while that isn't known.
    pub fn apart(&self) -> Duration {
        self.busy.saturating_mul(ONE) / self.good.max(1)
    }
}

#[cfg(test)]
impl Pace {
    /// A pace that is known.
    pub fn of(apart: Duration) -> Self {
        Self { busy: apart, good: ONE, since: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_too_late_takes_time_and_is_no_answer() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let mut pace = Pace::default();
        assert_eq!(pace.apart(), Duration::ZERO);
        pace.begins(start);
        for answer in 1..=100 {
            pace.ended(at(10 * answer), true);
        }
        let near = |pace: &Pace, ms: u64| pace.apart().as_millis().abs_diff(ms.into()) <= 1;
        assert!(near(&pace, 10), "{pace:?}");
        // Idle time is nobody's.
        pace.begins(at(60_000));
        for answer in 1..=200 {
            pace.ended(at(60_000 + 10 * answer), answer % 2 == 0);
        }
        assert!(near(&pace, 20), "{pace:?}");
    }
}
