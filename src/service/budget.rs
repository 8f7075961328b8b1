//! A budget of bytes over all calls: what waits and what is checked holds memory, and that has a bound. No caller holds more of it
//! than it leaves to others.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicUsize, Ordering},
    },
};

/// How many bytes may be held: by all, or by one caller of all.
pub struct Budget {
    left: Arc<AtomicUsize>,
    /// What the caller holds, if it is that of one.
    own: Option<AtomicUsize>,
}

/// Bytes that are held; given back when dropped.
pub struct Held {
    budget: Arc<Budget>,
    bytes: AtomicUsize,
}

/// The budgets of all callers, out of one.
pub(super) struct Shares {
    left: Arc<AtomicUsize>,
    known: Mutex<Known>,
}

/// The callers that hold something, and some that don't any more.
#[derive(Default)]
struct Known {
    callers: HashMap<u64, Weak<Budget>>,
    /// When there are so many, those that hold nothing are forgotten.
    many: usize,
}

impl Budget {
    /// A budget of so many bytes.
    pub fn new(bytes: usize) -> Arc<Self> {
        Arc::new(Self { left: Arc::new(AtomicUsize::new(bytes)), own: None })
    }

    /// Holds nothing yet.
    pub fn hold(self: &Arc<Self>) -> Held {
        Held { budget: self.clone(), bytes: AtomicUsize::new(0) }
    }
}

impl Shares {
    /// Shares of so many bytes.
    pub fn of(bytes: usize) -> Self {
        Self { left: Arc::new(AtomicUsize::new(bytes)), known: Mutex::default() }
    }

    /// What a caller may hold: one alone half of all, two a third each, and so on.
    pub fn share(&self, caller: u64) -> Arc<Budget> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(budget) = known.callers.get(&caller).and_then(Weak::upgrade) {
            return budget;
        }
        if known.callers.len() >= known.many {
            known.callers.retain(|_, budget| budget.strong_count() > 0);
            known.many = 2 * known.callers.len() + 64;
        }
        let budget = Arc::new(Budget { left: self.left.clone(), own: Some(AtomicUsize::new(0)) });
        known.callers.insert(caller, Arc::downgrade(&budget));
        budget
    }
}

impl Held {
    /// Holds more; `false` if the budget doesn't allow it.
    pub fn more(&self, bytes: usize) -> bool {
        let own = self.budget.own.as_ref();
        let held = own.map_or(0, |own| own.load(Ordering::Acquire));
        let taken = self.budget.left.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| {
            let rest = left.checked_sub(bytes)?;
            (own.is_none() || held + bytes <= rest).then_some(rest)
        });
        if taken.is_ok() {
            self.bytes.fetch_add(bytes, Ordering::AcqRel);
            own.map(|own| own.fetch_add(bytes, Ordering::AcqRel));
        }
        taken.is_ok()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let bytes = *self.bytes.get_mut();
        if let Some(own) = &self.budget.own {
            own.fetch_sub(bytes, Ordering::AcqRel);
        }
        self.budget.left.fetch_add(bytes, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_comes_back() {
        let budget = Budget::new(100);
        let (one, other) = (budget.hold(), budget.hold());
        assert!(one.more(60) && !other.more(41) && other.more(40));
        drop(one);
        assert!(other.more(60) && !other.more(1));
    }

    #[test]
    fn no_caller_holds_more_than_it_leaves() {
        let shares = Shares::of(120);
        let holds = |caller| shares.share(caller).hold();
        let (one, again) = (holds(1), holds(1));
        assert!(one.more(40) && !again.more(21) && again.more(20));
        let other = holds(2);
        assert!(!other.more(31) && other.more(30) && !holds(1).more(1) && holds(3).more(15));
        drop((one, again));
        assert!(holds(3).more(45) && !other.more(31) && other.more(15));
    }

    #[test]
    fn who_holds_nothing_is_forgotten() {
        let shares = Shares::of(1 << 30);
        let stays = shares.share(u64::MAX).hold();
        assert!(stays.more(1 << 28));
        for caller in 0..10_000 {
            assert!(shares.share(caller).hold().more(1));
        }
        assert!(shares.known.lock().unwrap_or_else(PoisonError::into_inner).callers.len() < 200);
        assert!(!shares.share(u64::MAX).hold().more(1 << 29));
    }
}
