//! Words: for people, in both languages; as they are compared; as they may have been meant.

pub mod plain;
pub mod spelling;
mod text;

pub use plain::{compatible, plain};
pub use text::{Language, Text};
