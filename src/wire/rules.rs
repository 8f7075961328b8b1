//! Rules as messages.

use super::v1;
use crate::{
    report::Language,
    rule::{Basis, Rule},
};

/// A rule as callers see it.
pub fn rule_to(rule: &Rule, language: Language) -> v1::Rule {
    v1::Rule {
        code: rule.code.to_string(),
        version: i32::try_from(rule.version).unwrap_or(i32::MAX),
        title: rule.title.in_language(language).to_owned(),
        severity: v1::Severity::from(rule.severity).into(),
        editions: rule.editions.iter().map(|edition| v1::Edition::from(*edition).into()).collect(),
        inputs: rule.inputs.iter().map(|input| v1::Input::from(*input).into()).collect(),
        basis: rule.basis.iter().map(basis_to).collect(),
        documentation: rule.documentation(),
    }
}

/// A clause as a message.
pub(super) fn basis_to(basis: &Basis) -> v1::Basis {
    v1::Basis { instrument: basis.instrument.to_string(), clause: basis.clause.to_string() }
}
