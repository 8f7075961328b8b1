//! The report in a message.

use std::fmt::Arguments;

use crate::wire::{
    dates::date_from,
    enums::{Mirror, enum_from},
    google,
    rows::figures_from,
    v1,
};
use crate::{
    report::{
        AnnualReport, Body, Cell, Defect, DefectKind, Figures, Location, Place, Reading, Row, Section, Source,
        TextPlace,
    },
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
pub fn report_from(message: v1::AnnualReport, at: &str, faults: &mut Faults) -> AnnualReport {
    let mut fields = Fields { at, faults };
    let report = AnnualReport {
        figures: figures_from(&message),
        body: fields.body(message.body, "body"),
        year: fields.year(message.year),
        title: fields.text(message.title, format_args!("title"), MAX_LINE),
        edition: crate::report::Edition::Unknown,
        edition_stated: fields.one_of::<v1::Edition>(message.edition, format_args!("edition")).unwrap_or_default(),
        published_on: fields.date(message.published_on.as_ref(), "published_on"),
        submitted_on: fields.date(message.submitted_on.as_ref(), "submitted_on"),
        preamble: fields.text(message.preamble, format_args!("preamble"), MAX_TEXT),
        sections: fields.sections(message.sections),
        defects: fields.defects(message.defects),
        readings: fields.readings(message.readings),
        text_places: fields.text_places(&message.text_places),
        source: fields.source(message.source),
    };
    fields.amounts(&report.figures);
    fields.agreement(&report);
    report.settle()
}

/// The body in a message. Every faulty field is noted under `at`.
pub(in crate::wire) fn body_from(message: v1::Body, at: &str, faults: &mut Faults) -> Body {
    Fields { at, faults }.body(Some(message), "body")
}

/// A report year that a caller states. An impossible year is noted at `field`.
pub(in crate::wire) fn year_from(year: Option<i32>, field: impl Fn() -> String, faults: &mut Faults) -> Option<i32> {
    let year = year?;
    if !YEARS.contains(&year) {
        let (from, to) = (YEARS.start(), YEARS.end());
        faults.note(
            FaultKind::OutOfRange,
            field(),
            Text::new(format!("应为 {from} 至 {to} 的年份"), format!("must be a year from {from} to {to}")),
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
    expected: Text::fixed("应为 18 位统一社会信用代码", "must be a credit code of 18 digits and letters"),
};
/// A division's code (GB/T 2260).
static REGION: Code = Code {
    length: 6,
    may_hold: u8::is_ascii_digit,
    expected: Text::fixed("应为 6 位行政区划代码", "must be a division's code of 6 digits"),
};

fn path(at: &str, field: Arguments<'_>) -> String {
    if at.is_empty() { field.to_string() } else { format!("{at}.{field}") }
}

/// Reads the fields of a report's message and notes the faulty ones.
struct Fields<'a> {
    at: &'a str,
    faults: &'a mut Faults,
}

impl Fields<'_> {
    /// The path of a field. It is put together only where something is wrong with the field.
    fn path(&self, field: Arguments<'_>) -> String {
        path(self.at, field)
    }

    fn text(&mut self, text: String, field: Arguments<'_>, limit: usize) -> String {
        if text.len() > limit {
            let (zh, en) = (format!("不得超过 {limit} 字节"), format!("must have at most {limit} bytes"));
            self.faults.note(FaultKind::Length, self.path(field), Text::new(zh, en));
            return String::new();
        }
        text
    }

    fn year(&mut self, year: Option<i32>) -> Option<i32> {
        let at = self.at;
        year_from(year, || path(at, format_args!("year")), self.faults)
    }

    fn one_of<W: Mirror>(&mut self, number: i32, field: Arguments<'_>) -> Option<W::Model> {
        let at = self.at;
        enum_from::<W>(number, || path(at, field), self.faults)
    }

    fn date(&mut self, date: Option<&google::r#type::Date>, field: &str) -> Option<crate::report::Date> {
        let at = self.at;
        date_from(date, || path(at, format_args!("{field}")), self.faults)
    }

    fn body(&mut self, body: Option<v1::Body>, at: &str) -> Body {
        let Some(body) = body else {
            return Body::default();
        };
        Body {
            name: self.text(body.name, format_args!("{at}.name"), MAX_LINE),
            code: self.code(&body.code, format_args!("{at}.code"), &CREDIT),
            kind: self.one_of::<v1::body::Kind>(body.kind, format_args!("{at}.kind")).unwrap_or_default(),
            level: self.one_of::<v1::body::Level>(body.level, format_args!("{at}.level")).unwrap_or_default(),
            region_code: self.code(&body.region_code, format_args!("{at}.region_code"), &REGION),
            parent_code: self.code(&body.parent_code, format_args!("{at}.parent_code"), &CREDIT),
        }
    }

    /// A code of a body; its letters are capitals.
    fn code(&mut self, code: &str, field: Arguments<'_>, kind: &Code) -> String {
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
            let (zh, en) = (format!("不得超过 {limit} 项"), format!("must have at most {limit} items"));
            self.faults.note(FaultKind::TooMany, self.path(format_args!("{field}")), Text::new(zh, en));
        }
        list.len() <= limit
    }

    fn sections(&mut self, sections: Vec<v1::Section>) -> Vec<Section> {
        if !self.short(&sections, "sections", MAX_SECTIONS) {
            return Vec::new();
        }
        let read = sections.into_iter().enumerate().map(|(at, section)| Section {
            number: self.section_number(section.number, at),
            heading: self.text(section.heading, format_args!("sections[{at}].heading"), MAX_LINE),
            text: self.text(section.text, format_args!("sections[{at}].text"), MAX_TEXT),
        });
        read.collect()
    }

    fn section_number(&mut self, number: i32, at: usize) -> u8 {
        match u8::try_from(number) {
            Ok(number @ 0..=6) => number,
            _ => {
                let expected =
                    Text::fixed("应为 0 至 6（0 表示不属于六个部分）", "must be from 0 to 6, 0 for none of the six");
                self.faults.note(FaultKind::OutOfRange, self.path(format_args!("sections[{at}].number")), expected);
                0
            }
        }
    }

    fn defects(&mut self, defects: Vec<v1::Defect>) -> Vec<Defect> {
        if !self.short(&defects, "defects", MAX_DEFECTS) {
            return Vec::new();
        }
        let mut read = Vec::with_capacity(defects.len());
        for (at, defect) in defects.into_iter().enumerate() {
            let location = Location::parse(&defect.path);
            if location.is_none() {
                let expected = Text::fixed("应为报告中某处的路径", "must be the path of a place in a report");
                self.faults.note(FaultKind::Unknown, self.path(format_args!("defects[{at}].path")), expected);
            }
            let kind = self.one_of::<v1::DefectKind>(defect.kind, format_args!("defects[{at}].kind"));
            if kind.is_none() && defect.kind == 0 {
                let expected = Text::fixed("必填，应说明种类", "is required: which kind it is");
                self.faults.note(FaultKind::Required, self.path(format_args!("defects[{at}].kind")), expected);
            }
            let printed = self.text(defect.printed, format_args!("defects[{at}].printed"), MAX_LINE);
            if let (Some(location), Some(kind)) = (location, kind) {
                let place = place_from(defect.place.as_ref());
                read.push(Defect { location, printed, kind, candidates: defect.candidates, place });
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
                let (zh, en) = ("应为该种类可出现之处的路径", "must be the path of a place that this kind can be of");
                self.faults.note(
                    FaultKind::Unknown,
                    self.path(format_args!("defects[{at}].path")),
                    Text::fixed(zh, en),
                );
            } else if told_twice {
                let (zh, en) = (
                    "不得指向已给出数字之处：未读出的没有数字",
                    "must be a place without a figure: a figure is given for what was not read",
                );
                self.faults.note(
                    FaultKind::Conflicting,
                    self.path(format_args!("defects[{at}].path")),
                    Text::fixed(zh, en),
                );
            }
        }
    }

    fn readings(&mut self, readings: Vec<v1::Reading>) -> Vec<Reading> {
        if !self.short(&readings, "readings", MAX_DEFECTS) {
            return Vec::new();
        }
        let mut read = Vec::with_capacity(readings.len());
        for (at, reading) in readings.into_iter().enumerate() {
            let printed = self.text(reading.printed, format_args!("readings[{at}].printed"), MAX_LINE);
            match Location::parse(&reading.path) {
                Some(Location::Cell(cell)) => {
                    read.push(Reading { cell, place: place_from(reading.place.as_ref()), printed });
                }
                _ => {
                    let expected = Text::fixed("应为单元格的路径", "must be the path of a cell");
                    self.faults.note(FaultKind::Unknown, self.path(format_args!("readings[{at}].path")), expected);
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
                    let expected =
                        Text::fixed("应为正文某部分的路径和其中的行", "must be the path of a text and a line of it");
                    self.faults.note(FaultKind::Unknown, self.path(format_args!("text_places[{at}]")), expected);
                }
            }
        }
        read
    }

    fn source(&mut self, source: Option<v1::Source>) -> Option<Source> {
        let source = source?;
        let format = self.one_of::<v1::Format>(source.format, format_args!("source.format")).unwrap_or_default();
        Some(Source { format, encoding: self.text(source.encoding, format_args!("source.encoding"), MAX_SHEET) })
    }

    fn amounts(&mut self, figures: &Figures) {
        for (amount, field) in [
            (&figures.fees, "disclosure_2021.fees.amount"),
            (&figures.procurement, "disclosure_2019.procurement.amount"),
        ] {
            self.text(amount.clone().unwrap_or_default(), format_args!("{field}"), MAX_AMOUNT);
        }
        if figures.declared_decimals.is_some_and(|places| places > 16) {
            let path = self.path(format_args!("disclosure_2019.procurement.declared_decimals"));
            self.faults.note(FaultKind::OutOfRange, path, Text::fixed("应为 0 至 16", "must be from 0 to 16"));
        }
    }
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
            report_from(message, "report", &mut faults);
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
