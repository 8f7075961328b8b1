//! Settles rows of 表三 whose glued digits can be split in more than one way, by the columns.
//!
//! Only columns in which the readings differ are asked, and only where everything else in them is
//! known; a combination counts when there 一 + 二 = 三（七）+ 四 and （七）is the sum of the
//! results. What is then shared by all combinations is accepted, and the columns that were asked
//! are said to be assumed: they can't prove those relations any more.

use std::collections::BTreeMap;

use crate::report::{
    Column, Figure, Figures, Place, Row, Table,
    form::{APPLICANTS, PLAIN_OUTCOMES},
    relations::{BALANCE, rows_of_other},
};

/// How many combinations are looked at.
const MAX_COMBINATIONS: usize = 50_000;

/// A row whose digits can be split in more than one way.
pub(super) struct Pending {
    pub row: Row,
    pub readings: Vec<Vec<String>>,
    pub printed: String,
    pub place: Place,
}

/// What is left of the readings of each row, and the columns that were asked.
pub(super) struct Settled {
    pub chosen: Vec<Vec<Vec<String>>>,
    pub assumed: Vec<Column>,
}

/// Settles what can be settled; rows that can't be keep all their readings.
pub(super) fn by_columns(figures: &Figures, pending: &[Pending]) -> Settled {
    let unchanged =
        || Settled { chosen: pending.iter().map(|row| row.readings.clone()).collect(), assumed: Vec::new() };
    let of_table: Vec<&Pending> = pending.iter().filter(|row| is_whole(row)).collect();
    let combinations = of_table.iter().try_fold(1usize, |product, row| product.checked_mul(row.readings.len()));
    if of_table.is_empty() || combinations.is_none_or(|number| number > MAX_COMBINATIONS) {
        return unchanged();
    }
    let differs = |at: &usize| of_table.iter().any(|row| row.readings.iter().any(|it| it[*at] != row.readings[0][*at]));
    let asked: Vec<usize> = (0..APPLICANTS.len()).filter(differs).collect();
    let sound = combine(figures, &of_table, &asked);
    if sound.is_empty() {
        return unchanged();
    }
    let mut chosen = unchanged().chosen;
    let in_table = pending.iter().enumerate().filter(|(_, row)| is_whole(row));
    for (which, (at, row)) in in_table.enumerate() {
        let mut kept: Vec<usize> = sound.iter().map(|combination| combination[which]).collect();
        kept.sort_unstable();
        kept.dedup();
        chosen[at] = kept.into_iter().map(|reading| row.readings[reading].clone()).collect();
    }
    Settled { chosen, assumed: asked.into_iter().map(|at| APPLICANTS[at]).collect() }
}

/// Whether a row is one of 表三, with all its columns.
fn is_whole(row: &Pending) -> bool {
    row.row.table() == Table::Applications && row.readings.iter().all(|reading| reading.len() == APPLICANTS.len())
}

/// The combinations of readings, by number, in which all asked columns hold.
fn combine(figures: &Figures, rows: &[&Pending], asked: &[usize]) -> Vec<Vec<usize>> {
    let mut sound = Vec::new();
    let mut combination = vec![0; rows.len()];
    loop {
        let chosen: BTreeMap<Row, &Vec<String>> =
            rows.iter().zip(&combination).map(|(row, reading)| (row.row, &row.readings[*reading])).collect();
        if asked.iter().all(|at| column_holds(figures, &chosen, *at)) {
            sound.push(combination.clone());
        }
        let Some(next) = (0..rows.len()).find(|row| combination[*row] + 1 < rows[*row].readings.len()) else {
            return sound;
        };
        combination[next] += 1;
        combination[..next].fill(0);
    }
}

fn column_holds(figures: &Figures, chosen: &BTreeMap<Row, &Vec<String>>, at: usize) -> bool {
    let value = |row: Row| match chosen.get(&row) {
        Some(reading) => reading[at].parse().ok(),
        None => figures.row(row).and_then(|counts| match counts[at] {
            Figure::Known(count) => Some(i64::from(count)),
            Figure::Blank | Figure::Unread => None,
        }),
    };
    let others = rows_of_other(|row| figures.has_row(row), |row| value(row).is_some());
    let results: Option<i64> = PLAIN_OUTCOMES.iter().chain(others).map(|row| value(*row)).sum();
    let sum = |rows: [Row; 2]| rows.into_iter().map(value).sum::<Option<i64>>();
    let (left, right) = (sum(BALANCE.0), sum(BALANCE.1));
    results.is_some() && results == value(Row::OutcomesTotal) && left.is_some() && left == right
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(rows: &[[&str; 7]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect()
    }

    fn figures(rows: &[(Row, i32)]) -> Figures {
        let mut figures = Figures::default();
        for row in Table::Applications.rows() {
            let count = rows.iter().find(|(own, _)| *own == row).map_or(0, |(_, count)| *count);
            figures.put_row(row, [Figure::Known(count); 7]);
        }
        figures
    }

    fn pending(row: Row, rows: &[[&str; 7]]) -> Pending {
        Pending { row, readings: readings(rows), printed: String::new(), place: Place::default() }
    }

    #[test]
    fn of_two_splits_that_sum_the_one_that_balances_is_chosen() {
        // Both rows read 1 and 23 or 12 and 3; the columns' results are 3 and 12, whatever 三（七） says.
        let two = [["1", "23", "0", "0", "0", "0", "24"], ["12", "3", "0", "0", "0", "0", "15"]];
        let mut known = figures(&[]);
        for (at, count) in [12, 3, 0, 0, 0, 0, 15].into_iter().enumerate() {
            for row in [Row::Granted, Row::OutcomesTotal] {
                known.set_count(row.nth(at), Figure::Known(count));
            }
        }
        let settled = by_columns(&known, &[pending(Row::Received, &two)]);
        assert_eq!(settled.chosen, [readings(&two[1..])]);
        assert_eq!(settled.assumed, [Column::NaturalPerson, Column::Business, Column::Total]);
        // Where none balances, all are kept and nothing is assumed.
        for at in 0..7 {
            known.set_count(Row::CarriedForward.nth(at), Figure::Known(5));
        }
        let open = by_columns(&known, &[pending(Row::Received, &two)]);
        assert_eq!((open.chosen, open.assumed), (vec![readings(&two)], vec![]));
    }

    #[test]
    fn what_is_carried_over_counts_with_what_was_received_and_not_with_results() {
        let two = [["1", "23", "0", "0", "0", "0", "24"], ["12", "3", "0", "0", "0", "0", "15"]];
        let mut known = figures(&[]);
        for (at, count) in [13, 3, 0, 0, 0, 0, 16].into_iter().enumerate() {
            for row in [Row::Granted, Row::OutcomesTotal] {
                known.set_count(row.nth(at), Figure::Known(count));
            }
        }
        for at in [0, 6] {
            known.set_count(Row::CarriedOver.nth(at), Figure::Known(2));
            known.set_count(Row::CarriedForward.nth(at), Figure::Known(1));
        }
        assert_eq!(by_columns(&known, &[pending(Row::Received, &two)]).chosen, [readings(&two[1..])]);
    }

    #[test]
    fn rows_of_other_tables_are_left_as_they_are() {
        let row = pending(Row::Reconsideration, &[["1"; 7], ["2"; 7]]);
        let settled = by_columns(&figures(&[]), std::slice::from_ref(&row));
        assert_eq!((settled.chosen, settled.assumed), (vec![row.readings], vec![]));
    }
}
