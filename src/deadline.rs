//! When work is to be given up: its time has run out, or nobody waits for the answer any more.

use std::{fmt, sync::Arc};

/// Asked in loops over input. The clock and the caller are behind it, so that the core knows neither.
#[derive(Clone, Default)]
pub struct Deadline(Option<Arc<dyn Fn() -> bool + Send + Sync>>);

impl Deadline {
    /// Work that may take as long as it takes.
    pub const NEVER: Self = Self(None);

    /// Work that is given up as soon as `is_over` says so.
    pub fn when(is_over: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(is_over)))
    }

    /// Whether the work is to be given up now.
    pub fn is_over(&self) -> bool {
        self.0.as_ref().is_some_and(|is_over| is_over())
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "Deadline" } else { "Never" })
    }
}
