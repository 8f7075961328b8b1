//! TAB: the shape of the tables and of their cells.

use crate::rule::BuiltIn;

mod defects;

mod tab_001_tables_present;
mod tab_002_rows_present;
mod tab_003_columns_present;
mod tab_004_nothing_added;
mod tab_005_other_has_parts;
mod tab_006_no_procurement;
mod tab_007_row_labels;
mod tab_008_no_blank;
mod tab_009_no_placeholder;
mod tab_010_no_unit;
mod tab_011_no_negative;
mod tab_012_whole_numbers;
mod tab_013_note_in_cell;
mod tab_014_change_in_words;
mod tab_015_read_with_certainty;
mod tab_016_not_hidden;

/// The rules of the family, by code.
pub(super) static RULES: &[&BuiltIn] = &[
    &tab_001_tables_present::RULE,
    &tab_002_rows_present::RULE,
    &tab_003_columns_present::RULE,
    &tab_004_nothing_added::RULE,
    &tab_005_other_has_parts::RULE,
    &tab_006_no_procurement::RULE,
    &tab_007_row_labels::RULE,
    &tab_008_no_blank::RULE,
    &tab_009_no_placeholder::RULE,
    &tab_010_no_unit::RULE,
    &tab_011_no_negative::RULE,
    &tab_012_whole_numbers::RULE,
    &tab_013_note_in_cell::RULE,
    &tab_014_change_in_words::RULE,
    &tab_015_read_with_certainty::RULE,
    &tab_016_not_hidden::RULE,
];
