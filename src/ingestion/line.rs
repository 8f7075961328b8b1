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
    /// Which cells hold figures.
    figures: Vec<bool>,
    /// The page of a table that a text holds.
    page_of_lines: Option<u32>,
}

impl<'g> Line<'g> {
    /// A row of a grid; `lines` are those of a grid that a text holds.
    pub fn of(grid: &'g Grid, row: GridRow, lines: Option<&OfLines<'_>>) -> Self {
        let plain = row.cells.iter().map(|cell| plain(&cell.text)).collect();
        let figures = row.cells.iter().map(holds_figure).collect();
        Line { grid, row, plain, figures, page_of_lines: lines.map(|of_lines| of_lines.page) }
    }

    /// Takes the cells of the row below in.
    pub fn join(&mut self, below: Line<'_>) {
        self.row.cells.extend(below.row.cells);
        self.plain.extend(below.plain);
        self.figures.extend(below.figures);
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
        self.figures.contains(&true)
    }

    /// Whether any cell from this one on holds a figure.
    pub fn has_figures_from(&self, at: usize) -> bool {
        self.figures[at..].contains(&true)
    }

    /// Whether any cell before this one holds a figure.
    pub fn has_figures_before(&self, at: usize) -> bool {
        self.has_figures_from_to(0, at)
    }

    /// Whether any cell from the first on and before the second holds a figure.
    pub fn has_figures_from_to(&self, from: usize, to: usize) -> bool {
        self.figures[from..to].contains(&true)
    }

    /// Whether a cell holds a figure.
    pub fn holds_figure(&self, at: usize) -> bool {
        self.figures[at]
    }

    /// Whether the row stands where numbers of pages may: in a text, or on a page.
    pub fn is_on_page(&self) -> bool {
        self.is_of_text() || self.grid.page > 0
    }

    /// The cells that hold figures, or those that don't, with their texts.
    pub fn cells(&self, of_figures: bool) -> impl Iterator<Item = (&GridCell, &str)> {
        let texts = self.row.cells.iter().zip(self.plain.iter().map(String::as_str));
        texts.zip(&self.figures).filter(move |(_, own)| **own == of_figures).map(|(cell, _)| cell)
    }

    /// Whether a row only numbers the columns.
    pub fn numbers_columns(&self) -> bool {
        let figures: Vec<&str> = self.cells(true).map(|(cell, _)| cell.text.trim()).collect();
        numbers_columns(&figures) && self.cells(false).all(|(cell, _)| cell.text.trim().chars().count() <= 2)
    }

    /// Whether a row holds figures and blanks alone.
    pub fn is_of_figures(&self) -> bool {
        self.has_figures() && self.cells(false).all(|(cell, _)| cell.text.trim().is_empty())
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
