//! CTX: what was sent beside the report, and whether it belongs to it.
//!
//! What these rules find is wrong with the request, not with the report.

use crate::rule::BuiltIn;

mod ctx_001_previous_of_another_year;
mod ctx_002_previous_of_another_body;
mod ctx_003_subordinates_misplaced;
mod ctx_004_hints_contradict;
mod ctx_005_edition_stated;
mod ctx_006_not_identified;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &ctx_001_previous_of_another_year::RULE,
    &ctx_002_previous_of_another_body::RULE,
    &ctx_003_subordinates_misplaced::RULE,
    &ctx_004_hints_contradict::RULE,
    &ctx_005_edition_stated::RULE,
    &ctx_006_not_identified::RULE,
];
