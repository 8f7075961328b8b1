//! Tables from the lines around their cells, and the words in them.

use std::collections::BTreeMap;

use super::{
    painting::{Ruling, Rulings},
    words::{Word, text_of},
};
use crate::layout::{
    blocks::{Concealed, Grid, GridCell, GridRow, Why},
    limits::Limits,
    refusal::Refusal,
};

/// Lines that are no further apart than this, in hundredths of a point, count as one: borders are often drawn twice.
const NEAR: i32 = 250;

/// The tables of a page, each with its upper edge, and the words outside all tables.
pub(super) struct Found {
    pub grids: Vec<(i32, Grid)>,
    pub rest: Vec<Word>,
}

/// Finds the tables of a page.
pub(super) fn grids(words: Vec<Word>, rulings: Rulings, page: u32, limits: &Limits) -> Result<Found, Refusal> {
    let tables = tables(joined(rulings.horizontal), joined(rulings.vertical));
    let mut meshes = Vec::new();
    for (horizontal, vertical) in &tables {
        let mesh = Mesh::new(horizontal, vertical);
        Limits::hold(mesh.columns() * mesh.rows(), limits.cells, "表格单元格数", "cells")?;
        meshes.extend((mesh.columns() > 1 && mesh.rows() > 0).then_some(mesh));
    }
    let mut contents: Vec<BTreeMap<usize, Vec<Word>>> = meshes.iter().map(|_| BTreeMap::new()).collect();
    let mut rest = Vec::new();
    for word in words {
        let (x, y) = word.middle();
        match meshes.iter().position(|mesh| mesh.cell_at(x, y).is_some()) {
            Some(at) => {
                for (cell, part) in meshes[at].parts(word) {
                    contents[at].entry(cell).or_default().push(part);
                }
            }
            None => rest.push(word),
        }
    }
    let grids = meshes.iter().zip(contents).map(|(mesh, content)| (mesh.ys[0], mesh.grid(content, page)));
    Ok(Found { grids: grids.collect(), rest })
}

/// Merges lines at nearly the same position where they meet.
fn joined(mut lines: Vec<Ruling>) -> Vec<Ruling> {
    lines.sort_unstable();
    // Every line moves to the position of the first line near it.
    let mut at = i32::MIN / 2;
    for line in &mut lines {
        if line.at - at > NEAR {
            at = line.at;
        }
        line.at = at;
    }
    lines.sort_unstable();
    let mut joined: Vec<Ruling> = Vec::new();
    for line in lines {
        match joined.last_mut().filter(|last| last.at == line.at && line.from <= last.to + NEAR) {
            Some(last) => last.to = last.to.max(line.to),
            None => joined.push(line),
        }
    }
    joined
}

/// Groups lines into tables: lines that touch belong to one table.
fn tables(horizontal: Vec<Ruling>, vertical: Vec<Ruling>) -> Vec<(Vec<Ruling>, Vec<Ruling>)> {
    let mut group: Vec<usize> = (0..horizontal.len() + vertical.len()).collect();
    for (which, line) in vertical.iter().enumerate() {
        for (other, crossing) in horizontal.iter().enumerate() {
            let touches = (line.from - NEAR..=line.to + NEAR).contains(&crossing.at)
                && (crossing.from - NEAR..=crossing.to + NEAR).contains(&line.at);
            if touches {
                let (one, other) = (root(&mut group, horizontal.len() + which), root(&mut group, other));
                group[one] = other;
            }
        }
    }
    let mut tables: BTreeMap<usize, (Vec<Ruling>, Vec<Ruling>)> = BTreeMap::new();
    for (at, line) in horizontal.iter().enumerate() {
        tables.entry(root(&mut group, at)).or_default().0.push(*line);
    }
    for (at, line) in vertical.iter().enumerate() {
        tables.entry(root(&mut group, horizontal.len() + at)).or_default().1.push(*line);
    }
    tables.into_values().filter(|(horizontal, vertical)| horizontal.len() > 1 && vertical.len() > 1).collect()
}

/// The representative of a member's group.
fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

/// The smallest fields between a table's lines, and the cells that they form where no line separates them.
struct Mesh {
    /// From left to right.
    xs: Vec<i32>,
    /// From top to bottom.
    ys: Vec<i32>,
    /// For each field, row by row, the first field of its cell.
    cells: Vec<usize>,
}

impl Mesh {
    fn new(horizontal: &[Ruling], vertical: &[Ruling]) -> Self {
        let mut xs: Vec<i32> = vertical.iter().map(|line| line.at).collect();
        let mut ys: Vec<i32> = horizontal.iter().map(|line| line.at).collect();
        // At a page break a table's last row may have no line below it, and tables without lines at their sides are
        // common.
        let reach = |lines: &[Ruling]| {
            let from = lines.iter().map(|line| line.from).min();
            from.into_iter().chain(lines.iter().map(|line| line.to).max()).collect::<Vec<i32>>()
        };
        let new = |edges: &[i32], edge: &i32| edges.iter().all(|own| own.abs_diff(*edge) > NEAR.unsigned_abs());
        let beyond: Vec<i32> = reach(horizontal).into_iter().filter(|edge| new(&xs, edge)).collect();
        xs.extend(beyond);
        let beyond: Vec<i32> = reach(vertical).into_iter().filter(|edge| new(&ys, edge)).collect();
        ys.extend(beyond);
        xs.sort_unstable();
        xs.dedup();
        ys.sort_unstable_by_key(|y| std::cmp::Reverse(*y));
        ys.dedup();
        let mut mesh = Self { xs, ys, cells: Vec::new() };
        let (columns, rows) = (mesh.columns(), mesh.rows());
        mesh.cells = (0..columns * rows).collect();
        for row in 0..rows {
            for column in 0..columns {
                let own = row * columns + column;
                let (x, y) = mesh.middle(row, column);
                if column + 1 < columns && !parted(vertical, mesh.xs[column + 1], y) {
                    join(&mut mesh.cells, own, own + 1);
                }
                if row + 1 < rows && !parted(horizontal, mesh.ys[row + 1], x) {
                    join(&mut mesh.cells, own, own + columns);
                }
            }
        }
        for at in 0..mesh.cells.len() {
            mesh.cells[at] = root(&mut mesh.cells, at);
        }
        mesh
    }

    fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    fn middle(&self, row: usize, column: usize) -> (i32, i32) {
        ((self.xs[column] + self.xs[column + 1]) / 2, (self.ys[row] + self.ys[row + 1]) / 2)
    }

    /// The cell at a point of the page.
    fn cell_at(&self, x: i32, y: i32) -> Option<usize> {
        let column = self.xs.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|edge| *edge >= y).checked_sub(1)?;
        (column < self.columns() && row < self.rows()).then(|| self.cells[row * self.columns() + column])
    }

    /// A word and its cell; a piece of text that runs over several cells is split at its spaces, if it has as many
    /// parts as there are cells.
    fn parts(&self, word: Word) -> Vec<(usize, Word)> {
        let (x, y) = word.middle();
        let own = self.cell_at(x, y).unwrap_or_default();
        let pieces: Vec<&str> = word.text.split_whitespace().collect();
        let inset = word.size / 4;
        let ends = (self.cell_at(word.x + inset, y), self.cell_at(word.right - inset, y));
        if pieces.len() < 2 || ends.0 == ends.1 {
            return vec![(own, word)];
        }
        let inner = self.xs.iter().filter(|edge| (word.x..word.right).contains(edge));
        let points = [word.x + inset].into_iter().chain(inner.map(|edge| edge + 1));
        let mut crossed: Vec<usize> = points.filter_map(|x| self.cell_at(x, y)).collect();
        crossed.dedup();
        if crossed.len() != pieces.len() {
            return vec![(own, word)];
        }
        let part = |(cell, text): (usize, &str)| (cell, Word { text: text.to_owned(), ..word.clone() });
        crossed.into_iter().zip(pieces).map(part).collect()
    }

    fn grid(&self, mut content: BTreeMap<usize, Vec<Word>>, page: u32) -> Grid {
        let columns = self.columns();
        // The extent of each cell: first row, first column, last row, last column.
        let mut extents: BTreeMap<usize, (usize, usize, usize, usize)> = BTreeMap::new();
        for (at, cell) in self.cells.iter().enumerate() {
            let (row, column) = (at / columns, at % columns);
            let extent = extents.entry(*cell).or_insert((row, column, row, column));
            *extent = (extent.0.min(row), extent.1.min(column), extent.2.max(row), extent.3.max(column));
        }
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut rows: Vec<GridRow> =
            (1..=self.rows()).map(|at| GridRow { number: number(at), cells: Vec::new() }).collect();
        for (cell, (top, left, bottom, right)) in extents {
            let words = content.remove(&cell).unwrap_or_default();
            let is_doubtful = words.iter().any(|word| word.is_doubtful);
            let text = text_of(words);
            let doubt = || Concealed { printed: text.clone(), certain: false, why: Why::Style };
            rows[top].cells.push(GridCell {
                concealed: is_doubtful.then(doubt),
                text,
                number: 0,
                column: number(left),
                width: number(right - left + 1),
                height: number(bottom - top + 1),
            });
        }
        for row in &mut rows {
            row.cells.sort_by_key(|cell| cell.column);
            for (at, cell) in row.cells.iter_mut().enumerate() {
                cell.number = number(at + 1);
            }
        }
        Grid { page, sheet: String::new(), table: 0, rows }
    }
}

/// Joins two fields; the earlier one represents both.
fn join(cells: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(cells, one), root(cells, other));
    cells[one.max(other)] = one.min(other);
}

/// Whether a line at position `at` of one axis covers position `over` of the other.
fn parted(lines: &[Ruling], at: i32, over: i32) -> bool {
    lines.iter().any(|line| line.at == at && line.from <= over && over <= line.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(x: i32, right: i32, y: i32, text: &str) -> Word {
        Word { x, right, y, size: 1_000, text: text.into(), is_doubtful: false }
    }

    #[test]
    fn cells_are_what_lines_surround() {
        let line = |at: i32, from: i32, to: i32| Ruling { at, from, to };
        // Three columns, two rows; the first cell of the second row is two columns wide.
        let horizontal = vec![line(0, 0, 9_000), line(2_000, 0, 9_000), line(4_000, 0, 9_000), line(4_100, 0, 9_000)];
        let vertical = vec![line(0, 0, 4_000), line(3_000, 2_000, 4_000), line(6_000, 0, 4_000), line(9_000, 0, 4_000)];
        let words = vec![
            word(500, 1_000, 2_500, "a"),
            word(3_500, 8_000, 2_500, "1 2"),
            word(500, 1_500, 500, "b"),
            word(7_000, 7_500, 500, "3"),
            word(500, 1_500, 8_000, "外"),
        ];
        let found = grids(words, Rulings { horizontal, vertical }, 1, &Limits::default()).unwrap();
        let rows = &found.grids[0].1.rows;
        let cells: Vec<(&str, u32, u32)> =
            rows.iter().flat_map(|row| &row.cells).map(|it| (it.text.as_str(), it.column, it.width)).collect();
        assert_eq!(cells, [("a", 0, 1), ("1", 1, 1), ("2", 2, 1), ("b", 0, 2), ("3", 2, 1)]);
        assert_eq!(found.rest.len(), 1);
    }
}
