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

impl fmt::Debug for Deadline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "Deadline" } else { "Never" })
    }
}
