//! An assessment for people and tools.

mod terminal;

pub use terminal::{Terminal, rule_list, summary};
