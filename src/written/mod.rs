//! Files that operators write, in YAML: their content, the positions in them, and their problems.

mod limit;
mod list;
mod named_text;
mod problem;
mod shown;
mod yaml;

pub use limit::Limit;
pub use list::Part;
pub use named_text::NamedText;
pub use problem::{MAX_PROBLEMS, Problem, in_order};
