//! How many calls a second.

use std::time::{Duration, Instant};

/// A bucket that fills evenly, up to what may be taken in a second, and gives one for each call.
#[derive(Debug)]
pub(super) struct Bucket {
    rate: u32,
    /// When it will have been full, if nothing more is taken: full where this has passed.
    full: Instant,
}

impl Bucket {
    /// A full bucket for so many calls a second.
    pub fn new(rate: u32, now: Instant) -> Self {
        Self { rate: rate.max(1), full: now }
    }

    /// Takes one.
    ///
    /// # Errors
    ///
    /// How long to wait, if it is empty.
    pub fn take(&mut self, now: Instant) -> Result<(), Duration> {
        const SECOND: Duration = Duration::from_secs(1);
        let full = self.full.max(now) + SECOND / self.rate;
        match full.saturating_duration_since(now).checked_sub(SECOND) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => {
                self.full = full;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_s_calls_may_come_at_once_and_then_one_at_a_time() {
        let start = Instant::now();
        let mut bucket = Bucket::new(4, start);
        let at = |ms: u64| start + Duration::from_millis(ms);
        for _ in 0..4 {
            assert_eq!(bucket.take(start), Ok(()));
        }
        assert_eq!(bucket.take(start), Err(Duration::from_millis(250)));
        assert_eq!(bucket.take(at(200)), Err(Duration::from_millis(50)));
        assert_eq!(bucket.take(at(250)), Ok(()));
        assert_eq!(bucket.take(at(250)), Err(Duration::from_millis(250)));
        // It never holds more than a second's.
        assert_eq!((0..9).filter(|_| bucket.take(at(60_000)).is_ok()).count(), 4);
    }
}
