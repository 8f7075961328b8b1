//! The limits of a document. Each limit is checked before what it bounds is built.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::refusal::{Obstacle, Refusal};

/// The limits of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// 文件的字节数；最多 64 MiB。 / Bytes of the document; at most 64 MiB.
    #[schemars(range(min = 1, max = 67_108_864))]
    pub bytes: usize,
    /// 其中文字的字节数。 / Bytes of the text in it.
    #[schemars(range(min = 1))]
    pub text: usize,
    /// 压缩包（DOCX、XLSX、ODT）中的文件数。 / Files in an archive (DOCX, XLSX, ODT).
    #[schemars(range(min = 1))]
    pub entries: usize,
    /// 压缩包全部文件解压后的字节数。 / Bytes that the files of an archive unpack to in total.
    #[schemars(range(min = 1))]
    pub unpacked: usize,
    /// 压缩包中一个文件解压后至多为压缩时的多少倍；1 MiB 以内不限。 /
    /// How many times its compressed size a file of an archive may unpack to; 1 MiB is always allowed.
    #[schemars(range(min = 1))]
    pub ratio: usize,
    /// 元素、数组、字典嵌套的层数。 / Nesting of elements, arrays and dictionaries.
    #[schemars(range(min = 1))]
    pub depth: usize,
    /// 全部表格的单元格数。 / Cells of all tables.
    #[schemars(range(min = 1))]
    pub cells: usize,
    /// 一个单元格合并的行数或列数。 / Rows or columns that one cell covers.
    #[schemars(range(min = 1))]
    pub span: usize,
    /// 页数。 / Pages.
    #[schemars(range(min = 1))]
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
