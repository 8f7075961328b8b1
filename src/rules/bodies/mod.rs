//! AGG: a summary and the reports that it summarises.

use crate::rule::BuiltIn;

mod parts;

mod agg_001_sum_of_parts;
mod agg_002_no_part_exceeds;
mod agg_003_repeated_reports;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] =
    &[&agg_001_sum_of_parts::RULE, &agg_002_no_part_exceeds::RULE, &agg_003_repeated_reports::RULE];
