//! Takes digits apart that ran together when a table became text.
//!
//! All splits of a run into a row's figures are listed (a figure has no leading zero, and none
//! spans a space). A split that is the only one is certain. Else those count in which the row's
//! own sum holds; what all of them share is accepted, and that a relation was assumed is said.

use std::ops::Range;

use super::{
    figure::{UNITS, points_to_a_note, without_separators},
    numeral::numeral,
};
use crate::words::plain::is_ignorable;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A count.
    Count,
    /// A count that may be negative: 本年增/减.
    Signed,
    /// An amount, perhaps with its unit.
    Amount,
}

/// The sums that a row's figures make: blocks of so many, each the sum of its other figures in its total.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    /// How many figures a block has.
    pub block: usize,
    /// The place of the total within each block.
    pub totals: Vec<usize>,
}

/// The splits of a run.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Splits {
    /// There is one, whatever relations hold.
    Certain(Vec<String>),
    /// There are some, and in none does the row's sum hold.
    NoneSums,
    /// These are left; `assumed` tells that the row's sum was used to choose them.
    Left { readings: Vec<Vec<String>>, assumed: bool },
    /// There are none, or too many to look at.
    Unknown,
}

/// How many steps and how many readings a search may come to.
const MAX_STEPS: usize = 100_000;
const MAX_READINGS: usize = 20_000;
/// The longest figure, in bytes: a count has ten digits at most, so that sums of them can't overflow;
/// an amount has some more, and a unit.
const MAX_COUNT: usize = 10;
const MAX_FIGURE: usize = 24;

/// The splits of a run into figures of these kinds, and with these sums if there are any.
pub(super) fn split(run: &str, kinds: &[Kind], sums: Option<&Sums>) -> Splits {
    let run = &in_digits(run);
    let (digits, breaks) = without_spaces(run);
    if may_have_blanks(run, kinds, sums) {
        return Splits::Unknown;
    }
    if digits.len() > kinds.len() * MAX_FIGURE {
        return Splits::Unknown;
    }
    let search = |sums: Option<&Sums>, enough: usize| {
        let ends = vec![[UNKNOWN; 3]; digits.len()];
        let (steps, found) = (0, Vec::new());
        let mut search = Search { digits: &digits, breaks: &breaks, kinds, sums, enough, ends, steps, found };
        let complete = search.from(0, &mut Vec::with_capacity(kinds.len()));
        complete.then_some(search.found)
    };
    match search(None, 2).as_deref() {
        Some([only]) => return Splits::Certain(only.clone()),
        Some([]) => return Splits::Unknown,
        _ => {}
    }
    match search(sums, MAX_READINGS) {
        Some(readings) if readings.is_empty() && sums.is_some() => Splits::NoneSums,
        Some(readings) if !readings.is_empty() && readings.len() < MAX_READINGS => {
            Splits::Left { readings, assumed: sums.is_some() }
        }
        _ => Splits::Unknown,
    }
}

/// A run with its full-width digits, and its Chinese numerals, which stand apart, as ASCII digits.
fn in_digits(run: &str) -> String {
    let word = |word: &str| numeral(word).map_or_else(|| word.to_owned(), |number| number.to_string());
    let narrow = |char: char| match char {
        '０'..='９' => char::from_u32(char as u32 - '０' as u32 + '0' as u32).unwrap_or(char),
        '．' => '.',
        '－' | '\u{2212}' => '-',
        char => char,
    };
    if run.is_ascii() {
        return run.to_owned();
    }
    let narrow: String = run.chars().map(narrow).collect();
    narrow.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Whether a run has fewer figures than columns, each whole: then blank cells are as likely as digits that
/// ran together. Of a row that sums up they are unlikely, if what stands before its total doesn't.
fn may_have_blanks(run: &str, kinds: &[Kind], sums: Option<&Sums>) -> bool {
    let bare: String = run.chars().filter(|char| !is_noted(*char)).collect();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let whole = |word: &&str| kinds.iter().any(|kind| is_figure(word, *kind));
    if !(2..kinds.len()).contains(&words.len()) || !words.iter().all(whole) {
        return false;
    }
    let number = |word: &&str| word.parse::<i64>().unwrap_or(i64::MAX / 32);
    /// So many figures apart are no digits that ran together.
    const MANY: usize = 4;
    match sums {
        Some(sums) if sums.block == kinds.len() && words.len() >= MANY => true,
        Some(sums) if sums.block == kinds.len() => {
            // The total, wherever it stands, is half of all.
            let all: i64 = words.iter().map(number).sum();
            words.iter().any(|word| number(word) * 2 == all)
        }
        // Of several blocks nobody knows where one ends; few figures are digits that ran together.
        Some(_) => words.len() * 3 >= kinds.len() * 2,
        None => true,
    }
}

/// Whether a character in a run is a mark beside a figure.
pub(super) fn is_noted(char: char) -> bool {
    points_to_a_note(char) || matches!(char, '*' | '※')
}

/// The run without its spaces, and after which bytes a figure must end.
fn without_spaces(run: &str) -> (String, Vec<bool>) {
    let mut digits = String::with_capacity(run.len());
    let mut breaks = Vec::with_capacity(run.len());
    for char in run.trim().chars() {
        // A mark stands behind a figure.
        if char.is_whitespace() || is_noted(char) {
            breaks.last_mut().into_iter().for_each(|last| *last = true);
        } else if !is_ignorable(char) {
            digits.push(char);
            breaks.resize(digits.len(), false);
        }
    }
    (digits, breaks)
}

struct Search<'a> {
    digits: &'a str,
    breaks: &'a [bool],
    kinds: &'a [Kind],
    sums: Option<&'a Sums>,
    enough: usize,
    /// How long a figure of each kind can be that begins at a place: a bit for each length, once it has been asked.
    ends: Vec<[u32; 3]>,
    steps: usize,
    found: Vec<Vec<String>>,
}

/// No figure is so long.
const UNKNOWN: u32 = 1 << 31;

/// A figure of a reading.
struct Part {
    place: Range<usize>,
    value: i64,
}

impl Search<'_> {
    /// Continues a reading from a place; false when the search was given up.
    fn from(&mut self, at: usize, reading: &mut Vec<Part>) -> bool {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return false;
        }
        let Some(kind) = self.kinds.get(reading.len()).copied() else {
            if at == self.digits.len() {
                self.found.push(reading.iter().map(|own| self.digits[own.place.clone()].to_owned()).collect());
            }
            return true;
        };
        let columns_left = self.kinds.len() - reading.len() - 1;
        let mut lengths = self.lengths(at, kind);
        while lengths != 0 {
            let end = at + lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            if self.digits.len() - end < columns_left || self.found.len() >= self.enough {
                break;
            }
            let value = self.digits[at..end].parse().unwrap_or(i64::MAX / 16);
            reading.push(Part { place: at..end, value });
            let go_on = !self.breaks_sum(reading) && !self.from(end, reading);
            reading.pop();
            if go_on {
                return false;
            }
        }
        true
    }

    /// How long a figure can be that begins at a place, as bits.
    fn lengths(&mut self, at: usize, kind: Kind) -> u32 {
        let Some(known) = self.ends.get(at).map(|kinds| kinds[kind as usize]) else { return 0 };
        if known != UNKNOWN {
            return known;
        }
        let limit = (at + 1..=self.digits.len()).find(|end| self.breaks[end - 1]).unwrap_or(self.digits.len());
        let ends = at + 1..=limit.min(at + MAX_FIGURE);
        let fits = |end: &usize| self.digits.is_char_boundary(*end) && is_figure(&self.digits[at..*end], kind);
        let lengths = ends.filter(fits).fold(0, |lengths, end| lengths | 1 << (end - at));
        self.ends[at][kind as usize] = lengths;
        lengths
    }

    /// Whether the last figure completes a block whose parts do not sum to it.
    fn breaks_sum(&self, reading: &[Part]) -> bool {
        let Some(sums) = self.sums.filter(|sums| reading.len().is_multiple_of(sums.block)) else {
            return false;
        };
        let total = sums.totals.get(reading.len() / sums.block - 1).copied().unwrap_or(sums.block - 1);
        let figures = &reading[reading.len() - sums.block..];
        let all: i64 = figures.iter().map(|own| own.value).sum();
        figures[total].value * 2 != all
    }
}

fn is_figure<'t>(text: &'t str, kind: Kind) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = |text: &str| digits(text) && (text == "0" || !text.starts_with('0'));
    let bare = |text: &'t str| UNITS.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    // Most texts are digits and nothing else.
    let count = |text: &'t str| {
        let text = if digits(text) { text } else { bare(text) };
        text.len() <= MAX_COUNT && whole(text)
    };
    match kind {
        Kind::Count => count(text),
        Kind::Signed => count(text) || text.strip_prefix('-').is_some_and(|rest| count(rest) && rest != "0"),
        Kind::Amount => {
            let number = text.strip_suffix("万元").or_else(|| text.strip_suffix('元')).unwrap_or(text);
            // Thousands apart: what comes before the point is whole all the same.
            let number = &without_separators(number).unwrap_or_else(|| number.to_owned());
            match number.split_once('.') {
                Some((before, after)) => whole(before) && digits(after),
                None => whole(number),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Kind::{Amount, Count, Signed};

    /// Blocks of so many figures, with their totals at their ends.
    fn sums(block: usize) -> Option<Sums> {
        Some(Sums { block, totals: vec![block - 1; 3] })
    }

    fn certain(figures: &[&str]) -> Splits {
        Splits::Certain(figures.iter().map(|figure| (*figure).to_owned()).collect())
    }

    fn left(readings: &[&[&str]], assumed: bool) -> Splits {
        let readings = readings.iter().map(|reading| reading.iter().map(|figure| (*figure).to_owned()).collect());
        Splits::Left { readings: readings.collect(), assumed }
    }

    #[test]
    fn as_many_digits_as_figures_need_no_relation() {
        assert_eq!(split("6000017", &[Count; 7], sums(7).as_ref()), certain(&["6", "0", "0", "0", "0", "1", "7"]));
        assert_eq!(split("007", &[Count; 3], None), certain(&["0", "0", "7"]));
        assert_eq!(split("20 0 00 0 121", &[Count; 1], None), Splits::Unknown);
    }

    #[test]
    fn a_relation_chooses_and_spaces_bind() {
        let row = &["20", "0", "0", "0", "0", "1", "21"][..];
        assert_eq!(split("200 000121", &[Count; 7], sums(7).as_ref()), left(&[row], true));
        assert_eq!(split("2200000325", &[Count; 7], sums(7).as_ref()), Splits::NoneSums);
        let both = left(&[&["2", "20", "0", "0", "0", "3", "25"], &["22", "0", "0", "0", "0", "3", "25"]], true);
        assert_eq!(split("220000325", &[Count; 7], sums(7).as_ref()), both);
    }

    #[test]
    fn too_many_readings_are_none() {
        // 23 cuts in 30 digits: more than anybody looks at.
        assert_eq!(split(&"1".repeat(30), &[Count; 24], None), Splits::Unknown);
        let Splits::Left { readings, .. } = split(&"1".repeat(12), &[Count; 8], None) else { panic!("some are left") };
        assert!(readings.len() < MAX_READINGS);
    }

    #[test]
    fn without_a_relation_all_splits_are_left() {
        let Splits::Left { readings, assumed } = split("7777166", &[Count; 3], None) else {
            panic!("several splits expected");
        };
        assert!(!assumed && readings.len() == 15 && readings.contains(&vec!["77".into(), "77".into(), "166".into()]));
    }

    #[test]
    fn signs_and_amounts_keep_their_columns() {
        assert_eq!(split("35-15", &[Count, Signed], None), certain(&["35", "-15"]));
        assert_eq!(split("24252.311082", &[Amount], None), certain(&["24252.311082"]));
        assert!(matches!(split("39573802895.90元", &[Count, Amount], None), Splits::Left { .. }));
    }

    #[test]
    fn figures_longer_than_any_count_are_no_readings() {
        let run = format!("{0}{0}000000", "9".repeat(19));
        assert_eq!(split(&run, &[Count; 7], sums(7).as_ref()), Splits::Unknown);
    }

    #[test]
    fn a_long_run_is_given_up_and_not_searched_for_ever() {
        assert_eq!(split(&"1".repeat(400), &[Count; 15], sums(5).as_ref()), Splits::Unknown);
    }
}
