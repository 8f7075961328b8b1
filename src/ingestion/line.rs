//! A row of a grid as it is looked at.

use super::{figure::is_figure, line_figures::numbers_columns, parts::OfLines};
use crate::{
    layout::{Grid, GridCell, GridRow},
    report::Place,
    words::plain,
};

/// A row of a grid, with its cells' texts in the form in which labels are looked for.
pub(super) struct Line<'g> {
    grid: &'g Grid,
    pub row: GridRow,
    pub plain: Vec<String>,
    /// The page of a table that a text holds.
    page_of_lines: Option<u32>,
}

impl<'g> Line<'g> {
    /// A row of a grid; `lines` are those of a grid that a text holds.
    pub fn of(grid: &'g Grid, row: GridRow, lines: Option<&OfLines<'_>>) -> Self {
        let plain = row.cells.iter().map(|cell| plain(&cell.text)).collect();
        Line { grid, row, plain, page_of_lines: lines.map(|of_lines| of_lines.page) }
    }

    /// Takes the cells of the row below in.
    pub fn join(&mut self, below: Line<'_>) {
        self.row.cells.extend(below.row.cells);
        self.plain.extend(below.plain);
    }

    /// Whether the row is a line of a text, which may end before blank cells.
    pub fn is_of_text(&self) -> bool {
        self.page_of_lines.is_some()
    }

    /// Where a cell stands in the document, or the row.
    pub fn place(&self, cell: Option<&GridCell>) -> Place {
        let Grid { page, sheet, table, .. } = self.grid;
        let cell = cell.map_or(0, |cell| cell.number);
        match self.page_of_lines {
            Some(0) => Place { line: self.row.number, cell, ..Place::default() },
            Some(page) => Place { page, ..Place::default() },
            None => Place { line: 0, page: *page, sheet: sheet.clone(), table: *table, row: self.row.number, cell },
        }
    }

    /// Whether a cell has this text, or begins with it.
    pub fn begins(&self, words: &str) -> bool {
        self.plain.iter().any(|text| text.starts_with(words))
    }

    /// Whether any cell holds a figure.
    pub fn has_figures(&self) -> bool {
        self.row.cells.iter().any(holds_figure)
    }

    /// Whether a row only numbers the columns.
    pub fn numbers_columns(&self) -> bool {
        let (figures, words): (Vec<_>, Vec<_>) = self.row.cells.iter().partition(|cell| holds_figure(cell));
        let figures: Vec<&str> = figures.into_iter().map(|cell| cell.text.trim()).collect();
        words.iter().all(|cell| cell.text.trim().chars().count() <= 2) && numbers_columns(&figures)
    }

    /// Whether a row holds figures and blanks alone.
    pub fn is_of_figures(&self) -> bool {
        let blank = |cell: &GridCell| cell.text.trim().is_empty();
        self.has_figures() && self.row.cells.iter().all(|cell| blank(cell) || holds_figure(cell))
    }
}

/// Whether a cell holds a figure or a placeholder, and not a label that begins with its number.
pub(super) fn holds_figure(cell: &GridCell) -> bool {
    let text = cell.text.trim();
    let digits = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let is_numbered = digits.len() < text.len() && digits.starts_with(['.', '．', '、']);
    let is_label = is_numbered && digits.chars().nth(1).is_some_and(|char| !char.is_ascii_digit());
    !text.is_empty() && !is_label && is_figure(text)
}
