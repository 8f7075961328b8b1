//! AMT: amounts of money.

use crate::rule::BuiltIn;

mod amt_001_declared_precision;
mod amt_002_decimal_amounts;
mod amt_003_unit_confusion;
mod amt_004_projects_and_amount;
mod amt_005_out_of_scale;

pub(super) use amt_003_unit_confusion::is_in_yuan;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &amt_001_declared_precision::RULE,
    &amt_002_decimal_amounts::RULE,
    &amt_003_unit_confusion::RULE,
    &amt_004_projects_and_amount::RULE,
    &amt_005_out_of_scale::RULE,
];
