//! A document as it is walked through: lines, and tables of cells, those of its text among them.

use std::borrow::Cow;

use memchr::memmem;

use super::{
    beside, identity, labels,
    separated::{Piece, pieces},
    stacked::unstacked,
};
use crate::{
    layout::{Block, Grid, GridRow},
    report::Table,
    words::plain,
};

/// A part of the document.
pub(super) enum Part<'l> {
    /// Lines of text.
    Lines { lines: Vec<&'l str>, page: u32 },
    /// A table; for one of lines, these.
    Table { grid: Cow<'l, Grid>, lines: Option<OfLines<'l>> },
}

/// The lines of a table that a text holds.
pub(super) struct OfLines<'l> {
    pub lines: Vec<&'l str>,
    /// The page; 0 in a plain text.
    pub page: u32,
    /// Whether the text ends with a figure, and no separator or line break behind it.
    pub ends_open: bool,
}

/// The document's parts, in its order.
pub(super) fn parts(blocks: &[Block]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for block in blocks {
        let (whole, page) = match block {
            Block::Text { text, page } => (text.as_str(), *page),
            Block::Grid(grid) => {
                let own = beside::apart(grid).into_iter().map(unstacked);
                parts.extend(own.map(|grid| Part::Table { grid, lines: None }));
                continue;
            }
        };
        let lines: Vec<&str> = whole.trim_end_matches('\n').split('\n').collect();
        for piece in pieces(&lines) {
            parts.push(match piece {
                Piece::Lines(own) => Part::Lines { lines: lines[own].to_vec(), page },
                Piece::Table { lines: own, grid } => {
                    let ends_open = own.end == lines.len() && whole.ends_with(|char: char| char.is_ascii_digit());
                    let lines = Some(OfLines { lines: lines[own].to_vec(), page, ends_open });
                    Part::Table { grid: Cow::Owned(grid), lines }
                }
            });
        }
    }
    parts
}

/// The year of which the document is, as its first lines have it.
pub(super) fn year_of(parts: &[Part<'_>]) -> Option<i32> {
    /// So many lines hold the title and the introduction.
    const HEAD: usize = 60;
    let lines = parts.iter().map(|part| match part {
        Part::Lines { lines, .. } => lines.clone(),
        // A sheet holds its title itself.
        Part::Table { grid, lines: None } => grid.rows.iter().filter_map(only_text).collect(),
        Part::Table { .. } => Vec::new(),
    });
    let head: Vec<&str> = lines.flatten().take(HEAD).collect();
    let head = head.join("\n");
    identity::identify(&head, &head).year
}

/// Whether a sheet is named after a year before the report's, and stands beside others.
pub(super) fn is_of_earlier_year(sheet: &str, year: Option<i32>, parts: &[Part<'_>]) -> bool {
    let digits = sheet.split(|char: char| !char.is_ascii_digit()).find(|digits| digits.len() == 4);
    let own: Option<i32> = digits.and_then(|digits| digits.parse().ok()).filter(|own| *own > 2000);
    let another = |part: &Part<'_>| matches!(part, Part::Table { grid, .. } if grid.sheet != sheet);
    own.zip(year).is_some_and(|(own, year)| own < year) && parts.iter().any(another)
}

/// The text of a row that has one.
fn only_text(row: &GridRow) -> Option<&str> {
    let mut texts = row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    texts.next().filter(|_| texts.next().is_none())
}

/// Whose edition's 表二 the grids hold, by its labels, and the labels of the other edition in it.
pub(super) fn disclosure_table(parts: &[Part<'_>]) -> (Table, Vec<&'static str>) {
    let grids = parts.iter().filter_map(|part| match part {
        Part::Table { grid, .. } => Some(grid),
        Part::Lines { .. } => None,
    });
    // Most cells are figures, and no label is.
    let cells = grids.flat_map(|grid| &grid.rows).flat_map(|row| &row.cells).filter(|cell| !cell.text.is_ascii());
    let texts: Vec<String> = cells.map(|cell| plain(&cell.text)).filter(|text| text.chars().count() < 60).collect();
    // No label reaches over the end of a cell.
    let texts = texts.join("\n");
    let found = |own: &[&'static str]| -> Vec<&'static str> {
        own.iter().copied().filter(|label| memmem::find(texts.as_bytes(), label.as_bytes()).is_some()).collect()
    };
    let (old, new) = (found(&labels::OF_2019), found(&labels::OF_2021));
    if old.len() > new.len() { (Table::Disclosure2019, new) } else { (Table::Disclosure2021, old) }
}
