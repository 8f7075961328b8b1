//! The texts of a report, each read once: its folded form, and where the words stand that anybody looks for.

use std::ops::Range;

use super::{
    folded::Folded,
    lexicon::{Hit, List, lexicon},
};
use crate::report::{AnnualReport, Location};

/// The texts of a report.
#[derive(Clone, Debug, Default)]
pub struct Index {
    passages: Vec<Passage>,
}

/// What a passage is in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Heading,
    Text,
}

/// One text of a report: the title, a heading, the text before section one, or that of a section.
#[derive(Clone, Debug)]
pub struct Passage {
    location: Location,
    part: Part,
    folded: Folded,
    hits: Vec<Hit>,
    /// The words of the lists, by list, and in each in the order in which they stand.
    met: Vec<(List, Met)>,
}

/// A word of a list in a passage.
#[derive(Clone, Debug)]
pub struct Met {
    /// Where it stands in the folded text, in bytes.
    pub at: Range<usize>,
    /// Its place in the list.
    pub number: usize,
    /// The word.
    pub word: &'static str,
    /// What is meant instead; empty where the list doesn't say.
    pub meant: &'static str,
}

/// A word, in each of its lists.
fn met_at(hit: &Hit) -> impl Iterator<Item = (List, Met)> {
    let (at, (word, lists)) = (hit.at(), hit.lists());
    lists.iter().map(move |(list, number, meant)| (*list, Met { at: at.clone(), number: *number, word, meant }))
}

impl Index {
    /// Reads the texts of a report.
    pub fn of(report: &AnnualReport) -> Self {
        let title = (Location::Title, Part::Heading, &report.title);
        let preamble = (Location::Preamble, Part::Text, &report.preamble);
        let sections = report.sections.iter().flat_map(|section| {
            let place = Location::Section(section.number);
            [(place, Part::Heading, &section.heading), (place, Part::Text, &section.text)]
        });
        let passages = [title, preamble].into_iter().chain(sections);
        let passages = passages.map(|(location, part, text)| {
            let folded = Folded::of(text);
            let hits = lexicon().hits(&folded);
            let mut met: Vec<(List, Met)> = hits.iter().flat_map(met_at).collect();
            met.sort_by_key(|(list, _)| *list);
            Passage { location, part, folded, hits, met }
        });
        Self { passages: passages.collect() }
    }

    /// All passages: title and headings too.
    pub fn all(&self) -> impl Iterator<Item = &Passage> {
        self.passages.iter()
    }

    /// The text before section one, then those of the sections.
    pub fn texts(&self) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(|passage| passage.part == Part::Text)
    }

    /// The title.
    pub fn title(&self) -> &str {
        self.passages.first().map_or("", Passage::text)
    }

    /// The text before section one.
    pub fn preamble(&self) -> Option<&Passage> {
        self.texts().find(|passage| passage.location == Location::Preamble)
    }

    /// The text of a section; `None` if there is no such section, or it shows nothing.
    pub fn section(&self, number: u8) -> Option<&Passage> {
        self.texts().find(|passage| passage.location == Location::Section(number) && !passage.text().is_empty())
    }

    /// Whether a word of a list stands in one of the texts.
    pub fn has(&self, list: List) -> bool {
        self.texts().any(|passage| passage.has(list))
    }
}

impl Passage {
    /// Where it stands in the report.
    pub fn location(&self) -> Location {
        self.location
    }

    /// Whether it is a text, and no title or heading.
    pub fn is_text(&self) -> bool {
        self.part == Part::Text
    }

    /// The text in compatibility form, in simplified characters, without white space.
    pub fn text(&self) -> &str {
        self.folded.text()
    }

    /// The text as it is.
    pub fn original(&self) -> &str {
        self.folded.original()
    }

    /// Where a part stands in the text as it is, in bytes.
    pub fn place(&self, part: &Range<usize>) -> Range<usize> {
        self.folded.place(part)
    }

    /// A part as it is.
    pub fn printed(&self, part: &Range<usize>) -> &str {
        &self.folded.original()[self.folded.place(part)]
    }

    /// A part as printed, without white space.
    pub fn quote(&self, part: &Range<usize>) -> String {
        self.folded.quote(part)
    }

    /// A part as printed, with its clause, or as much of a long one as is near.
    pub fn around(&self, part: &Range<usize>) -> String {
        const NEAR: usize = 16;
        const LEAST: usize = 4;
        // A few characters tell little: they go on beyond a comma.
        let ends = |(distance, (_, char)): &(usize, (usize, char))| {
            matches!(char, '。' | '！' | '？' | '\n') || *distance >= LEAST && CLAUSE_ENDS.contains(char)
        };
        let text = self.text();
        let (before, behind) = (&text[..part.start], &text[part.end..]);
        let begins = before.char_indices().rev().take(NEAR).enumerate().find(&ends).map(|(_, at)| at);
        let begins = begins.or_else(|| before.char_indices().rev().nth(NEAR));
        // What is cut off within a clause is marked.
        let cut = |at: Option<(usize, char)>| match at {
            Some((_, char)) if !CLAUSE_ENDS.contains(&char) && !matches!(char, '。' | '！' | '？' | '\n') => "……",
            _ => "",
        };
        let start = begins.map_or(0, |(at, char)| at + char.len_utf8());
        let left = cut(begins);
        let end = behind.char_indices().take(NEAR).enumerate().find(&ends).map(|(_, at)| at);
        let end = end.or_else(|| behind.char_indices().nth(NEAR));
        let right = cut(end);
        let end = end.map_or(behind.len(), |(at, _)| at);
        format!("{left}{}{right}", self.quote(&(start..part.end + end)))
    }

    /// The words of a list, in the order in which they stand.
    pub fn words(&self, list: List) -> impl Iterator<Item = Met> + '_ {
        let from = self.met.partition_point(|(own, _)| *own < list);
        self.met[from..].iter().take_while(move |(own, _)| *own == list).map(|(_, met)| met.clone())
    }

    /// Whether a word of a list stands here.
    pub fn has(&self, list: List) -> bool {
        self.words(list).next().is_some()
    }

    /// How many marks say that something was left out when the text was collected: then an absence proves little.
    pub fn gaps(&self) -> usize {
        self.text().matches("[...]").count()
    }

    pub(super) fn folded(&self) -> &Folded {
        &self.folded
    }

    pub(super) fn hits(&self) -> &[Hit] {
        &self.hits
    }
}

/// The marks at which clauses end.
pub(super) const CLAUSE_ENDS: [char; 8] = ['，', '。', '；', '：', '！', '？', ',', ';'];
