//! The catalogue for people.

use std::fmt::Write;

use crate::{
    profile::Profile,
    rule::{Rule, Severity},
    words::Language,
};

/// The catalogue as a profile adjusts it, one rule per line.
pub fn rule_list(rules: &[Rule], profile: &Profile, language: Language) -> String {
    let mut out = String::new();
    for rule in rules {
        let severity = match profile.severity(rule) {
            Some(Severity::Error) => "E",
            Some(Severity::Warning) => "W",
            Some(Severity::Info) => "I",
            None => "-",
        };
        let inputs: Vec<String> = rule.inputs.iter().map(|input| format!("{input:?}").to_lowercase()).collect();
        let title = rule.title.in_language(language);
        let trial = match (profile.has_on_trial(rule), language) {
            (false, _) => "",
            (true, Language::Zh) => "（试行）",
            (true, Language::En) => " (on trial)",
        };
        let _ = writeln!(out, "{}  {severity}  {title}{trial}  [{}]", rule.code, inputs.join(", "));
    }
    out
}
