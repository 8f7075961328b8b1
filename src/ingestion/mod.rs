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
mod headings;
mod identity;
mod labels;
mod line;
mod line_figures;
mod order;
mod outline;
mod parts;
mod reader;
mod recognised;
mod remedies;
mod remedies_row;
mod row_label;
mod row_places;
mod rows;
mod separated;
mod settle;
mod stacked;
mod stream;
mod tables;
mod turned;
mod whole_lines;

use std::{borrow::Cow, ops::Range};

use crate::layout::{Block, Layout, Limits, Refusal, lay_out};
use crate::{
    report::{
        AnnualReport, Body, Defect, DefectKind, Edition, Figures, Format, Location, Place, Section, Source, Standing,
        Table,
    },
    words::{plain, traditional},
};
use collected::Collected;
use declared::Declared;
use outline::Heading;
use rows::Rows;
use stream::Stream;

/// Reads a document in this process.
///
/// # Errors
///
/// A [`Refusal`] where the document can't be read at all: it is too large, of a format that is not
/// read, damaged, or no report.
pub fn read(content: &[u8], limits: &Limits) -> Result<AnnualReport, Refusal> {
    report_of(&lay_out(content, limits)?)
}

/// The report that a document's lines and grids hold.
///
/// # Errors
///
/// A [`Refusal`] where the document is no report.
pub fn report_of(layout: &Layout) -> Result<AnnualReport, Refusal> {
    let blocks = in_simplified(&layout.blocks);
    let mut read = Collected::default();
    let remainder = grids::read(&blocks, layout.ends_open, &mut read);
    // The lines of a plain text are the document's own.
    let places: &[Place] = if layout.format == Format::Text { &[] } else { &remainder.places };
    let mut stream = Stream::new(&remainder.text, places);
    stream.ends_open = layout.ends_open;
    recognised::without_subject(&stream, read.has_seen(&Table::ALL))?;
    let headings = outline::headings(&remainder.text);
    let declared = remainder.declared.unwrap_or_else(|| Declared::of(stream.within(&stream.all())));
    read.in_yuan = declared.in_yuan;
    let mut rows = Rows::new(&stream, read);
    let found = tables::read(&stream, &headings, &mut rows, remainder.edition);
    rows.settle();
    again::note_rows_apart(&stream, &mut rows.read);
    again::compare(&stream, &found.tables, &mut rows.read);
    let mut spans = [found.spans, remainder.taken].concat();
    spans.sort_unstable_by_key(|span| span.start);
    let mut report = narrative(&remainder.text, &headings, &spans);
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
fn narrative(text: &str, headings: &[Heading], tables: &[Range<usize>]) -> AnnualReport {
    let first = headings.first().map_or(text.len(), |heading| heading.range.start);
    let first = tables.iter().map(|span| span.start).chain([first]).min().unwrap_or(first);
    let identity = identity::identify(text, &text[..first]);
    let sections = headings.iter().enumerate().map(|(at, heading)| {
        let end = headings.get(at + 1).map_or(text.len(), |next| next.range.start);
        Section {
            number: heading.number,
            heading: one_line(&text[heading.range.clone()]),
            text: without_footer(without(text, heading.range.end..end, tables), heading.number),
        }
    });
    AnnualReport {
        title: identity.title.clone(),
        body: Body { name: identity.body, ..Body::default() },
        year: identity.year,
        published_on: identity.published_on,
        preamble: without_title(&text[..first], &identity.title),
        sections: sections.collect(),
        ..AnnualReport::default()
    }
}

/// A heading without its line breaks.
fn one_line(heading: &str) -> String {
    heading.split('\n').map(str::trim).collect()
}

/// A part of the text without the tables in it.
fn without(text: &str, part: Range<usize>, tables: &[Range<usize>]) -> String {
    let mut kept = String::new();
    let mut from = part.start;
    for table in tables.iter().filter(|table| table.start < part.end && table.end > part.start) {
        kept.push_str(text[from..table.start.max(from)].trim());
        kept.push('\n');
        from = table.end.clamp(from, part.end);
    }
    kept.push_str(text[from..part.end].trim());
    kept.trim().to_owned()
}

/// The text of section six without the footer of the page that stands behind it.
fn without_footer(text: String, number: u8) -> String {
    const FOOTERS: [&str; 15] = [
        "版权所有",
        "主办单位",
        "主办：",
        "承办：",
        "承办单位",
        "ICP备",
        "公网安备",
        "网站标识码",
        "网站地图",
        "联系我们",
        "上一篇",
        "下一篇",
        "分享到",
        "打印本页",
        "关闭窗口",
    ];
    /// Longer lines are the report's.
    const LONGEST: usize = 120;
    let is_footer = |line: &str| {
        line.chars().count() <= LONGEST && !line.contains('。') && FOOTERS.iter().any(|words| line.contains(words))
    };
    if number != 6 || !text.lines().any(is_footer) {
        return text;
    }
    text.lines().take_while(|line| !is_footer(line)).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// The text before section one, without the lines that make up the title.
fn without_title(preamble: &str, title: &str) -> String {
    let title = plain(title);
    // What stands before the title is the page's, and not the report's.
    let is_title = |line: &str| title.chars().count() > 3 && plain(line) == title;
    let ends = preamble.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end, line))
    });
    let from = ends.filter(|(_, line)| is_title(line)).last().map_or(0, |(end, _)| end);
    let preamble = &preamble[from..];
    let part_of_title = |line: &str| {
        let line = plain(line);
        line.chars().count() > 3 && (title.contains(&line) || (!title.is_empty() && line == format!("标题{title}")))
    };
    let lines = preamble.lines().filter(|line| !line.trim().is_empty() && !part_of_title(line));
    lines.map(str::trim).collect::<Vec<_>>().join("\n")
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
