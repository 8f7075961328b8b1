//! How far one text repeats another.
//!
//! Texts are compared by their shingles: each three successive characters, once everything but letters
//! is dropped and each figure is one sign, so that neither layout nor changed figures hide a copy. The
//! similarity of two texts is the share of their shingles that they have in common (Jaccard), in whole
//! percent. Two texts are compared exactly; where many are, a [`Sketch`] of each says which pairs are
//! worth it.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::index::CLAUSE_ENDS;
use crate::{report::AnnualReport, words::quotes::balanced};

/// From how many percent on two whole texts repeat each other.
pub const WHOLE_TEXT: usize = 85;
/// From how many percent on two sections five repeat each other.
pub const SECTION_FIVE: usize = 80;
/// Whole texts that are shorter, in letters, are not compared.
pub const SHORTEST_TEXT: usize = 200;
/// Sections that are shorter, in letters, are not compared.
pub const SHORTEST_SECTION: usize = 80;

/// How many letters a shingle has. Three letters of 21 bits fill a `u64`: shingles are exact.
const SHINGLE: usize = 3;
const LETTER_BITS: u32 = 21;
/// How many letters of a text are looked at: far more than a report has.
const MAX_LETTERS: usize = 100_000;
/// The shortest passage that is worth quoting, in letters, and how many are quoted, how far.
const SHORTEST_PASSAGE: usize = 10;
const PASSAGES: usize = 3;
const QUOTED: usize = 60;
/// At how many places of the other text a passage is looked for.
const CANDIDATES: usize = 16;
/// How many of a text's least hashes its sketch keeps.
const SKETCH: usize = 256;
/// By how many percent a sketch may err before two texts are compared exactly.
const MARGIN: usize = 10;

/// What is behind this mark is compared, but not quoted.
const UNQUOTED: char = '\u{c}';

/// The running text of a report: sections and preamble, without headings and tables. All preambles say the same: it is no
/// passage to be quoted.
pub fn running_text(report: &AnnualReport) -> String {
    let sections: Vec<&str> = report.sections.iter().map(|section| section.text.as_str()).collect();
    format!("{}{UNQUOTED}{}", sections.join("\n"), report.preamble)
}

/// Passages in quotation marks.
pub fn quoted(passages: &[String]) -> String {
    passages.iter().map(|passage| format!("“{passage}”")).collect()
}

/// A text as it is compared.
pub struct Fabric<'a> {
    text: &'a str,
    letters: Vec<char>,
    /// Where each letter begins in the text, in bytes.
    places: Vec<usize>,
    /// Each shingle once, in order.
    shingles: Vec<u64>,
}

impl<'a> Fabric<'a> {
    /// A text, made ready to be compared.
    pub fn of(text: &'a str) -> Self {
        let (letters, places) = letters(text);
        let mut shingles: Vec<u64> = letters.windows(SHINGLE).map(packed).collect();
        shingles.sort_unstable();
        shingles.dedup();
        Self { text, letters, places, shingles }
    }

    /// How many letters are compared.
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The share of shingles that both texts have, in whole percent, rounded down.
    pub fn similarity(&self, other: &Self) -> usize {
        let shared = shared(&self.shingles, &other.shingles);
        let all = self.shingles.len() + other.shingles.len() - shared;
        shared * 100 / all.max(1)
    }

    /// The longest passages that the other text has too, longest first, as this text prints them.
    pub fn passages(&self, other: &Self) -> Vec<String> {
        let quotable = self.text.find(UNQUOTED).unwrap_or(self.text.len());
        let mut runs = self.runs(other);
        runs.retain(|(from, _)| self.places[*from] < quotable);
        runs.sort_by_key(|(from, length)| (std::cmp::Reverse(*length), *from));
        runs.into_iter().take(PASSAGES).map(|(from, length)| self.quoted(from, length)).collect()
    }

    /// What the text's sketch keeps of it.
    pub fn sketch(&self) -> Sketch {
        let mut least: Vec<u64> = self.shingles.iter().map(|shingle| scattered(*shingle)).collect();
        least.sort_unstable();
        least.truncate(SKETCH);
        Sketch { shingles: self.shingles.len(), least }
    }

    /// The passages that the other text has too, from left to right: each as long as it goes.
    fn runs(&self, other: &Self) -> Vec<(usize, usize)> {
        let mut begins: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, window) in other.letters.windows(SHINGLE).enumerate() {
            let places = begins.entry(packed(window)).or_default();
            if places.len() < CANDIDATES {
                places.push(at);
            }
        }
        let mut runs = Vec::new();
        let mut at = 0;
        while at + SHINGLE <= self.letters.len() {
            let places = begins.get(&packed(&self.letters[at..at + SHINGLE])).map_or(&[][..], Vec::as_slice);
            let length = places.iter().map(|place| alike(&self.letters[at..], &other.letters[*place..])).max();
            let length = length.unwrap_or(0);
            if length >= SHORTEST_PASSAGE {
                runs.push((at, length));
            }
            at += length.max(1);
        }
        runs
    }

    /// The text from one letter on, on one line, as far as it is quoted.
    fn quoted(&self, from: usize, length: usize) -> String {
        // A mark that opens belongs to what it opens.
        let before = &self.text[..self.places[from]];
        let start = before.trim_end_matches(['（', '(', '“', '《', '〈', '‘']).len();
        let end = self.places.get(from + length).copied().unwrap_or(self.text.len());
        let line: Vec<char> = self.text[start..end].chars().filter(|char| !char.is_whitespace()).collect();
        let line = line.as_slice();
        let quoted = match line.get(..QUOTED) {
            Some(beginning) if line.len() > QUOTED => {
                // Where a clause ends, if one does: not within a word.
                let end = beginning.iter().rposition(|char| CLAUSE_ENDS.contains(char)).filter(|end| *end > QUOTED / 2);
                beginning[..end.unwrap_or(QUOTED)].iter().collect::<String>() + "……"
            }
            _ => line.iter().collect::<String>().trim_end_matches(|char: char| !char.is_alphanumeric()).to_owned(),
        };
        balanced(&quoted).into_owned()
    }
}

/// The least hashes of a text's shingles (MinHash of the bottom kind): enough to tell whether another
/// text may be similar.
pub struct Sketch {
    shingles: usize,
    least: Vec<u64>,
}

impl Sketch {
    /// Whether two texts may be similar to so many percent, so that it is worth comparing them.
    pub fn may_reach(&self, other: &Self, percent: usize) -> bool {
        let (fewer, more) = (self.shingles.min(other.shingles), self.shingles.max(other.shingles));
        if fewer * 100 < more * percent {
            return false;
        }
        // Of the shingles of both texts, the least hashes are a sample.
        let in_sample = shared_among_least(&self.least, &other.least, SKETCH);
        let sample = (self.least.len() + other.least.len() - in_sample).min(SKETCH);
        in_sample * 100 + MARGIN * sample >= percent * sample
    }
}

/// The letters of a text in compatibility form, each figure as one sign, and where each begins.
fn letters(text: &str) -> (Vec<char>, Vec<usize>) {
    let (mut letters, mut places) = (Vec::new(), Vec::new());
    for (at, char) in text.char_indices() {
        for char in char.nfkc().filter(|char| char.is_alphanumeric()) {
            let letter = if char.is_numeric() { '#' } else { char };
            if letter == '#' && letters.last() == Some(&'#') {
                continue;
            }
            letters.push(letter);
            places.push(at);
        }
        if letters.len() >= MAX_LETTERS {
            break;
        }
    }
    (letters, places)
}

/// A shingle as a number.
fn packed(shingle: &[char]) -> u64 {
    shingle.iter().fold(0, |packed, letter| packed << LETTER_BITS | u64::from(*letter))
}

/// How many letters two texts have in common at their beginning.
fn alike(left: &[char], right: &[char]) -> usize {
    left.iter().zip(right).take_while(|(left, right)| left == right).count()
}

/// How many numbers two ascending lists have in common.
fn shared(left: &[u64], right: &[u64]) -> usize {
    shared_among_least(left, right, usize::MAX)
}

/// How many numbers two ascending lists have in common among the least so many of both.
fn shared_among_least(left: &[u64], right: &[u64], least: usize) -> usize {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let (mut seen, mut shared) = (0, 0);
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        if seen == least {
            break;
        }
        seen += 1;
        let order = one.cmp(other);
        shared += usize::from(order.is_eq());
        left.next_if(|_| order.is_le());
        right.next_if(|_| order.is_ge());
    }
    shared
}

/// A number scattered over all numbers (the finalizer of SplitMix64).
fn scattered(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一是部分单位主动公开不够及时；二是答复文书不够规范，共发现问题12个。";

    #[test]
    fn layout_and_figures_hide_no_copy_and_other_words_are_no_copy() {
        let copy = "一是部分单位\n主动公开 不够及时，二是答复文书不够规范，共发现问题 ３.５ 个";
        let similarity = |other: &str| Fabric::of(TEXT).similarity(&Fabric::of(other));
        assert_eq!(similarity(TEXT), 100);
        assert_eq!(similarity(copy), 100);
        assert!(similarity("组织答复文书专题培训两次，按季度检查公开目录。") < 20);
        assert_eq!((similarity(""), Fabric::of("").similarity(&Fabric::of(""))), (0, 0));
    }

    #[test]
    fn shared_passages_are_quoted_as_this_text_prints_them() {
        let other = Fabric::of("今年：二是答复文书不够规范，共发现问题7个。一是部分单位主动公开不够");
        let passages = Fabric::of(TEXT).passages(&other);
        assert_eq!(passages, ["二是答复文书不够规范，共发现问题12个", "一是部分单位主动公开不够"]);
        let (long, same) = ("问题清单逐项整改".repeat(20), "问题清单逐项整改".repeat(30));
        let passages = Fabric::of(&long).passages(&Fabric::of(&same));
        assert_eq!(passages.iter().map(|passage| passage.chars().count()).collect::<Vec<_>>(), [62]);
    }

    #[test]
    fn a_sketch_misses_no_copy_and_spares_most_comparisons() {
        let words =
            |from: u32| -> String { (from..from + 3000).filter_map(|at| char::from_u32(0x4e00 + at)).collect() };
        let sketch = |from: u32| Fabric::of(&words(from)).sketch();
        // 2,800 of 3,200 letters are shared: 87 percent.
        assert!(sketch(0).may_reach(&sketch(200), WHOLE_TEXT));
        assert!(!sketch(0).may_reach(&sketch(1500), WHOLE_TEXT));
        assert!(!sketch(0).may_reach(&Fabric::of(TEXT).sketch(), WHOLE_TEXT));
        assert!(Fabric::of(TEXT).sketch().may_reach(&Fabric::of(TEXT).sketch(), 100));
    }
}
