//! No word of the operator’s list stands in the text.
//!
//! The operator may supply words that its reports are not to contain. Without a list the rule has nothing to
//! say.
//!
//! # 说明
//! 运行方可以提供不应出现的词语表；没有提供的，本规则不适用。
//!
//! # Bad
//! ```json
//! { "parameters": { "forbidden_words": ["绝密"] }, "report": { "sections": { "3": { "text": "绝密文件不予公开。" } } } }
//! ```
use std::ops::Range;

use crate::{
    dossier::Dossier,
    narrative::Passage,
    report::Edition,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::{Text, compatible},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-011",
    title: &Text::fixed("不应出现词表中的词语", "No word of the operator’s list"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of("运行方词表", Edition::Unknown, "运行方规定")],
    source: include_str!("txt_011_words_of_a_list.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let words = &dossier.parameters.forbidden_words;
    if words.is_empty() {
        return Ruling::not_applicable(Text::fixed("运行方没有提供词表", "the operator supplied no list of words"));
    }
    let words: Vec<String> = words.iter().map(|word| compatible(word)).filter(|word| !word.is_empty()).collect();
    // The operator's words are no part of the lexicon: each is looked for by itself.
    let found = dossier.index().texts().flat_map(|passage| {
        let met = words.iter().filter_map(move |word| Some((passage.text().find(word.as_str())?, word)));
        met.map(move |(from, word)| violation(passage, &(from..from + word.len()), word))
    });
    Ruling::of(found)
}

fn violation(passage: &Passage, part: &Range<usize>, word: &str) -> Violation {
    let quote = passage.around(part);
    let message =
        Text::new(format!("“{quote}”中有词表中的“{word}”"), format!("“{quote}” has “{word}”, a word of the list"));
    at(passage, part, message)
        .expecting(Text::fixed("不出现词表中的词语", "no word of the list"), Text::same(quote))
        .advising(Text::fixed("按运行方的规定处理", "do as the operator's list asks"))
}
