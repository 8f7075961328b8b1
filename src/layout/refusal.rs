//! Why a document can't be read at all.

use serde::{Deserialize, Serialize};

use crate::words::Text;

/// What kind of obstacle it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Obstacle {
    /// The document is larger than the limit.
    TooLarge,
    /// The format, or the way in which the tables were flattened, is not one that is read.
    UnsupportedFormat,
    /// The bytes are not the text that they should be.
    Unreadable,
    /// The text is no 政府信息公开工作年度报告.
    NotAReport,
}

/// A document that can't be read at all, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What kind of obstacle it is.
    pub obstacle: Obstacle,
    /// What was found, and what was expected.
    pub why: Text,
}

impl Refusal {
    /// A refusal for a reason.
    pub fn new(obstacle: Obstacle, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { obstacle, why: Text::new(zh, en) }
    }
}
