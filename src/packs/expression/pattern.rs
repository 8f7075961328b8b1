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

use crate::words::Text;

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
    /// What is wrong with it.
    pub fn of(written: &str) -> Result<Self, Text> {
        let automaton = thompson::Config::new().nfa_size_limit(Some(MAX_SIZE)).which_captures(WhichCaptures::None);
        let search = DFA::config().cache_capacity(MEMORY).minimum_cache_clear_count(Some(MAX_CLEARED));
        let built = DFA::builder().thompson(automaton).configure(search).build(written);
        built.map(Self).map_err(|error| in_words(&root(&error)))
    }

    /// Whether the pattern occurs in a text; `None` if the search was abandoned.
    pub fn stands_in(&self, text: &str) -> Option<bool> {
        let mut memory = self.0.create_cache();
        let input = Input::new(text).earliest(true);
        self.0.try_search_fwd(&mut memory, &input).ok().map(|found| found.is_some())
    }
}

/// The root cause of an error, which says most, in one line.
fn root(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string().lines().last().unwrap_or_default().chars().take(160).collect()
}

/// What the library says, which is English, in words: first the beginnings of what it says.
const WORDS: [(&str, &str); 14] = [
    ("unclosed group", "圆括号没有配对"),
    ("unopened group", "圆括号没有配对"),
    ("unclosed character class", "方括号没有配对"),
    ("repetition operator missing expression", "* + ? { 之前没有可重复的内容；指这些字符本身的，写作 \\* 等"),
    ("unclosed counted repetition", "花括号没有配对；指花括号本身的，写作 \\{"),
    ("repetition quantifier expects", "花括号内应为次数，如 {2} 或 {2,4}"),
    ("invalid repetition count range", "次数范围的前一个数不得大于后一个"),
    ("invalid character class range", "字符范围的前一个字符应在后一个之前"),
    ("incomplete escape", "末尾的反斜杠之后没有字符"),
    ("unrecognized escape", "反斜杠之后的字符不能转义"),
    ("look-around", "不支持环视（(?=、(?! 等）"),
    ("Unicode property not found", "没有这种 Unicode 类别"),
    ("Unicode word boundar", "不支持 \\b、\\B（词的边界）"),
    ("backreferences", "不支持引用前面的分组（\\1 等）"),
];

fn in_words(said: &str) -> Text {
    let plain = said.trim_start_matches("error: ");
    let known = WORDS.iter().find(|(words, _)| plain.contains(words)).map(|(_, zh)| *zh);
    let size = plain.contains("exceeded limit").then_some("过大：重复的次数过多，或内容过长");
    let zh = known.or(size).unwrap_or("写法不符合正则表达式的语法");
    let en = if size.is_some() { "too large: " } else { "" };
    Text::new(zh.to_owned(), format!("{en}{plain}"))
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
            let pattern = Pattern::of(written).unwrap_or_else(|why| panic!("{written}: {why:?}"));
            assert_eq!(pattern.stands_in(text), Some(found), "{written} in {text}");
        }
    }

    #[test]
    fn a_wrong_pattern_or_one_that_is_too_large_is_told() {
        for (written, zh, en) in [
            ("(", "圆括号没有配对", "unclosed group"),
            ("一)", "圆括号没有配对", "unopened group"),
            ("[一", "方括号没有配对", "unclosed character class"),
            ("*一", "* + ? { 之前没有", "repetition operator"),
            ("一{2", "花括号没有配对", "unclosed counted"),
            ("一{x}", "花括号内应为次数", "repetition"),
            ("一{3,2}", "前一个数不得大于后一个", "range"),
            ("[二-一]", "字符范围的前一个字符", "range"),
            ("一\\", "末尾的反斜杠", "incomplete"),
            (r"\一", "不能转义", "unrecognized"),
            ("(?=一)", "不支持环视", "look-around"),
            (r"(一)\1", "不支持引用", "backreferences"),
            ("(a{1000}){1000}", "过大", "exceeded limit"),
            (r"\w{1000}", "过大", "exceeded limit"),
            (r"\b甲", "不支持 \\b", "word"),
            (r"\p{甲}", "没有这种 Unicode 类别", "property"),
        ] {
            let why = Pattern::of(written).err().unwrap_or_else(|| panic!("{written} is accepted"));
            assert!(why.zh.contains(zh) && why.en.contains(en), "{written}: {why:?}");
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
        let pattern = Pattern::of("申.{300}[^一-龥]").unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(pattern.stands_in(&text), None);
        assert_eq!(pattern.stands_in(&"申请公开".repeat(10_000)), Some(false));
    }
}
