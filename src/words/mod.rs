//! Words: messages in both languages, texts in a form for comparison, spelling suggestions.

pub mod clause;
pub mod folding;
pub mod numbers;
pub mod plain;
pub mod quotes;
pub mod spelling;
pub mod system;
mod text;
pub mod traditional;

/// A number of things in English: 1 row, 2 rows.
pub fn counted(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

pub use plain::{compatible, plain};
pub use text::{Language, Text, part};
