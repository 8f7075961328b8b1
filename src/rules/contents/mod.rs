//! CON: what the report must contain.

use crate::rule::BuiltIn;

mod charges;

mod con_001_five_matters;
mod con_002_government_accounts;
mod con_003_length;
mod con_004_problems_and_improvements;
mod con_005_processing_fee;
mod con_006_fee_items_sum;
mod con_007_unpaid_without_charge;
mod con_008_period;
mod con_009_old_regulation;
mod con_010_nothing_told;
mod con_011_problems_taken_up;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &con_001_five_matters::RULE,
    &con_002_government_accounts::RULE,
    &con_003_length::RULE,
    &con_004_problems_and_improvements::RULE,
    &con_005_processing_fee::RULE,
    &con_006_fee_items_sum::RULE,
    &con_007_unpaid_without_charge::RULE,
    &con_008_period::RULE,
    &con_009_old_regulation::RULE,
    &con_010_nothing_told::RULE,
    &con_011_problems_taken_up::RULE,
];
