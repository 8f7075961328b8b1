//! The heading of 表四: three blocks of five results, side by side under two levels of headings, or as rows.

use std::ops::Range;

use super::columns::{Columns, Heading};
use crate::report::{
    Cell, Column, Row,
    form::{REMEDIES, RESULTS},
};

/// What a cell of the heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// 行政复议, 未经复议直接起诉, 复议后起诉: a block.
    Block(Row),
    /// 行政诉讼, which stands over two blocks.
    Litigation,
    /// A result.
    Result(Column),
}

/// The headings that were met, in the order in which they are read.
#[derive(Clone, Debug, Default)]
pub(super) struct RemedyHeadings {
    met: Vec<(Label, Range<u32>)>,
    /// Whether the places are those of an earlier grid.
    elsewhere: bool,
}

/// A cell of 表四 and the columns of the grid over which its heading stands.
type Headed = (Cell, Range<u32>);

impl RemedyHeadings {
    /// Forgets all headings.
    pub fn clear(&mut self) {
        self.met.clear();
        self.elsewhere = false;
    }

    /// Says that another grid begins: its places are not those of the headings.
    pub fn begin_grid(&mut self) {
        self.elsewhere = true;
    }

    /// Whether the places of headings are those of an earlier grid.
    pub fn is_elsewhere(&self) -> bool {
        self.elsewhere
    }

    /// Notes a heading. A merged cell that was unfolded repeats a block's side by side.
    pub fn name(&mut self, label: Label, at: Range<u32>) {
        if self.elsewhere {
            self.clear();
        }
        let repeats = |(own, place): &(Label, Range<u32>)| {
            !matches!(label, Label::Result(_)) && *own == label && place.start <= at.end && at.start <= place.end
        };
        match self.met.iter_mut().find(|own| repeats(own)) {
            Some((_, place)) => *place = place.start.min(at.start)..place.end.max(at.end),
            None => self.met.push((label, at)),
        }
    }

    /// Whether a heading names a result.
    pub fn has(&self, column: Column) -> bool {
        self.results().any(|(own, _)| own == column)
    }

    /// Whether any heading was met.
    pub fn is_named(&self) -> bool {
        !self.met.is_empty()
    }

    /// Whether each result is named once: then blocks are rows.
    pub fn are_columns_of_rows(&self) -> bool {
        let results: Vec<Column> = self.placed_results().into_iter().map(|(column, _)| column).collect();
        results.len() == RESULTS.len() && RESULTS.iter().all(|column| results.contains(column))
    }

    /// The columns of blocks that are rows.
    pub fn columns(&self) -> Columns {
        let mut columns = Columns::default();
        self.placed_results().into_iter().for_each(|(column, at)| columns.name(Heading::Column(column), at, 0));
        if self.elsewhere {
            columns.begin_grid(true);
        }
        columns
    }

    /// The results from left to right. A merged cell that was unfolded repeats one below itself.
    fn placed_results(&self) -> Vec<(Column, Range<u32>)> {
        let mut results: Vec<(Column, Range<u32>)> = self.results().map(|(column, at)| (column, at.clone())).collect();
        results.sort_by_key(|(column, at)| (at.start, at.end, *column));
        results.dedup();
        results
    }

    fn results(&self) -> impl Iterator<Item = (Column, &Range<u32>)> {
        self.met.iter().filter_map(|(label, at)| match label {
            Label::Result(column) => Some((*column, at)),
            _ => None,
        })
    }

    fn start_of(&self, label: Label) -> Option<u32> {
        self.met.iter().find(|(own, _)| *own == label).map(|(_, at)| at.start)
    }

    /// The cells by the places of their headings: all blocks with all results, none beside another.
    pub fn placed(&self) -> Option<Vec<Headed>> {
        let results = self.placed_results();
        let apart = results.windows(2).all(|pair| pair[0].1.end <= pair[1].1.start);
        let blocks: Vec<(Row, u32)> =
            REMEDIES.into_iter().map(|row| Some((row, self.start_of(Label::Block(row))?))).collect::<Option<_>>()?;
        if !apart || results.len() != REMEDIES.len() * RESULTS.len() {
            return None;
        }
        let cells: Vec<Headed> = results
            .into_iter()
            .map(|(column, at)| {
                let over = blocks.iter().filter(|(_, start)| *start <= at.start).max_by_key(|(_, start)| *start)?;
                Some((over.0.cell(column)?, at))
            })
            .collect::<Option<_>>()?;
        all_once(cells.iter().map(|(cell, _)| *cell)).then_some(cells)
    }

    /// The cells in the order in which they stand; nothing where that is not certain. Where spans were
    /// lost, the headings are read row by row.
    pub fn order(&self) -> Option<Vec<Cell>> {
        if let Some(placed) = self.placed() {
            return Some(placed.into_iter().map(|(cell, _)| cell).collect());
        }
        let blocks = self.blocks_in_order()?;
        let results: Vec<Column> = self.results().map(|(column, _)| column).collect();
        let chunks: Vec<&[Column]> = results.chunks(RESULTS.len()).collect();
        let alike = chunks.windows(2).all(|pair| pair[0] == pair[1]);
        // 行政复议 has its results a row higher than the others: which chunk is whose is certain in the
        // form's order of blocks alone.
        if chunks.len() != REMEDIES.len() || !(alike || blocks == REMEDIES) {
            return None;
        }
        let cells =
            blocks.iter().zip(chunks).flat_map(|(row, chunk)| chunk.iter().filter_map(|column| row.cell(*column)));
        let cells: Vec<Cell> = cells.collect();
        all_once(cells.iter().copied()).then_some(cells)
    }

    /// The blocks from left to right, as their headings are read.
    fn blocks_in_order(&self) -> Option<Vec<Row>> {
        let at = |label| self.met.iter().position(|(own, _)| *own == label);
        let (own, litigation) = (at(Label::Block(Row::Reconsideration))?, at(Label::Litigation));
        let (direct, after) =
            (at(Label::Block(Row::DirectLitigation))?, at(Label::Block(Row::LitigationAfterReconsideration))?);
        let mut litigations = [(direct, Row::DirectLitigation), (after, Row::LitigationAfterReconsideration)];
        litigations.sort_unstable();
        let litigations = litigations.map(|(_, row)| row);
        Some(match litigation {
            Some(litigation) if litigation < own => [&litigations[..], &[Row::Reconsideration]].concat(),
            _ => [&[Row::Reconsideration], &litigations[..]].concat(),
        })
    }
}

fn all_once(cells: impl Iterator<Item = Cell> + Clone) -> bool {
    REMEDIES.iter().flat_map(|row| row.cells()).all(|due| cells.clone().filter(|cell| *cell == due).count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Block, Litigation, Result};

    /// Reads rows of headings; each is `text` and how many columns it spans.
    fn headings(rows: &[&[(Label, u32)]], starts: &[u32]) -> RemedyHeadings {
        let mut headings = RemedyHeadings::default();
        for (row, start) in rows.iter().zip(starts) {
            let mut at = *start;
            for (label, width) in *row {
                headings.name(*label, at..at + width);
                at += width;
            }
        }
        headings
    }

    fn five(order: [Column; 5]) -> Vec<(Label, u32)> {
        order.map(|column| (Result(column), 1)).to_vec()
    }

    const TOTAL_FIRST: [Column; 5] = [Column::Total, Column::Upheld, Column::Corrected, Column::Other, Column::Pending];

    #[test]
    fn results_stand_in_the_order_of_their_headings() {
        let above = [(Block(Row::Reconsideration), 5), (Litigation, 10)];
        let blocks = [(Block(Row::DirectLitigation), 5), (Block(Row::LitigationAfterReconsideration), 5)];
        let middle = [five(TOTAL_FIRST), blocks.to_vec()].concat();
        let below = [five(RESULTS), five(TOTAL_FIRST)].concat();
        let order = headings(&[&above, &middle, &below], &[0, 0, 5]).order().expect("all are named");
        assert_eq!(order[0], Row::Reconsideration.cell(Column::Total).expect("a cell"));
        assert_eq!(order[5], Row::DirectLitigation.cell(Column::Upheld).expect("a cell"));
        assert_eq!(order[10], Row::LitigationAfterReconsideration.cell(Column::Total).expect("a cell"));
    }

    #[test]
    fn without_spans_they_are_read_row_by_row() {
        let above = [(Block(Row::Reconsideration), 1), (Litigation, 1)];
        let blocks = [(Block(Row::DirectLitigation), 1), (Block(Row::LitigationAfterReconsideration), 1)];
        let middle = [five(RESULTS), blocks.to_vec()].concat();
        let below = [five(RESULTS), five(RESULTS)].concat();
        let order = headings(&[&above, &middle, &below], &[0, 0, 0]).order().expect("all are named");
        assert_eq!(order, REMEDIES.iter().flat_map(|row| row.cells()).collect::<Vec<_>>());
        // 行政诉讼 stands first, and the blocks' orders differ: which five are whose is not certain.
        let turned = [above[1], above[0]];
        let other = [five(TOTAL_FIRST), five(RESULTS)].concat();
        assert_eq!(headings(&[&turned, &middle, &other], &[0, 0, 0]).order(), None);
        assert_eq!(headings(&[&above, &middle], &[0, 0]).order(), None, "ten are not named");
    }
}
