//! Cells in columns of spaces, at their places on a display.

use unicode_width::UnicodeWidthChar;

use super::{figure::is_bare_figure, headings::names_any, row_label::names_a_row};
use crate::{
    layout::{GridCell, GridRow},
    words::plain,
};

/// A number of columns, or of a cell.
pub(super) fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether spaces follow each other within a line.
pub(super) fn has_gap(line: &str) -> bool {
    let mut last = false;
    line.trim().chars().any(|char| {
        let space = char.is_whitespace();
        std::mem::replace(&mut last, space) && space
    })
}

/// The cells of a line that gaps of spaces part, at the columns of a display.
pub(super) fn aligned(line: &str) -> Vec<GridCell> {
    /// A gap is at least so wide, on a display; one ideographic space is as wide, and none.
    const GAP: usize = 2;
    let mut cells: Vec<GridCell> = Vec::new();
    let (mut column, mut spaces, mut width) = (0, 0, usize::MAX);
    for char in line.chars() {
        let own = char.width().unwrap_or(0);
        if char.is_whitespace() {
            (spaces, width) = (spaces + 1, width.saturating_add(own));
        } else {
            match cells.last_mut() {
                Some(cell) if width < GAP || spaces < 2 => {
                    if spaces > 0 {
                        cell.text.push(' ');
                    }
                    cell.text.push(char);
                    cell.width = number(column + own) - cell.column;
                }
                _ => {
                    let (text, number_of, column) = (char.to_string(), number(cells.len() + 1), number(column));
                    let width = number(own.max(1));
                    cells.push(GridCell { text, number: number_of, column, width, height: 1, concealed: None });
                }
            }
            (spaces, width) = (0, 0);
        }
        column += own;
    }
    cells.into_iter().flat_map(apart).collect()
}

/// A label and the figure that touches it, where it is as wide as its column.
fn apart(cell: GridCell) -> Vec<GridCell> {
    let digit = |char: char| {
        char.is_ascii_digit() || ('０'..='９').contains(&char) || "零〇一二三四五六七八九十百千".contains(char)
    };
    let label = cell.text.trim_end_matches(digit);
    let words = label.chars().any(char::is_alphabetic) && label.ends_with(['）', ')', '”', '"']);
    let digits = &cell.text[label.len()..];
    if digits.is_empty() || !words {
        return headings_apart(cell);
    }
    let width = number(digits.chars().filter_map(UnicodeWidthChar::width).sum());
    let figure = GridCell { text: digits.to_owned(), column: cell.column + cell.width - width, width, ..cell.clone() };
    vec![GridCell { text: label.to_owned(), width: cell.width - width, ..cell }, figure]
}

/// Headings that one space parts, where each names a column, and figures that one space parts.
fn headings_apart(cell: GridCell) -> Vec<GridCell> {
    let words: Vec<&str> = cell.text.split(' ').collect();
    let alike = || words.iter().all(|word| is_bare_figure(word)) || words.iter().all(|word| names_any(&plain(word)));
    if words.len() < 2 || !alike() {
        return vec![cell];
    }
    let mut column = cell.column;
    let width = |text: &str| number(text.chars().filter_map(UnicodeWidthChar::width).sum());
    let own = words.into_iter().map(|word| {
        let own = GridCell { text: word.to_owned(), column, width: width(word), ..cell.clone() };
        column += own.width + 1;
        own
    });
    own.collect()
}

/// Whether the lines that end in figures have labels of the form before them, but for a few.
pub(super) fn labels_stand_whole(lines: &[&str]) -> bool {
    /// Of so many one may have a label that the form doesn't.
    const ONE_IN: usize = 4;
    let (mut whole, mut others) = (0, 0);
    // A label and its first figure with one space between: another way of setting tables.
    let close = |cell: &GridCell| {
        let (label, figure) = cell.text.rsplit_once(' ').unwrap_or_default();
        is_bare_figure(figure) && names_a_row(label)
    };
    for line in lines {
        let cells = aligned(line);
        if cells.iter().any(close) {
            return false;
        }
        let figures = cells.iter().rev().take_while(|cell| is_bare_figure(&cell.text)).count();
        let label = cells.len().checked_sub(figures + 1).map(|at| &cells[at].text);
        match label {
            _ if figures == 0 => {}
            Some(label) if names_a_row(label) => whole += 1,
            Some(_) => others += 1,
            None if figures == 1 || figures >= 5 => {}
            None => return false,
        }
    }
    others * ONE_IN <= whole
}

/// Joins the lines of headings that are set in two: each cell of the second stands under one of the first,
/// and names nothing by itself.
pub(super) fn with_whole_headings(rows: Vec<GridRow>) -> Vec<GridRow> {
    let mut whole: Vec<GridRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match whole.last_mut().and_then(|above| halves(above, &row).map(|places| (above, places))) {
            Some((above, places)) => {
                for (at, cell) in places.into_iter().zip(row.cells) {
                    let own = &mut above.cells[at];
                    own.text.push_str(&cell.text);
                    let end = own.columns().end.max(cell.columns().end);
                    own.width = end - own.column;
                }
            }
            None => whole.push(row),
        }
    }
    whole
}

/// The cells of a row of headings under which those of the next row stand, if these are their second halves.
fn halves(above: &GridRow, row: &GridRow) -> Option<Vec<usize>> {
    let figures = |row: &GridRow| row.cells.iter().any(|cell| is_bare_figure(&cell.text));
    let named = |cell: &GridCell| names_a_row(&cell.text) || names_any(&plain(&cell.text));
    if figures(above) || figures(row) || above.cells.len() < 2 || row.cells.iter().any(named) {
        return None;
    }
    let over = |cell: &GridCell| {
        let own = |above: &GridCell| above.column < cell.columns().end && cell.column < above.columns().end;
        let mut places = above.cells.iter().enumerate().filter(|(_, above)| own(above)).map(|(at, _)| at);
        places.next().filter(|_| places.next().is_none())
    };
    let places: Vec<usize> = row.cells.iter().map(over).collect::<Option<_>>()?;
    let one_by_one = places.windows(2).all(|pair| pair[0] < pair[1]);
    let text = |at: usize, cell: &GridCell| plain(&format!("{}{}", above.cells[at].text, cell.text));
    let completes = places.iter().zip(&row.cells).any(|(at, cell)| names_any(&text(*at, cell)));
    (one_by_one && completes).then_some(places)
}
