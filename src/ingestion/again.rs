//! Figures of 表三 and 表四 that stand a second time, in text beside a table that was read: where the two
//! differ, nobody can say which is meant.

use super::{
    collected::{Collected, short},
    rows::Rows,
    stream::Stream,
    tables,
};
use crate::report::{Cell, Defect, DefectKind, Figure, Location, Row, Table};

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
                contradict(read, &again.read, cell);
            }
        }
    }
}

fn contradict(read: &mut Collected, again: &Collected, cell: Cell) {
    let printed = |from: &Collected| {
        let reading = from.readings.iter().find(|reading| reading.cell == cell);
        reading.map(|reading| short(&reading.printed)).unwrap_or_default()
    };
    let candidates = vec![read.figures.shown(cell).zh.into_owned(), again.figures.shown(cell).zh.into_owned()];
    let place = read.readings.iter().find(|reading| reading.cell == cell).map(|reading| reading.place.clone());
    let printed = format!("{}；另一处：{}", printed(read), printed(again));
    read.figures.set_count(cell, Figure::Blank);
    let (location, place) = (Location::Cell(cell), place.unwrap_or_default());
    read.defects.push(Defect { location, printed, kind: DefectKind::Ambiguous, candidates, place });
}
