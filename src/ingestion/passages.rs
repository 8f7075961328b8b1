//! The texts of a report: what stands before section one and in the sections, without title, tables and page footers, and
//! where each line of them stands in the document.

use std::ops::Range;

use super::outline::Heading;
use crate::{
    report::{AnnualReport, Location, Place, Section, TextPlace},
    words::plain,
};

/// What a document has outside its tables, with the place of each line; without places the lines are the document's own.
pub(super) struct Passages<'t> {
    pub text: &'t str,
    pub places: &'t [Place],
    pub tables: &'t [Range<usize>],
}

impl Passages<'_> {
    /// The text before section one ends at `first`: it becomes the report's preamble, without the lines of the title.
    pub fn preamble(&self, report: &mut AnnualReport, first: usize) {
        let (title, pieces) = self.without_title(first, &report.title);
        let mut lines = Lines::new(self);
        if let Some(title) = title {
            lines.place_of(Location::Title, None, title, &mut report.text_places);
        }
        report.preamble = lines.joined(&pieces, Location::Preamble, &mut report.text_places);
    }

    /// The sections under their headings.
    pub fn sections(&self, report: &mut AnnualReport, headings: &[Heading]) {
        let mut lines = Lines::new(self);
        for (at, heading) in headings.iter().enumerate() {
            let location = Location::Section(heading.number);
            // Of two sections with one number the first is meant by it.
            let mut places = Vec::new();
            lines.place_of(location, None, heading.range.start, &mut places);
            let end = headings.get(at + 1).map_or(self.text.len(), |next| next.range.start);
            // Two that may be headings may overlap.
            let own = heading.range.end..end.max(heading.range.end);
            let text = lines.joined(&self.without_tables(own), location, &mut places);
            let text = without_footer(text, heading.number);
            if report.section(heading.number).is_none() {
                places.truncate(MOST.saturating_sub(report.text_places.len()));
                report.text_places.append(&mut places);
            }
            let own = one_line(&self.text[heading.range.clone()]);
            report.sections.push(Section { number: heading.number, heading: own, text });
        }
    }

    /// The pieces of a part between its tables.
    fn without_tables(&self, part: Range<usize>) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut from = part.start;
        for table in self.tables.iter().filter(|table| table.start < part.end && table.end > part.start) {
            pieces.push(from..table.start.max(from));
            from = table.end.clamp(from, part.end);
        }
        pieces.push(from..part.end);
        let mut pieces: Vec<_> = pieces.into_iter().map(|piece| self.trimmed(piece)).collect();
        // Nothing stands before the first words and behind the last.
        let words = |piece: &Range<usize>| !piece.is_empty();
        pieces.truncate(pieces.iter().rposition(words).map_or(0, |last| last + 1));
        pieces.drain(..pieces.iter().position(words).unwrap_or(0));
        pieces
    }

    /// Where the title stands, and the lines before `first` that are none of it.
    fn without_title(&self, first: usize, title: &str) -> (Option<usize>, Vec<Range<usize>>) {
        let title = plain(title);
        let mut start = 0;
        let lines = self.text[..first].split_inclusive('\n').map(|line| {
            start += line.len();
            start - line.len()..start
        });
        let lines: Vec<Range<usize>> = lines.map(|line| self.trimmed(line)).filter(|line| !line.is_empty()).collect();
        let words = |line: &Range<usize>| plain(&self.text[line.clone()]);
        // What stands before the title is the page's, and not the report's.
        let is_title = |line: &Range<usize>| title.chars().count() > 3 && words(line) == title;
        let whole = lines.iter().rposition(is_title);
        let part_of_title = |line: &Range<usize>| {
            let line = words(line);
            line.chars().count() > 3 && (title.contains(&line) || (!title.is_empty() && line == format!("标题{title}")))
        };
        let behind = &lines[whole.map_or(0, |at| at + 1)..];
        let begins = whole.map(|at| &lines[at]).or_else(|| behind.iter().find(|line| part_of_title(line)));
        let begins = begins.map(|line| line.start);
        (begins, behind.iter().filter(|line| !part_of_title(line)).cloned().collect())
    }

    /// A part without the white space around it.
    fn trimmed(&self, part: Range<usize>) -> Range<usize> {
        let own = &self.text[part.clone()];
        let start = part.start + own.len() - own.trim_start().len();
        start..start + own.trim().len()
    }
}

/// The most runs of lines whose places are kept; a text of one page or one file has one.
const MOST: usize = 1_000;

/// Goes through the lines of a text in their order, and tells where they stand.
struct Lines<'t> {
    passages: &'t Passages<'t>,
    /// An offset, and the number of its line, from 0.
    reached: (usize, usize),
}

impl<'t> Lines<'t> {
    fn new(passages: &'t Passages<'t>) -> Self {
        Self { passages, reached: (0, 0) }
    }

    /// The place of an offset that lies behind those asked for before.
    fn place(&mut self, offset: usize) -> Place {
        let (from, line) = self.reached;
        let more = self.passages.text.get(from..offset).unwrap_or_default();
        let line = line + more.bytes().filter(|byte| *byte == b'\n').count();
        self.reached = (offset.max(from), line);
        match self.passages.places {
            [] => Place::on_line(u32::try_from(line + 1).unwrap_or(u32::MAX)),
            places => places.get(line).cloned().unwrap_or_default(),
        }
    }

    /// Notes the place of a line, unless it follows from the run before it.
    fn place_of(&mut self, location: Location, line: Option<u32>, offset: usize, places: &mut Vec<TextPlace>) {
        let place = self.place(offset);
        let told = places.last().filter(|run| run.location == location && run.line.is_some());
        let follows = told.zip(line).is_some_and(|(run, line)| run.at(line) == place);
        if !follows && !place.is_unknown() && places.len() < MOST {
            places.push(TextPlace { location, line, place });
        }
    }

    /// The pieces of a text as one, a line or more each; their places are noted.
    fn joined(&mut self, pieces: &[Range<usize>], location: Location, places: &mut Vec<TextPlace>) -> String {
        let text = self.passages.text;
        let mut joined = String::new();
        let mut line = 0;
        for (at, piece) in pieces.iter().enumerate() {
            if at > 0 {
                joined.push('\n');
            }
            let mut offset = piece.start;
            for own in text[piece.clone()].split_inclusive('\n') {
                self.place_of(location, Some(line), offset, places);
                offset += own.len();
                line += u32::from(own.ends_with('\n'));
            }
            joined.push_str(&text[piece.clone()]);
            line += 1;
        }
        joined
    }
}

/// A heading without its line breaks.
fn one_line(heading: &str) -> String {
    heading.split('\n').map(str::trim).collect()
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
