//! Files that operators write, in YAML: their content, the positions in them, and their problems.

mod limit;
mod named_text;
mod problem;

pub use limit::Limit;
pub use named_text::NamedText;
pub use problem::{MAX_PROBLEMS, Problem};
