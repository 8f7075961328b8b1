//! The one pass over a text that finds what anybody looks for: the words of the lexicon, the signs that tokens are made
//! of, and the runs of digits.
//!
//! The words are a tree of their characters, which is ready at once; the pass looks at no character oftener than the
//! longest word is long. (An automaton for the same words takes longer to be made than a report takes to be checked:
//! docs/decisions/0005.)

use std::{ops::Range, sync::LazyLock};

use super::{
    Cut,
    lexicon::{Word, words},
};
use crate::deadline::Deadline;

/// The signs that tokens begin with, beside the words ([`super::tokens`]): digits, numerals, what stands for a blank, marks.
pub(super) const SIGNS: &str = "0123456789\
    零壹贰叁肆伍陆柒捌玖拾佰仟〇一二两三四五六七八九十百千万\
    Xx×_△○□\
    ,、:;([【〔)]】〕。!?｡";

/// What stands in a text, from the left.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    /// The words, also those within others; at each place the longest first.
    pub hits: Vec<Hit>,
    /// Where a sign stands that may begin a token.
    pub signs: Vec<u32>,
    /// The runs of digits.
    pub digits: Vec<Range<u32>>,
    /// Where two different ideographs stand that stand there once more: 公开公开.
    pub twice: Vec<u32>,
}

/// A word of the lexicon in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    start: u32,
    end: u32,
    pub word: &'static Word,
}

impl Hit {
    /// Where it stands.
    pub fn at(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// All words, as a tree of their characters.
pub(super) struct Lexicon {
    words: Vec<Word>,
    /// The word that ends at each node.
    ends: Vec<Option<u16>>,
    steps: Steps,
    /// What a character of the basic plane is at the beginning of a word: the node that it leads to, if it begins one,
    /// with `SIGN` and `WORD`.
    first: Vec<u32>,
    /// Which two characters begin a word, by [`pair`]; a bit may stand for another pair too.
    pairs: Vec<u64>,
}

/// The character is a sign.
const SIGN: u32 = 1 << 31;
/// The character is a word by itself.
const WORD: u32 = 1 << 30;
/// The node without what else is told.
const NODE: u32 = !(SIGN | WORD);
/// The pairs that are told from each other.
const PAIRS: usize = 1 << 16;

/// Which node a character of the basic plane leads to from another one: a table with open addresses.
struct Steps(Vec<Step>);

/// A node and a character, as [`Steps::key`] puts them together, and where they lead; 0 where nothing is.
#[derive(Clone, Copy, Default)]
struct Step {
    key: u32,
    node: u16,
}

impl Steps {
    /// The table's size, of which most stays empty.
    const SLOTS: usize = 1 << 13;

    fn new() -> Self {
        Self(vec![Step::default(); Self::SLOTS])
    }

    fn key(node: u32, char: char) -> u32 {
        node << 16 | char as u32
    }

    /// The slot of a key, or the one where it would be put.
    fn slot(&self, key: u32) -> usize {
        let mut slot = (key.wrapping_mul(0x9e37_79b1) >> 19) as usize;
        while self.0[slot].key != key && self.0[slot].key != 0 {
            slot = (slot + 1) % Self::SLOTS;
        }
        slot
    }

    fn put(&mut self, from: u32, char: char, node: u16) {
        let key = Self::key(from, char);
        let slot = self.slot(key);
        self.0[slot] = Step { key, node };
    }

    /// The node that a character leads to; `None` if no word goes on so.
    fn get(&self, from: u32, char: char) -> Option<u32> {
        if char > '\u{ffff}' {
            return None;
        }
        let step = self.0[self.slot(Self::key(from, char))];
        (step.key != 0).then(|| step.node.into())
    }
}

/// The lexicon, made when it is first asked for.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(words()));
    &LEXICON
}

impl Lexicon {
    /// A lexicon of words in their order.
    fn of(words: Vec<Word>) -> Self {
        let chars: Vec<Vec<char>> = words.iter().map(|word| word.text.chars().collect()).collect();
        let mut lexicon =
            Self { words, ends: vec![None], steps: Steps::new(), first: vec![0; 1 << 16], pairs: vec![0; PAIRS / 64] };
        // Each node with the words that go through it, and how many characters lead to it.
        let mut open = std::collections::VecDeque::from([(0, 0..chars.len(), 0)]);
        while let Some((node, mut range, depth)) = open.pop_front() {
            if chars[range.start].len() == depth {
                lexicon.ends[node] = u16::try_from(range.start).ok();
                range.start += 1;
            }
            while !range.is_empty() {
                let next = chars[range.start][depth];
                let end = range.start + chars[range.clone()].iter().take_while(|word| word[depth] == next).count();
                let to = lexicon.ends.len();
                lexicon.steps.put(narrow(node), next, u16::try_from(to).unwrap_or(0));
                open.push_back((to, range.start..end, depth + 1));
                lexicon.ends.push(None);
                range.start = end;
            }
        }
        lexicon.note_beginnings(&chars);
        lexicon
    }

    /// Notes with which characters and pairs words begin.
    fn note_beginnings(&mut self, words: &[Vec<char>]) {
        for char in words.iter().filter_map(|word| word.first().copied()) {
            let node = self.steps.get(0, char).unwrap_or(0);
            let word = if self.ends[node as usize].is_some() { WORD } else { 0 };
            self.first[char as usize] = node | word;
        }
        SIGNS.chars().for_each(|char| self.first[char as usize] |= SIGN);
        for pair in words.iter().filter_map(|word| Some(pair(*word.first()?, *word.get(1)?))) {
            self.pairs[pair / 64] |= 1 << (pair % 64);
        }
    }

    /// What stands in a folded text.
    #[cfg(test)]
    pub fn scan(&'static self, text: &str) -> Scan {
        self.scan_until(text, &Deadline::NEVER).unwrap_or_default()
    }

    /// What stands in a folded text, unless the deadline comes first.
    pub fn scan_until(&'static self, text: &str, deadline: &Deadline) -> Result<Scan, Cut> {
        /// After so many bytes the deadline is asked: a section of a report has fewer.
        const PIECE: usize = 1 << 16;
        // As many as an ordinary text has, so that the lists needn't grow.
        let (hits, signs) = (Vec::with_capacity(text.len() / 24), Vec::with_capacity(text.len() / 12));
        let mut scan = Scan { hits, signs, ..Scan::default() };
        // The three characters before, and what the last one is at the beginning of a word.
        let (mut third, mut second, mut last, mut first) = ('\0', '\0', '\0', 0);
        let mut from = 0;
        while from < text.len() {
            if deadline.is_over() {
                return Err(Cut::Time);
            }
            let to = text.ceil_char_boundary(from + PIECE);
            for (at, char) in text[from..to].char_indices() {
                let at = from + at;
                if first & NODE != 0 && (first & WORD != 0 || self.has(pair(last, char))) {
                    self.words_from(first & NODE, at - last.len_utf8(), &text[at..], &mut scan.hits);
                }
                if char == second && last == third && is_ideograph(char) && is_ideograph(last) && char != last {
                    scan.twice.push(narrow(at - 3 * char.len_utf8()));
                }
                (third, second, last) = (second, last, char);
                first = self.first.get(char as usize).copied().unwrap_or(0);
                if first & SIGN != 0 {
                    scan.sign(at, char);
                }
            }
            from = to;
        }
        if first & WORD != 0 {
            self.words_from(first & NODE, text.len() - last.len_utf8(), "", &mut scan.hits);
        }
        Ok(scan)
    }

    fn has(&self, pair: usize) -> bool {
        self.pairs[pair / 64] >> (pair % 64) & 1 != 0
    }

    /// The words that begin at a place, whose first character led to a node; the longest first.
    fn words_from(&'static self, mut node: u32, at: usize, behind: &str, hits: &mut Vec<Hit>) {
        let before = hits.len();
        let mut behind = behind.chars();
        loop {
            if let Some(word) = self.ends[node as usize].map(|word| &self.words[usize::from(word)]) {
                hits.push(Hit { start: narrow(at), end: narrow(at + word.text.len()), word });
            }
            let Some(char) = behind.next() else { break };
            let Some(next) = self.steps.get(node, char) else { break };
            node = next;
        }
        hits[before..].reverse();
    }
}

impl Scan {
    fn sign(&mut self, at: usize, char: char) {
        let at = narrow(at);
        self.signs.push(at);
        if char.is_ascii_digit() {
            match self.digits.last_mut().filter(|run| run.end == at) {
                Some(run) => run.end = at + 1,
                None => self.digits.push(at..at + 1),
            }
        }
    }
}

/// The number of a pair of characters.
fn pair(first: char, second: char) -> usize {
    (first as usize * 31 + second as usize) % PAIRS
}

/// Whether a character is one of the ideographs that reports are written in, each of three bytes.
fn is_ideograph(char: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&char)
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        narrative::{folded::Folded, lexicon::List, vocabulary::Kind},
        words::numbers::digit_runs,
    };

    proptest! {
        #[test]
        fn every_word_is_found_where_it_stands_and_no_other(
            text in "([行政复议诉讼申请公开信息的了情况收到、()一是无法提供]|行政复议|规范性文件|&nbsp;|\\PC){0,40}"
        ) {
            let folded = Folded::of(&text);
            let found = lexicon().scan(folded.text()).hits.into_iter().map(|hit| (hit.at(), hit.word.text));
            let mut found: Vec<_> = found.map(|(at, word)| (at.start, at.end, word)).collect();
            found.sort_unstable();
            let all = words().into_iter().flat_map(|word| {
                folded.text().match_indices(word.text).map(|(at, word)| (at, at + word.len())).collect::<Vec<_>>().into_iter().map(move |(from, to)| (from, to, word.text))
            });
            // A word that overlaps itself (的的的) is met more often than match_indices tells.
            for met in all {
                prop_assert!(found.binary_search(&met).is_ok(), "{met:?}");
            }
            for (from, to, word) in found {
                prop_assert_eq!(&folded.text()[from..to], word);
            }
        }
    }

    #[test]
    fn every_word_is_in_the_form_in_which_texts_are_looked_at_and_stands_once_in_its_list() {
        for word in words() {
            assert_eq!(Folded::of(word.text).text(), word.text);
            let mut lists: Vec<u8> = word.lists.iter().map(|(list, ..)| *list as u8).collect();
            let before = lists.len();
            lists.dedup();
            assert_eq!(lists.len(), before, "{} stands twice in a list", word.text);
        }
    }

    #[test]
    fn every_list_has_its_place() {
        let listed: std::collections::BTreeSet<usize> =
            words().iter().flat_map(|word| &word.lists).map(|(list, ..)| *list as usize).collect();
        assert!(listed.into_iter().eq(0..List::COUNT));
    }

    #[test]
    fn most_of_the_table_of_steps_stays_empty_and_nodes_have_their_numbers() {
        let used = lexicon().steps.0.iter().filter(|step| step.key != 0).count();
        assert_eq!(used + 1, lexicon().ends.len());
        assert!(used * 2 < Steps::SLOTS && used < usize::from(u16::MAX), "{used}");
    }

    #[test]
    fn a_long_text_is_left_at_the_deadline_and_no_word_is_lost_where_it_was_asked() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        const LONG: usize = 3 << 16;
        for shift in 0..16 {
            let text = format!("{}{}", "a".repeat(shift), "行政复议".repeat(LONG / 12));
            let found = lexicon().scan(&text).hits.into_iter().filter(|hit| hit.word.text == "行政复议");
            assert_eq!(found.count(), LONG / 12, "{shift}");
        }
        let asked = AtomicUsize::new(0);
        let deadline = Deadline::when(move || asked.fetch_add(1, Ordering::Relaxed) >= 2);
        assert!(lexicon().scan_until(&"甲".repeat(LONG / 3), &deadline).is_err());
        assert!(lexicon().scan_until("甲", &Deadline::NEVER).is_ok());
    }

    #[test]
    fn runs_of_digits_are_told() {
        let text = "2023年至20245年，1999年度、12";
        let runs = lexicon().scan(text).digits.into_iter().map(|run| run.start as usize..run.end as usize);
        assert!(runs.eq(digit_runs(text)));
    }

    #[test]
    fn words_of_two_ideographs_that_stand_twice_are_told() {
        let text = "公开公开公开，1212，——————，的的的的，信息息信";
        let twice = lexicon().scan(text).twice;
        assert!(twice.iter().map(|at| &text[*at as usize..][..6]).eq(["公开", "开公", "公开"]), "{twice:?}");
    }

    #[test]
    fn words_within_others_are_found_too() {
        let folded = Folded::of("无法提供");
        let hits = lexicon().scan(folded.text()).hits;
        assert_eq!(&folded.text()[hits[0].at()], "无法提供");
        assert!(hits.iter().any(|hit| hit.word.kind == Some(Kind::Negation)));
        assert_eq!(
            hits.iter().filter(|hit| hit.word.lists.iter().any(|(list, ..)| *list == List::NotCharged)).count(),
            1
        );
    }
}
