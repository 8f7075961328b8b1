//! Files that operators write, in YAML: what they say, where in them something stands, what is wrong.

mod problem;
mod source;

pub use problem::{MAX_PROBLEMS, Problem};
pub use source::Source;
