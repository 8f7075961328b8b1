//! What the three blocks of 表四 share: four results that sum to a total.

use super::relation::{Relation, Wording, tally};
use crate::{
    dossier::Dossier,
    report::{Location, Row, Table, form::RESULTS},
    rule::Ruling,
};

/// The ruling on one block: its four results sum to its 总计.
pub(super) fn block_sum(dossier: &Dossier, block: Row, wording: &Wording) -> Ruling {
    tally(dossier, Table::Remedies, wording, |figures, tally| {
        let [results @ .., total] = RESULTS.map(|column| block.cell(column).unwrap_or(block.nth(0)));
        tally.weigh(&Relation {
            location: Location::Cell(total),
            last_year: &[],
            left: &results,
            right: &[total],
            assumed: figures.row_is_assumed(block),
        });
    })
}
