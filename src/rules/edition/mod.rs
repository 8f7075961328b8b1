//! EDN: which edition of the form, and which notice.

use crate::rule::BuiltIn;

mod edn_001_form_of_the_year;
mod edn_002_notice_cited;
mod edn_003_legacy;
mod edn_004_mixed_editions;
mod edn_005_public_enterprise;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &edn_001_form_of_the_year::RULE,
    &edn_002_notice_cited::RULE,
    &edn_003_legacy::RULE,
    &edn_004_mixed_editions::RULE,
    &edn_005_public_enterprise::RULE,
];
