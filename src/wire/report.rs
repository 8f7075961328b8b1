//! Conversion of the report from and to its message.

use super::{
    dates::{date_from, date_to},
    enums::enum_from,
    rows::{figures_from, figures_to},
    v1,
};
use crate::{
    report::{AnnualReport, Body, Cell, Defect, DefectKind, Location, Place, Reading, Row, Section, Source, TextPlace},
    submission::{FaultKind, Faults},
    words::Text,
};

/// The most sections, and the most defects or readings, in a message.
pub const MAX_SECTIONS: usize = 100;
/// The most defects, and the most readings, of a report.
pub const MAX_DEFECTS: usize = 2_000;
/// The most candidate readings of a defect.
pub const MAX_CANDIDATES: usize = 100;
/// The longest heading or name, in bytes.
pub const MAX_LINE: usize = 2_000;
const MAX_AMOUNT: usize = 64;
/// The longest name of a sheet that is kept, in characters.
const MAX_SHEET: usize = 100;
/// The longest text of a section, in bytes.
pub const MAX_TEXT: usize = 4 << 20;
/// The valid report years.
pub const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The report in a message. Every faulty field is noted under `at`.
pub fn report_from(message: &v1::AnnualReport, at: &str, faults: &mut Faults) -> AnnualReport {
    let mut fields = Fields { at, faults };
    let report = AnnualReport {
        body: fields.body(message.body.as_ref(), "body"),
        year: fields.year(message.year),
        title: fields.text(&message.title, "title", MAX_LINE),
        edition: crate::report::Edition::Unknown,
        edition_stated: fields.edition(message.edition),
        published_on: fields.date(message.published_on.as_ref(), "published_on"),
        submitted_on: fields.date(message.submitted_on.as_ref(), "submitted_on"),
        preamble: fields.text(&message.preamble, "preamble", MAX_TEXT),
        sections: fields.sections(&message.sections),
        figures: figures_from(message),
        defects: fields.defects(&message.defects),
        readings: fields.readings(&message.readings),
        text_places: fields.text_places(&message.text_places),
        source: fields.source(message.source.as_ref()),
    };
    fields.amounts(message);
    fields.agreement(&report);
    report.settle()
}

/// The body in a message. Every faulty field is noted under `at`.
pub(super) fn body_from(message: &v1::Body, at: &str, faults: &mut Faults) -> Body {
    Fields { at, faults }.body(Some(message), "body")
}

/// A report year that a caller states. An impossible year is noted at `field`.
pub(super) fn year_from(year: Option<i32>, field: impl Fn() -> String, faults: &mut Faults) -> Option<i32> {
    let year = year?;
    if !YEARS.contains(&year) {
        let (from, to) = (YEARS.start(), YEARS.end());
        faults.note(
            FaultKind::OutOfRange,
            field(),
            Text::new(format!("{from} 至 {to} 的年份"), format!("a year from {from} to {to}")),
        );
        return None;
    }
    Some(year)
}

/// What a code consists of.
struct Code {
    length: usize,
    may_hold: fn(&u8) -> bool,
    expected: Text,
}

/// 统一社会信用代码 (GB 32100), by which reports are told apart.
static CREDIT: Code = Code {
    length: 18,
    may_hold: u8::is_ascii_alphanumeric,
    expected: Text::fixed("18 位统一社会信用代码", "a credit code of 18 digits and letters"),
};
/// A division's code (GB/T 2260).
static REGION: Code = Code {
    length: 6,
    may_hold: u8::is_ascii_digit,
    expected: Text::fixed("6 位行政区划代码", "a division's code of 6 digits"),
};

/// Reads the fields of a report's message and notes the faulty ones.
struct Fields<'a> {
    at: &'a str,
    faults: &'a mut Faults,
}

impl Fields<'_> {
    fn path(&self, field: &str) -> String {
        if self.at.is_empty() { field.to_owned() } else { format!("{}.{field}", self.at) }
    }

    fn text(&mut self, text: &str, field: &str, limit: usize) -> String {
        if text.len() > limit {
            let (zh, en) = (format!("不超过 {limit} 字节"), format!("at most {limit} bytes"));
            self.faults.note(FaultKind::Length, self.path(field), Text::new(zh, en));
            return String::new();
        }
        text.to_owned()
    }

    fn year(&mut self, year: Option<i32>) -> Option<i32> {
        let path = self.path("year");
        year_from(year, || path.clone(), self.faults)
    }

    fn edition(&mut self, edition: i32) -> crate::report::Edition {
        let path = self.path("edition");
        enum_from::<v1::Edition>(edition, || path.clone(), self.faults).unwrap_or_default()
    }

    fn date(&mut self, date: Option<&super::google::r#type::Date>, field: &str) -> Option<crate::report::Date> {
        let path = self.path(field);
        date_from(date, || path.clone(), self.faults)
    }

    fn body(&mut self, body: Option<&v1::Body>, field: &str) -> Body {
        let Some(body) = body else {
            return Body::default();
        };
        let path = self.path(field);
        let within = |name: &str| format!("{field}.{name}");
        Body {
            name: self.text(&body.name, &within("name"), MAX_LINE),
            code: self.code(&body.code, &within("code"), &CREDIT),
            kind: enum_from::<v1::body::Kind>(body.kind, || format!("{path}.kind"), self.faults).unwrap_or_default(),
            level: enum_from::<v1::body::Level>(body.level, || format!("{path}.level"), self.faults)
                .unwrap_or_default(),
            region_code: self.code(&body.region_code, &within("region_code"), &REGION),
            parent_code: self.code(&body.parent_code, &within("parent_code"), &CREDIT),
        }
    }

    /// A code of a body; its letters are capitals.
    fn code(&mut self, code: &str, field: &str, kind: &Code) -> String {
        let well_formed = code.len() == kind.length && code.bytes().all(|byte| (kind.may_hold)(&byte));
        if !code.is_empty() && !well_formed {
            self.faults.note(FaultKind::Malformed, self.path(field), kind.expected.clone());
            return String::new();
        }
        code.to_ascii_uppercase()
    }

    /// Whether a list is short enough; a list that is too long is noted and not read.
    fn short<T>(&mut self, list: &[T], field: &str, limit: usize) -> bool {
        if list.len() > limit {
            let (zh, en) = (format!("不超过 {limit} 项"), format!("at most {limit} items"));
            self.faults.note(FaultKind::TooMany, self.path(field), Text::new(zh, en));
        }
        list.len() <= limit
    }

    fn sections(&mut self, sections: &[v1::Section]) -> Vec<Section> {
        if !self.short(sections, "sections", MAX_SECTIONS) {
            return Vec::new();
        }
        let read = sections.iter().enumerate().map(|(at, section)| Section {
            number: self.section_number(section.number, at),
            heading: self.text(&section.heading, &format!("sections[{at}].heading"), MAX_LINE),
            text: self.text(&section.text, &format!("sections[{at}].text"), MAX_TEXT),
        });
        read.collect()
    }

    fn section_number(&mut self, number: i32, at: usize) -> u8 {
        match u8::try_from(number) {
            Ok(number @ 0..=6) => number,
            _ => {
                let expected = Text::fixed("0 至 6（0 表示不属于六个部分）", "0 to 6, 0 for none of the six");
                self.faults.note(FaultKind::OutOfRange, self.path(&format!("sections[{at}].number")), expected);
                0
            }
        }
    }

    fn defects(&mut self, defects: &[v1::Defect]) -> Vec<Defect> {
        if !self.short(defects, "defects", MAX_DEFECTS) {
            return Vec::new();
        }
        let mut read = Vec::with_capacity(defects.len());
        for (at, defect) in defects.iter().enumerate() {
            let field = |name: &str| format!("defects[{at}].{name}");
            let location = Location::parse(&defect.path);
            if location.is_none() {
                self.faults.note(
                    FaultKind::Unknown,
                    self.path(&field("path")),
                    Text::fixed("表格中某处的路径", "the path of a place"),
                );
            }
            let path = self.path(&field("kind"));
            let kind = enum_from::<v1::DefectKind>(defect.kind, || path.clone(), self.faults);
            if kind.is_none() && defect.kind == 0 {
                self.faults.note(FaultKind::Required, path, Text::fixed("必须说明种类", "a kind is required"));
            }
            let printed = self.text(&defect.printed, &field("printed"), MAX_LINE);
            if let (Some(location), Some(kind)) = (location, kind) {
                let (candidates, place) = (defect.candidates.clone(), place_from(defect.place.as_ref()));
                read.push(Defect { location, printed, kind, candidates, place });
            }
        }
        read
    }

    /// Notes contradictions: a message must not both give a figure and say that it could not be read, nor both give
    /// figures of a table and say that the table could not be read. Also notes defects at impossible places.
    fn agreement(&mut self, report: &AnnualReport) {
        for (at, defect) in report.defects.iter().enumerate() {
            let known =
                |cell: &Cell| report.figures.amount(*cell).is_some() || report.figures.count(*cell).known().is_some();
            let field = |name: &str| format!("defects[{at}].{name}");
            let misplaced = !defect.kind.may_stand_at(defect.location);
            let told_twice = match defect.location {
                Location::Cell(cell) => defect.kind.leaves_unread() && known(&cell),
                Location::Row(row) => defect.kind.leaves_unread() && row.cells().any(|cell| known(&cell)),
                Location::Table(table) => {
                    defect.kind == DefectKind::UnreadTable && table.rows().flat_map(Row::cells).any(|cell| known(&cell))
                }
                _ => false,
            };
            if misplaced {
                let (zh, en) = ("该种类不适用于此处", "a place that this kind can be of");
                self.faults.note(FaultKind::Unknown, self.path(&field("path")), Text::fixed(zh, en));
            } else if told_twice {
                let (zh, en) =
                    ("此处同时给出了数字：二者只能有其一", "no figure there: a figure is given for what was not read");
                self.faults.note(FaultKind::Conflicting, self.path(&field("path")), Text::fixed(zh, en));
            }
        }
    }

    fn readings(&mut self, readings: &[v1::Reading]) -> Vec<Reading> {
        if !self.short(readings, "readings", MAX_DEFECTS) {
            return Vec::new();
        }
        let mut read = Vec::with_capacity(readings.len());
        for (at, reading) in readings.iter().enumerate() {
            let printed = self.text(&reading.printed, &format!("readings[{at}].printed"), MAX_LINE);
            match Location::parse(&reading.path) {
                Some(Location::Cell(cell)) => {
                    read.push(Reading { cell, place: place_from(reading.place.as_ref()), printed });
                }
                _ => {
                    let expected = Text::fixed("单元格的路径", "the path of a cell");
                    self.faults.note(FaultKind::Unknown, self.path(&format!("readings[{at}].path")), expected);
                }
            }
        }
        read
    }

    fn text_places(&mut self, places: &[v1::TextPlace]) -> Vec<TextPlace> {
        if !self.short(places, "text_places", MAX_DEFECTS) {
            return Vec::new();
        }
        let mut read = Vec::with_capacity(places.len());
        for (at, own) in places.iter().enumerate() {
            let line = own.line.map(u32::try_from).transpose();
            match (Location::parse(&own.path), line) {
                (Some(location @ (Location::Title | Location::Preamble | Location::Section(_))), Ok(line)) => {
                    read.push(TextPlace { location, line, place: place_from(own.place.as_ref()) });
                }
                _ => {
                    let expected = Text::fixed("正文某部分的路径和行", "the path of a text, and a line of it");
                    self.faults.note(FaultKind::Unknown, self.path(&format!("text_places[{at}]")), expected);
                }
            }
        }
        read
    }

    fn source(&mut self, source: Option<&v1::Source>) -> Option<Source> {
        let path = self.path("source.format");
        let format = enum_from::<v1::Format>(source?.format, || path.clone(), self.faults).unwrap_or_default();
        let encoding = self.text(&source?.encoding, "source.encoding", MAX_SHEET);
        Some(Source { format, encoding })
    }

    fn amounts(&mut self, message: &v1::AnnualReport) {
        let fees = message.disclosure_2021.as_ref().and_then(|table| table.fees.as_ref()?.amount.as_deref());
        self.text(fees.unwrap_or_default(), "disclosure_2021.fees.amount", MAX_AMOUNT);
        let procurement = message.disclosure_2019.as_ref().and_then(|table| table.procurement.as_ref());
        let amount = procurement.and_then(|row| row.amount.as_deref()).unwrap_or_default();
        self.text(amount, "disclosure_2019.procurement.amount", MAX_AMOUNT);
        let places = procurement.and_then(|row| row.declared_decimals);
        if places.is_some_and(|places| !(0..=16).contains(&places)) {
            let path = self.path("disclosure_2019.procurement.declared_decimals");
            self.faults.note(FaultKind::OutOfRange, path, Text::fixed("0 至 16", "0 to 16"));
        }
    }
}

/// The report as a message. What is unread is unset, and its defect says why.
pub fn report_to(report: &AnnualReport) -> v1::AnnualReport {
    let mut message = v1::AnnualReport {
        body: (report.body != Body::default()).then(|| body_to(&report.body)),
        year: report.year,
        title: report.title.clone(),
        edition: v1::Edition::from(report.edition).into(),
        published_on: report.published_on.map(date_to),
        submitted_on: report.submitted_on.map(date_to),
        preamble: report.preamble.clone(),
        sections: report.sections.iter().map(section_to).collect(),
        defects: report.defects.iter().map(defect_to).collect(),
        readings: report.readings.iter().map(reading_to).collect(),
        text_places: report.text_places.iter().map(text_place_to).collect(),
        source: report.source.as_ref().map(source_to),
        ..Default::default()
    };
    figures_to(&report.figures, &mut message);
    message
}

/// A body as a message.
pub(super) fn body_to(body: &Body) -> v1::Body {
    v1::Body {
        name: body.name.clone(),
        code: body.code.clone(),
        kind: v1::body::Kind::from(body.kind).into(),
        level: v1::body::Level::from(body.level).into(),
        region_code: body.region_code.clone(),
        parent_code: body.parent_code.clone(),
    }
}

fn text_place_to(own: &TextPlace) -> v1::TextPlace {
    let line = own.line.map(|line| i32::try_from(line).unwrap_or(i32::MAX));
    v1::TextPlace { path: own.location.path(), line, place: place_to(&own.place) }
}

fn section_to(section: &Section) -> v1::Section {
    v1::Section { number: section.number.into(), heading: section.heading.clone(), text: section.text.clone() }
}

fn defect_to(defect: &Defect) -> v1::Defect {
    v1::Defect {
        path: defect.location.path(),
        printed: defect.printed.clone(),
        kind: v1::DefectKind::from(defect.kind).into(),
        candidates: defect.candidates.clone(),
        place: place_to(&defect.place),
    }
}

fn reading_to(reading: &Reading) -> v1::Reading {
    v1::Reading { path: reading.cell.path(), place: place_to(&reading.place), printed: reading.printed.clone() }
}

/// The source document of a report as a message.
pub(super) fn source_to(source: &Source) -> v1::Source {
    v1::Source { format: v1::Format::from(source.format).into(), encoding: source.encoding.clone() }
}

/// A place as a message; `None` if nothing is known of it.
pub(super) fn place_to(place: &Place) -> Option<v1::Place> {
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    (!place.is_unknown()).then(|| v1::Place {
        line: number(place.line),
        page: number(place.page),
        sheet: place.sheet.clone(),
        table: number(place.table),
        row: number(place.row),
        cell: number(place.cell),
    })
}

/// The place in a message; impossible values are dropped.
fn place_from(place: Option<&v1::Place>) -> Place {
    let number = |number: i32| u32::try_from(number).unwrap_or(0);
    place.map_or_else(Place::default, |place| Place {
        line: number(place.line),
        page: number(place.page),
        sheet: place.sheet.chars().take(MAX_SHEET).collect(),
        table: number(place.table),
        row: number(place.row),
        cell: number(place.cell),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_contradicts_itself_is_refused_with_the_fields() {
        let figure = v1::ApplicantCounts { total: Some(2), ..Default::default() };
        let applications = v1::Applications { carried_forward: Some(figure), ..Default::default() };
        let fees = v1::disclosure2021::Fees { amount: Some("1.5".into()) };
        let disclosure = v1::Disclosure2021 { fees: Some(fees), ..Default::default() };
        let faulty = |path: &str, kind: v1::DefectKind| {
            let defect = v1::Defect { path: path.into(), kind: kind.into(), ..Default::default() };
            let message = v1::AnnualReport {
                applications: Some(applications),
                disclosure_2021: Some(disclosure.clone()),
                defects: vec![defect],
                ..Default::default()
            };
            let mut faults = Faults::default();
            report_from(&message, "report", &mut faults);
            faults.into_list().into_iter().map(|fault| fault.field).collect::<Vec<_>>()
        };
        use v1::DefectKind as Kind;
        for (path, kind) in [
            ("applications.carried_forward.total", Kind::Text),
            ("applications.carried_forward.total", Kind::Concealed),
            ("applications.carried_forward", Kind::Misaligned),
            ("applications.carried_forward", Kind::UnreadTable),
            ("applications", Kind::UnreadTable),
            ("applications", Kind::Text),
            ("disclosure_2021.fees.amount", Kind::Ambiguous),
        ] {
            assert_eq!(faulty(path, kind), ["report.defects[0].path"], "{path} {kind:?}");
        }
        for (path, kind) in [
            ("applications.carried_forward.natural_person", Kind::Text),
            ("applications.carried_forward.total", Kind::Note),
            ("applications", Kind::Truncated),
            ("remedies", Kind::UnreadTable),
        ] {
            assert!(faulty(path, kind).is_empty(), "{path} {kind:?}");
        }
    }
}
