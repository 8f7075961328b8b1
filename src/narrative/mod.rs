//! What the text of a report says, apart from its tables.

pub mod similarity;
