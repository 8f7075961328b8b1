//! What the properties of rows and cells say of the text in them: hidden, deleted with the change tracked, coloured.

use super::super::xml::Element;
use crate::layout::runs::Style;

/// The rows and cells that are open, from the outermost.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Style>,
    cells: Vec<Cell>,
    /// Whether the properties of a row are open, or of a cell.
    of_row: bool,
    of_cell: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    is_deleted: bool,
    is_coloured: bool,
}

impl Rows {
    /// A row begins.
    pub fn open_row(&mut self) {
        self.rows.push(Style::Shown);
    }

    /// A row ends; whether it is shown.
    pub fn close_row(&mut self) -> bool {
        self.rows.pop() != Some(Style::Hidden)
    }

    /// A cell begins.
    pub fn open_cell(&mut self) {
        self.cells.push(Cell::default());
    }

    /// A cell ends.
    pub fn close_cell(&mut self) {
        self.cells.pop();
    }

    /// Another element begins; whether it is a property of a row or cell.
    pub fn open(&mut self, element: &Element<'_>) -> bool {
        match element.name {
            "trPr" => self.of_row = true,
            "tcPr" => self.of_cell = true,
            "hidden" if self.of_row && element.is_on() => self.set(Style::Hidden),
            "del" if self.of_row => self.set(Style::Struck),
            // A row of a height that shows nothing.
            "trHeight" if self.of_row && is_flat(element) => self.set(Style::Doubtful),
            "cellDel" if self.of_cell => self.cells.last_mut().into_iter().for_each(|cell| cell.is_deleted = true),
            "shd" if self.of_cell => {
                let coloured = is_coloured(element);
                self.cells.last_mut().into_iter().for_each(|cell| cell.is_coloured = coloured);
            }
            _ => return self.of_row || self.of_cell,
        }
        true
    }

    /// An element ends.
    pub fn close(&mut self, name: &str) {
        match name {
            "trPr" => self.of_row = false,
            "tcPr" => self.of_cell = false,
            _ => {}
        }
    }

    fn set(&mut self, style: Style) {
        self.rows.last_mut().into_iter().for_each(|row| *row = style);
    }

    /// How text is shown here that is else shown as it is.
    pub fn style(&self) -> Style {
        let of_rows = self.rows.iter().copied().find(|style| *style != Style::Shown);
        let deleted = self.cells.iter().any(|cell| cell.is_deleted).then_some(Style::Struck);
        of_rows.or(deleted).unwrap_or_default()
    }

    /// Whether white text can be seen here.
    pub fn is_coloured(&self) -> bool {
        self.cells.iter().any(|cell| cell.is_coloured)
    }
}

/// Whether shading gives its place another colour than that of paper.
pub(super) fn is_coloured(element: &Element<'_>) -> bool {
    let fill = element.attribute("fill").unwrap_or_default().to_ascii_uppercase();
    let pattern = element.text("val");
    !matches!(fill.as_str(), "" | "AUTO" | "FFFFFF") || !matches!(pattern.as_str(), "" | "clear" | "nil" | "none")
}

/// Whether a height is exact, and less than a point.
fn is_flat(element: &Element<'_>) -> bool {
    const POINT: usize = 20;
    element.attribute("hRule").as_deref() == Some("exact") && element.number("val").is_some_and(|own| own < POINT)
}
