//! NAR: the text against the tables.

use crate::rule::BuiltIn;

mod compare;

mod nar_001_received;
mod nar_002_carried_over;
mod nar_003_closed;
mod nar_004_carried_forward;
mod nar_005_outcomes;
mod nar_006_applicants;
mod nar_007_reconsideration;
mod nar_008_litigation;
mod nar_009_no_application;
mod nar_010_no_remedy;
mod nar_011_all_of_them;
mod nar_012_normative_documents;
mod nar_013_decisions_and_fees;
mod nar_014_percentages;
mod nar_015_parts_sum;
mod nar_016_received_with_carried_over;
mod nar_017_number_left_blank;
mod nar_018_results_of_suits;
mod nar_019_regulations_and_applicants;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &nar_001_received::RULE,
    &nar_002_carried_over::RULE,
    &nar_003_closed::RULE,
    &nar_004_carried_forward::RULE,
    &nar_005_outcomes::RULE,
    &nar_006_applicants::RULE,
    &nar_007_reconsideration::RULE,
    &nar_008_litigation::RULE,
    &nar_009_no_application::RULE,
    &nar_010_no_remedy::RULE,
    &nar_011_all_of_them::RULE,
    &nar_012_normative_documents::RULE,
    &nar_013_decisions_and_fees::RULE,
    &nar_014_percentages::RULE,
    &nar_015_parts_sum::RULE,
    &nar_016_received_with_carried_over::RULE,
    &nar_017_number_left_blank::RULE,
    &nar_018_results_of_suits::RULE,
    &nar_019_regulations_and_applicants::RULE,
];
