//! Builds a layout from a format reader's events, one at a time.
//!
//! A table that contains other tables, or has a single column, only arranges a page: the content of its cells is kept
//! as if the cells weren't there.

use std::collections::HashMap;

use super::{
    blocks::{Block, Grid, GridCell, GridRow},
    content::Content,
    limits::Limits,
    refusal::Refusal,
    runs::Style,
};

/// Collects blocks, including nested tables.
pub(super) struct Builder<'l> {
    limits: &'l Limits,
    tables: u32,
    cells: usize,
    bytes: usize,
    content: Content,
    open: Vec<OpenTable>,
}

/// A table that is not closed yet.
#[derive(Default)]
struct OpenTable {
    number: u32,
    rows: Vec<(GridRow, Vec<Content>)>,
    /// Columns that cells of earlier rows still cover: first column, width, rows left.
    covered: Vec<(u32, u32, u32)>,
    /// Columns that are skipped at the beginning of the row.
    indent: u32,
    /// The open cell, and the content around the table when it was opened.
    cell: Option<GridCell>,
    around: Content,
}

impl<'l> Builder<'l> {
    /// An empty builder.
    pub fn new(limits: &'l Limits) -> Self {
        Self { limits, tables: 0, cells: 0, bytes: 0, content: Content::default(), open: Vec::new() }
    }

    /// Text within a line.
    pub fn text(&mut self, text: &str) -> Result<(), Refusal> {
        self.styled(Style::Shown, text)
    }

    fn in_cell(&self) -> bool {
        self.open.last().is_some_and(|table| table.cell.is_some())
    }

    /// Text within a line, in a style: struck-out or hidden text is not part of the line.
    pub fn styled(&mut self, style: Style, text: &str) -> Result<(), Refusal> {
        self.bytes += text.len();
        Limits::hold(self.bytes, self.limits.text, "文字字节数", "bytes of text")?;
        let in_cell = self.in_cell();
        self.content.push(style, text, in_cell);
        Ok(())
    }

    /// A picture, or an object that shows one: a cell that holds it is not blank, and its figure is in doubt.
    pub fn picture(&mut self) {
        self.content.has_picture = true;
    }

    /// A box begins that stands anywhere on the page: its text is on lines of its own, and where it is shown in respect to
    /// the text of its cell can't be told.
    pub fn open_box(&mut self) {
        self.end_line();
        self.picture();
        self.content.boxes += 1;
    }

    /// The box ends.
    pub fn close_box(&mut self) {
        self.end_line();
        self.content.boxes = self.content.boxes.saturating_sub(1);
    }

    /// Whether the line is still empty, or ends in a space.
    pub fn at_space(&self) -> bool {
        self.content.line.is_empty() || self.content.line.ends_with(' ')
    }

    /// Ends the line, if there is one.
    pub fn end_line(&mut self) {
        if !self.content.line.is_empty() {
            self.break_line();
        }
    }

    /// Ends the line, even if it is empty.
    pub fn break_line(&mut self) {
        if self.in_cell() {
            self.content.runs.push(Style::Shown, "\n");
        }
        self.content.break_line();
    }

    /// Opens a table.
    pub fn open_table(&mut self) -> Result<(), Refusal> {
        Limits::hold(self.open.len(), self.limits.depth, "表格嵌套层数", "tables within each other")?;
        if self.open.last().is_none_or(|table| table.cell.is_some()) {
            self.end_line();
        }
        self.tables += 1;
        let around = std::mem::take(&mut self.content);
        self.open.push(OpenTable { number: self.tables, around, ..OpenTable::default() });
        Ok(())
    }

    /// Opens a row of the table.
    pub fn open_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.open.last_mut() {
            let number = table.rows.last().map_or(1, |(row, _)| row.number + 1);
            table.indent = 0;
            table.rows.push((GridRow { number, cells: Vec::new() }, Vec::new()));
        }
    }

    /// Opens a cell that covers `width` columns and `height` rows.
    pub fn open_cell(&mut self, width: usize, height: usize) -> Result<(), Refusal> {
        self.close_cell();
        self.cells += 1;
        Limits::hold(self.cells, self.limits.cells, "表格单元格数", "cells")?;
        Limits::hold(
            width.max(height),
            self.limits.span,
            "单元格合并的行数或列数",
            "rows or columns that a cell covers",
        )?;
        if self.open.last().is_some_and(|table| table.rows.is_empty()) {
            self.open_row();
        }
        let Some(table) = self.open.last_mut() else {
            return Ok(());
        };
        let width = u32::try_from(width).unwrap_or(u32::MAX).max(1);
        let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
        let column = table.next_column();
        let number = table.rows.last().map_or(0, |(row, _)| row.cells.len()) + 1;
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        table.cell = Some(GridCell { number, column, width, height, ..GridCell::default() });
        Ok(())
    }

    /// Sets how many columns the open cell covers.
    pub fn widen(&mut self, width: usize) -> Result<(), Refusal> {
        Limits::hold(width, self.limits.span, "单元格合并的行数或列数", "rows or columns that a cell covers")?;
        if let Some(cell) = self.open.last_mut().and_then(|table| table.cell.as_mut()) {
            cell.width = u32::try_from(width).unwrap_or(u32::MAX).max(1);
        }
        Ok(())
    }

    /// Marks the open cell as a continuation of the one above it.
    pub fn continue_cell(&mut self) {
        if let Some(cell) = self.open.last_mut().and_then(|table| table.cell.as_mut()) {
            cell.height = 0;
        }
    }

    /// Skips `width` columns at the beginning of the row.
    pub fn indent(&mut self, width: usize) -> Result<(), Refusal> {
        Limits::hold(width, self.limits.span, "单元格合并的行数或列数", "rows or columns that a cell covers")?;
        if let Some(table) = self.open.last_mut() {
            table.indent = u32::try_from(width).unwrap_or(u32::MAX);
        }
        Ok(())
    }

    /// Closes the cell, if one is open.
    pub fn close_cell(&mut self) {
        let Some(cell) = self.open.last_mut().and_then(|table| table.cell.take()) else {
            return;
        };
        self.end_line();
        let content = std::mem::take(&mut self.content);
        if let Some((row, contents)) = self.open.last_mut().and_then(|table| table.rows.last_mut()) {
            row.cells.push(cell);
            contents.push(content);
        }
    }

    /// Adds the row's last cell once more.
    pub fn repeat_cell(&mut self) -> Result<(), Refusal> {
        let last = self.open.last().and_then(|table| table.rows.last());
        let content = last.and_then(|(_, contents)| contents.last());
        let Some(Content { blocks, lines, runs, .. }) = content else { return Ok(()) };
        let again = Content { blocks: blocks.clone(), lines: lines.clone(), runs: runs.clone(), ..Content::default() };
        self.open_cell(1, 1)?;
        self.content = again;
        self.close_cell();
        Ok(())
    }

    /// Closes the row, and remembers what its cells cover in later rows.
    pub fn close_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.open.last_mut() {
            table.end_row();
        }
    }

    /// Takes the last row back: it is not shown.
    pub fn drop_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.open.last_mut() {
            table.rows.pop();
        }
    }

    /// Adds blocks that were read elsewhere; those within a cell go on as its text.
    pub fn insert(&mut self, blocks: Vec<Block>) -> Result<(), Refusal> {
        for block in blocks {
            match block {
                Block::Text { text, .. } => {
                    for line in text.lines() {
                        self.text(line)?;
                        self.break_line();
                    }
                }
                Block::Grid(mut grid) => {
                    self.tables += 1;
                    grid.table = self.tables;
                    self.end_line();
                    self.content.put(Block::Grid(grid));
                }
            }
        }
        Ok(())
    }

    /// Closes the table, if one is open.
    pub fn close_table(&mut self) {
        self.close_cell();
        let stray = std::mem::take(&mut self.content);
        let Some(table) = self.open.pop() else {
            self.content = stray;
            return;
        };
        self.content = table.around;
        // Text in a table but in no cell is placed before it.
        self.append(stray);
        if is_grid(&table.rows) {
            self.content.put(Block::Grid(Self::grid(table.number, table.rows)));
        } else {
            for content in table.rows.into_iter().flat_map(|(_, contents)| contents) {
                self.append(content);
            }
        }
    }

    fn append(&mut self, content: Content) {
        if !(content.blocks.is_empty() && content.lines.is_empty()) {
            self.content.end_lines();
            self.content.blocks.extend(content.blocks);
            self.content.lines = content.lines;
        }
        if !content.line.trim().is_empty() {
            self.content.line = content.line;
            self.break_line();
        }
    }

    fn grid(table: u32, rows: Vec<(GridRow, Vec<Content>)>) -> Grid {
        let filled = rows.into_iter().map(|(mut row, contents)| {
            for (cell, content) in row.cells.iter_mut().zip(contents) {
                (cell.text, cell.concealed) = content.into_cell();
            }
            row
        });
        let mut rows: Vec<GridRow> = filled.collect();
        join_continued(&mut rows);
        Grid { page: 0, sheet: String::new(), table, rows }
    }

    /// The blocks; tables that are still open are closed.
    pub fn finish(mut self) -> Vec<Block> {
        while !self.open.is_empty() {
            self.close_row();
            self.close_table();
        }
        self.end_line();
        self.content.end_lines();
        self.content.blocks
    }
}

impl OpenTable {
    /// The row's first column that no cell covers yet.
    fn next_column(&self) -> u32 {
        let own = self.rows.last().and_then(|(row, _)| row.cells.last());
        let mut column = own.map_or(self.indent, |cell| cell.columns().end);
        // Sorted by column.
        for (first, width, _) in &self.covered {
            if *first <= column && column < first.saturating_add(*width) {
                column = first.saturating_add(*width);
            }
        }
        column
    }

    fn end_row(&mut self) {
        let Some((row, _)) = self.rows.last() else {
            return;
        };
        self.covered.retain_mut(|(.., left)| {
            *left -= 1;
            *left > 0
        });
        let tall = row.cells.iter().filter(|cell| cell.height > 1);
        self.covered.extend(tall.map(|cell| (cell.column, cell.width, cell.height - 1)));
        self.covered.sort_unstable();
    }
}

/// Whether the rows are a real table rather than page layout.
fn is_grid(rows: &[(GridRow, Vec<Content>)]) -> bool {
    let mut contents = rows.iter().flat_map(|(_, contents)| contents);
    let nests = contents.any(|content| content.blocks.iter().any(|block| matches!(block, Block::Grid(_))));
    !nests && rows.iter().any(|(row, _)| row.cells.len() > 1)
}

/// Extends cells over their continuations below, and removes these.
fn join_continued(rows: &mut [GridRow]) {
    let mut above: HashMap<u32, (usize, usize)> = HashMap::new();
    for at in 0..rows.len() {
        for which in 0..rows[at].cells.len() {
            let cell = &rows[at].cells[which];
            match (cell.height, above.get(&cell.column).copied()) {
                (0, Some((row, origin))) => {
                    rows[row].cells[origin].height = u32::try_from(at - row + 1).unwrap_or(u32::MAX);
                }
                _ => _ = above.insert(cell.column, (at, which)),
            }
        }
    }
    for row in rows {
        row.cells.retain(|cell| cell.height > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_where_spans_leave_room() {
        let limits = Limits::default();
        let mut builder = Builder::new(&limits);
        builder.text("前").unwrap();
        builder.open_table().unwrap();
        for row in [&[(1, 2, "a"), (2, 1, "b")][..], &[(1, 1, "c"), (1, 1, "d")]] {
            builder.open_row();
            for (width, height, text) in row {
                builder.open_cell(*width, *height).unwrap();
                builder.text(text).unwrap();
                builder.close_cell();
            }
            builder.close_row();
        }
        builder.close_table();
        builder.text("后").unwrap();
        let blocks = builder.finish();
        let Block::Grid(grid) = &blocks[1] else { panic!("{blocks:?}") };
        let places: Vec<(&str, u32)> =
            grid.rows.iter().flat_map(|row| &row.cells).map(|cell| (cell.text.as_str(), cell.column)).collect();
        assert_eq!(places, [("a", 0), ("b", 1), ("c", 1), ("d", 2)]);
        assert!(matches!(&blocks[0], Block::Text { text, .. } if text == "前\n"));
        assert!(matches!(&blocks[2], Block::Text { text, .. } if text == "后\n"));
    }

    #[test]
    fn tables_that_only_arrange_a_page_are_left_out() {
        let limits = Limits::default();
        let mut builder = Builder::new(&limits);
        builder.open_table().unwrap();
        builder.open_row();
        builder.open_cell(1, 1).unwrap();
        builder.text("正文").unwrap();
        builder.open_table().unwrap();
        builder.open_row();
        for text in ["1", "2"] {
            builder.open_cell(1, 1).unwrap();
            builder.text(text).unwrap();
        }
        builder.close_row();
        builder.close_table();
        let blocks = builder.finish();
        assert!(matches!(&blocks[..], [Block::Text { .. }, Block::Grid(grid)] if grid.table == 2), "{blocks:?}");
    }
}
