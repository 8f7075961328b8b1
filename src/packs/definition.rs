//! What stands in the YAML files of a pack.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::rule::Severity;

/// `pack.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PackText {
    pub name: String,
    pub version: String,
    /// The beginning of all codes: `QX` for `QX-001`.
    #[schemars(with = "String")]
    pub namespace: Spanned<String>,
}

/// Any other file: a list of rules.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesText {
    pub rules: Vec<RuleText>,
}

/// One rule.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleText {
    #[schemars(with = "String")]
    pub code: Spanned<String>,
    pub title: Words,
    pub severity: Grade,
    /// How far an operator may go with the rule.
    #[serde(default)]
    pub bounds: BoundsText,
    #[serde(default)]
    #[schemars(with = "Vec<u16>")]
    pub editions: Vec<Spanned<u16>>,
    #[serde(default)]
    pub years: Years,
    #[serde(default)]
    pub basis: Vec<BasisText>,
    /// A name and what it stands for, one after the other: `{ column: applicants }`.
    #[serde(default)]
    pub for_each: BTreeMap<String, serde_json::Value>,
    /// The machine path of the place.
    #[schemars(with = "String")]
    pub at: Spanned<String>,
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub when: Option<Spanned<String>>,
    #[schemars(with = "String")]
    pub assert: Spanned<String>,
    pub message: Words,
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub expected: Option<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub actual: Option<Spanned<String>>,
    #[serde(default)]
    pub advice: Words,
    #[serde(default)]
    pub examples: Examples,
}

/// Chinese and English.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub zh: String,
    #[serde(default)]
    pub en: String,
}

/// How grave a violation is.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Grade {
    Error,
    Warning,
    Info,
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

/// How far an operator may go with a rule; by default as far as anybody likes.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BoundsText {
    /// The least grave that a profile may make it.
    pub least: Grade,
    /// The gravest that a profile may make it.
    pub most: Grade,
    /// Whether a profile may switch it off.
    pub optional: bool,
    /// Whether its findings may be waived.
    pub waivable: bool,
}

impl Default for BoundsText {
    fn default() -> Self {
        Self { least: Grade::Info, most: Grade::Error, optional: true, waivable: true }
    }
}

/// The report years in which a rule is in force.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Years {
    pub from: Option<i32>,
    pub to: Option<i32>,
}

/// A clause.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BasisText {
    pub instrument: String,
    #[serde(default)]
    pub clause: String,
}

/// Merge patches on the clean dossiers.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Examples {
    pub bad: Vec<serde_json::Value>,
    pub good: Vec<serde_json::Value>,
}
