//! How an answer is presented.

use crate::words::Language;

/// How to present an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// The language.
    pub language: Language,
    /// How much it tells.
    pub view: View,
}

/// How much an answer tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Causes, findings, and what could not be decided.
    #[default]
    Basic,
    /// Every ruling too, and the report as read.
    Full,
    /// Verdict, counts, codes and fingerprints alone.
    Compact,
}

impl Manner {
    /// Whether everything is told.
    pub fn is_full(self) -> bool {
        self.view == View::Full
    }

    /// Whether little more than codes and fingerprints is told.
    pub fn is_compact(self) -> bool {
        self.view == View::Compact
    }
}
