//! [`Layout`] → report, with the place of every figure. Knows the form; knows no format and no rules.
//!
//! What can't be read for certain becomes a defect of the report, never a guessed figure; what
//! can't be read at all is refused, with what to do instead.

mod again;
mod aligned;
mod beside;
mod cells;
mod collected;
mod columns;
mod cut;
mod declared;
mod figure;
mod glued;
mod grids;
mod headed;
mod headings;
mod identity;
mod labelled;
mod labels;
mod line;
mod line_figures;
mod numeral;
mod order;
mod outline;
mod parts;
mod passages;
mod reader;
mod recognised;
mod remedies;
mod remedies_row;
mod row_label;
mod row_places;
mod rows;
mod separated;
mod settle;
mod several;
mod stacked;
mod stream;
mod tables;
mod turned;
mod whole_lines;

use std::borrow::Cow;

use crate::deadline::Deadline;
use crate::layout::{Block, Layout, Limits, Refusal, lay_out};
use crate::{
    report::{
        AnnualReport, Body, Defect, DefectKind, Edition, Figures, Format, Location, Place, Source, Standing, Table,
    },
    words::traditional,
};
use collected::Collected;
use declared::Declared;
use outline::{Heading, Outline};
use passages::Passages;
use rows::Rows;
use stream::Stream;

/// Reads a document in this process.
///
/// # Errors
///
/// A [`Refusal`] where the document can't be read at all: it is too large, of a format that is not
/// read, damaged, or no report.
pub fn read(content: &[u8], limits: &Limits) -> Result<AnnualReport, Refusal> {
    report_of(&lay_out(content, limits)?, &Deadline::NEVER)
}

/// The report that a document's lines and grids hold.
///
/// # Errors
///
/// A [`Refusal`] where the document is no report, or time runs out.
pub fn report_of(layout: &Layout, deadline: &Deadline) -> Result<AnnualReport, Refusal> {
    let blocks = in_simplified(&layout.blocks);
    let mut read = Collected::default();
    let remainder = grids::read(&blocks, layout.ends_open, &mut read, deadline)?;
    // The lines of a plain text are the document's own.
    let places: &[Place] = if layout.format == Format::Text { &[] } else { &remainder.places };
    let mut stream = Stream::new(&remainder.text, places);
    stream.ends_open = layout.ends_open;
    recognised::without_subject(&stream, read.has_seen(&Table::ALL))?;
    in_time(deadline.is_over())?;
    let outline = Outline::of(&remainder.text);
    several::refused(&remainder.text, &outline)?;
    let headings = outline.headings();
    let declared = remainder.declared.unwrap_or_else(|| Declared::of(stream.within(&stream.all())));
    read.in_yuan = declared.in_yuan;
    in_time(deadline.is_over())?;
    let mut rows = Rows::new(&stream, read);
    let found = tables::read(&stream, &headings, &mut rows, remainder.edition);
    in_time(deadline.is_over())?;
    rows.settle();
    again::note_rows_apart(&stream, &mut rows.read);
    again::compare(&stream, &found.tables, &mut rows.read);
    let mut spans = [found.spans, remainder.taken].concat();
    spans.sort_unstable_by_key(|span| span.start);
    let passages = Passages { text: &remainder.text, places, tables: &spans };
    in_time(deadline.is_over())?;
    let mut report = narrative(&passages, &headings);
    in_time(deadline.is_over())?;
    report.source = Some(Source { format: layout.format, encoding: layout.encoding.clone() });
    report.edition = edition(&stream, &report, found.edition);
    report.figures = rows.read.figures;
    recognised::without_form(&report, &stream)?;
    if report.edition == Edition::Legacy {
        report.figures = Figures::default();
    } else {
        report.defects = rows.read.defects;
        report.readings = rows.read.readings;
        report.defects.extend(cut::in_text(&stream, &report));
        report.defects.extend(unread_tables(&report));
        if found.edition == Edition::Of2019 {
            report.figures.declared_decimals = Some(declared.places);
        }
    }
    Ok(report.settle())
}

/// The refusal of a document that is still being read when time runs out: it is asked between any two passes over the text, and
/// in those that take the longest.
fn in_time(is_over: bool) -> Result<(), Refusal> {
    if is_over { Err(Refusal::out_of_time()) } else { Ok(()) }
}

/// The blocks of a document, in simplified characters where it is written in traditional ones.
fn in_simplified(blocks: &[Block]) -> Cow<'_, [Block]> {
    let texts = blocks.iter().flat_map(|block| match block {
        Block::Text { text, .. } => vec![text.as_str()],
        Block::Grid(grid) => grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str()).collect(),
    });
    if !traditional::is_traditional(texts) {
        return Cow::Borrowed(blocks);
    }
    let mut blocks = blocks.to_vec();
    for block in &mut blocks {
        match block {
            Block::Text { text, .. } => *text = traditional::in_simplified(text),
            Block::Grid(grid) => {
                let cells = grid.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| cell.text = traditional::in_simplified(&cell.text));
            }
        }
    }
    Cow::Owned(blocks)
}

/// Title, body, year and sections, without the parts in which tables stand.
fn narrative(passages: &Passages, headings: &[Heading]) -> AnnualReport {
    let text = passages.text;
    let first = headings.first().map_or(text.len(), |heading| heading.range.start);
    let first = passages.tables.iter().map(|span| span.start).chain([first]).min().unwrap_or(first);
    let identity = identity::identify(text, &text[..first]);
    let mut report = AnnualReport {
        title: identity.title,
        body: Body { name: identity.body, ..Body::default() },
        year: identity.year,
        published_on: identity.published_on,
        ..AnnualReport::default()
    };
    passages.preamble(&mut report, first);
    passages.sections(&mut report, headings);
    report
}

/// The edition of the tables; the old free structure by its year, or by its own headings.
fn edition(stream: &Stream<'_>, report: &AnnualReport, of_tables: Edition) -> Edition {
    let all = stream.all();
    let old_headings = ["概述", "收费及减免"].iter().all(|heading| stream.find(heading, &all).is_some());
    match report.year {
        Some(..=2018) if of_tables == Edition::Unknown => Edition::Legacy,
        None if of_tables == Edition::Unknown && old_headings => Edition::Legacy,
        _ => of_tables,
    }
}

/// A heading that announces a table of which the text shows nothing.
fn unread_tables(report: &AnnualReport) -> Vec<Defect> {
    let edition = match report.edition {
        Edition::Unknown => report.edition_in_force().unwrap_or_default(),
        edition => edition,
    };
    let announced = |table: &Table| report.section(table.section()).is_some();
    let shown = |table: &Table| report.figures.standing(*table) != Standing::Absent;
    let unread = Table::of(edition).iter().filter(|table| announced(table) && !shown(table));
    let defect = |table: &Table| Defect {
        location: Location::Table(*table),
        printed: String::new(),
        kind: DefectKind::UnreadTable,
        candidates: Vec::new(),
        place: Place::default(),
    };
    unread.map(defect).collect()
}
