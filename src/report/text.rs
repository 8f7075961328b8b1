//! Words for people, in both languages.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// In which language an answer is given.
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
    /// Words that are known when the program is written.
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// Words that are put together when the program runs.
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

/// Traditional characters that the form's labels are met in, and their simplified forms.
const TRADITIONAL: [(char, char); 54] = [
    ('辦', '办'),
    ('請', '请'),
    ('開', '开'),
    ('數', '数'),
    ('總', '总'),
    ('計', '计'),
    ('結', '结'),
    ('轉', '转'),
    ('繼', '继'),
    ('續', '续'),
    ('訴', '诉'),
    ('訟', '讼'),
    ('復', '复'),
    ('議', '议'),
    ('處', '处'),
    ('無', '无'),
    ('繳', '缴'),
    ('費', '费'),
    ('類', '类'),
    ('項', '项'),
    ('審', '审'),
    ('維', '维'),
    ('糾', '纠'),
    ('關', '关'),
    ('業', '业'),
    ('務', '务'),
    ('規', '规'),
    ('範', '范'),
    ('強', '强'),
    ('罰', '罚'),
    ('許', '许'),
    ('機', '机'),
    ('構', '构'),
    ('組', '组'),
    ('織', '织'),
    ('會', '会'),
    ('後', '后'),
    ('經', '经'),
    ('過', '过'),
    ('確', '确'),
    ('認', '认'),
    ('補', '补'),
    ('報', '报'),
    ('舉', '举'),
    ('複', '复'),
    ('當', '当'),
    ('護', '护'),
    ('權', '权'),
    ('內', '内'),
    ('務', '务'),
    ('執', '执'),
    ('詢', '询'),
    ('現', '现'),
    ('購', '购'),
];

/// A character as words are compared: in compatibility form, simplified, letters and digits alone.
pub fn plain_characters(char: char) -> impl Iterator<Item = char> {
    let simplified = |char: char| TRADITIONAL.iter().find(|(own, _)| *own == char).map_or(char, |(_, simple)| *simple);
    let plain: Vec<char> = std::iter::once(char).nfkc().filter(|char| char.is_alphanumeric()).map(simplified).collect();
    plain.into_iter()
}

/// The words of a text as they are compared: see [`plain_characters`].
pub fn plain(text: &str) -> String {
    text.chars().flat_map(plain_characters).collect()
}
