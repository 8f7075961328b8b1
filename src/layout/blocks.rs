//! A document as lines of text and grids of cells: the common form of all formats, from which the report is read.

use serde::{Deserialize, Serialize};

use crate::report::Format;

/// A document without its format: its text and its tables, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The detected format.
    #[serde(with = "by_name")]
    pub format: Format,
    /// The detected character encoding; empty if the format determines it.
    pub encoding: String,
    /// Whether the document may end in the middle of a figure: a text that ends with a digit, HTML outside all
    /// tags.
    #[serde(default)]
    pub ends_open: bool,
    /// Text and tables, in the document's order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// Lines of text.
    Text {
        /// The lines, separated by line breaks.
        text: String,
        /// The page, from 1; 0 if the format has no pages.
        page: u32,
    },
    /// A table.
    Grid(Grid),
}

/// A table as in the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// The page, from 1; 0 if the format has no pages.
    pub page: u32,
    /// The sheet; empty if the format has no sheets.
    pub sheet: String,
    /// The table's number in the document, from 1; 0 for a sheet.
    pub table: u32,
    /// The rows.
    pub rows: Vec<GridRow>,
}

/// A row of a grid: the cells that begin in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridRow {
    /// The row's number, from 1.
    pub number: u32,
    /// Its cells, from left to right.
    pub cells: Vec<GridCell>,
}

/// A cell of a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridCell {
    /// Its text; paragraphs are separated by line breaks.
    pub text: String,
    /// The cell's number in its row, from 1; in a sheet, the column.
    pub number: u32,
    /// The first column that it covers, from 0.
    pub column: u32,
    /// How many columns it covers.
    pub width: u32,
    /// How many rows it covers.
    pub height: u32,
    /// What it holds besides the text that is shown; `None` for nearly all cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concealed: Option<Concealed>,
}

/// The struck-out or hidden content of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concealed {
    /// All of the cell's text, with struck-out and hidden parts in brackets.
    pub printed: String,
    /// Whether the shown text is certainly what is meant.
    pub certain: bool,
    /// Why it is not simply shown.
    #[serde(default)]
    pub why: Why,
}

/// Why a cell does not simply show what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Text is struck out or hidden.
    #[default]
    Hidden,
    /// The page's styles may hide it, or show something else.
    Style,
    /// The number format shows something else than the number that is stored.
    Format,
    /// A formula's result is not stored, or was not computed.
    Formula,
}

/// Serialises a format as its name.
mod by_name {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::report::Format;

    pub fn serialize<S: Serializer>(format: &Format, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(format.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Format, D::Error> {
        let name = String::deserialize(deserializer)?;
        let found = Format::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| D::Error::custom(format!("no format {name}")))
    }
}

impl GridCell {
    /// The columns that the cell covers.
    pub fn columns(&self) -> std::ops::Range<u32> {
        self.column..self.column.saturating_add(self.width)
    }
}
