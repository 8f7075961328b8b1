//! Figures of 表三 and 表四 that stand a second time, in text beside a table that was read: where the two
//! differ, nobody can say which is meant.

use super::{collected::Collected, rows::Rows, stream::Stream, tables};
use crate::report::{Figure, Row, Table};

/// Compares what the text has again with the tables that were read; cells that differ are in doubt.
pub(super) fn compare(stream: &Stream<'_>, read: &mut Collected) {
    let tables: Vec<Table> =
        [Table::Applications, Table::Remedies].into_iter().filter(|table| read.figures.has_table(*table)).collect();
    for table in tables {
        let mut again = Rows::new(stream, Collected::default());
        tables::read_again(stream, table, &mut again);
        again.settle();
        for cell in table.rows().flat_map(Row::cells) {
            if let (Figure::Known(first), Figure::Known(second)) =
                (read.figures.count(cell), again.read.figures.count(cell))
                && first != second
            {
                let own = again.read.readings.iter().find(|reading| reading.cell == cell);
                let (printed, place) = own.map(|own| (own.printed.clone(), own.place.clone())).unwrap_or_default();
                read.contradict(cell, &printed, place);
            }
        }
    }
}
