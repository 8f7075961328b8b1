//! An assessment for people and tools.

mod form;
mod terminal;

pub use form::form;
pub use terminal::{Terminal, rule_list, severity_name, summary, verdict_name};
