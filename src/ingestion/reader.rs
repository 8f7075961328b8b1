//! Reads numbers and marks one after the other.

use std::ops::RangeInclusive;

/// A text that is read from its beginning.
pub(super) struct Reader<'t>(&'t str);

impl<'t> Reader<'t> {
    /// Reads a text.
    pub fn new(text: &'t str) -> Self {
        Self(text)
    }

    /// The number that comes next, of so many digits.
    pub fn number(&mut self, digits: RangeInclusive<usize>) -> Option<i32> {
        let rest = self.0.trim_start();
        let count = rest.bytes().take(*digits.end()).take_while(u8::is_ascii_digit).count();
        let number = digits.contains(&count).then(|| rest[..count].parse().ok()).flatten()?;
        self.0 = &rest[count..];
        Some(number)
    }

    /// Goes on behind one of these marks, if one comes next.
    pub fn skip(&mut self, marks: &[char]) -> Option<()> {
        self.0 = self.0.trim_start().strip_prefix(marks)?;
        Some(())
    }
}
