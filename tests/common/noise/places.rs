//! Where the figures stand in a rendered text, and what remains of it when it is cut short.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use gouji::report::Cell;

use super::{
    invented::Truth,
    kinds::Style,
    random::Random,
    sheet::{BEGIN, CLOSE, OPEN, cell_of},
};

/// A text without the marks around its figures.
pub struct Placed {
    pub text: String,
    /// Each figure with its place; a figure may stand more than once.
    spans: Vec<(Cell, Range<usize>)>,
    /// Where 表三 begins.
    begin: usize,
}

/// Takes the marks out of a rendered text.
pub fn place(marked: &str) -> Placed {
    let mut placed = Placed { text: String::with_capacity(marked.len()), spans: Vec::new(), begin: 0 };
    let mut chars = marked.chars();
    let mut open: Option<Cell> = None;
    let mut start = 0;
    while let Some(char) = chars.next() {
        match char {
            OPEN => {
                open = chars.next().and_then(cell_of);
                start = placed.text.len();
            }
            CLOSE => {
                let range = start..placed.text.len();
                placed.spans.extend(open.take().map(|cell| (cell, range)));
            }
            BEGIN => placed.begin = placed.text.len(),
            other => placed.text.push(other),
        }
    }
    placed
}

impl Placed {
    /// Cuts the text at a random place behind the beginning of 表三. What it takes away is unknowable: figures that
    /// are gone, a last one that might go on, and a last row of glued figures.
    pub fn cut(&mut self, style: Style, truth: &mut BTreeMap<Cell, Truth>, random: &mut Random) {
        let last = self.spans.iter().map(|(_, range)| range.end).max().unwrap_or(self.text.len());
        // Mostly within the tables, sometimes behind them.
        let end = if random.chance(90) { last } else { self.text.len() };
        let mut end = self.begin + 1 + random.below(end.saturating_sub(self.begin + 1));
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        let touched = self.spans.iter().find(|(_, range)| range.start < end && end <= range.end);
        if let Some((_, range)) = touched {
            // `12（其中` would still show its figure: the cut is moved before such a cell.
            if !self.text[range.clone()].bytes().all(|byte| byte.is_ascii_digit()) {
                end = range.start;
            }
        }
        let is_whole = |range: &Range<usize>| range.end < end;
        let seen: BTreeSet<Cell> =
            self.spans.iter().filter(|(_, range)| is_whole(range)).map(|(cell, _)| *cell).collect();
        let all: BTreeSet<Cell> = self.spans.iter().map(|(cell, _)| *cell).collect();
        let mut lost: BTreeSet<Cell> = all.difference(&seen).copied().collect();
        if style == Style::Glued {
            lost.extend(self.broken_row(end, &lost));
        }
        lost.into_iter().for_each(|cell| drop(truth.insert(cell, Truth::Unknowable)));
        self.text.truncate(end);
    }

    /// The cells of glued figures right before the cut: nobody can tell whether more were to come.
    fn broken_row(&self, end: usize, lost: &BTreeSet<Cell>) -> Vec<Cell> {
        let before = self.spans.iter().filter(|(_, range)| range.end <= end);
        let Some((_, last)) = before.max_by_key(|(_, range)| range.end) else {
            return Vec::new();
        };
        let goes_on = self.text[last.end..end].chars().all(|char| char.is_ascii_digit() || char == '.');
        let row_is_broken = self.spans.iter().any(|(cell, range)| range.start == last.end && lost.contains(cell));
        if !goes_on && !row_is_broken {
            return Vec::new();
        }
        // Figures that touch each other stand in one row.
        let mut row: Vec<Cell> = Vec::new();
        let mut from = last.end;
        for (cell, range) in self.spans.iter().rev().filter(|(_, range)| range.end <= end) {
            if range.end != from {
                break;
            }
            from = range.start;
            row.push(*cell);
        }
        row
    }
}
