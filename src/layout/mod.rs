//! Document bytes → [`Layout`]: lines of text and grids of cells, each with its place. It knows formats, but not the
//! form.
//!
//! What can't be laid out at all is refused, with advice on what to do instead.

mod blocks;
mod builder;
mod content;
pub mod formats;
pub mod limits;
mod reader;
mod refusal;
mod runs;

pub use blocks::{Block, Concealed, Grid, GridCell, GridRow, Layout, Why};
pub use formats::{Opened, as_named, is_plainly_text, lay_out, text_of};
pub use limits::Limits;
pub use reader::{Failure, Reader};
pub use refusal::{Obstacle, Refusal};
