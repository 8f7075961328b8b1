//! An assessment for people and tools.

mod catalogue;
mod form;
mod ordinal;
mod terminal;
mod verdict;
pub mod view;
mod visible;
mod wrap;

pub use catalogue::{rule_explained, rule_list};
pub use form::form;
pub use terminal::{Terminal, severity_name, summary};
pub use verdict::verdict_name;
pub use visible::{visible, visible_json};
