//! REG: table two, and whether figures are plausible for the body.

use crate::rule::BuiltIn;

mod bounds;
mod standing;

mod reg_001_in_force_and_issued;
mod reg_002_public_and_disclosed;
mod reg_003_disclosed_and_made;
mod reg_004_rules_of_a_lower_body;
mod reg_005_all_documents_counted;
mod reg_006_decisions_out_of_scale;
mod reg_007_cases_and_applications;
mod reg_008_other_outcomes;
mod reg_009_review_before_suit;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &reg_001_in_force_and_issued::RULE,
    &reg_002_public_and_disclosed::RULE,
    &reg_003_disclosed_and_made::RULE,
    &reg_004_rules_of_a_lower_body::RULE,
    &reg_005_all_documents_counted::RULE,
    &reg_006_decisions_out_of_scale::RULE,
    &reg_007_cases_and_applications::RULE,
    &reg_008_other_outcomes::RULE,
    &reg_009_review_before_suit::RULE,
];
