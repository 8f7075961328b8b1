//! SEC: the six sections.

use crate::rule::BuiltIn;

mod sec_001_all_present;
mod sec_002_in_order;
mod sec_003_headings;
mod sec_004_announced_parts;
mod sec_005_not_empty;
mod sec_006_no_leftovers;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &sec_001_all_present::RULE,
    &sec_002_in_order::RULE,
    &sec_003_headings::RULE,
    &sec_004_announced_parts::RULE,
    &sec_005_not_empty::RULE,
    &sec_006_no_leftovers::RULE,
];
