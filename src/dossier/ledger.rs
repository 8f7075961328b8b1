//! The counts of a report, laid out for fast sums.

use std::sync::LazyLock;

use crate::report::{
    Decimal, Figures,
    form::{Cell, Row, Table, WIDTH},
};

/// The number of slots per row.
const ROOM: usize = WIDTH.next_power_of_two();
/// The slots of all rows, and one that always holds 0.
const SLOTS: usize = Row::ALL.len() * ROOM + 1;

/// The cells that hold amounts.
static AMOUNTS: LazyLock<Vec<Cell>> =
    LazyLock::new(|| Row::ALL.into_iter().flat_map(Row::cells).filter(|cell| cell.is_amount()).collect());

/// The counts of a report, laid out for sums: each is stored doubled, so that the lowest bit is free to mark an
/// unknown count, and stored once more negated, so that a difference is one sum.
#[derive(Clone, Debug)]
pub struct Ledger {
    counts: [i64; 2 * SLOTS],
}

/// The position of a count in a [`Ledger`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(u16);

/// A block of counts that are added at once: a sum of a few counts needs few blocks and no branches.
pub type Lanes = [Slot; 8];

impl Slot {
    /// The slot that always holds 0; it pads blocks.
    const NOUGHT: Self = Self((SLOTS - 1) as u16);

    /// The slot of a cell's count, for adding; for an amount, of its number of decimal places.
    pub const fn added(cell: Cell) -> Self {
        // A form has a few hundred slots, so that they fit.
        Self((cell.row() as usize * ROOM + cell.at()) as u16)
    }

    /// The slot of the same value, for subtracting.
    pub const fn subtracted(cell: Cell) -> Self {
        Self(Self::added(cell).0 + SLOTS as u16)
    }

    /// These slots in blocks, the last one padded.
    pub fn blocks(slots: &[Self]) -> Vec<Lanes> {
        let block = |slots: &[Self]| std::array::from_fn(|at| slots.get(at).copied().unwrap_or(Self::NOUGHT));
        slots.chunks(8).map(block).collect()
    }
}

impl Ledger {
    const UNKNOWN: i64 = 1;

    /// The counts of a report. One that was read by assuming a relation does not count as known.
    pub fn of(figures: &Figures) -> Self {
        let mut ledger = Self { counts: [Self::UNKNOWN; 2 * SLOTS] };
        ledger.counts[usize::from(Slot::NOUGHT.0)] = 0;
        let rows = Row::ALL.into_iter().filter_map(|row| Some((row, figures.row(row)?)));
        for (row, counts) in rows.filter(|(row, _)| !figures.row_is_assumed(*row)) {
            let may_be_assumed = row.table() == Table::Applications;
            for (cell, count) in row.cells().zip(counts) {
                if let Some(count) = count.known().filter(|_| !(may_be_assumed && figures.column_is_assumed(cell.at())))
                {
                    ledger.put(cell, Some(count));
                }
            }
        }
        for cell in AMOUNTS.iter().filter(|cell| !figures.row_is_assumed(cell.row())) {
            let places = figures.amount(*cell).and_then(Decimal::parse).map(|amount| i64::from(amount.places));
            ledger.put(*cell, places);
        }
        ledger
    }

    #[inline]
    fn put(&mut self, cell: Cell, count: Option<i64>) {
        let [added, subtracted] = count.map_or([Self::UNKNOWN; 2], |count| [count << 1, -(count << 1)]);
        self.counts[usize::from(Slot::added(cell).0)] = added;
        self.counts[usize::from(Slot::subtracted(cell).0)] = subtracted;
    }

    /// The sum, of up to some thousand counts; `None` if one of them is unknown.
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
