//! Where each cell stands among all cells of the form: counts are kept in one array, in this order, and what is added often
//! is looked up by its place in it.

use super::form::{Cell, Row};

/// The place of a cell among all cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(u8);

/// The places that a [`Slot`] can name, so that none is outside; the form has fewer cells.
pub const SLOTS: usize = 1 << u8::BITS;

/// The place of the first cell of each row.
const FIRST: [u8; Row::ALL.len()] = {
    let mut first = [0; Row::ALL.len()];
    let (mut row, mut next) = (0, 0);
    while row < Row::ALL.len() {
        first[row] = next as u8;
        next += Row::ALL[row].columns().len();
        row += 1;
    }
    assert!(next <= SLOTS, "the form has more cells than there are slots");
    first
};

impl Slot {
    /// The place of a cell.
    #[inline]
    pub const fn of(cell: Cell) -> Self {
        Self(FIRST[cell.row() as usize] + cell.at() as u8)
    }

    /// The same as an index.
    #[inline]
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_stand_in_the_order_of_the_form_and_none_shares_its_place() {
        let places: Vec<usize> = Row::ALL.into_iter().flat_map(Row::cells).map(|cell| Slot::of(cell).at()).collect();
        assert!(places.iter().copied().eq(0..places.len()), "{places:?}");
    }
}
