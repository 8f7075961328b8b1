//! Which row of the form a cell's text names.

use super::labels::row_wordings;
use crate::{
    report::{Row, Table, form::OTHER_PARTS},
    words::plain,
};

/// A row, and whether its label is worded otherwise than in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowLabel {
    pub row: Row,
    pub is_unusual: bool,
}

/// The row of a table that a text names, if it names one. `last` is the row that was read before:
/// 其他 and 总计 alone name rows only where these are due.
pub(super) fn row_of(text: &str, table: Table, last: Option<Row>) -> Option<RowLabel> {
    let rows = || table.rows();
    let exact = rows().find(|row| row_wordings(*row).iter().any(|wording| wording == text));
    let due = || match text {
        "其他" | "3其他处理" if last.is_some_and(|last| OTHER_PARTS[..2].contains(&last)) => {
            Some(Row::OtherOutcome)
        }
        "总计" | "合计" if table == Table::Applications && last.is_some_and(|last| last > Row::Received) => {
            Some(Row::OutcomesTotal)
        }
        _ => None,
    };
    let contained = || {
        let longest = |row: Row| row_wordings(row).iter().filter_map(|wording| shared(text, wording)).max();
        rows().filter_map(|row| Some((longest(row)?, row))).max_by_key(|(length, _)| *length).map(|(_, row)| row)
    };
    let row = exact.or_else(due).or_else(contained)?;
    Some(RowLabel { row, is_unusual: is_shortened(row, text) })
}

/// How many characters a text shares with a wording, where one contains the other.
fn shared(text: &str, wording: &str) -> Option<usize> {
    /// Fewer characters name nothing.
    const LEAST: usize = 4;
    /// A label with an explanation; what is longer is prose.
    const LONGEST: usize = 60;
    let (length, own) = (text.chars().count(), wording.chars().count());
    let contains = (text.contains(wording) && length <= LONGEST) || wording.starts_with(text);
    (contains && length.min(own) >= LEAST).then(|| length.min(own))
}

/// Whether a label is worded so much shorter than in the form that a reader might not know it again.
pub(super) fn is_shortened(row: Row, found: &str) -> bool {
    let due = plain(row.label());
    matches!(row, Row::NotCorrected | Row::FeeUnpaid) && found.chars().count() * 2 < due.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, last: Option<Row>) -> Option<Row> {
        row_of(&plain(text), Table::Applications, last).map(|label| label.row)
    }

    #[test]
    fn labels_are_known_again_however_they_are_worded() {
        assert_eq!(named("2.其他法律行政止公开", None), Some(Row::ProhibitedByLaw));
        assert_eq!(
            named("（二）部分公开（区分处理的，\n只计这一情形，不计其他情形）", None),
            Some(Row::PartiallyGranted)
        );
        assert_eq!(named("1.逾期不补正", None), Some(Row::NotCorrected));
        assert_eq!(named("其他", Some(Row::FeeUnpaid)), Some(Row::OtherOutcome));
        assert_eq!(named("其他", Some(Row::Received)), None);
        assert_eq!(named("（三）不予公开", None), None);
        assert_eq!(named("三、本年度办理结果", None), None);
        assert!(row_of(&plain("1.逾期不补正"), Table::Applications, None).is_some_and(|label| label.is_unusual));
    }
}
