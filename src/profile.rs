//! Profiles: which rules are on, how severe they are, and their parameters.

use std::collections::BTreeMap;

use crate::{
    dossier::Parameters,
    rule::{Rule, Severity},
    words::{
        Text,
        spelling::{near_code, perhaps},
    },
};

/// A named way of judging reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Its name: `national`.
    pub name: String,
    /// What it is for.
    pub title: Text,
    /// Its changes, by code or by code prefix: `TXT-*`. A full code takes precedence over a prefix.
    pub settings: BTreeMap<String, Setting>,
    /// The parameters of its rules.
    pub parameters: Parameters,
}

/// A profile's change to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// It is switched off.
    Off,
    /// It is on trial: its findings are told apart, and neither count nor decide.
    Trial,
    /// It has this severity.
    Grave(Severity),
}

impl Profile {
    /// What the notices and the regulation require, unchanged.
    pub fn national() -> Self {
        let title = Text::fixed("全国：按国家规定检查", "national: what the notices and the regulation ask for");
        Self { name: "national".to_owned(), title, ..Self::default() }
    }

    /// Like national, but the procurement amount must have four decimals whether its column says so or not: Beijing's
    /// form requires it (采购总金额（万元，保留四位小数）).
    pub fn beijing() -> Self {
        let title = Text::fixed("北京：采购金额一律保留四位小数", "Beijing: procurement amounts have four decimals");
        let parameters = Parameters { four_decimals: true, ..Parameters::default() };
        Self { name: "beijing".to_owned(), title, parameters, ..Self::default() }
    }

    /// The severity of a rule in the profile; `None` if the rule is switched off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        match self.setting(rule) {
            Some(Setting::Off) => None,
            Some(Setting::Grave(severity)) => Some(severity),
            Some(Setting::Trial) | None => Some(rule.severity),
        }
    }

    /// Whether a rule is on trial in the profile.
    pub fn has_on_trial(&self, rule: &Rule) -> bool {
        is_on_trial(rule, self.setting(rule))
    }

    /// The profile's setting for a rule; `None` if it leaves the rule unchanged.
    pub fn setting(&self, rule: &Rule) -> Option<Setting> {
        let family = rule.code.split('-').next().unwrap_or_default();
        let own = self.settings.get(&*rule.code).or_else(|| self.settings.get(&format!("{family}-*")));
        own.copied()
    }

    /// The codes or code prefixes of settings that match no rule or that a rule does not allow, with the reason.
    pub fn misfits(&self, rules: &[Rule]) -> Vec<(String, Text)> {
        let misfit = |(code, setting): (&String, &Setting)| {
            // A rule with a setting of its own is not subject to the prefix's.
            let own = |rule: &&Rule| *rule.code == **code || !self.settings.contains_key(&*rule.code);
            let named: Vec<&Rule> = rules.iter().filter(|rule| names(code, rule)).filter(own).collect();
            let why = match named.iter().find(|rule| !allows(rule, *setting)) {
                _ if named.is_empty() => no_rule(code, rules),
                Some(rule) => not_allowed(rule),
                None => return None,
            };
            Some((code.clone(), why))
        };
        self.settings.iter().filter_map(misfit).collect()
    }
}

/// Whether a rule is on trial, of itself or by a profile's setting. A severity does not end a trial: who wrote the rule does.
pub fn is_on_trial(rule: &Rule, setting: Option<Setting>) -> bool {
    setting == Some(Setting::Trial) || rule.trial && setting != Some(Setting::Off)
}

/// The message that no rule has a code, with the nearest existing one.
pub fn no_rule(code: &str, rules: &[Rule]) -> Text {
    let (zh, en) = perhaps(near_code(code, rules.iter().map(|rule| rule.code.as_ref())));
    Text::new(format!("没有规则 {code}{zh}"), format!("there is no rule {code}{en}"))
}

fn names(code: &str, rule: &Rule) -> bool {
    match code.strip_suffix('*') {
        Some(beginning) => rule.code.starts_with(beginning),
        None => rule.code == code,
    }
}

fn allows(rule: &Rule, setting: Setting) -> bool {
    match setting {
        // On trial it decides as little as if it were off.
        Setting::Off | Setting::Trial => rule.bounds.optional,
        Setting::Grave(severity) => rule.bounds.allow(severity),
    }
}

fn not_allowed(rule: &Rule) -> Text {
    let code = &rule.code;
    let name = |severity: Severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let (least, most) = (name(rule.bounds.least), name(rule.bounds.most));
    let (zh, en) = if rule.bounds.optional {
        ("，可以关闭或试行", ", off or on trial")
    } else {
        ("，不得关闭或试行", ", never off or on trial")
    };
    Text::new(
        format!("规则 {code} 的严重程度只能在 {least} 与 {most} 之间{zh}"),
        format!("{code} is {least} to {most}{en}"),
    )
}
