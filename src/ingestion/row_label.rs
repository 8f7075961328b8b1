//! Which row of the form a cell's text names.

use super::labels::row_wordings;
use crate::{
    report::{Row, Table, form::OTHER_PARTS},
    words::{plain, spelling::distance},
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
    // Most cells are figures, and no label is.
    if text.is_ascii() {
        return None;
    }
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
        let length = text.chars().count();
        let longest = |row: Row| row_wordings(row).iter().filter_map(|wording| shared(text, length, wording)).max();
        let found = rows().filter_map(|row| Some((longest(row)?, row))).max_by_key(|(length, _)| *length);
        found.map(|(_, row)| row).filter(|row| !is_of_others(text, *row))
    };
    let row = exact.or_else(due).or_else(contained)?;
    Some(RowLabel { row, is_unusual: is_shortened(row, text) })
}

/// The row of a table whose label a text is, and none that only shares words with it.
pub(super) fn exact(text: &str, table: Table) -> Option<RowLabel> {
    let row = table.rows().find(|row| row_wordings(*row).iter().any(|wording| wording == text))?;
    Some(RowLabel { row, is_unusual: is_shortened(row, text) })
}

/// The row of a table from whose label a text is off by a character or two, behind the row that was read
/// last.
pub(super) fn near(text: &str, table: Table, last: Option<Row>) -> Option<RowLabel> {
    /// Shorter labels are others when a character changes, but for that of the row that is due.
    const SHORTEST: usize = 4;
    const SHORTEST_DUE: usize = 2;
    /// From so many characters on two may be wrong.
    const LONG: usize = 9;
    let length = text.chars().count();
    if text.is_ascii() || !(SHORTEST_DUE..=60).contains(&length) {
        return None;
    }
    let of_table = last.filter(|last| last.table() == table);
    let due = table.rows().find(|row| of_table.is_none_or(|last| *row > last));
    let off = |row: Row, wording: &str| {
        let long = wording.chars().count();
        let most = if long >= LONG { 2 } else { 1 };
        let shortest = if due == Some(row) && length == long { SHORTEST_DUE } else { SHORTEST };
        let close = long >= shortest && long.abs_diff(length) <= most;
        close.then(|| distance(text, wording)).filter(|off| *off <= most)
    };
    let behind = |row: &Row| last.is_none_or(|last| last.table() != table || *row > last);
    let rows = table.rows().filter(behind);
    let mut near: Vec<(usize, Row)> = rows
        .filter_map(|row| Some((row_wordings(row).iter().filter_map(|wording| off(row, wording)).min()?, row)))
        .collect();
    near.retain(|(_, row)| !is_of_others(text, *row));
    near.sort_unstable();
    match near[..] {
        [(_, row)] => Some(RowLabel { row, is_unusual: true }),
        [(first, row), (second, _), ..] if first < second => Some(RowLabel { row, is_unusual: true }),
        _ => None,
    }
}

/// Whether a text names a row of any table.
pub(super) fn names_a_row(text: &str) -> bool {
    let text = plain(text);
    let named = |table| row_of(&text, table, None).or_else(|| near(&text, table, None)).is_some();
    !text.is_empty() && Table::ALL.into_iter().any(named)
}

/// How many characters a text of a length shares with a wording, where one contains the other.
fn shared(text: &str, length: usize, wording: &str) -> Option<usize> {
    /// Fewer characters name nothing.
    const LEAST: usize = 4;
    /// A label with an explanation; what is longer is prose.
    const LONGEST: usize = 60;
    let contains = match text.len() < wording.len() {
        true => length >= LEAST && wording.starts_with(text),
        false => length <= LONGEST && text.contains(wording),
    };
    contains.then(|| length.min(wording.chars().count())).filter(|shared| *shared >= LEAST)
}

/// Whether a text that holds a row's wording means something else: all but the row, or another row with it.
fn is_of_others(text: &str, row: Row) -> bool {
    /// Fewer characters name nothing.
    const LEAST: usize = 4;
    const BEFORE: [char; 4] = ['非', '不', '未', '除'];
    const BEHIND: [&str; 3] = ["以外", "之外", "除外"];
    let mut around = row_wordings(row).iter().filter_map(|wording| text.split_once(wording.as_str()));
    // The longest wording comes first.
    let Some((before, behind)) = around.next() else { return false };
    let excluded = |(before, behind): (&str, &str)| {
        before.ends_with(BEFORE) || BEHIND.iter().any(|words| behind.starts_with(words))
    };
    if excluded((before, behind)) || around.any(excluded) {
        return true;
    }
    let joins = |char: char| matches!(char, '和' | '及' | '与' | '或') || char.is_ascii_digit();
    let (before, behind) = (before.trim_end_matches(joins), behind.trim_start_matches(joins));
    let is_joined = |other: Row| {
        let mut own = row_wordings(other).iter().filter(|wording| wording.chars().count() >= LEAST);
        own.any(|wording| before.ends_with(wording.as_str()) || behind.starts_with(wording.as_str()))
    };
    let alike = |other: Row| row_wordings(other).iter().any(|wording| row_wordings(row).contains(wording));
    // Some name behind 其他对外管理服务事项 what it holds.
    // Rows of 表三 name in brackets what is of 表二.
    let mut others = Row::ALL.into_iter().filter(|other| other.table().section() == row.table().section());
    row != Row::OtherServices && others.any(|other| is_joined(other) && !alike(other))
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
        assert_eq!(named("（一）予以公开（不含部分公开）", None), Some(Row::Granted));
        assert!(row_of(&plain("1.逾期不补正"), Table::Applications, None).is_some_and(|label| label.is_unusual));
    }
    #[test]
    fn a_label_that_excludes_a_row_or_joins_it_with_another_is_none() {
        let named = |text: &str, table: Table| {
            let text = plain(text);
            row_of(&text, table, None).or_else(|| near(&text, table, None)).map(|label| label.row)
        };
        let (disclosure, old) = (Table::Disclosure2021, Table::Disclosure2019);
        for text in ["非行政许可", "行政许可、行政确认", "除行政许可外事项", "行政许可以外的事项", "行政处罚和行政强制"]
        {
            assert_eq!(named(text, disclosure), None, "{text}");
        }
        assert_eq!(named("（一）不予以公开", Table::Applications), None);
        assert_eq!(named("行政许可（含变更）", disclosure), Some(Row::Permits2021));
        assert_eq!(named("1.行政许可处理决定", disclosure), Some(Row::Permits2021));
        assert_eq!(named("行政规范性文件（含废止）", disclosure), Some(Row::NormativeDocuments2021));
        assert_eq!(named("其他对外管理服务事项（行政检查）", old), Some(Row::OtherServices));
    }
}
