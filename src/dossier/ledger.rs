//! The counts of a report, laid out so that sums of them are fast.

use crate::report::{
    Decimal, Figures,
    form::{Cell, Row, Table, WIDTH},
};

/// The room of a row.
const ROOM: usize = WIDTH.next_power_of_two();
/// One more than there are cells.
const SLOTS: usize = Row::ALL.len() * ROOM + 1;

/// The counts of a report, laid out for sums: each is held twice over, so that the lowest bit is free
/// to say that a count is not known; and each once more with the other sign, so that a difference is one
/// sum.
#[derive(Clone, Debug)]
pub struct Ledger {
    counts: [i64; 2 * SLOTS],
}

/// Where a count stands in a [`Ledger`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(u16);

/// Counts that are added at once: sums of a few have a few blocks, and no branch to be guessed in them.
pub type Lanes = [Slot; 8];

impl Slot {
    /// Where there is always 0: it fills blocks up.
    const NOUGHT: Self = Self((SLOTS - 1) as u16);

    /// Where the count of a cell stands, to be added; for an amount, its number of decimal places.
    pub const fn added(cell: Cell) -> Self {
        // A form has some hundred places.
        Self((cell.row() as usize * ROOM + cell.at()) as u16)
    }

    /// Where the same stands to be subtracted.
    pub const fn subtracted(cell: Cell) -> Self {
        Self(Self::added(cell).0 + SLOTS as u16)
    }

    /// These slots in blocks.
    pub fn blocks(slots: &[Self]) -> Vec<Lanes> {
        let block = |slots: &[Self]| std::array::from_fn(|at| slots.get(at).copied().unwrap_or(Self::NOUGHT));
        slots.chunks(8).map(block).collect()
    }
}

impl Ledger {
    const UNKNOWN: i64 = 1;

    /// The counts of a report. One that was read by assuming a relation doesn't count as known.
    pub fn of(figures: &Figures) -> Self {
        let mut ledger = Self { counts: [Self::UNKNOWN; 2 * SLOTS] };
        ledger.counts[usize::from(Slot::NOUGHT.0)] = 0;
        for cell in Row::ALL.into_iter().flat_map(Row::cells) {
            let (row, at) = (cell.row(), cell.at());
            let in_column = row.table() == Table::Applications && figures.column_is_assumed(at);
            let known = match cell.is_amount() {
                true => figures.amount(cell).and_then(Decimal::parse).map(|amount| i64::from(amount.places)),
                false => figures.count(cell).known(),
            };
            if let (Some(count), false) = (known, in_column || figures.row_is_assumed(row)) {
                ledger.put(cell, count);
            }
        }
        ledger
    }

    fn put(&mut self, cell: Cell, count: i64) {
        self.counts[usize::from(Slot::added(cell).0)] = count << 1;
        self.counts[usize::from(Slot::subtracted(cell).0)] = -(count << 1);
    }

    /// The sum of some thousand counts at most; nothing where one of them is not known.
    #[inline]
    pub fn sum(&self, blocks: &[Lanes]) -> Option<i64> {
        let (mut twice, mut seen) = (0, 0);
        for block in blocks {
            for slot in block {
                let count = self.counts[usize::from(slot.0)];
                twice += count;
                seen |= count;
            }
        }
        (seen & Self::UNKNOWN == 0).then_some(twice >> 1)
    }
}
