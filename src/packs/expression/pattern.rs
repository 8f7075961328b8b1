//! Regular expressions, compiled when a pack is loaded.
//!
//! A search builds states as it goes, in a memory of fixed size, and is abandoned once that has been cleared too
//! often: so its time is bounded by the length of the text, whatever the pattern. (The `regex` crate switches to a
//! slower engine instead: 36 s on a text of one megabyte were observed.)

use regex_automata::{
    Input,
    hybrid::dfa::DFA,
    nfa::thompson::{self, WhichCaptures},
};

/// The largest compiled pattern, and the memory of a search, in bytes.
pub(in crate::packs) const MAX_SIZE: usize = 1 << 20;
const MEMORY: usize = 2 << 20;
/// How often the memory may be cleared in a search.
const MAX_CLEARED: usize = 1;

/// A pattern that is ready to run.
#[derive(Clone, Debug)]
pub(in crate::packs) struct Pattern(DFA);

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in English.
    pub fn of(written: &str) -> Result<Self, String> {
        let automaton = thompson::Config::new().nfa_size_limit(Some(MAX_SIZE)).which_captures(WhichCaptures::None);
        let search = DFA::config().cache_capacity(MEMORY).minimum_cache_clear_count(Some(MAX_CLEARED));
        let built = DFA::builder().thompson(automaton).configure(search).build(written);
        built.map(Self).map_err(|error| causes(&error))
    }

    /// Whether the pattern occurs in a text; `None` if the search was abandoned.
    pub fn stands_in(&self, text: &str) -> Option<bool> {
        let mut memory = self.0.create_cache();
        let input = Input::new(text).earliest(true);
        self.0.try_search_fwd(&mut memory, &input).ok().map(|found| found.is_some())
    }
}

/// The root cause of an error, which says most, in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string().lines().last().unwrap_or_default().chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_in_a_text_or_not() {
        for (written, text, found) in [
            ("第[一二三]条", "见第二条", true),
            ("第[一二三]条", "见第四条", false),
            ("^见.*条$", "见第二条", true),
            (r"\d{4}年", "自2023年起", true),
            (r"(?i)ABC|甲", "xabcx", true),
            ("", "", true),
        ] {
            let pattern = Pattern::of(written).unwrap_or_else(|why| panic!("{written}: {why}"));
            assert_eq!(pattern.stands_in(text), Some(found), "{written} in {text}");
        }
    }

    #[test]
    fn a_wrong_pattern_or_one_that_is_too_large_is_told() {
        for (written, reason) in [
            ("(", "unclosed group"),
            ("(a{1000}){1000}", "exceeded limit"),
            (r"\w{1000}", "exceeded limit"),
            (r"\b甲", "word"),
        ] {
            let why = Pattern::of(written).err().unwrap_or_else(|| panic!("{written} is accepted"));
            assert!(why.contains(reason), "{written}: {why}");
        }
    }

    #[test]
    fn a_search_that_would_take_long_is_given_up() {
        // Each position may be the beginning of a match, in another state: no two are alike.
        let mut seed = 1_u32;
        let text: String = (0..200_000)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                if seed >> 31 == 0 { '申' } else { '乙' }
            })
            .collect();
        let pattern = Pattern::of("申.{300}[^一-龥]").unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(pattern.stands_in(&text), None);
        assert_eq!(pattern.stands_in(&"申请公开".repeat(10_000)), Some(false));
    }
}
