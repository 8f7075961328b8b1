//! PUB: when the report must be public.

use crate::rule::BuiltIn;

mod deadline;

mod pub_001_department_in_time;
mod pub_002_government_in_time;
mod pub_003_handed_up_in_time;
mod pub_004_no_date;
mod pub_005_summary_in_time;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &pub_001_department_in_time::RULE,
    &pub_002_government_in_time::RULE,
    &pub_003_handed_up_in_time::RULE,
    &pub_004_no_date::RULE,
    &pub_005_summary_in_time::RULE,
];
