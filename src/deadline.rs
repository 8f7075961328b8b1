//! When to stop work: its time has run out, or the caller no longer waits for the answer.

use std::{fmt, sync::Arc};

/// Polled in loops over input. It hides the clock and the caller, so that the core knows neither.
#[derive(Clone, Default)]
pub struct Deadline(Option<Arc<dyn Fn() -> bool + Send + Sync>>);

impl Deadline {
    /// No deadline.
    pub const NEVER: Self = Self(None);

    /// Work stops as soon as `is_over` returns true.
    pub fn when(is_over: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(is_over)))
    }

    /// Whether the work is to stop now.
    pub fn is_over(&self) -> bool {
        self.0.as_ref().is_some_and(|is_over| is_over())
    }
}

/// A deadline that is asked now and then: the steps between cost no more than their count.
pub struct Paced<'d> {
    deadline: &'d Deadline,
    left: u32,
}

impl Deadline {
    /// Asked now and then, by a loop of many short steps.
    pub const fn paced(&self) -> Paced<'_> {
        Paced { deadline: self, left: Paced::STEPS }
    }
}

impl Paced<'_> {
    /// How many steps there are from one question to the next.
    const STEPS: u32 = 256;

    /// Whether the work is to stop now; asked before each step.
    pub fn is_over(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.left = Self::STEPS;
        self.deadline.is_over()
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "Deadline" } else { "Never" })
    }
}
