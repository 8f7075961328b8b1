//! The file in which an operator writes profiles.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::{KnownRules, reader::ListReader};
use crate::{
    dossier::Parameters,
    profile::{Profile, Setting},
    rule::Severity,
    words::Text,
    written::{NamedText, Problem, is_stand_in},
};

/// The most profiles, settings per profile, and words per list.
pub(super) const MAX_PROFILES: usize = 50;
pub(super) const MAX_SETTINGS: usize = 1_000;
pub(super) const MAX_WORDS: usize = 1_000;
/// The longest word, in characters.
pub(super) const MAX_WORD: usize = 100;

/// 方案文件 / Profiles
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    /// 各方案；extends 只能写在前面的方案 / The profiles
    profiles: Vec<ProfileText>,
}

/// 一个方案 / A profile
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ProfileText {
    /// 名称：小写字母、数字和连字符 / The name: small letters, digits, hyphens
    #[schemars(with = "String")]
    name: Spanned<String>,
    /// 说明 / What it is for
    #[serde(default)]
    title: TitleText,
    /// 在哪个方案的基础上改动：national、beijing 或写在它之前的方案 / The profile that it takes over: one that stands before it
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    extends: Option<Spanned<String>>,
    /// 规则代码或其开头（TXT-*）与设定 / Codes, or beginnings of codes, with what is set
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, SettingText>")]
    rules: BTreeMap<String, Spanned<SettingText>>,
    /// 参数 / Parameters
    #[serde(default)]
    parameters: ParametersText,
}

/// 中文和英文 / Chinese and English
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct TitleText {
    /// 中文 / Chinese
    zh: String,
    /// 英文 / English
    en: String,
}

/// 停用，试行（照常检查，不计入结论），或严重程度 / Off, on trial (its findings don't count), or how grave
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum SettingText {
    Off,
    Trial,
    Error,
    Warning,
    Info,
}

/// 参数；不写的沿用 / Parameters; those not given stay
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct ParametersText {
    /// 采购金额一律四位小数（AMT-001） / Procurement amounts always have four decimal places
    four_decimals: Option<bool>,
    /// 空白按错误处理（TAB-008） / Blanks are errors
    blanks_are_errors: Option<bool>,
    /// 全文雷同的相似度，50 至 100（YOY-005、AGG-003） / How alike whole texts may be, in percent
    #[schemars(with = "Option<usize>")]
    text_similarity: Option<Spanned<usize>>,
    /// 第五部分雷同的相似度，50 至 100（YOY-006） / How alike sections five may be, in percent
    #[schemars(with = "Option<usize>")]
    problems_similarity: Option<Spanned<usize>>,
    /// 不得出现的词（TXT-011） / Words that must not stand in the text
    #[schemars(with = "Option<Vec<String>>")]
    forbidden_words: Option<Spanned<Vec<String>>>,
}

/// The JSON Schema of the file, for editors.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(File)
}

/// The profiles of a file, checked against the existing rules.
pub(super) fn parse(source: NamedText<'_>, known: KnownRules<'_>) -> Result<Vec<Profile>, Vec<Problem>> {
    let mut reader = ListReader::new(source, known);
    let texts: Vec<ProfileText> = reader.parsed("profiles").into_iter().flat_map(|file: File| file.profiles).collect();
    let mut profiles = vec![Profile::national(), Profile::beijing()];
    let built_in = profiles.len();
    if texts.len() > MAX_PROFILES {
        let (zh, en) = (format!("最多 {MAX_PROFILES} 个方案"), format!("at most {MAX_PROFILES} profiles"));
        reader.noted.note_whole(Text::new(zh, en));
        return reader.end(Vec::new());
    }
    reader.is_torn |= texts.iter().any(|text| is_stand_in(&text.name));
    for profile in &texts {
        let profile = reader.profile(profile, &profiles);
        profiles.push(profile);
    }
    let profiles = profiles.split_off(built_in);
    reader.end(profiles)
}

impl ListReader<'_> {
    fn profile(&mut self, text: &ProfileText, known: &[Profile]) -> Profile {
        let name = &text.name.value;
        let well_formed = (1..=40).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !well_formed || known.iter().any(|other| other.name == *name) {
            let why = Text::fixed(
                "方案名称应为 1 至 40 个小写字母、数字和连字符，且不得重复",
                "a profile's name has 1 to 40 small letters, digits and hyphens, and is there once",
            );
            self.noted.note(&text.name, why);
        }
        let mut profile = self.extended(text, known);
        name.clone_into(&mut profile.name);
        profile.title = Text::new(text.title.zh.clone(), text.title.en.clone());
        if text.rules.len() > MAX_SETTINGS {
            let (zh, en) = (format!("最多 {MAX_SETTINGS} 项"), format!("at most {MAX_SETTINGS} settings"));
            self.noted.note(&text.name, Text::new(zh, en));
        }
        let own: BTreeMap<String, Setting> =
            text.rules.iter().map(|(code, setting)| (code.clone(), setting.value.into())).collect();
        let misfits = Profile { settings: own.clone(), ..Profile::default() }.misfits(self.known.rules);
        for (code, why) in misfits {
            if let Some(at) = text.rules.get(&code).filter(|_| self.known.would_have(&code)) {
                self.noted.note(at, why);
            }
        }
        profile.settings.extend(own);
        self.parameters(&text.parameters, &mut profile.parameters);
        profile
    }

    /// The profile that this one extends.
    fn extended(&mut self, text: &ProfileText, known: &[Profile]) -> Profile {
        let Some(wanted) = &text.extends else {
            return Profile::default();
        };
        let base = known.iter().find(|other| other.name == wanted.value);
        // It may be one that could not be read, whose fault is told.
        if base.is_none() && !self.is_torn {
            let names = known.iter().map(|profile| profile.name.as_str()).collect::<Vec<_>>().join("、");
            let (zh, en) =
                (format!("应为在它之前的方案：{names}"), format!("a profile that stands before it: {names}"));
            self.noted.note(wanted, Text::new(zh, en));
        }
        base.cloned().unwrap_or_default()
    }

    fn parameters(&mut self, text: &ParametersText, parameters: &mut Parameters) {
        parameters.four_decimals = text.four_decimals.unwrap_or(parameters.four_decimals);
        parameters.blanks_are_errors = text.blanks_are_errors.unwrap_or(parameters.blanks_are_errors);
        self.percent(text.text_similarity.as_ref(), &mut parameters.text_similarity);
        self.percent(text.problems_similarity.as_ref(), &mut parameters.problems_similarity);
        if let Some(words) = &text.forbidden_words {
            let sound = |word: &String| (1..=MAX_WORD).contains(&word.chars().count());
            if words.value.len() > MAX_WORDS || !words.value.iter().all(sound) {
                let (zh, en) = (
                    format!("最多 {MAX_WORDS} 个词，每个 1 至 {MAX_WORD} 字"),
                    format!("at most {MAX_WORDS} words of 1 to {MAX_WORD} characters"),
                );
                self.noted.note(words, Text::new(zh, en));
            }
            parameters.forbidden_words.clone_from(&words.value);
        }
    }

    fn percent(&mut self, text: Option<&Spanned<usize>>, parameter: &mut usize) {
        if let Some(percent) = text {
            if !(50..=100).contains(&percent.value) {
                self.noted.note(percent, Text::fixed("应为 50 至 100（百分比）", "50 to 100 percent"));
            }
            *parameter = percent.value;
        }
    }
}

impl From<SettingText> for Setting {
    fn from(text: SettingText) -> Self {
        match text {
            SettingText::Off => Self::Off,
            SettingText::Trial => Self::Trial,
            SettingText::Error => Self::Grave(Severity::Error),
            SettingText::Warning => Self::Grave(Severity::Warning),
            SettingText::Info => Self::Grave(Severity::Info),
        }
    }
}
