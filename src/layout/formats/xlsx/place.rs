//! The names of cells and ranges.

use std::borrow::Cow;

/// The size of Excel's largest sheet.
pub(super) const MAX_COLUMN: u32 = 16_384;
pub(super) const MAX_ROW: u32 = 1 << 20;

/// Row and column, from 0, of a cell name like `B7`.
pub(super) fn place(name: &str) -> Option<(u32, u32)> {
    let name = if name.contains('$') { Cow::Owned(name.replace('$', "")) } else { Cow::Borrowed(name) };
    let split = name.bytes().position(|byte| byte.is_ascii_digit())?;
    let (letters, digits) = name.split_at_checked(split)?;
    let column = letters.bytes().try_fold(0u32, |column, letter| {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?);
        column.checked_mul(26)?.checked_add(value + 1)
    })?;
    let row: u32 = digits.parse().ok()?;
    ((1..=MAX_COLUMN).contains(&column) && (1..=MAX_ROW).contains(&row)).then(|| (row - 1, column - 1))
}

/// First row, first column, number of rows and number of columns of a range.
pub(super) fn span(from: (u32, u32), to: (u32, u32)) -> Option<(u32, u32, u32, u32)> {
    (from.0 <= to.0 && from.1 <= to.1).then(|| (from.0, from.1, to.0 - from.0 + 1, to.1 - from.1 + 1))
}
