//! A budget of bytes over all calls: what waits and what is checked holds memory, and that has a bound.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// How many bytes may be held.
pub struct Budget {
    left: AtomicUsize,
}

/// Bytes that are held; given back when dropped.
pub struct Held {
    budget: Arc<Budget>,
    bytes: AtomicUsize,
}

impl Budget {
    /// A budget of so many bytes.
    pub fn new(bytes: usize) -> Arc<Self> {
        Arc::new(Self { left: AtomicUsize::new(bytes) })
    }

    /// Holds nothing yet.
    pub fn hold(self: &Arc<Self>) -> Held {
        Held { budget: self.clone(), bytes: AtomicUsize::new(0) }
    }
}

impl Held {
    /// Holds more; `false` if the budget doesn't allow it.
    pub fn more(&self, bytes: usize) -> bool {
        let taken = self.budget.left.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(bytes));
        if taken.is_ok() {
            self.bytes.fetch_add(bytes, Ordering::AcqRel);
        }
        taken.is_ok()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.budget.left.fetch_add(*self.bytes.get_mut(), Ordering::AcqRel);
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
}
