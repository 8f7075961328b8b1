//! The figures of a report's tables.

use super::form::{Cell, Column, Row, Table, WIDTH};
use crate::words::Text;

/// What a cell for a count holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figure {
    /// Nothing: an unknown non-negative number, not a zero.
    #[default]
    Blank,
    /// A figure.
    Known(i32),
    /// Something that could not be read for certain.
    Unread,
}

impl Figure {
    /// The figure, if it is known.
    pub fn known(self) -> Option<i64> {
        match self {
            Self::Known(count) => Some(count.into()),
            Self::Blank | Self::Unread => None,
        }
    }

    /// What a message says of the cell.
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

/// The figures of all tables. A row that is not there differs from a row of blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    rows: [Option<Counts>; Row::ALL.len()],
    tables: [Standing; Table::ALL.len()],
    assumed_rows: [bool; Row::ALL.len()],
    assumed_columns: [bool; WIDTH],
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
            rows: [None; Row::ALL.len()],
            tables: Default::default(),
            assumed_rows: [false; Row::ALL.len()],
            assumed_columns: [false; WIDTH],
            fees: None,
            procurement: None,
            declared_decimals: None,
        }
    }
}

/// How far a table is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// The report does not have the table.
    #[default]
    Absent,
    /// The table is there, and was read to its end.
    Whole,
    /// A heading announces the table, and none could be read.
    Unread,
    /// The document ends in the middle of the table.
    Cut,
}

impl Figures {
    /// How far a table is there.
    pub fn standing(&self, table: Table) -> Standing {
        self.tables[table as usize]
    }

    /// Says how far a table is there.
    pub fn stand(&mut self, table: Table, standing: Standing) {
        self.tables[table as usize] = standing;
    }

    /// Whether the table was read to its end.
    pub fn has_table(&self, table: Table) -> bool {
        self.standing(table) == Standing::Whole
    }

    /// Whether a row is there.
    pub fn has_row(&self, row: Row) -> bool {
        self.rows[row as usize].is_some()
    }

    /// The counts of a row, if the row is there.
    pub fn row(&self, row: Row) -> Option<&Counts> {
        self.rows[row as usize].as_ref()
    }

    /// Adds a row, with its table.
    pub fn put_row(&mut self, row: Row, counts: Counts) {
        if self.standing(row.table()) == Standing::Absent {
            self.stand(row.table(), Standing::Whole);
        }
        self.rows[row as usize] = Some(counts);
    }

    /// Takes a row away.
    pub fn remove_row(&mut self, row: Row) {
        self.rows[row as usize] = None;
    }

    /// The count in a cell. A cell of a row that is not there is blank in a whole table and
    /// unread in any other; a cell for an amount is blank as a count.
    pub fn count(&self, cell: Cell) -> Figure {
        match &self.rows[cell.row() as usize] {
            Some(counts) => counts[cell.at()],
            None if self.has_table(cell.row().table()) => Figure::Blank,
            None => Figure::Unread,
        }
    }

    /// Puts a figure into a cell of a row that is there.
    pub fn set_count(&mut self, cell: Cell, figure: Figure) {
        if let Some(counts) = &mut self.rows[cell.row() as usize] {
            counts[cell.at()] = figure;
        }
    }

    /// The amount in a cell, as written; nothing for a cell that holds a count.
    pub fn amount(&self, cell: Cell) -> Option<&str> {
        match (cell.row(), cell.column()) {
            (Row::Fees2021, Column::Amount) => self.fees.as_deref(),
            (Row::Procurement, Column::Amount) => self.procurement.as_deref(),
            _ => None,
        }
    }

    /// Whether a cell of a row that is there holds nothing.
    pub fn is_blank(&self, cell: Cell) -> bool {
        self.has_row(cell.row()) && self.count(cell) == Figure::Blank && self.amount(cell).is_none()
    }

    /// Whether a cell of a row that is there could not be read.
    pub fn has_unread(&self) -> bool {
        self.rows.iter().flatten().flatten().any(|figure| *figure == Figure::Unread)
    }

    /// Whether a table holds any figure: not blanks and placeholders alone.
    pub fn has_figure(&self, table: Table) -> bool {
        let mut cells = table.rows().flat_map(Row::cells);
        cells.any(|cell| self.amount(cell).is_some() || self.count(cell).known().is_some())
    }

    /// What a cell holds, for people and for fingerprints.
    pub fn shown(&self, cell: Cell) -> Text {
        self.amount(cell).map_or_else(|| self.count(cell).shown(), Text::same)
    }

    /// Puts an amount into its cell.
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
        self.assumed_rows.iter().chain(&self.assumed_columns).any(|assumed| *assumed)
    }

    /// Whether a column of 表三 was read by assuming that its relations hold.
    pub fn column_is_assumed(&self, at: usize) -> bool {
        self.assumed_columns.get(at).copied().unwrap_or_default()
    }

    /// Says that a row was read by assuming its sum.
    pub fn assume_row(&mut self, row: Row) {
        self.assumed_rows[row as usize] = true;
    }

    /// Says that a column of 表三 was read by assuming its relations.
    pub fn assume_column(&mut self, at: usize) {
        if let Some(assumed) = self.assumed_columns.get_mut(at) {
            *assumed = true;
        }
    }
}
