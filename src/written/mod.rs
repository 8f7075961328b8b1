//! Files that operators write, in YAML: what they say, where in them something stands, what is wrong.

mod files;
mod problem;
mod source;

pub use files::{bounded, folder, is_yaml, read_yaml};
pub use problem::{MAX_PROBLEMS, Problem};
pub use source::Source;
