//! Conversion of the report from and to its message.

mod read;
mod written;

pub use read::{MAX_CANDIDATES, MAX_DEFECTS, MAX_LINE, MAX_SECTIONS, MAX_TEXT, YEARS, report_from};
pub(super) use read::{body_from, year_from};
pub use written::report_to;
pub(super) use written::{body_to, place_to, source_to};
