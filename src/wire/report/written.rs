//! The report as a message.

use crate::{
    report::{AnnualReport, Body, Defect, Place, Reading, Section, Source, TextPlace},
    wire::{dates::date_to, rows::figures_to, v1},
};

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
pub(in crate::wire) fn body_to(body: &Body) -> v1::Body {
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
pub(in crate::wire) fn source_to(source: &Source) -> v1::Source {
    v1::Source { format: v1::Format::from(source.format).into(), encoding: source.encoding.clone() }
}

/// A place as a message; `None` if nothing is known of it.
pub(in crate::wire) fn place_to(place: &Place) -> Option<v1::Place> {
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
