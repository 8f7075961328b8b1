//! Rules as messages.

use serde_json::{Value, json};

use super::{json, v1};
use crate::{
    profile::Profile,
    rule::{Basis, Rule},
    words::Language,
};

/// A rule as shown to callers, as a profile adjusts it.
pub fn rule_to(rule: &Rule, profile: &Profile, language: Language) -> v1::Rule {
    let severity = profile.severity(rule);
    v1::Rule {
        code: rule.code.to_string(),
        version: i32::try_from(rule.version).unwrap_or(i32::MAX),
        title: rule.title.in_language(language).to_owned(),
        severity: v1::Severity::from(severity.unwrap_or(rule.severity)).into(),
        editions: rule.editions.iter().map(|edition| v1::Edition::from(*edition).into()).collect(),
        inputs: rule.inputs.iter().map(|input| v1::Input::from(*input).into()).collect(),
        basis: rule.basis.iter().map(basis_to).collect(),
        documentation: rule.documentation(language),
        off: severity.is_none(),
        least_severity: v1::Severity::from(rule.bounds.least).into(),
        most_severity: v1::Severity::from(rule.bounds.most).into(),
        optional: rule.bounds.optional,
        waivable: rule.bounds.waivable,
        trial: profile.has_on_trial(rule),
    }
}

/// A rule as JSON on one line: the message, with its examples as values.
pub fn with_examples(rule: &Rule, profile: &Profile, language: Language) -> String {
    let mut told = json::value(&rule_to(rule, profile, language));
    let examples = |is_bad: bool| -> Value {
        let own = rule.examples().into_iter().filter(|example| example.is_bad == is_bad);
        let patch = |patch: &str| serde_json::from_str::<Value>(patch).ok();
        own.map(|own| json!({ "edition": own.edition, "patch": patch(&own.patch) })).collect()
    };
    if let Some(fields) = told.as_object_mut() {
        fields.insert("examples".to_owned(), json!({ "bad": examples(true), "good": examples(false) }));
    }
    told.to_string()
}

/// A profile as shown to callers; `digest` is that of the rule set as the profile adjusts it.
pub fn profile_to(profile: &Profile, digest: &str, language: Language) -> v1::Profile {
    v1::Profile {
        name: profile.name.clone(),
        title: profile.title.in_language(language).to_owned(),
        rule_set_digest: digest.to_owned(),
    }
}

/// A clause as a message.
pub(super) fn basis_to(basis: &Basis) -> v1::Basis {
    v1::Basis { instrument: basis.instrument.to_string(), clause: basis.clause.to_string() }
}
