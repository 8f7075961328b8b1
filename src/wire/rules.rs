//! Rules as messages.

use super::v1;
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
