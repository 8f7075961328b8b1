//! Files that operators write, in YAML: their content, the positions in them, and their problems.

mod faults;
mod fields;
mod full_width;
mod limit;
mod list;
mod mended;
mod named_text;
mod node;
mod noted;
mod problem;
mod shown;
mod yaml;

pub use limit::Limit;
pub use list::Part;
pub use mended::is_stand_in;
pub use named_text::NamedText;
pub use node::Node;
pub use noted::Noted;
pub use problem::{MAX_PROBLEMS, Problem, in_order};
