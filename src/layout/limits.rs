//! The limits of a document. Each limit is checked before what it bounds is built.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::refusal::{Obstacle, Refusal};

/// The limits of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Bytes of the document; at most 64 MiB.
    pub bytes: usize,
    /// Bytes of the text in it.
    pub text: usize,
    /// Files in an archive (DOCX, XLSX, ODT).
    pub entries: usize,
    /// Bytes that the files of an archive unpack to in total.
    pub unpacked: usize,
    /// How many times its compressed size a file of an archive may unpack to; 1 MiB is always allowed.
    pub ratio: usize,
    /// Nesting of elements, arrays and dictionaries.
    pub depth: usize,
    /// Cells of all tables.
    pub cells: usize,
    /// Rows or columns that one cell covers.
    pub span: usize,
    /// Pages.
    pub pages: usize,
}

/// The largest document that is read whatever the configuration allows, in bytes: reports have tens or hundreds of
/// kilobytes.
pub const MAX_DOCUMENT: usize = 64 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 8 << 20,
            text: 16 << 20,
            entries: 2_000,
            unpacked: 64 << 20,
            ratio: 200,
            depth: 512,
            cells: 200_000,
            span: 1_000,
            pages: 500,
        }
    }
}

impl Limits {
    /// Refuses a document that has more of something than the limit.
    pub(super) fn hold(found: usize, limit: usize, zh: &str, en: &str) -> Result<(), Refusal> {
        if found <= limit {
            return Ok(());
        }
        Err(Self::exceeded(limit, zh, en))
    }

    /// The refusal of a document that has more of something than the limit.
    pub(super) fn exceeded(limit: usize, zh: &str, en: &str) -> Refusal {
        let (zh, en) =
            (format!("文件的{zh}超过上限 {limit}"), format!("the document exceeds the limit of {limit} {en}"));
        Refusal::new(Obstacle::TooLarge, zh, en)
    }
}
