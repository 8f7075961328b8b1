//! Who waits for the answer of a check, and until when.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering::Relaxed},
    },
    time::Instant,
};

use crate::deadline::Deadline;

/// Somebody waits, until this is dropped.
#[derive(Default)]
pub(super) struct Awaited {
    is_over: Arc<AtomicBool>,
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.is_over.store(true, Relaxed);
    }
}

impl Awaited {
    /// Work stops soon after nobody waits any more, or after this time.
    ///
    /// It is asked between any two rules, of which most take less time than to look at the clock: that is done at every so many
    /// questions.
    pub fn until(&self, until: Instant) -> Deadline {
        const A_LOOK: u8 = 16;
        let (is_over, asked) = (self.is_over.clone(), AtomicU8::new(0));
        Deadline::when(move || {
            let nth = asked.load(Relaxed);
            asked.store((nth + 1) % A_LOOK, Relaxed);
            // What was over once stays over.
            if nth == 0 && Instant::now() >= until {
                is_over.store(true, Relaxed);
            }
            is_over.load(Relaxed)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_stops_when_nobody_waits_or_when_its_time_is_over_and_never_goes_on() {
        let far = Instant::now() + std::time::Duration::from_secs(3600);
        let awaited = Awaited::default();
        let (late, in_time) = (awaited.until(Instant::now()), Awaited::default().until(far));
        assert!((0..40).all(|_| late.is_over()), "its time is over");
        assert!(in_time.is_over(), "nobody waits");
        let awaited = Awaited::default();
        let deadline = awaited.until(far);
        assert!((0..40).all(|_| !deadline.is_over()));
        drop(awaited);
        assert!(deadline.is_over());
    }
}
