//! Tables that stand in the text a second time: where the two differ, nobody can say which is meant.

use super::{collected::Collected, rows::Rows, stream::Stream, tables};
use crate::report::{Figure, Row, Table};

/// Compares the tables that were read with what the text has again; cells that differ are in doubt. `ends` are
/// the tables that the text held, and where each ends in it.
pub(super) fn compare(stream: &Stream<'_>, ends: &[(Table, usize)], read: &mut Collected) {
    let tables: Vec<Table> = Table::ALL.into_iter().filter(|table| read.figures.has_table(*table)).collect();
    for table in tables {
        let end = ends.iter().find(|(own, _)| *own == table).map_or(0, |(_, end)| *end);
        let mut again = Rows::new(stream, Collected { in_yuan: read.in_yuan, ..Collected::default() });
        tables::read_again(stream, table, end, &mut again);
        again.settle();
        for cell in table.rows().flat_map(Row::cells) {
            let counts = (read.figures.count(cell), again.read.figures.count(cell));
            let count = matches!(counts, (Figure::Known(first), Figure::Known(second)) if first != second);
            let amounts = (read.figures.amount(cell), again.read.figures.amount(cell));
            let amount = matches!(amounts, (Some(first), Some(second)) if first != second);
            if count || amount {
                let own = again.read.readings.iter().find(|reading| reading.cell == cell);
                let (printed, place) = own.map(|own| (own.printed.clone(), own.place.clone())).unwrap_or_default();
                read.contradict(cell, &printed, place);
            }
        }
    }
}
