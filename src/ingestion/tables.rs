//! Finds the form's tables in a text by their labels, and hands their rows on to be read.

use std::ops::Range;

use super::{
    cut,
    labels::{self, row_wordings},
    line_figures,
    order::{self, Order},
    outline::Heading,
    row_label::is_shortened,
    row_places::{Label, row_labels},
    rows::Rows,
    stream::Stream,
    whole_lines,
};
use crate::{
    report::{
        Cell, Column, DefectKind, Edition, Location, Place, Row, Table,
        form::{REMEDIES, RESULTS, STAND_INS},
    },
    words::plain,
};

/// What was found of the tables.
#[derive(Default)]
pub(super) struct Found {
    /// The edition that the labels of 表二 belong to, where there are any.
    pub edition: Edition,
    /// Where tables stand in the original: text there is no narrative.
    pub spans: Vec<Range<usize>>,
    /// The tables that were read, and where each stands in the original.
    pub tables: Vec<(Table, Range<usize>)>,
}

/// Reads all tables into `rows`.
///
/// Tables that grids held are not looked for again; `edition` is theirs.
pub(super) fn read(stream: &Stream<'_>, headings: &[Heading], rows: &mut Rows<'_, '_>, edition: Edition) -> Found {
    let mut found = Found { edition, ..Found::default() };
    let bounds = Bounds { stream, headings };
    type Find = fn(&Stream<'_>, Range<usize>, &mut Rows<'_, '_>, &mut Found);
    let finders: [(&[Table], Find, u8); 3] = [
        (&[Table::Disclosure2019, Table::Disclosure2021], disclosure, 2),
        (&[Table::Applications], applications, 3),
        (&[Table::Remedies], remedies, 4),
    ];
    for (tables, find, section) in finders {
        // In its section; else wherever it stands, but in text that another table takes.
        for part in [bounds.of(section), stream.all()] {
            if !rows.read.has_seen(tables) {
                find(stream, part, rows, &mut found);
            }
        }
    }
    found
}

/// Reads a table once more, in a part of the original.
pub(super) fn read_again(stream: &Stream<'_>, table: Table, part: Range<usize>, rows: &mut Rows<'_, '_>) {
    let mut found = Found::default();
    let part = stream.place_of(part.start)..stream.place_of(part.end);
    match table {
        Table::Applications => applications(stream, part, rows, &mut found),
        Table::Remedies => remedies(stream, part, rows, &mut found),
        Table::Disclosure2019 | Table::Disclosure2021 => disclosure(stream, part, rows, &mut found),
    }
}

/// Where the parts of a document begin and end, by its headings.
struct Bounds<'a, 'b> {
    stream: &'a Stream<'b>,
    headings: &'a [Heading],
}

impl Bounds<'_, '_> {
    /// The part of the stream from a section's heading, or the beginning, to the next heading
    /// of a later section, or the end.
    fn of(&self, number: u8) -> Range<usize> {
        let own = self.headings.iter().find(|heading| heading.number == number);
        let start = own.map_or(0, |heading| heading.range.end);
        let next = self.headings.iter().find(|heading| heading.number > number && heading.range.start >= start);
        let end = next.map_or(self.stream.original.len(), |heading| heading.range.start);
        self.stream.place_of(start)..self.stream.place_of(end)
    }
}

/// 表二: blocks that begin with 第二十条第（…）项.
fn disclosure(stream: &Stream<'_>, part: Range<usize>, rows: &mut Rows<'_, '_>, found: &mut Found) {
    let blocks = blocks(stream, &part);
    let Some((first, _)) = blocks.first() else {
        return;
    };
    let table_part = first.start..part.end;
    let text = stream.within(&table_part);
    let count = |labels: &[&str]| labels.iter().filter(|label| text.contains(**label)).count();
    let (old, new) = (count(&labels::OF_2019), count(&labels::OF_2021));
    // Labels of both in equal number are of the newer form.
    let (edition, table, foreign) = match old > new {
        true => (Edition::Of2019, Table::Disclosure2019, &labels::OF_2021[..]),
        false => (Edition::Of2021, Table::Disclosure2021, &labels::OF_2019[..]),
    };
    found.edition = edition;
    rows.read.see(table);
    for label in foreign.iter().filter(|label| text.contains(**label)) {
        let at = stream.find(label, &table_part).map_or(0, |range| stream.original_start(range.start));
        rows.read.defect(Location::Table(table), DefectKind::ForeignLabel, label, stream.place(at));
    }
    let mut end = first.start;
    // Rows whose block has no heading stand in the block before.
    let headless = || labels::BLOCKS.iter().filter(|(_, rows)| blocks.iter().all(|(_, own)| own != rows));
    let headless: Vec<Row> = headless().flat_map(|(_, rows)| rows.iter().copied()).collect();
    for (block, own) in &blocks {
        let of_table = |row: &&Row| row.table() == table || **row == Row::Procurement;
        let own: Vec<Row> = own.iter().filter(of_table).copied().collect();
        let mut found_rows = row_labels(stream, block, &own);
        let last = found_rows.last().map_or(block.start, |label| label.range.end);
        let unread = |row: &&Row| !rows.read.figures.has_row(**row);
        let others: Vec<Row> = headless.iter().filter(of_table).filter(unread).copied().collect();
        let figures_follow = |label: &Label| {
            stream.within(&(label.range.end..block.end)).starts_with(|char: char| char.is_ascii_digit())
        };
        let others = row_labels(stream, &(last..block.end), &others).into_iter().filter(figures_follow);
        let others: Vec<Label> = others.collect();
        // They may have a heading of columns of their own.
        let from = others.first().and_then(|first| stream.find("信息内容", &(last..first.range.start)));
        let own_end = from.as_ref().map_or(block.end, |from| from.start);
        let mut behind = Vec::new();
        if from.is_some() { &mut behind } else { &mut found_rows }.extend(others);
        for (start, labels, end_of_part) in [(block.start, found_rows, own_end), (own_end, behind, block.end)] {
            let Some(first) = labels.first() else { continue };
            let of_row: Vec<Row> = first.row.into_iter().collect();
            columns_of(stream, start..first.range.start, &of_row, rows);
            end = end.max(read_rows(stream, &labels, end_of_part, rows));
        }
    }
    finish(stream, table, first.start..part.end, end, rows, found);
}

/// The blocks of 表二, each with the rows it can have, in the order of the document.
fn blocks(stream: &Stream<'_>, part: &Range<usize>) -> Vec<(Range<usize>, &'static [Row])> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (which, (heading, _)) in labels::BLOCKS.iter().enumerate() {
        let mut from = part.start;
        let mut first = None;
        while let Some(range) = stream.find(heading, &(from..part.end)) {
            first.get_or_insert(range.start);
            from = range.end;
            // In running text 第二十条第（一）项 may be cited; in the table 信息内容 follows.
            if stream.within(&(from..part.end)).starts_with("信息内容") {
                first = Some(range.start);
                break;
            }
        }
        starts.extend(first.map(|start| (start, which)));
    }
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([part.end]);
    starts.iter().zip(ends).map(|((start, which), end)| (*start..end, labels::BLOCKS[*which].1)).collect()
}

/// 表三: rows from 一 to 四, behind its heading.
fn applications(stream: &Stream<'_>, part: Range<usize>, rows: &mut Rows<'_, '_>, found: &mut Found) {
    let anchors = ["本列数据的勾稽关系", "申请人情况", "一本年新收政府信息公开申请数量"];
    let Some(start) = anchors.iter().filter_map(|anchor| Some(stream.find(anchor, &part)?.start)).min() else {
        return;
    };
    let part = start..part.end;
    rows.read.see(Table::Applications);
    rows.order = Order::Form;
    let (from, to) = (stream.original_start(part.start), stream.original_start(part.end));
    let raw = &stream.original[from..to];
    if whole_lines::is_of_whole_lines(raw) {
        let own: Vec<Row> = Table::Applications.rows().collect();
        let heading_end = row_labels(stream, &part, &own[..1]).first().map_or(part.end, |label| label.range.start);
        // Vertical headings are broken there: what can't be read says nothing against the form's order.
        let order = Order::of(stream.within(&(part.start..heading_end)), own[0].columns(), Table::Applications);
        rows.order = if order == Order::Unclear { Order::Form } else { order };
        let end = whole_lines::applications(raw, from, rows);
        return finish(stream, Table::Applications, part, end, rows, found);
    }
    let own: Vec<Row> = Table::Applications.rows().collect();
    let mut found_rows = row_labels(stream, &part, &own);
    let heading_end = found_rows.first().map_or(part.end, |label| label.range.start);
    columns_of(stream, part.start..heading_end, &own[..1], rows);
    let groups = labels::APPLICATION_GROUPS.iter().flat_map(|group| all(stream, group, &(heading_end..part.end)));
    let apart = |range: &Range<usize>, labels: &[Label]| {
        labels.iter().all(|label| range.end <= label.range.start || range.start >= label.range.end)
    };
    let groups: Vec<Range<usize>> = groups.filter(|range| apart(range, &found_rows)).collect();
    found_rows.extend(groups.into_iter().map(|range| Label { row: None, range }));
    found_rows.sort_by_key(|label| label.range.start);
    let end = read_rows(stream, &found_rows, part.end, rows);
    finish(stream, Table::Applications, part, end, rows, found);
}

/// All places of a label.
fn all(stream: &Stream<'_>, label: &str, part: &Range<usize>) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut from = part.start;
    while let Some(range) = stream.find(label, &(from..part.end)) {
        from = range.end;
        places.push(range);
    }
    places
}

/// 表四: one row of fifteen figures behind a heading of two levels.
fn remedies(stream: &Stream<'_>, part: Range<usize>, rows: &mut Rows<'_, '_>, found: &mut Found) {
    // Some print the two the other way round.
    let heads = ["行政复议行政诉讼", "行政诉讼行政复议"].map(|words| all(stream, words, &part)).concat();
    let near = |head: &Range<usize>| stream.find("结果维持", &(head.end..(head.end + 120).min(part.end)));
    let Some(head) = heads.iter().filter(|head| near(head).is_some()).min_by_key(|head| head.start) else {
        let broken = ["行政复议行政诉讼未经复议直接起诉", "复议后起诉结果", "复议后起诉其他结果"];
        let start = broken.iter().filter_map(|words| Some(stream.find(words, &part)?.start)).min();
        start.into_iter().for_each(|start| broken_remedies(stream, start..part.end, rows, found));
        return;
    };
    rows.read.see(Table::Remedies);
    let table_part = head.start..part.end;
    let ends = labels::REMEDY_LABELS.iter().flat_map(|label| all(stream, label, &table_part));
    let heading_end = ends.map(|range| range.end).max().unwrap_or(head.end);
    let heading = stream.within(&(head.start..heading_end));
    for column in RESULTS.into_iter().filter(|column| !heading.contains(column.label(Table::Remedies))) {
        rows.read.defect(Location::Column(Table::Remedies, column), DefectKind::MissingColumn, "", Place::default());
    }
    let (from, to) = (stream.original_end(heading_end), stream.original_start(part.end));
    let from = from + line_figures::numbers_at_start(&stream.original[from..to]);
    let raw = &stream.original[from..to];
    let Some(cells) = order::remedies(heading) else {
        let printed: String = raw.trim().chars().take(60).collect();
        REMEDIES.iter().for_each(|row| rows.put_misaligned(*row, &printed, from));
        return finish(stream, Table::Remedies, table_part, from, rows, found);
    };
    let whole =
        line_figures::begins_with_figures(raw).then(|| whole_lines::remedies(&cells, raw, from, rows)).flatten();
    let end = whole.unwrap_or_else(|| rows.read_remedies(&cells, raw, from));
    finish(stream, Table::Remedies, table_part, end, rows, found);
}

/// 表四 in text of whole lines, where the labels of its columns are broken.
fn broken_remedies(stream: &Stream<'_>, part: Range<usize>, rows: &mut Rows<'_, '_>, found: &mut Found) {
    let (from, to) = (stream.original_start(part.start), stream.original_start(part.end));
    let cells: Vec<Cell> = REMEDIES.iter().flat_map(|row| row.cells()).collect();
    if let Some(end) = whole_lines::remedies(&cells, &stream.original[from..to], from, rows) {
        rows.read.see(Table::Remedies);
        finish(stream, Table::Remedies, part, end, rows, found);
    }
}

/// Reads the figures behind each label, up to the next one. Tells where the last of them end.
fn read_rows(stream: &Stream<'_>, labels: &[Label], part_end: usize, rows: &mut Rows<'_, '_>) -> usize {
    let mut end = 0;
    for (at, label) in labels.iter().enumerate() {
        let next = labels.get(at + 1).map_or(part_end, |next| next.range.start);
        let (from, to) = (stream.original_end(label.range.end), stream.original_start(next));
        // The heading of a group behind the last row is that of another table.
        if let Some(row) = label.row {
            note_label(stream, row, &label.range, rows);
            let divided = labels.iter().any(|label| label.row.is_some_and(|row| STAND_INS.contains(&row)));
            end = rows.read_row(row, divided, &stream.original[from..to.max(from)], from);
        }
    }
    end
}

/// Notes a label that is worded otherwise than in the form: one that is shorter than the form's, but
/// for an ordinal or an explanation in brackets.
fn note_label(stream: &Stream<'_>, row: Row, range: &Range<usize>, rows: &mut Rows<'_, '_>) {
    let worded = |text: &str| row_wordings(row).iter().any(|wording| wording == text);
    let shortened = is_shortened(row, stream.within(range)) || !worded(stream.within(range));
    let behind = stream.within(&(range.end..stream.all().end));
    // The form's label may go on where a shorter wording was found.
    if shortened && !behind.starts_with("行政机关不再处理") {
        let (from, to) = (stream.original_start(range.start), stream.original_end(range.end));
        let printed: String = stream.original[from..to].split_whitespace().collect();
        rows.read.unusual_label(Location::Row(row), &printed, stream.place(from));
    }
}

/// Notes the columns that a heading lacks. A heading that has lost most of its labels was
/// dropped by whoever flattened the table: that is not the report's doing.
fn columns_of(stream: &Stream<'_>, heading: Range<usize>, own: &[Row], rows: &mut Rows<'_, '_>) {
    rows.order = Order::Form;
    let Some(row) = own.first() else {
        return;
    };
    let table = row.table();
    let text: String = plain(stream.within(&heading));
    rows.order = Order::of(&text, row.columns(), table);
    let named = order::named(&text, row.columns(), table);
    let has = |column: &Column| named.contains(column);
    let missing: Vec<Column> = row.columns().iter().filter(|column| !has(column)).copied().collect();
    if missing.is_empty() || missing.len() * 2 > row.columns().len() {
        return;
    }
    let place = stream.place(stream.original_start(heading.start));
    // What can't be read is unknown, and not missing.
    if let Some(unread) = unread_heading(&text, row.columns(), table) {
        if let [only] = missing[..] {
            rows.read.unusual_label(Location::Column(table, only), &unread, place);
        }
        return;
    }
    for column in missing {
        rows.read.defect(Location::Column(table, column), DefectKind::MissingColumn, "", place.clone());
    }
}

/// What a heading holds beside the labels of columns that can be read in it.
fn unread_heading(heading: &str, columns: &[Column], table: Table) -> Option<String> {
    /// So few characters are rests of labels.
    const REST: usize = 4;
    let labels = columns.iter().map(|column| plain(column.label(table)));
    let around = [
        "信息内容",
        "申请人情况",
        "法人或其他组织",
        "单位万元",
        "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和",
    ];
    // Longer ones first: 其他 stands in 法人或其他组织 too.
    let mut known: Vec<String> = labels.chain(around.map(str::to_owned)).collect();
    known.sort_by_key(|label| std::cmp::Reverse(label.len()));
    let rest = known.iter().fold(heading.to_owned(), |rest, label| rest.replace(label.as_str(), " "));
    // Before it stands the heading of the block.
    let rest = rest
        .rsplit_once('项')
        .filter(|(before, _)| before.ends_with(|char| "一五六八九".contains(char)))
        .map_or(&*rest, |(_, rest)| rest);
    let longest = rest.split_whitespace().max_by_key(|part| part.chars().count())?;
    // In 表三 all that stands in the heading is known, and 其他 is as short as that.
    let rest = if table == Table::Applications { REST / 2 } else { REST };
    (longest.chars().count() >= rest).then(|| longest.to_owned())
}

/// Notes where a table stands, and whether the document ends in the middle of it. `end` is where
/// its last figures end in the original.
fn finish(
    stream: &Stream<'_>,
    table: Table,
    part: Range<usize>,
    end: usize,
    rows: &mut Rows<'_, '_>,
    found: &mut Found,
) {
    let start = stream.original_start(part.start);
    found.tables.push((table, start..end.max(start)));
    // The bracket before the first label belongs to the table too.
    let opens = |char: char| char.is_whitespace() || matches!(char, '（' | '(' | '|');
    let start = stream.original[..start].trim_end_matches(opens).len();
    let document_end = stream.original.trim_end().len();
    let rest = stream.original[end.max(start)..].trim();
    // Where no row was found the document may end within the heading.
    let in_heading = !table.rows().any(|row| rows.read.figures.has_row(row)) && cut::is_half_a_heading(rest);
    let ends_here = part.end == stream.all().end && (in_heading || cut::is_half_a_label(rest));
    let edition = match (table, found.edition) {
        (Table::Disclosure2019, _) => Edition::Of2019,
        (Table::Disclosure2021, _) => Edition::Of2021,
        (_, Edition::Unknown) => Edition::Of2021,
        (_, edition) => edition,
    };
    let open = stream.ends_open && rest.is_empty();
    if ends_here && (open || rows.read.lacks_last_row(table, edition)) {
        let place = stream.place(document_end.saturating_sub(1));
        cut::in_table(table, rest, open, place, &mut rows.read);
        found.spans.push(start..document_end);
    } else {
        // So do the bars behind its last figure.
        let closes = |char: char| char.is_whitespace() || char == '|';
        let behind = &stream.original[end.max(start)..];
        let bars = behind.len() - behind.trim_start_matches(closes).len();
        found.spans.push(start..end.max(start) + bars);
    }
}
