//! What could not be read with certainty, or not as it stands.

use super::{location::Location, place::Place};
use crate::words::Text;

/// What is wrong with the reading of a place. `report.proto` says the same of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DefectKind {
    /// The cell contains a placeholder (/ - — 无).
    Placeholder,
    /// The cell contains text and no figure.
    Text,
    /// The figure was read; a unit is written beside it.
    Unit,
    /// The figure was read; a note is written beside it.
    Note,
    /// The figure was read; its sign was given in words.
    InWords,
    /// The count is not a whole number; no figure was taken.
    NotWhole,
    /// Something in the cell is hidden, or struck out within a number; no figure was taken.
    Concealed,
    /// The figure is larger than a count can be; no figure was taken.
    OutOfRange,
    /// More than one reading is possible; no figure was taken.
    Ambiguous,
    /// The page's styles may hide what stands in the cell, or show something else; no figure was taken.
    Obscured,
    /// The cell's number format shows something else than the number that is stored; no figure was taken.
    Formatted,
    /// The cell holds a formula whose result is not stored, or was not computed; no figure was taken.
    Uncomputed,
    /// The document gives the cell twice, with different figures; no figure was taken.
    Contradicted,
    /// The row has more or fewer cells than columns; no figure was taken.
    Misaligned,
    /// Digits run together, and in no split do the row's parts sum to its total; no figure was taken.
    NoSplit,
    /// The row was read by assuming that its parts sum to its total.
    AssumedRowSum,
    /// The column was read by assuming that its relations hold.
    AssumedColumnSums,
    /// The table's heading lacks a column of the form.
    MissingColumn,
    /// The table has a row that the form does not have.
    ExtraRow,
    /// A heading announces a table, and the text shows none.
    UnreadTable,
    /// The document ends in the middle of the table, or of the section.
    Truncated,
    /// A label belongs to the other edition of the form.
    ForeignLabel,
    /// A row's label is worded differently from the form.
    UnusualLabel,
}

impl DefectKind {
    /// Whether the cells at the place hold figures that are unknown, rather than blanks.
    pub const fn leaves_unread(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::NotWhole
                | Self::Concealed
                | Self::OutOfRange
                | Self::Ambiguous
                | Self::Misaligned
                | Self::NoSplit
                | Self::Contradicted
                | Self::Obscured
                | Self::Formatted
                | Self::Uncomputed
        )
    }

    /// Whether a defect of this kind can occur at a place: kinds that leave figures unread belong to cells or rows.
    pub const fn may_stand_at(self, location: Location) -> bool {
        match self {
            Self::UnreadTable | Self::ExtraRow | Self::ForeignLabel => matches!(location, Location::Table(_)),
            Self::Truncated => matches!(location, Location::Table(_) | Location::Section(1..=6)),
            Self::MissingColumn | Self::AssumedColumnSums => matches!(location, Location::Column(..)),
            Self::AssumedRowSum | Self::Misaligned | Self::NoSplit => matches!(location, Location::Row(_)),
            Self::UnusualLabel => matches!(location, Location::Row(_) | Location::Column(..)),
            _ => matches!(location, Location::Cell(_) | Location::Row(_)),
        }
    }

    /// What is wrong, for people.
    pub const fn explained(self) -> Text {
        match self {
            Self::Placeholder => Text::fixed("单元格内为占位符，不是数字", "a placeholder stands in the cell"),
            Self::Text => Text::fixed("单元格内是文字，没有数字", "text stands where a figure belongs"),
            Self::Unit => Text::fixed("数字旁带有单位", "a unit stands beside the figure"),
            Self::Note => Text::fixed("数字旁带有说明", "a note stands beside the figure"),
            Self::InWords => Text::fixed("增减方向以文字表示", "the sign is given in words"),
            Self::NotWhole => Text::fixed("不是整数", "not a whole number"),
            Self::Concealed => Text::fixed(
                "单元格内有隐藏的文字或删除线，无法确定所填的数字",
                "text in the cell is hidden or struck out, so that its figure is in doubt",
            ),
            Self::OutOfRange => Text::fixed("数值超出可能的范围", "beyond what a count can be"),
            Self::Ambiguous => Text::fixed(
                "数字连写，存在不止一种拆分，无法确定是哪一种",
                "the digits run together and can be split in more than one way",
            ),
            Self::Obscured => Text::fixed(
                "页面样式、图片或文本框可能遮挡此处内容，读者看到的未必是这个数字",
                "the page's styles, a picture or a box may hide what stands here: a reader may see something else",
            ),
            Self::Formatted => Text::fixed(
                "单元格的数字格式（日期、分数、隐藏等）使显示的内容不是所存的数字，请改为“常规”或“数值”格式并保存后重新提交",
                "the number format (a date, a fraction, nothing) shows something else than what is stored: \
                 set it to General, save the workbook and hand it in again",
            ),
            Self::Uncomputed => Text::fixed(
                "公式没有保存计算结果，请在 Excel 或 WPS 中打开并保存后重新提交",
                "the formula's result is not stored: open the workbook in Excel or WPS, save it and hand it in again",
            ),
            Self::Contradicted => Text::fixed(
                "文件中有两处填报此项，数字不同，无法确定以哪一处为准",
                "the document gives this twice with different figures, so that neither is certain",
            ),
            Self::Misaligned => Text::fixed(
                "该行的单元格数与列数不符，无法确定各数字属于哪一列",
                "the row has not as many cells as columns, so its figures can't be assigned",
            ),
            Self::NoSplit => Text::fixed(
                "数字连写，没有一种拆分能使前几项之和等于总计",
                "the digits run together, and in no split do the parts sum to the total",
            ),
            Self::AssumedRowSum => Text::fixed(
                "数字连写，按“前六项之和等于总计”拆分",
                "the digits run together and were split so that the six kinds sum to the total",
            ),
            Self::AssumedColumnSums => Text::fixed(
                "本列有数字按列的勾稽关系拆分得出",
                "figures of this column were split so that the column's relations hold",
            ),
            Self::MissingColumn => Text::fixed("表头中没有这一列", "the heading lacks this column"),
            Self::ExtraRow => Text::fixed("格式中没有这一行", "the form has no such row"),
            Self::UnreadTable => Text::fixed(
                "有标题而读不到表格（可能是图片，或在转换中丢失）",
                "there is a heading, but no table that can be read (a picture, perhaps)",
            ),
            Self::Truncated => Text::fixed("文件在此处中断", "the document ends in the middle of this place"),
            Self::ForeignLabel => Text::fixed("属于另一版格式的栏目", "a label of the other edition of the form"),
            Self::UnusualLabel => Text::fixed("行标题与格式不一致", "the label is worded otherwise than in the form"),
        }
    }
}

/// One place that could not be read with certainty, or not as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// The place.
    pub location: Location,
    /// The text found there, as printed.
    pub printed: String,
    /// What is wrong.
    pub kind: DefectKind,
    /// The possible readings, if there are several.
    pub candidates: Vec<String>,
    /// Where in the document.
    pub place: Place,
}
