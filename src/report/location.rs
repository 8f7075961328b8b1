//! Places in a report, for people and for programs.

use super::form::{Cell, Column, Row, Table};

/// A place in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// The report as a whole.
    Report,
    /// The body that makes the report.
    Body,
    /// The title.
    Title,
    /// The report year.
    Year,
    /// The text before section one.
    Preamble,
    /// A section, by its number from 1 to 6; 0 for the sequence of sections.
    Section(u8),
    /// A table.
    Table(Table),
    /// A row of a table.
    Row(Row),
    /// A column of a table, over all its rows.
    Column(Table, Column),
    /// A cell.
    Cell(Cell),
}

const SECTIONS: [&str; 7] = ["各部分", "第一部分", "第二部分", "第三部分", "第四部分", "第五部分", "第六部分"];

impl Location {
    /// The machine path; empty for the report as a whole.
    pub fn path(self) -> String {
        match self {
            Self::Report => String::new(),
            Self::Body => "body".into(),
            Self::Title => "title".into(),
            Self::Year => "year".into(),
            Self::Preamble => "preamble".into(),
            Self::Section(0) => "sections".into(),
            Self::Section(number) => format!("sections.{number}"),
            Self::Table(table) => table.path().into(),
            Self::Row(row) => row.path().into(),
            Self::Column(table, column) => format!("{}.*.{}", table.path(), column.field()),
            Self::Cell(cell) => cell.path(),
        }
    }

    /// The place with this machine path; `None` if there is none.
    pub fn parse(path: &str) -> Option<Self> {
        match path {
            "" => return Some(Self::Report),
            "body" => return Some(Self::Body),
            "title" => return Some(Self::Title),
            "year" => return Some(Self::Year),
            "preamble" => return Some(Self::Preamble),
            "sections" => return Some(Self::Section(0)),
            _ => {}
        }
        if let Some(number) = path.strip_prefix("sections.") {
            return number.parse().ok().filter(|number| (1..=6).contains(number)).map(Self::Section);
        }
        if let Some(table) = Table::ALL.into_iter().find(|table| table.path() == path) {
            return Some(Self::Table(table));
        }
        if let Some((table, field)) = path.split_once(".*.") {
            let table = Table::ALL.into_iter().find(|own| own.path() == table)?;
            let mut columns = table.rows().flat_map(|row| row.columns().iter().copied());
            return columns.find(|column| column.field() == field).map(|column| Self::Column(table, column));
        }
        let row_of = |path: &str| Row::ALL.into_iter().find(|row| row.path() == path);
        if let Some(row) = row_of(path) {
            return Some(Self::Row(row));
        }
        let (row, field) = path.rsplit_once('.')?;
        row_of(row)?.cells().find(|cell| cell.column().field() == field).map(Self::Cell)
    }

    /// The place as printed in the form.
    pub fn printed(self) -> String {
        match self {
            Self::Report => "报告全文".into(),
            Self::Body => "单位".into(),
            Self::Title => "标题".into(),
            Self::Year => "报告年度".into(),
            Self::Preamble => "引言".into(),
            Self::Section(number) => SECTIONS[usize::from(number).min(6)].into(),
            Self::Table(table) => table.printed().into(),
            Self::Row(row) => format!("{} · {}", row.table().printed(), row.printed()),
            Self::Column(table, column) => format!("{} · {}", table.printed(), column.label(table)),
            Self::Cell(cell) => cell.printed(),
        }
    }

    /// What a text of the report is called in a sentence: 总体情况.
    pub fn named(self) -> &'static str {
        const TITLES: [&str; 7] = ["正文", "总体情况", "第二部分", "第三部分", "第四部分", "第五部分", "第六部分"];
        match self {
            Self::Title => "标题",
            Self::Preamble => "引言",
            Self::Section(number) => TITLES[usize::from(number).min(6)],
            _ => "正文",
        }
    }

    /// The cell, if it is one.
    pub fn cell(self) -> Option<Cell> {
        match self {
            Self::Cell(cell) => Some(cell),
            _ => None,
        }
    }

    /// The table of a row, column or cell; any other place itself.
    pub fn whole(self) -> Self {
        match self {
            Self::Row(row) => Self::Table(row.table()),
            Self::Column(table, _) => Self::Table(table),
            Self::Cell(cell) => Self::Table(cell.row().table()),
            other => other,
        }
    }

    /// The position in the order of the form: section, table, row, column.
    pub fn order(self) -> (u8, u8, u8, u8) {
        match self {
            Self::Report => (0, 0, 0, 0),
            Self::Body => (0, 1, 0, 0),
            Self::Title => (0, 2, 0, 0),
            Self::Year => (0, 3, 0, 0),
            Self::Preamble => (0, 4, 0, 0),
            Self::Section(number) => (number, 0, 0, 0),
            Self::Table(table) => (table.section(), 1, 0, 0),
            Self::Row(row) => (row.table().section(), 2, row as u8 + 1, 0),
            Self::Cell(cell) => (cell.row().table().section(), 2, cell.row() as u8 + 1, cell.at() as u8 + 1),
            Self::Column(table, column) => (table.section(), 3, column as u8, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_again_by_its_path() {
        let cells = Row::ALL.into_iter().flat_map(Row::cells).map(Location::Cell);
        let rows = Row::ALL.into_iter().map(Location::Row);
        let columns = Row::ALL.into_iter().flat_map(|row| row.cells().map(move |cell| (row, cell)));
        let columns = columns.map(|(row, cell)| Location::Column(row.table(), cell.column()));
        let tables = Table::ALL.into_iter().map(Location::Table);
        let rest = [Location::Report, Location::Body, Location::Title, Location::Year, Location::Preamble];
        let sections = (0..=6).map(Location::Section);
        for place in cells.chain(rows).chain(columns).chain(tables).chain(rest).chain(sections) {
            assert_eq!(Location::parse(&place.path()), Some(place));
        }
        for path in ["nope", "applications.", "applications.received.made", "sections.7", "remedies.*.made"] {
            assert_eq!(Location::parse(path), None, "{path}");
        }
    }
}
