//! TXT: errors in writing.

use crate::rule::BuiltIn;

mod txt_001_title_form;
mod txt_002_years_agree;
mod txt_003_impossible_year;
mod txt_004_stale_plans;
mod txt_005_body_agrees;
mod txt_006_misspellings;
mod txt_007_doubled_or_dropped;
mod txt_008_ordinals;
mod txt_009_punctuation;
mod txt_010_personal_data;
mod txt_011_words_of_a_list;
mod txt_012_issued_in_time;
mod txt_013_addresses;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &txt_001_title_form::RULE,
    &txt_002_years_agree::RULE,
    &txt_003_impossible_year::RULE,
    &txt_004_stale_plans::RULE,
    &txt_005_body_agrees::RULE,
    &txt_006_misspellings::RULE,
    &txt_007_doubled_or_dropped::RULE,
    &txt_008_ordinals::RULE,
    &txt_009_punctuation::RULE,
    &txt_010_personal_data::RULE,
    &txt_011_words_of_a_list::RULE,
    &txt_012_issued_in_time::RULE,
    &txt_013_addresses::RULE,
];
