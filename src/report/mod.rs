//! The report as the law defines it: 政府信息公开工作年度报告, in both editions of the form.
//!
//! Plain types, without protobuf and without serialisation; [`form`] is the one map of every cell.

pub mod amount;
pub(crate) mod arithmetic;
mod body;
pub mod date;
pub mod defect;
mod doubt;
pub mod edition;
pub mod figures;
pub mod form;
pub mod location;
pub mod place;
pub mod relations;
mod slot;
pub mod source;
mod text_place;

pub use amount::Decimal;
pub use date::Date;
pub use defect::{Defect, DefectKind};
pub use edition::Edition;
pub use figures::{Figure, Figures, Standing};
pub use form::{Cell, Column, Row, Table};
pub use location::Location;
pub use place::Place;
pub use slot::Slot;
pub use source::{Format, Source};
pub use text_place::TextPlace;

/// One body's annual report (条例 第五十条).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnualReport {
    /// The body that makes the report.
    pub body: Body,
    /// The report year: the year that the figures cover.
    pub year: Option<i32>,
    /// The title as printed; empty if there is none.
    pub title: String,
    /// The form that the report follows.
    pub edition: Edition,
    /// The form that a structured report states, if its tables are of another one; else unknown.
    pub edition_stated: Edition,
    /// When the report was made public (条例 第四十九条).
    pub published_on: Option<Date>,
    /// When the report was submitted (30号 二).
    pub submitted_on: Option<Date>,
    /// The text before section one, without the title.
    pub preamble: String,
    /// The sections, in the report's own order.
    pub sections: Vec<Section>,
    /// The figures of the tables.
    pub figures: Figures,
    /// What could not be read with certainty, or not as it stands.
    pub defects: Vec<Defect>,
    /// The position of each figure in the document; empty for a report that did not come from a document.
    pub readings: Vec<Reading>,
    /// Where the lines of its texts stand in the document, each text in its order; empty for a report that did not come
    /// from a document.
    pub text_places: Vec<TextPlace>,
    /// The document that the report was read from; `None` for a report that did not come from a document.
    pub source: Option<Source>,
}

/// The body that makes a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The full name; empty if unknown.
    pub name: String,
    /// 统一社会信用代码.
    pub code: String,
    /// The kind of body.
    pub kind: BodyKind,
    /// Its level.
    pub level: Level,
    /// The division's code by GB/T 2260.
    pub region_code: String,
    /// The code of the body to which this one submits its report.
    pub parent_code: String,
}

/// The kinds of body that make reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BodyKind {
    /// Not stated.
    #[default]
    Unknown,
    /// A people's government at county level or above.
    Government,
    /// A department of a government.
    Department,
    /// A township, town or sub-district.
    Township,
    /// Another organisation that is empowered by law.
    AuthorizedOrganization,
}

/// The level of government of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not stated.
    #[default]
    Unknown,
    /// 中央.
    Central,
    /// 省级.
    Province,
    /// 地市级.
    City,
    /// 县级.
    County,
    /// 乡级.
    Township,
}

/// One section of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6, by the section's subject; 0 for a heading that is none of the six.
    pub number: u8,
    /// The heading as printed, with its ordinal.
    pub heading: String,
    /// The text, without the table.
    pub text: String,
}

/// The position of a figure in a document, and the text found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The cell.
    pub cell: Cell,
    /// The position.
    pub place: Place,
    /// The text found, as printed.
    pub printed: String,
}

impl AnnualReport {
    /// The edition of the form that is in force for the report's year; `None` if the year is unknown.
    pub fn edition_in_force(&self) -> Option<Edition> {
        self.year.map(Edition::in_force)
    }

    /// Whether 30号 governs the report: it is of 2021 or later, or of an unknown year and doesn't follow the form before.
    pub fn is_under_30(&self) -> bool {
        self.edition_in_force().map_or(self.edition != Edition::Of2019, |own| own == Edition::Of2021)
    }

    /// The first section with this number.
    pub fn section(&self, number: u8) -> Option<&Section> {
        self.sections.iter().find(|section| section.number == number)
    }

    /// Whether the document ends within a table or a section that comes before a section, or within it: then what the section
    /// would contain is unknown.
    pub fn is_cut_before(&self, number: u8) -> bool {
        self.defects.iter().any(|defect| {
            let cut = |table: Table| table.section() <= number;
            defect.kind == DefectKind::Truncated
                && match defect.location {
                    Location::Table(table) => cut(table),
                    Location::Section(own) => own <= number,
                    _ => false,
                }
        })
    }

    /// The first defect of a kind at a place.
    pub fn defect_at(&self, location: Location, kind: DefectKind) -> Option<&Defect> {
        self.defects.iter().find(|defect| defect.location == location && defect.kind == kind)
    }

    /// The position of a cell in the document. Readings are in the order of the form.
    pub fn reading(&self, cell: Cell) -> Option<&Reading> {
        let at = self.readings.binary_search_by_key(&cell, |reading| reading.cell).ok()?;
        self.readings.get(at)
    }

    /// The version of 表二 in this report's edition; `None` for other editions.
    pub fn disclosure_table(&self) -> Option<Table> {
        Table::of(self.edition).first().copied()
    }

    /// Makes figures, defects and edition consistent once all of them are filled in: cells with a defect that leaves
    /// them unread become unread instead of blank, assumptions and cut tables are marked, and an edition that was not
    /// stated, or that the tables contradict, is that of the tables.
    pub fn settle(mut self) -> Self {
        self.readings.sort_by_key(|reading| reading.cell);
        self.readings.dedup_by_key(|reading| reading.cell);
        for defect in &self.defects {
            self.figures.heed(defect);
        }
        if self.edition == Edition::Unknown {
            let has = |table: Table| table.rows().any(|row| self.figures.has_row(row));
            let tables = (has(Table::Disclosure2019), has(Table::Disclosure2021));
            self.edition = match (self.edition_stated, tables) {
                // What the tables contradict is told (CTX-005), and not obeyed.
                (Edition::Legacy, (true, _) | (_, true))
                | (Edition::Of2019, (false, true))
                | (Edition::Of2021, (true, false))
                | (Edition::Unknown, _) => self.edition_of_tables(),
                (stated, _) => stated,
            };
        }
        if self.edition_stated == self.edition {
            self.edition_stated = Edition::Unknown;
        }
        self
    }

    fn edition_of_tables(&self) -> Edition {
        let rows = |table: Table| table.rows().filter(|row| self.figures.has_row(*row)).count();
        match (rows(Table::Disclosure2019), rows(Table::Disclosure2021)) {
            (0, 0) if form::OTHER_PARTS.iter().any(|row| self.figures.has_row(*row)) => Edition::Of2021,
            (0, 0) => self.edition_in_force().unwrap_or_default(),
            (old, new) if old > new => Edition::Of2019,
            _ => Edition::Of2021,
        }
    }
}

impl Figures {
    fn heed(&mut self, defect: &Defect) {
        match (defect.kind, defect.location) {
            (DefectKind::UnreadTable, Location::Table(table)) => self.stand(table, Standing::Unread),
            (DefectKind::Truncated, Location::Table(table)) => self.stand(table, Standing::Cut),
            (DefectKind::AssumedRowSum, Location::Row(row)) => self.assume_row(row),
            (DefectKind::AssumedColumnSums, Location::Column(Table::Applications, column)) => {
                if let Some(at) = form::APPLICANTS.iter().position(|own| *own == column) {
                    self.assume_column(at);
                }
            }
            (kind, Location::Cell(cell)) if kind.leaves_unread() => self.lose(cell),
            (kind, Location::Row(row)) if kind.leaves_unread() => row.cells().for_each(|cell| self.lose(cell)),
            _ => {}
        }
    }

    /// Marks a blank cell as unread, since its defect explains the blank; a figure that was taken stays.
    fn lose(&mut self, cell: Cell) {
        if self.has_row(cell.row()) && self.count(cell) == Figure::Blank {
            self.set_count(cell, Figure::Unread);
        }
    }
}
