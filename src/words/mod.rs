//! Words: messages in both languages, texts in a form for comparison, spelling suggestions.

pub mod folding;
pub mod numbers;
pub mod plain;
pub mod quotes;
pub mod spelling;
pub mod system;
mod text;
pub mod traditional;

pub use plain::{compatible, plain};
pub use text::{Language, Text, part};
