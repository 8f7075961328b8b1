//! TAL: the figures that must agree.

use super::relation;
use crate::rule::BuiltIn;

mod remedies;

mod tal_001_column_balance;
mod tal_002_outcomes_sum;
mod tal_003_applicants_sum;
mod tal_004_other_parts_sum;
mod tal_005_reconsideration_sum;
mod tal_006_direct_litigation_sum;
mod tal_007_litigation_after_reconsideration_sum;
mod tal_008_total_left_out;

pub(super) use tal_008_total_left_out::derivable;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &tal_001_column_balance::RULE,
    &tal_002_outcomes_sum::RULE,
    &tal_003_applicants_sum::RULE,
    &tal_004_other_parts_sum::RULE,
    &tal_005_reconsideration_sum::RULE,
    &tal_006_direct_litigation_sum::RULE,
    &tal_007_litigation_after_reconsideration_sum::RULE,
    &tal_008_total_left_out::RULE,
];
