//! Files that operators write, in YAML: what they say, where in them something stands, what is wrong.

mod limit;
mod named_text;
mod problem;

pub use limit::Limit;
pub use named_text::NamedText;
pub use problem::{MAX_PROBLEMS, Problem};
