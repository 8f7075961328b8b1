//! The figures of a report's tables.

use super::{
    form::{Cell, Column, Row, Table, WIDTH},
    slot::{SLOTS, Slot},
};
use crate::words::Text;

/// The content of a cell for a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figure {
    /// Nothing: an unknown non-negative number, not a zero.
    #[default]
    Blank,
    /// A figure.
    Known(i32),
    /// Something that could not be read with certainty.
    Unread,
}

impl Figure {
    /// The figure, if it is known.
    #[inline]
    pub fn known(self) -> Option<i64> {
        match self {
            Self::Known(count) => Some(count.into()),
            Self::Blank | Self::Unread => None,
        }
    }

    /// How a message names the content of the cell.
    pub fn shown(self) -> Text {
        match self {
            Self::Known(count) => Text::same(count.to_string()),
            Self::Blank => Text::fixed("空白", "blank"),
            Self::Unread => Text::fixed("未能读出", "not read"),
        }
    }
}

/// The counts of one row; columns that the row does not have stay blank.
pub type Counts = [Figure; WIDTH];

/// The figures of all tables. A missing row is different from a row of blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// By their slots; those of a row that the report lacks are blank.
    counts: [Figure; SLOTS],
    present: [bool; Row::ALL.len()],
    tables: [Standing; Table::ALL.len()],
    assumed_rows: [bool; Row::ALL.len()],
    assumed_columns: [bool; WIDTH],
    /// Whether any row or column is assumed.
    assumed: bool,
    /// 行政事业性收费 · 本年收费金额 (2021), in 万元, as written.
    pub fees: Option<String>,
    /// 政府集中采购 · 采购总金额 (2019), in 万元, as written.
    pub procurement: Option<String>,
    /// How many decimal places the procurement column declares; 0 for none.
    pub declared_decimals: Option<u8>,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            counts: [Figure::Blank; SLOTS],
            present: [false; Row::ALL.len()],
            tables: Default::default(),
            assumed_rows: [false; Row::ALL.len()],
            assumed_columns: [false; WIDTH],
            assumed: false,
            fees: None,
            procurement: None,
            declared_decimals: None,
        }
    }
}

/// How much of a table was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// The report does not have the table.
    #[default]
    Absent,
    /// The table was read to its end.
    Whole,
    /// A heading announces the table, and none could be read.
    Unread,
    /// The document ends in the middle of the table.
    Cut,
}

impl Figures {
    /// How much of a table was found.
    pub fn standing(&self, table: Table) -> Standing {
        self.tables[table as usize]
    }

    /// Records how much of a table was found.
    pub fn stand(&mut self, table: Table, standing: Standing) {
        self.tables[table as usize] = standing;
    }

    /// Whether the table was read to its end.
    pub fn has_table(&self, table: Table) -> bool {
        self.standing(table) == Standing::Whole
    }

    /// Whether the report has a row.
    pub fn has_row(&self, row: Row) -> bool {
        self.present[row as usize]
    }

    /// The counts of a row, if the report has the row.
    pub fn row(&self, row: Row) -> Option<Counts> {
        let mut counts = Counts::default();
        counts.iter_mut().zip(self.counts_of(row)).for_each(|(count, own)| *count = *own);
        self.has_row(row).then_some(counts)
    }

    fn counts_of(&self, row: Row) -> &[Figure] {
        let first = Slot::of(row.nth(0)).at();
        &self.counts[first..first + row.columns().len()]
    }

    /// Adds a row, and its table if that is absent.
    pub fn put_row(&mut self, row: Row, counts: Counts) {
        if self.standing(row.table()) == Standing::Absent {
            self.stand(row.table(), Standing::Whole);
        }
        self.set_row(row, true, counts);
    }

    /// Removes a row.
    pub fn remove_row(&mut self, row: Row) {
        self.set_row(row, false, Counts::default());
    }

    fn set_row(&mut self, row: Row, present: bool, counts: Counts) {
        self.present[row as usize] = present;
        row.cells().zip(counts).for_each(|(cell, count)| self.counts[Slot::of(cell).at()] = count);
    }

    /// The count in a cell. A cell of a missing row is blank in a whole table and unread in any other; a cell for an
    /// amount is blank as a count.
    #[inline]
    pub fn count(&self, cell: Cell) -> Figure {
        if self.has_row(cell.row()) || self.has_table(cell.row().table()) {
            self.counts[Slot::of(cell).at()]
        } else {
            Figure::Unread
        }
    }

    /// The sum of cells, if all of them hold figures.
    pub fn sum(&self, cells: &[Cell]) -> Option<i64> {
        let mut sum = 0;
        for cell in cells {
            sum += self.counts[Slot::of(*cell).at()].known()?;
        }
        Some(sum)
    }

    /// The same by their positions.
    #[inline]
    pub fn total(&self, slots: &[Slot]) -> Option<i64> {
        let mut sum = 0;
        for slot in slots {
            sum += self.counts[slot.at()].known()?;
        }
        Some(sum)
    }

    /// Sets the figure of a cell, if the report has its row.
    pub fn set_count(&mut self, cell: Cell, figure: Figure) {
        if self.has_row(cell.row()) {
            self.counts[Slot::of(cell).at()] = figure;
        }
    }

    /// The amount in a cell, as written; `None` for a cell that holds a count.
    pub fn amount(&self, cell: Cell) -> Option<&str> {
        match (cell.row(), cell.column()) {
            (Row::Fees2021, Column::Amount) => self.fees.as_deref(),
            (Row::Procurement, Column::Amount) => self.procurement.as_deref(),
            _ => None,
        }
    }

    /// Whether a cell is blank in a row that the report has.
    pub fn is_blank(&self, cell: Cell) -> bool {
        self.has_row(cell.row()) && self.count(cell) == Figure::Blank && self.amount(cell).is_none()
    }

    /// The cells, of the rows that the report has, whose count is as wanted.
    pub fn cells_where<'a>(&'a self, wanted: impl Fn(Figure) -> bool + Copy + 'a) -> impl Iterator<Item = Cell> + 'a {
        // Most rows have no such cell.
        let has = move |row: &Row| self.has_row(*row) && self.counts_of(*row).iter().any(|count| wanted(*count));
        Row::ALL.into_iter().filter(has).flat_map(move |row| {
            let counts = row.cells().zip(self.counts_of(row));
            counts.filter(move |(_, count)| wanted(**count)).map(|(cell, _)| cell)
        })
    }

    /// Whether any cell of the rows could not be read.
    pub fn has_unread(&self) -> bool {
        self.counts.contains(&Figure::Unread)
    }

    /// Whether a table has at least one figure, not only blanks and placeholders.
    pub fn has_figure(&self, table: Table) -> bool {
        let mut cells = table.rows().flat_map(Row::cells);
        cells.any(|cell| self.amount(cell).is_some() || self.count(cell).known().is_some())
    }

    /// The content of a cell, for people and for fingerprints.
    pub fn shown(&self, cell: Cell) -> Text {
        self.amount(cell).map_or_else(|| self.count(cell).shown(), Text::same)
    }

    /// Sets the amount of a cell.
    pub fn set_amount(&mut self, cell: Cell, amount: Option<String>) {
        match (cell.row(), cell.column()) {
            (Row::Fees2021, Column::Amount) => self.fees = amount,
            (Row::Procurement, Column::Amount) => self.procurement = amount,
            _ => {}
        }
    }

    /// Whether the row was read by assuming that its parts sum to its total.
    pub fn row_is_assumed(&self, row: Row) -> bool {
        self.assumed_rows[row as usize]
    }

    /// Whether anything was read by assuming a relation.
    pub fn rest_on_assumptions(&self) -> bool {
        self.assumed
    }

    /// Whether a column of 表三 was read by assuming that its relations hold.
    pub fn column_is_assumed(&self, at: usize) -> bool {
        self.assumed_columns.get(at).copied().unwrap_or_default()
    }

    /// Marks a row as read by assuming its sum.
    pub fn assume_row(&mut self, row: Row) {
        self.assumed_rows[row as usize] = true;
        self.assumed = true;
    }

    /// Marks a column of 表三 as read by assuming its relations.
    pub fn assume_column(&mut self, at: usize) {
        if let Some(assumed) = self.assumed_columns.get_mut(at) {
            *assumed = true;
            self.assumed = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_was_removed_leaves_no_count_behind() {
        let mut figures = Figures::default();
        let row = Row::Received;
        let slots: Vec<Slot> = row.cells().map(Slot::of).collect();
        figures.put_row(row, [Figure::Known(2); WIDTH]);
        assert_eq!((figures.total(&slots), figures.row(row)), (Some(14), Some([Figure::Known(2); WIDTH])));
        figures.remove_row(row);
        assert_eq!((figures.total(&slots), figures.row(row)), (None, None));
        assert_eq!(figures.count(row.nth(0)), Figure::Blank);
        figures.stand(Table::Applications, Standing::Absent);
        assert_eq!((figures.count(row.nth(0)), figures), (Figure::Unread, Figures::default()));
    }
}
