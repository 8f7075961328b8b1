//! The content of a pack's YAML files. Editors show the comments on fields: they are written for the authors of packs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::{rule::Severity, words::Text};

/// 规则包 / A pack of rules: `pack.yaml`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::packs) struct PackText {
    /// 名称 / The pack's name
    pub name: String,
    /// 版本，每次检查的结果都会写明 / Its version, which every assessment repeats
    pub version: String,
    /// 规则代码的开头：QX-001 的 QX，2 至 8 个大写字母 / The beginning of all codes: QX of QX-001, 2 to 8 capital letters
    #[schemars(with = "String")]
    pub namespace: Spanned<String>,
}

impl RuleText {
    /// The name of `for_each` and its values.
    pub fn each(&self) -> Option<(&String, &serde_json::Value)> {
        self.for_each.as_ref().and_then(|each| each.value.iter().next())
    }

    /// Its bad examples.
    pub fn bad(&self) -> &[Spanned<serde_json::Value>] {
        self.examples.as_ref().map_or(&[], |examples| &examples.value.bad)
    }

    /// Its good examples.
    pub fn good(&self) -> &[Spanned<serde_json::Value>] {
        self.examples.as_ref().map_or(&[], |examples| &examples.value.good)
    }
}

impl PackText {
    /// What stands in for a head that could not be read.
    pub fn unknown() -> Self {
        let (place, namespace) = (serde_saphyr::Location::UNKNOWN, String::new());
        Self { name: String::new(), version: String::new(), namespace: Spanned::new(namespace, place, place) }
    }
}

/// 规则文件：规则包中 pack.yaml 以外的文件 / Rules: any file of a pack but `pack.yaml`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::packs) struct RulesText {
    /// 规则 / The rules
    pub rules: Vec<RuleText>,
}

/// 一条规则 / One rule
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::packs) struct RuleText {
    /// 代码，如 QX-001 / The code, such as QX-001
    #[schemars(with = "String")]
    pub code: Spanned<String>,
    /// 规则要求什么，一句话 / What the rule asks for, in a line
    pub title: WordsText,
    /// 严重程度 / How grave a violation is
    #[schemars(with = "Grade")]
    pub severity: Spanned<Grade>,
    /// 状态：不写则施行；trial 为试行，照常检查，报出的问题单独列出，不计入结论 / Its state: in force, or on trial, where its findings are told apart and don't count
    #[serde(default)]
    pub state: State,
    /// 运行方可以改动的范围 / How far an operator may go with the rule
    #[serde(default)]
    #[schemars(with = "BoundsText")]
    pub bounds: Option<Spanned<BoundsText>>,
    /// 适用的格式版本：2019、2021；不写则都适用 / The editions of the form: 2019, 2021; both where there are none
    #[serde(default)]
    #[schemars(with = "Vec<u16>")]
    pub editions: Vec<Spanned<u16>>,
    /// 施行的报告年度 / The report years in which the rule is in force
    #[serde(default)]
    #[schemars(with = "Years")]
    pub years: Option<Spanned<Years>>,
    /// 依据 / The clauses on which it stands
    #[serde(default)]
    pub basis: Vec<BasisText>,
    /// 一个名称和它依次代表的各项，如 { column: applicants } / A name and what it stands for, one after the other: { column: applicants }
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub for_each: Option<Spanned<BTreeMap<String, serde_json::Value>>>,
    /// 位置，如 applications.received.total / The machine path of the place
    #[schemars(with = "String")]
    pub at: Spanned<String>,
    /// 何时适用（CEL 表达式） / When the rule applies, in CEL
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub when: Option<Spanned<String>>,
    /// 应当成立的关系（CEL 表达式） / What must hold, in CEL
    #[schemars(with = "String")]
    pub assert: Spanned<String>,
    /// 不成立时说什么；可用 {expected}、{actual}、{place}、{body}、{year} / What is said where it doesn't; with these placeholders
    pub message: WordsText,
    /// 应为什么（CEL 表达式）；不写则取比较的另一边 / What is expected, in CEL; else the other side of the comparison
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub expected: Option<Spanned<String>>,
    /// 实为什么（CEL 表达式） / What stands there, in CEL
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub actual: Option<Spanned<String>>,
    /// 建议怎样改；占位符同 message / What to do, with the same placeholders
    #[serde(default)]
    pub advice: Option<WordsText>,
    /// 例子：在样本报告上的合并补丁 / Examples: merge patches on the clean dossiers
    #[serde(default)]
    #[schemars(with = "Examples")]
    pub examples: Option<Spanned<Examples>>,
}

/// 中文和英文；没有英文时用中文 / Chinese and English; the Chinese for both where there is no other
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::packs) struct WordsText {
    /// 中文 / Chinese
    #[schemars(with = "String")]
    pub zh: Spanned<String>,
    /// 英文 / English
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub en: Option<Spanned<String>>,
}

/// 严重程度：错误、警告、提示 / How grave a violation is
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::packs) enum Grade {
    Error,
    Warning,
    Info,
}

/// 状态：施行、试行 / In force, or on trial
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::packs) enum State {
    #[default]
    InForce,
    Trial,
}

impl Grade {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl From<Grade> for Severity {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Error => Self::Error,
            Grade::Warning => Self::Warning,
            Grade::Info => Self::Info,
        }
    }
}

/// 运行方可以改动的范围；不写则不限 / How far an operator may go with a rule; by default as far as anybody likes
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::packs) struct BoundsText {
    /// 方案最低可降到 / The least grave that a profile may make it
    pub least: Grade,
    /// 方案最高可升到 / The gravest that a profile may make it
    pub most: Grade,
    /// 方案可否停用 / Whether a profile may switch it off
    pub optional: bool,
    /// 可否豁免 / Whether its findings may be waived
    pub waivable: bool,
}

impl Default for BoundsText {
    fn default() -> Self {
        Self { least: Grade::Info, most: Grade::Error, optional: true, waivable: true }
    }
}

/// 施行的报告年度，首尾都算 / The report years in which a rule is in force, both ends included
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::packs) struct Years {
    /// 自哪一年 / The first
    pub from: Option<i32>,
    /// 至哪一年 / The last
    pub to: Option<i32>,
}

impl Years {
    /// That a year is none of them.
    pub fn without(self, year: i32) -> Text {
        let (zh, en) = match (self.from, self.to) {
            (Some(from), Some(to)) => (format!("施行于 {from} 至 {to} 年度"), format!("from {from} to {to}")),
            (Some(from), None) => (format!("自 {from} 年度起施行"), format!("from {from} on")),
            (None, to) => {
                let to = to.unwrap_or_default();
                (format!("施行至 {to} 年度"), format!("up to {to}"))
            }
        };
        Text::new(
            format!("本规则{zh}，报告为 {year} 年度"),
            format!("the rule is in force {en}, and the report is of {year}"),
        )
    }
}

/// 依据的条款 / A clause
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::packs) struct BasisText {
    /// 文件，如 国办公开办函〔2021〕30号 / The instrument
    pub instrument: String,
    /// 条款 / The clause in it
    #[serde(default)]
    pub clause: String,
}

/// 例子：在样本报告上的合并补丁（RFC 7396） / Merge patches on the clean dossiers
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::packs) struct Examples {
    /// 反例：恰好本规则报出问题 / Bad ones: exactly this rule of its pack speaks
    #[schemars(with = "Vec<serde_json::Value>")]
    pub bad: Vec<Spanned<serde_json::Value>>,
    /// 正例：本规则包都不报 / Good ones: no rule of its pack speaks
    #[schemars(with = "Vec<serde_json::Value>")]
    pub good: Vec<Spanned<serde_json::Value>>,
}
