//! The texts of a report, each read once: its folded form, and where the words stand that anybody looks for.

use std::ops::Range;

use super::{
    Cut,
    folded::Folded,
    lexicon::List,
    scan::{Scan, lexicon},
};
use crate::{
    deadline::Deadline,
    report::{AnnualReport, Location},
    words::numbers::named_year,
};

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
    scan: Scan,
    met: Listed,
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

/// The words of a text that are in lists, by list.
#[derive(Clone, Debug)]
struct Listed {
    /// Which of the hits it is, and which of its lists; in each list in the order in which they stand.
    words: Vec<(u32, u32)>,
    /// Where the words of each list end.
    ends: [u32; List::COUNT],
}

impl Listed {
    fn of(scan: &Scan) -> Self {
        let mut ends = [0; List::COUNT];
        if scan.hits.is_empty() {
            return Self { words: Vec::new(), ends };
        }
        scan.hits.iter().flat_map(|hit| &hit.word.lists).for_each(|(list, ..)| ends[*list as usize] += 1);
        let mut all = 0;
        for end in &mut ends {
            // Where the list begins: what is put there moves it to its end.
            all += std::mem::replace(end, all);
        }
        let mut words = vec![(0, 0); all as usize];
        for (number, hit) in (0..).zip(&scan.hits) {
            for (entry, (list, ..)) in (0..).zip(&hit.word.lists) {
                let at = &mut ends[*list as usize];
                words[*at as usize] = (number, entry);
                *at += 1;
            }
        }
        Self { words, ends }
    }

    /// Those of a list.
    fn of_list(&self, list: List) -> &[(u32, u32)] {
        let from = (list as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[from as usize..self.ends[list as usize] as usize]
    }
}

impl Index {
    /// Reads the texts of a report.
    pub fn of(report: &AnnualReport) -> Self {
        // Without a deadline nothing is cut.
        Self::until(report, &Deadline::NEVER).unwrap_or_default()
    }

    /// Reads the texts of a report, unless the deadline comes before they are read.
    ///
    /// # Errors
    ///
    /// That it did.
    pub fn until(report: &AnnualReport, deadline: &Deadline) -> Result<Self, Cut> {
        let title = (Location::Title, Part::Heading, &report.title);
        let preamble = (Location::Preamble, Part::Text, &report.preamble);
        let sections = report.sections.iter().flat_map(|section| {
            let place = Location::Section(section.number);
            [(place, Part::Heading, &section.heading), (place, Part::Text, &section.text)]
        });
        let mut passages = Vec::with_capacity(2 + 2 * report.sections.len());
        for (location, part, text) in [title, preamble].into_iter().chain(sections) {
            if deadline.is_over() {
                return Err(Cut::Time);
            }
            let folded = Folded::of(text);
            let scan = lexicon().scan_until(folded.text(), deadline)?;
            passages.push(Passage { location, part, folded, met: Listed::of(&scan), scan });
        }
        Ok(Self { passages })
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
        self.met.of_list(list).iter().map(|(hit, entry)| {
            let hit = &self.scan.hits[*hit as usize];
            let (_, number, meant) = hit.word.lists[*entry as usize];
            Met { at: hit.at(), number, word: hit.word.text, meant }
        })
    }

    /// Whether a word of a list stands here.
    pub fn has(&self, list: List) -> bool {
        !self.met.of_list(list).is_empty()
    }

    /// How many marks say that something was left out when the text was collected: then an absence proves little.
    pub fn gaps(&self) -> usize {
        // Most texts have no bracket at all, which is soon seen.
        if self.text().contains('[') { self.text().matches("[...]").count() } else { 0 }
    }

    pub(super) fn folded(&self) -> &Folded {
        &self.folded
    }

    /// The words of two ideographs that stand there twice, one behind the other; of each the first place.
    pub fn doubled(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.scan.twice.iter().map(|at| *at as usize..*at as usize + 2 * '字'.len_utf8())
    }

    /// The runs of ASCII digits.
    pub fn digits(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.scan.digits.iter().map(|run| run.start as usize..run.end as usize)
    }

    /// The years of this century and the last that are followed by 年, each with its place.
    pub fn named_years(&self) -> impl Iterator<Item = (usize, i32)> + '_ {
        self.digits().filter_map(|run| named_year(self.text(), &run))
    }

    pub(super) fn scan(&self) -> &Scan {
        &self.scan
    }
}

/// The marks at which clauses end.
pub(super) const CLAUSE_ENDS: [char; 8] = ['，', '。', '；', '：', '！', '？', ',', ';'];
