//! Document bytes into a report with the place of every figure. Knows formats, knows no rules.
//!
//! What can't be read for certain becomes a defect of the report, never a guessed figure; what
//! can't be read at all is refused, with what to do instead.

mod cells;
mod figure;
mod format;
mod glued;
mod identity;
mod labels;
mod outline;
mod refusal;
mod rows;
mod settle;
mod stream;
mod tables;

pub use refusal::{Obstacle, Refusal};

use std::ops::Range;

use crate::report::{AnnualReport, Body, Defect, DefectKind, Edition, Location, Section, Standing, Table, plain};
use outline::Heading;
use rows::Rows;
use stream::Stream;

/// The largest text that is read, in bytes, whatever the configuration allows: reports have some
/// tens of kilobytes.
pub const MAX_TEXT: usize = 16 << 20;

/// Reads a document.
///
/// # Errors
///
/// A [`Refusal`] where the document can't be read at all: it is too large, of a format or a
/// flattening that is not read, not text, or no report.
pub fn read(content: &[u8]) -> Result<AnnualReport, Refusal> {
    if content.len() > MAX_TEXT {
        return Err(Refusal::new(
            Obstacle::TooLarge,
            format!("文件有 {} 字节，超过上限 {MAX_TEXT} 字节", content.len()),
            format!("the document has {} bytes; the limit is {MAX_TEXT}", content.len()),
        ));
    }
    let text = format::plain_text(content)?;
    let stream = Stream::new(text);
    if !["信息公开", "依申请公开"].iter().any(|words| stream.find(words, &stream.all()).is_some()) {
        return Err(Refusal::new(
            Obstacle::NotAReport,
            "文中没有“信息公开”字样，不是政府信息公开工作年度报告",
            "the text does not mention 信息公开: it is no 政府信息公开工作年度报告",
        ));
    }
    let headings = outline::headings(text);
    let mut rows = Rows::new(&stream);
    let declared = heading_of_amount(&stream);
    rows.in_yuan = declared.in_yuan;
    let found = tables::read(&stream, &headings, &mut rows);
    refuse_whole_lines(rows.whole_lines)?;
    rows.settle();
    let mut report = narrative(text, &headings, &found.spans);
    report.edition = edition(&stream, &report, found.edition);
    if report.edition != Edition::Legacy {
        report.figures = rows.figures;
        report.defects = rows.defects;
        report.readings = rows.readings;
        report.defects.extend(cut_heading(&stream, &report));
        report.defects.extend(unread_tables(&report));
        if found.edition == Edition::Of2019 {
            report.figures.declared_decimals = Some(declared.places);
        }
    }
    Ok(report.settle())
}

/// Rows that stand whole in lines, cells apart by spaces, are the way of PDF text. There labels
/// are broken around their figures: that is read later, by position, and refused for now.
fn refuse_whole_lines(lines: usize) -> Result<(), Refusal> {
    if lines < 2 {
        return Ok(());
    }
    Err(Refusal::new(
        Obstacle::UnsupportedFormat,
        "表格整行在一行之内、以空格分隔（多由 PDF 转换而来），暂不支持；请改为一行一个单元格，或以“|”分隔单元格",
        "table rows stand whole in lines, cells apart by spaces (text from a PDF), which is not read yet: \
         hand the report in with one cell a line, or with cells between bars",
    ))
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
            text: without(text, heading.range.end..end, tables),
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

/// The text before section one, without the lines that make up the title.
fn without_title(preamble: &str, title: &str) -> String {
    let title = plain(title);
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
        line: 0,
    };
    unread.map(defect).collect()
}

/// A document that ends in the middle of a section's heading is cut short there.
fn cut_heading(stream: &Stream<'_>, report: &AnnualReport) -> Option<Defect> {
    const TITLES: [(u8, Table, &str); 2] = [
        (3, Table::Applications, "三、收到和处理政府信息公开申请情况"),
        (4, Table::Remedies, "四、政府信息公开行政复议、行政诉讼情况"),
    ];
    let text = stream.original.trim_end();
    let last_line = text.rsplit('\n').next().unwrap_or_default();
    let words = plain(last_line);
    let (_, table, _) = TITLES.into_iter().find(|(number, _, title)| {
        let title = plain(title);
        report.section(*number).is_none() && words.chars().count() >= 2 && words != title && title.starts_with(&words)
    })?;
    Some(Defect {
        location: Location::Table(table),
        printed: last_line.to_owned(),
        kind: DefectKind::Truncated,
        candidates: Vec::new(),
        line: stream.line(text.len()),
    })
}

/// What the heading of a column of amounts declares.
struct Declared {
    places: u8,
    in_yuan: bool,
}

/// What the heading of 采购总金额 or 本年收费金额 says of unit and decimal places.
fn heading_of_amount(stream: &Stream<'_>) -> Declared {
    /// How far behind the label its bracket may reach, in characters.
    const REACH: usize = 20;
    let all = stream.all();
    let label = ["采购总金额", "收费金额"].iter().find_map(|label| stream.find(label, &all));
    let Some(label) = label else {
        return Declared { places: 0, in_yuan: false };
    };
    let behind: String = stream.within(&(label.end..all.end)).chars().take(REACH).collect();
    let places = "零一二三四五六".chars().enumerate().find_map(|(places, digit)| {
        let named = [format!("保留{digit}位小数"), format!("保留{places}位小数")];
        named.iter().any(|name| behind.contains(name)).then_some(places)
    });
    let two = behind.contains("保留两位小数").then_some(2);
    let in_yuan = behind.starts_with("单位元") || behind.starts_with('元');
    Declared { places: places.or(two).and_then(|places| u8::try_from(places).ok()).unwrap_or(0), in_yuan }
}
