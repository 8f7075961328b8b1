//! A table as the form prints it: cells that span rows and columns.

use gouji::report::{Cell, Row, Table};

/// What a cell of a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A figure of the form.
    Figure(Cell),
    /// The heading of a column.
    Column,
    /// The label of a row.
    Label(Row),
    /// Anything else: the heading of a block, a group of rows, a row that the form does not have.
    Other,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Item {
    pub text: String,
    pub wide: usize,
    pub high: usize,
    pub role: Role,
}

impl Item {
    /// A cell that spans no others.
    pub fn new(text: &str, role: Role) -> Self {
        Self { text: text.to_owned(), wide: 1, high: 1, role }
    }

    /// The same, spanning columns and rows.
    pub fn spanning(self, wide: usize, high: usize) -> Self {
        Self { wide, high, ..self }
    }
}

/// A table, or the part of it that stands on one page.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub table: Table,
    pub rows: Vec<Vec<Item>>,
    /// Text that is glued behind the last cell.
    pub tail: String,
}

/// A part of a document, from top to bottom.
#[derive(Clone, Debug)]
pub enum Piece {
    Title(String),
    Heading(String),
    Text(String),
    /// What belongs to the page and not to the report.
    Page(String),
    Sheet(Sheet),
}

/// What stands where a cell is covered by one that spans others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covered {
    /// Nothing: the row is shorter.
    Left,
    /// A blank cell.
    Blank,
    /// The same text once more.
    Repeated,
}

/// Begins a figure in a rendered text; its number in the form follows.
pub const OPEN: char = '\u{e000}';
/// Ends a figure in a rendered text.
pub const CLOSE: char = '\u{e001}';
/// Stands where 表三 begins.
pub const BEGIN: char = '\u{e002}';
/// Around a mark that is raised where the format allows it.
pub const RAISED: [char; 2] = ['\u{e003}', '\u{e004}'];
const FIRST: u32 = 0xf0000;

/// The cells of the form, in its order.
pub fn all_cells() -> Vec<Cell> {
    Row::ALL.into_iter().flat_map(Row::cells).collect()
}

/// The cell that a number behind [`OPEN`] stands for.
pub fn cell_of(number: char) -> Option<Cell> {
    all_cells().get((number as u32).checked_sub(FIRST)? as usize).copied()
}

impl Item {
    /// The text with marks around a figure, so that its place is known in whatever becomes of it.
    pub fn marked(&self) -> String {
        let Role::Figure(cell) = self.role else {
            return self.text.clone();
        };
        let at = all_cells().iter().position(|own| *own == cell).unwrap_or_default();
        let number = char::from_u32(FIRST + at as u32).unwrap_or(OPEN);
        format!("{OPEN}{number}{}{CLOSE}", self.text)
    }
}

impl Sheet {
    /// An empty table.
    pub fn new(table: Table) -> Self {
        Self { table, rows: Vec::new(), tail: String::new() }
    }

    /// The marked texts of all rows.
    pub fn texts(&self, covered: Covered) -> Vec<Vec<String>> {
        if covered == Covered::Left {
            return self.rows.iter().map(|row| row.iter().map(Item::marked).collect()).collect();
        }
        let mut grid: Vec<Vec<Option<String>>> = vec![Vec::new(); self.rows.len()];
        for (at, row) in self.rows.iter().enumerate() {
            let mut from = 0;
            for item in row {
                while grid[at].get(from).is_some_and(Option::is_some) {
                    from += 1;
                }
                for down in at..(at + item.high).min(grid.len()) {
                    for right in from..from + item.wide {
                        let own = (down, right) == (at, from) || covered == Covered::Repeated;
                        let line = &mut grid[down];
                        line.resize(line.len().max(right + 1), None);
                        line[right] = Some(if own { item.marked() } else { String::new() });
                    }
                }
                from += item.wide;
            }
        }
        let width = grid.iter().map(Vec::len).max().unwrap_or_default();
        let filled = grid.into_iter().map(|mut line| {
            line.resize(width, None);
            line.into_iter().map(Option::unwrap_or_default).collect()
        });
        filled.collect()
    }

    /// The figures in the order in which the table shows them, row by row.
    pub fn figures(&self) -> Vec<Vec<Cell>> {
        let of = |row: &Vec<Item>| {
            let cells = row.iter().filter_map(|item| match item.role {
                Role::Figure(cell) => Some(cell),
                _ => None,
            });
            cells.collect::<Vec<_>>()
        };
        self.rows.iter().map(of).filter(|cells| !cells.is_empty()).collect()
    }
}
