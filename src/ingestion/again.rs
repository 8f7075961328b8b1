//! Tables that stand in the text a second time: where the two differ, nobody can say which is meant.

use std::ops::Range;

use super::{collected::Collected, labels::row_wordings, rows::Rows, stream::Stream, tables};
use crate::{
    report::{Cell, DefectKind, Figure, Location, Row, Table},
    words::plain,
};

/// Compares the tables that were read with what the text has again, before and behind them; cells that differ
/// are in doubt. `held` are the tables that the text held, and where each stands in it.
pub(super) fn compare(stream: &Stream<'_>, held: &[(Table, Range<usize>)], read: &mut Collected) {
    let tables: Vec<Table> = Table::ALL.into_iter().filter(|table| read.figures.has_table(*table)).collect();
    let all = stream.original.len();
    for table in tables {
        let own = held.iter().find(|(own, _)| *own == table).map(|(_, own)| own.clone());
        let parts = own.map_or([0..0, 0..all], |own| [0..own.start, own.end..all]);
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let mut again = Rows::new(stream, Collected { in_yuan: read.in_yuan, ..Collected::default() });
            tables::read_again(stream, table, part, &mut again);
            if !again.read.has_seen(&[table]) && again.read.defects.is_empty() {
                continue;
            }
            again.settle();
            table.rows().flat_map(Row::cells).for_each(|cell| compare_cell(cell, &again.read, read));
        }
    }
}

/// Notes the rows of tables that were read which stand apart from them, with figures that nobody claimed.
pub(super) fn note_rows_apart(stream: &Stream<'_>, read: &mut Collected) {
    /// Shorter labels stand in prose too.
    const SHORTEST: usize = 6;
    let lost = Table::Applications.rows().filter(|row| !read.figures.has_row(*row));
    let lost: Vec<Row> = lost.filter(|_| read.figures.has_table(Table::Applications)).collect();
    for row in lost {
        let long = row_wordings(row).iter().filter(|wording| wording.chars().count() >= SHORTEST);
        let mut places = long.filter_map(|wording| stream.find(wording, &stream.all()));
        let figures = |place: &Range<usize>| {
            stream.within(&(place.end..stream.all().end)).starts_with(|char: char| char.is_ascii_digit())
        };
        if let Some(place) = places.find(figures) {
            let start = stream.original_start(place.start);
            let printed = stream.original[start..].split('\n').next().unwrap_or_default();
            read.put_misaligned(row, printed.trim(), stream.place(start));
        }
    }
}

fn compare_cell(cell: Cell, again: &Collected, read: &mut Collected) {
    let counts = (read.figures.count(cell), again.figures.count(cell));
    let count = matches!(counts, (Figure::Known(first), Figure::Known(second)) if first != second);
    let amounts = (read.figures.amount(cell), again.figures.amount(cell));
    let amount = matches!(amounts, (Some(first), Some(second)) if first != second);
    let printed = |from: &Collected| from.readings.iter().find(|reading| reading.cell == cell).cloned();
    // Digits that were split by assuming a sum, and are others here than there.
    let assumed = |from: &Collected| from.defect_at(Location::Row(cell.row()), DefectKind::AssumedRowSum);
    let runs = || [printed(read), printed(again)].map(|own| own.map(|own| plain(&own.printed)));
    let unclear = |from: &Collected| cell.row().cells().any(|cell| from.figures.count(cell).known().is_none());
    let split = counts.0.known().is_some()
        && counts.1.known().is_some()
        && (assumed(read) || assumed(again) || unclear(again))
        && {
            let [first, second] = runs();
            second.is_some() && first != second
        };
    if count || amount || split {
        let own = printed(again);
        let (printed, place) = own.map(|own| (own.printed, own.place)).unwrap_or_default();
        read.contradict(cell, &printed, place);
    } else if counts.0.known().is_some() && counts.1.known().is_none() {
        // Digits that can't be split there, and are others than here.
        let first = printed(read).map(|own| own.printed).unwrap_or_default();
        let places = [Location::Cell(cell), Location::Row(cell.row())];
        let mut unread =
            again.defects.iter().filter(|defect| defect.kind.leaves_unread() && places.contains(&defect.location));
        if let Some(other) = unread.next().filter(|other| plain(&other.printed) != plain(&first)) {
            read.contradict(cell, &other.printed, other.place.clone());
        }
    }
}
