//! YOY: last year's report and this year's compared.

use crate::rule::BuiltIn;

mod last_year;
mod repetition;

mod yoy_001_carried_in;
mod yoy_002_documents_in_force;
mod yoy_003_items_of_last_year;
mod yoy_004_jumps;
mod yoy_005_text_repeated;
mod yoy_006_problems_repeated;
mod yoy_007_pending_cases;
mod yoy_008_all_figures_repeated;

pub(super) use last_year::{beyond_tenfold, last_year};

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &yoy_001_carried_in::RULE,
    &yoy_002_documents_in_force::RULE,
    &yoy_003_items_of_last_year::RULE,
    &yoy_004_jumps::RULE,
    &yoy_005_text_repeated::RULE,
    &yoy_006_problems_repeated::RULE,
    &yoy_007_pending_cases::RULE,
    &yoy_008_all_figures_repeated::RULE,
];
