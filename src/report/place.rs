//! Positions in a document.

use crate::words::Text;

/// A position in a document. What a format does not have, or what is unknown, is 0 or empty; all numbers count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The line of a text.
    pub line: u32,
    /// The page.
    pub page: u32,
    /// The name of a workbook's sheet.
    pub sheet: String,
    /// The number of the table in the document, in the order in which tables begin. In HTML
    /// `document.querySelectorAll("table")[table - 1]`.
    pub table: u32,
    /// The row of the table or of the sheet. In HTML `rows[row - 1]`.
    pub row: u32,
    /// The cell in its row as in the document (in HTML `cells[cell - 1]`); in a sheet, the column.
    pub cell: u32,
}

impl Place {
    /// A line of a text.
    pub fn on_line(line: u32) -> Self {
        Self { line, ..Self::default() }
    }

    /// Whether the position is entirely unknown.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }

    /// The position for people: `:131` for a line, else page, sheet, table, row and cell.
    pub fn shown(&self) -> Text {
        if !self.sheet.is_empty() {
            return Text::same(format!(" {}!{}{}", self.sheet, column_name(self.cell), part("", self.row, "")));
        }
        let zh = [
            part("第", self.page, "页"),
            part("第", self.table, "个表格"),
            part("第", self.row, "行"),
            part("第", self.cell, "格"),
        ];
        let en = [
            part("page ", self.page, ","),
            part("table ", self.table, ","),
            part("row ", self.row, ","),
            part("cell ", self.cell, ""),
        ];
        let joined = |parts: &[String], apart: &str| {
            let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            if parts.is_empty() { String::new() } else { format!(" {}", parts.join(apart).trim_end_matches(',')) }
        };
        let line = part(":", self.line, "");
        Text::new(line.clone() + &joined(&zh, ""), line + &joined(&en, " "))
    }
}

fn part(before: &str, number: u32, behind: &str) -> String {
    if number == 0 { String::new() } else { format!("{before}{number}{behind}") }
}

/// The name of a sheet's column: A, B, … Z, AA. Empty for 0.
fn column_name(column: u32) -> String {
    let mut name = Vec::new();
    let mut left = column;
    while left > 0 {
        left -= 1;
        name.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_shown_as_its_format_has_it() {
        let shown = |place: Place| place.shown().zh.into_owned();
        assert_eq!(shown(Place::on_line(131)), ":131");
        let cell = Place { page: 3, table: 2, row: 5, cell: 4, ..Place::default() };
        assert_eq!(shown(cell.clone()), " 第3页第2个表格第5行第4格");
        assert_eq!(cell.shown().en, " page 3, table 2, row 5, cell 4");
        assert_eq!(shown(Place { sheet: "表".into(), row: 7, cell: 28, ..Place::default() }), " 表!AB7");
        assert!(Place::default().is_unknown() && shown(Place::default()).is_empty());
    }
}
