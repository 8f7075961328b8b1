//! An assessment for people and tools.

mod brief;
mod causes;
mod form;
mod terminal;
mod visible;

pub use brief::brief;
pub use form::form;
pub use terminal::{Terminal, rule_list, severity_name, summary, verdict_name};
pub use visible::{visible, visible_json};
