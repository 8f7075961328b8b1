//! Places and values as messages.

use std::ops::Range;

use super::{report::place_to, v1};
use crate::{
    dossier::Dossier,
    engine::mask::mask,
    report::{AnnualReport, Cell, Decimal, Figure, Location, Place, Row},
    rule::{Operand, Origin},
};

/// A place in one of the reports.
pub(super) fn spot(origin: Origin, location: Location, place: &Place, found: String) -> v1::Spot {
    let (origin, subordinate_index) = match origin {
        Origin::Subject => (v1::Origin::Subject, 0),
        Origin::Previous => (v1::Origin::Previous, 0),
        Origin::Subordinate(at) => (v1::Origin::Subordinate, i32::try_from(at).unwrap_or(i32::MAX)),
    };
    v1::Spot {
        origin: origin.into(),
        subordinate_index,
        path: location.path(),
        label: location.printed(),
        place: place_to(place),
        span: None,
        found,
    }
}

/// A cell of one of the reports, with its place in the document and what stands there.
pub(super) fn cell_spot(dossier: &Dossier, origin: Origin, cell: Cell) -> v1::Spot {
    let reading = origin.in_dossier(dossier).and_then(|report| report.reading(cell));
    let place = reading.map(|reading| reading.place.clone()).unwrap_or_default();
    let found = reading.map(|reading| mask(&reading.printed).into_owned()).unwrap_or_default();
    spot(origin, Location::Cell(cell), &place, found)
}

/// A place in the report that is checked, with its place in the document: of a row or a column that of its first cell.
pub(super) fn spot_of(dossier: &Dossier, location: Location) -> v1::Spot {
    let report = &dossier.report;
    let first = |cells: &mut dyn Iterator<Item = Cell>| {
        let reading = cells.filter_map(|cell| report.reading(cell)).next();
        reading.map(|reading| reading.place.clone()).unwrap_or_default()
    };
    let place = match location {
        Location::Cell(cell) => return cell_spot(dossier, Origin::Subject, cell),
        Location::Row(row) => first(&mut row.cells()),
        Location::Column(table, column) => {
            first(&mut table.rows().flat_map(Row::cells).filter(|cell| cell.column() == column))
        }
        Location::Table(table) => first(&mut table.rows().flat_map(Row::cells)),
        text => report.place_of_text(text, None),
    };
    spot(Origin::Subject, location, &place, String::new())
}

/// A part of a text in code points.
pub(super) fn span(report: &AnnualReport, location: Location, part: &Range<usize>) -> Option<v1::TextSpan> {
    let text = match location {
        Location::Preamble => report.preamble.as_str(),
        Location::Section(number) => report.sections.iter().find(|own| own.number == number)?.text.as_str(),
        _ => return None,
    };
    let characters = |bytes: usize| i32::try_from(text.get(..bytes)?.chars().count()).ok();
    Some(v1::TextSpan { start: characters(part.start)?, end: characters(part.end)? })
}

/// What a cell of one of the reports holds.
pub(super) fn cell_value(dossier: &Dossier, origin: Origin, cell: Cell) -> v1::Value {
    let Some(report) = origin.in_dossier(dossier) else { return absent(v1::Absence::NoRow) };
    match report.figures.amount(cell) {
        Some(amount) => value(amount),
        None if !report.figures.has_row(cell.row()) => absent(v1::Absence::NoRow),
        None => figure_value(report.figures.count(cell)),
    }
}

/// A figure.
pub(super) fn figure_value(figure: Figure) -> v1::Value {
    match figure {
        Figure::Known(count) => decimal(count.to_string()),
        Figure::Blank => absent(v1::Absence::Blank),
        Figure::Unread => absent(v1::Absence::Unread),
    }
}

/// A number, or else words.
pub(super) fn value(text: &str) -> v1::Value {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_decimal = !digits.is_empty() && digits.starts_with(|char: char| char.is_ascii_digit());
    let is_decimal = is_decimal && Decimal::parse(digits).is_some();
    if is_decimal {
        decimal(text.to_owned())
    } else {
        v1::Value { kind: Some(v1::value::Kind::Words(text.to_owned())) }
    }
}

/// A number in decimal text.
pub(super) fn decimal(text: String) -> v1::Value {
    v1::Value { kind: Some(v1::value::Kind::Decimal(text)) }
}

/// That there is none.
pub(super) fn absent(why: v1::Absence) -> v1::Value {
    v1::Value { kind: Some(v1::value::Kind::Absence(why.into())) }
}

/// One figure of a relation.
pub(super) fn term(dossier: &Dossier, operand: &Operand) -> v1::Term {
    v1::Term {
        spot: Some(cell_spot(dossier, operand.origin, operand.cell)),
        value: Some(cell_value(dossier, operand.origin, operand.cell)),
        side: v1::Side::from(operand.side).into(),
        factor: i32::try_from(operand.factor).unwrap_or(i32::MAX),
    }
}
