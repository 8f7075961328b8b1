//! Words for people, in both languages.

use std::borrow::Cow;

/// The language of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Plain official Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// The same words in Chinese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Text {
    /// Words known at compile time.
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// Words composed at run time.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: Cow::Owned(zh.into()), en: Cow::Owned(en.into()) }
    }

    /// The same words in both languages: a quotation, or a figure.
    pub fn same(words: impl Into<String>) -> Self {
        let words: String = words.into();
        Self { zh: Cow::Owned(words.clone()), en: Cow::Owned(words) }
    }

    /// The words in one language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// The part of `中文 / English` in a language; where both are longer, the slash may end a line.
pub fn part(both: &str, language: Language) -> &str {
    let divided = both.split_once(" / ").or_else(|| both.split_once(" /\n"));
    match (divided, language) {
        (Some((zh, _)), Language::Zh) => zh,
        (Some((_, en)), Language::En) => en,
        (None, _) => both,
    }
}
