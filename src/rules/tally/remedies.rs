//! Shared by the rules on the three blocks of 表四: four results that add up to a total.

use super::relation::{Relation, Wording, tally_of_form};
use crate::{
    dossier::Dossier,
    report::{Row, Table, relations::row_sum},
    rule::Ruling,
};

/// The ruling on one block: its four results add up to its 总计.
pub(super) fn block_sum(dossier: &Dossier, block: Row, wording: &Wording) -> Ruling {
    tally_of_form(dossier, Table::Remedies, wording, |figures, tally| {
        tally.weigh(&Relation::of(row_sum(block), figures.row_is_assumed(block)));
    })
}
