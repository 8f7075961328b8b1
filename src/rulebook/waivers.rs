//! The file in which an operator keeps waivers.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::reader::ListReader;
use crate::{
    profile::no_rule,
    report::Date,
    rule::Rule,
    submission::{Category, Covers, FINGERPRINT, Waiver, is_fingerprint},
    words::Text,
    written::{NamedText, Problem},
};

/// The most waivers of a file.
pub(super) const MAX_WAIVERS: usize = 10_000;
/// The longest texts of a waiver, in characters.
pub(super) const MAX_TEXT: usize = 1_000;

/// 豁免 / Waivers
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    /// 各项豁免 / The waivers
    waivers: Vec<WaiverText>,
}

/// 一项豁免：写明指纹，或写明规则和机关 / One waiver: of a fingerprint, or of a rule and a body
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WaiverText {
    /// 编号，自定 / The operator's own number for it
    #[serde(default)]
    id: String,
    /// 问题的指纹，照抄检查结果中的 / The fingerprint, as the answer has it
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    fingerprint: Option<Spanned<String>>,
    /// 规则代码，如 TAL-001 / The rule's code
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    code: Option<Spanned<String>>,
    /// 机关全称 / The body's full name
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    body: Option<Spanned<String>>,
    /// 报告年度；不写则各年都算 / The report year; any where there is none
    #[serde(default)]
    year: Option<i32>,
    /// 类别 / Why it may stand
    category: CategoryText,
    /// 理由 / The reason
    #[schemars(with = "String")]
    reason: Spanned<String>,
    /// 批准人 / Who approved it
    #[schemars(with = "String")]
    approver: Spanned<String>,
    /// 有效期的最后一日，如 2026-12-31 / The last day on which it is in force
    #[schemars(with = "String")]
    expires: Spanned<String>,
}

/// 误报、可接受的偏差、正在改正 / A false finding, an accepted deviation, being mended
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum CategoryText {
    FalseFinding,
    AcceptedDeviation,
    BeingMended,
}

/// The JSON Schema of the file, for editors.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(File)
}

/// The waivers of a file, checked against the existing rules.
pub(super) fn parse(source: NamedText<'_>, rules: &[Rule]) -> Result<Vec<Waiver>, Vec<Problem>> {
    let mut reader = ListReader::new(source, rules);
    let waivers: Vec<WaiverText> = reader.parsed("waivers").into_iter().flat_map(|file: File| file.waivers).collect();
    if waivers.len() > MAX_WAIVERS {
        let (zh, en) = (format!("最多 {MAX_WAIVERS} 项"), format!("at most {MAX_WAIVERS} waivers"));
        reader.note_whole(Text::new(zh, en));
        return reader.end(Vec::new());
    }
    let waivers = waivers.iter().filter_map(|waiver| reader.waiver(waiver)).collect();
    reader.end(waivers)
}

impl ListReader<'_> {
    fn waiver(&mut self, text: &WaiverText) -> Option<Waiver> {
        let covers = self.covers(text);
        for words in [&text.reason, &text.approver] {
            if !(1..=MAX_TEXT).contains(&words.value.chars().count()) {
                let (zh, en) = (format!("1 至 {MAX_TEXT} 字"), format!("1 to {MAX_TEXT} characters"));
                self.note(words, Text::new(zh, en));
            }
        }
        let expires = Date::parse(&text.expires.value);
        if expires.is_none() {
            self.note(&text.expires, Text::fixed("应为存在的日期，如 2026-12-31", "a day that exists: 2026-12-31"));
        }
        Some(Waiver {
            id: text.id.clone(),
            covers: covers?,
            category: match text.category {
                CategoryText::FalseFinding => Category::FalseFinding,
                CategoryText::AcceptedDeviation => Category::AcceptedDeviation,
                CategoryText::BeingMended => Category::BeingMended,
            },
            reason: text.reason.value.clone(),
            approver: text.approver.value.clone(),
            expires: expires?,
        })
    }

    fn covers(&mut self, text: &WaiverText) -> Option<Covers> {
        match (&text.fingerprint, &text.code, &text.body) {
            (Some(fingerprint), None, None) => {
                let own = fingerprint.value.clone();
                let well_formed = is_fingerprint(&own);
                if !well_formed {
                    self.note(fingerprint, FINGERPRINT.clone());
                }
                Some(Covers::Fingerprint(own))
            }
            (None, Some(code), Some(body)) if !body.value.is_empty() => {
                self.code(code);
                Some(Covers::Rule { code: code.value.clone(), body: body.value.clone(), year: text.year })
            }
            _ => {
                let why =
                    Text::fixed("应有 fingerprint，或 code 和 body", "either a fingerprint, or a code and a body");
                self.note(&text.reason, why);
                None
            }
        }
    }

    fn code(&mut self, code: &Spanned<String>) {
        let rule = self.rules.iter().find(|rule| rule.code == code.value);
        match rule {
            None => self.note(code, no_rule(&code.value, self.rules)),
            Some(rule) if !rule.bounds.waivable => {
                let (zh, en) = (format!("规则 {} 不得豁免", code.value), format!("{} can't be waived", code.value));
                self.note(code, Text::new(zh, en));
            }
            Some(_) => {}
        }
    }
}
