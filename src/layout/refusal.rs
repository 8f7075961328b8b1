//! Why a document can't be read at all.

use serde::{Deserialize, Serialize};

use crate::words::Text;

/// The kind of obstacle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Obstacle {
    /// The document is larger than the limit.
    TooLarge,
    /// The format, or the way in which the tables were flattened, is not supported.
    UnsupportedFormat,
    /// The bytes are not the expected text.
    Unreadable,
    /// The text is not a 政府信息公开工作年度报告.
    NotAReport,
    /// Time ran out.
    OutOfTime,
}

/// A document that can't be read at all, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of obstacle.
    pub obstacle: Obstacle,
    /// What was found, and what was expected.
    pub why: Text,
}

impl Refusal {
    /// A refusal for a reason.
    pub fn new(obstacle: Obstacle, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { obstacle, why: Text::new(zh, en) }
    }

    /// Time ran out before the document was read.
    pub fn out_of_time() -> Self {
        Self::new(Obstacle::OutOfTime, "时限已到，尚未读完报告", "out of time before the report was read")
    }
}
