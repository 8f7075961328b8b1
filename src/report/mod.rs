//! The report as the law names it: 政府信息公开工作年度报告, in both editions of the form.
//!
//! Plain types, without protobuf and without serialisation; [`form`] is the one map of every cell.

pub mod amount;
pub(crate) mod arithmetic;
mod body;
pub mod date;
pub mod defect;
pub mod edition;
pub mod figures;
pub mod form;
pub mod location;
pub mod place;
pub mod relations;
pub mod source;

pub use amount::Decimal;
pub use date::Date;
pub use defect::{Defect, DefectKind};
pub use edition::Edition;
pub use figures::{Figure, Figures, Standing};
pub use form::{Cell, Column, Row, Table};
pub use location::Location;
pub use place::Place;
pub use source::{Format, Source};

/// One body's account of one year (条例 第五十条).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnualReport {
    /// The body that makes the report.
    pub body: Body,
    /// The report year: the year that the figures are of.
    pub year: Option<i32>,
    /// The title as printed; empty where there is none.
    pub title: String,
    /// The form that the report follows.
    pub edition: Edition,
    /// When the report was made public (条例 第四十九条).
    pub published_on: Option<Date>,
    /// When the report was handed up (30号 二).
    pub submitted_on: Option<Date>,
    /// The text before section one, without the title.
    pub preamble: String,
    /// The sections, in the report's own order.
    pub sections: Vec<Section>,
    /// The figures of the tables.
    pub figures: Figures,
    /// What could not be read for certain, or not as it stands.
    pub defects: Vec<Defect>,
    /// Where each figure stands in the document; empty for a report that was never one.
    pub readings: Vec<Reading>,
    /// The document that the report was read from; nothing for a report that was never one.
    pub source: Option<Source>,
}

/// The body that makes a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The full name; empty where it is not known.
    pub name: String,
    /// 统一社会信用代码.
    pub code: String,
    /// What kind of body it is.
    pub kind: BodyKind,
    /// At which level it stands.
    pub level: Level,
    /// The division's code by GB/T 2260.
    pub region_code: String,
    /// The code of the body to which this one hands up its report.
    pub parent_code: String,
}

/// What kind of body makes a report.
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
    /// Another organisation that the law empowers.
    AuthorizedOrganization,
}

/// At which level of government a body stands.
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
    /// 1 to 6, by what the section is about; 0 for a heading that is none of the six.
    pub number: u8,
    /// The heading as printed, with its ordinal.
    pub heading: String,
    /// The text, without the table.
    pub text: String,
}

/// Where a figure stands in a document, and the text found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The cell.
    pub cell: Cell,
    /// Where.
    pub place: Place,
    /// The text found, as printed.
    pub printed: String,
}

impl AnnualReport {
    /// The edition of the form that is in force for the report's year; nothing where the year is not known.
    pub fn edition_in_force(&self) -> Option<Edition> {
        self.year.map(Edition::in_force)
    }

    /// The first section of a number.
    pub fn section(&self, number: u8) -> Option<&Section> {
        self.sections.iter().find(|section| section.number == number)
    }

    /// Whether the document is cut short in a table that comes before a section, or in its heading:
    /// then nobody can say what the section would hold.
    pub fn is_cut_before(&self, number: u8) -> bool {
        self.defects.iter().any(|defect| {
            let cut = |table: Table| table.section() <= number;
            defect.kind == DefectKind::Truncated && matches!(defect.location, Location::Table(table) if cut(table))
        })
    }

    /// The first defect of a kind at a place.
    pub fn defect_at(&self, location: Location, kind: DefectKind) -> Option<&Defect> {
        self.defects.iter().find(|defect| defect.location == location && defect.kind == kind)
    }

    /// Where a cell stands in the document. Readings are in the order of the form.
    pub fn reading(&self, cell: Cell) -> Option<&Reading> {
        let at = self.readings.binary_search_by_key(&cell, |reading| reading.cell).ok()?;
        self.readings.get(at)
    }

    /// The table that a 表二 of this report's edition is in; none for other editions.
    pub fn disclosure_table(&self) -> Option<Table> {
        Table::of(self.edition).first().copied()
    }

    /// Brings figures, defects and edition into agreement once all of them are filled in:
    /// cells with a defect that leaves them unread are unread and not blank, assumptions and
    /// cut tables are marked, and an edition that nobody stated is taken from the tables.
    pub fn settle(mut self) -> Self {
        self.readings.sort_by_key(|reading| reading.cell);
        self.readings.dedup_by_key(|reading| reading.cell);
        for defect in &self.defects {
            self.figures.heed(defect);
        }
        if self.edition == Edition::Unknown {
            self.edition = self.edition_of_tables();
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

    /// A blank that has a reason is no blank; a figure that was taken stays.
    fn lose(&mut self, cell: Cell) {
        if self.has_row(cell.row()) && self.count(cell) == Figure::Blank {
            self.set_count(cell, Figure::Unread);
        }
    }
}
