//! The file in which an operator keeps waivers.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::{KnownRules, reader::ListReader};
use crate::{
    profile::no_rule,
    report::Date,
    submission::{Category, Covers, FINGERPRINT, Waiver, is_fingerprint},
    words::Text,
    written::{NamedText, Problem, is_stand_in},
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
    #[schemars(with = "Vec<WaiverText>")]
    waivers: Vec<Spanned<WaiverText>>,
}

/// 一项豁免：写明指纹，或写明规则和机关 / One waiver: of a fingerprint, or of a rule and a body
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WaiverText {
    /// 编号，自定 / The operator's own number for it
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    id: Option<Spanned<String>>,
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

/// That a waiver doesn't say what it covers, or says it twice: what is to be added or to be left out.
fn undecided(text: &WaiverText) -> Text {
    let is_there =
        |field: &Option<Spanned<String>>| field.as_ref().is_some_and(|own| !own.value.is_empty() || is_stand_in(own));
    match (is_there(&text.fingerprint), is_there(&text.code), is_there(&text.body)) {
        (false, true, false) => Text::fixed(
            "缺少字段 body：豁免一条规则须写明机关",
            "the field body is missing: a rule is waived for a body",
        ),
        (false, false, true) => {
            Text::fixed("缺少字段 code：应写明豁免哪条规则", "the field code is missing: which rule is waived?")
        }
        (true, ..) => Text::fixed(
            "只能写 fingerprint，或 code 和 body，不能都写",
            "either a fingerprint, or a code and a body, not both",
        ),
        _ => {
            Text::fixed("缺少字段 fingerprint，或者 code 和 body", "the field fingerprint is missing, or code and body")
        }
    }
}

/// The JSON Schema of the file, for editors.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(File)
}

/// The waivers of a file, checked against the existing rules.
pub(super) fn parse(source: NamedText<'_>, known: KnownRules<'_>) -> Result<Vec<Waiver>, Vec<Problem>> {
    let mut reader = ListReader::new(source, known);
    let waivers: Vec<Spanned<WaiverText>> =
        reader.parsed("waivers").into_iter().flat_map(|file: File| file.waivers).collect();
    if waivers.len() > MAX_WAIVERS {
        let (zh, en) = (format!("最多 {MAX_WAIVERS} 项"), format!("at most {MAX_WAIVERS} waivers"));
        reader.noted.note_whole(Text::new(zh, en));
        return reader.end(Vec::new());
    }
    reader.ids(waivers.iter().filter_map(|waiver| waiver.value.id.as_ref()));
    let waivers = waivers.iter().filter_map(|waiver| reader.waiver(waiver)).collect();
    reader.end(waivers)
}

impl ListReader<'_> {
    fn waiver(&mut self, element: &Spanned<WaiverText>) -> Option<Waiver> {
        let text = &element.value;
        let covers = self.covers(element);
        self.words(&text.reason);
        self.words(&text.approver);
        let expires = self.day(&text.expires);
        Some(Waiver {
            id: text.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
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

    /// A number stands for one waiver: answers tell by it which one was applied.
    fn ids<'t>(&mut self, ids: impl Iterator<Item = &'t Spanned<String>>) {
        let mut seen = HashSet::new();
        for id in ids.filter(|id| !id.value.is_empty()) {
            if !seen.insert(&id.value) {
                self.noted.note(id, Text::fixed("编号重复", "another waiver has this id"));
            }
        }
    }

    fn words(&mut self, words: &Spanned<String>) {
        if !(1..=MAX_TEXT).contains(&words.value.chars().count()) {
            let (zh, en) =
                (format!("应有 1 至 {MAX_TEXT} 字"), format!("1 to {MAX_TEXT} characters are expected here"));
            self.noted.note(words, Text::new(zh, en));
        }
    }

    fn day(&mut self, text: &Spanned<String>) -> Option<Date> {
        let day = Date::parse(&text.value);
        if day.is_none() {
            self.noted.note(text, Text::fixed("应为存在的日期，如 2026-12-31", "a day that exists: 2026-12-31"));
        }
        day
    }

    fn fingerprint(&mut self, text: &Spanned<String>) {
        if !is_fingerprint(&text.value) {
            self.noted.note(text, FINGERPRINT.clone());
        }
    }

    fn covers(&mut self, element: &Spanned<WaiverText>) -> Option<Covers> {
        let text = &element.value;
        match (&text.fingerprint, &text.code, &text.body) {
            (Some(fingerprint), None, None) => {
                self.fingerprint(fingerprint);
                Some(Covers::Fingerprint(fingerprint.value.clone()))
            }
            (None, Some(code), Some(body)) if !body.value.is_empty() || is_stand_in(body) => {
                self.code(code);
                Some(Covers::Rule { code: code.value.clone(), body: body.value.clone(), year: text.year })
            }
            _ => {
                self.noted.note_element(element, undecided(text));
                None
            }
        }
    }

    fn code(&mut self, code: &Spanned<String>) {
        let rule = self.known.rules.iter().find(|rule| rule.code == code.value);
        match rule {
            None if !self.known.would_have(&code.value) => {}
            None => self.noted.note(code, no_rule(&code.value, self.known.rules)),
            Some(rule) if !rule.bounds.waivable => {
                let (zh, en) = (format!("规则 {} 不得豁免", code.value), format!("{} can't be waived", code.value));
                self.noted.note(code, Text::new(zh, en));
            }
            Some(_) => {}
        }
    }
}
