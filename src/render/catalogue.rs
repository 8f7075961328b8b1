//! The catalogue for people.

use std::fmt::Write;

use super::severity_name;
use crate::{
    profile::Profile,
    rule::{Bounds, Input, Rule, Severity},
    words::{Language, Text},
};

/// The catalogue as a profile adjusts it, one rule per line.
pub fn rule_list(rules: &[Rule], profile: &Profile, language: Language) -> String {
    let mut out = String::new();
    for rule in rules {
        let title = rule.title.in_language(language);
        let trial = match (profile.has_on_trial(rule), language) {
            (false, _) => "",
            (true, Language::Zh) => "（试行）",
            (true, Language::En) => " (on trial)",
        };
        let inputs: Vec<&str> = rule.inputs.iter().map(|input| input_name(*input, language)).collect();
        let (open, between, close) = match language {
            Language::Zh => ("（", "、", "）"),
            Language::En => ("  (", ", ", ")"),
        };
        let inputs = inputs.join(between);
        let level = level(rule, profile, language);
        let _ = writeln!(out, "{}  {level}  {title}{trial}{open}{inputs}{close}", rule.code);
    }
    out
}

/// All that is to be known of a rule, in Markdown: its level, what it asks for and why, examples, what it says of the first bad
/// one, and its basis.
pub fn rule_explained(rule: &Rule, profile: &Profile, printed: Option<&Text>, language: Language) -> String {
    let title = rule.title.in_language(language);
    let heading = Text::fixed("依据", "Basis");
    let label = Text::fixed("级别：", "Level: ");
    let (label, heading) = (label.in_language(language), heading.in_language(language));
    let level = level(rule, profile, language);
    let bounds = bounded(rule.bounds);
    let bounds = bounds.in_language(language);
    let mut out =
        format!("# {} {title}\n\n{label}{level}{bounds}\n\n{}\n", rule.code, rule.documentation(language).trim());
    if let Some(printed) = printed {
        let heading = Text::fixed("检查结果（第一个反例）", "Printed (the first Bad example)");
        let _ = write!(out, "\n# {}\n{}\n", heading.in_language(language), printed.in_language(language));
    }
    if !rule.basis.is_empty() {
        let _ = write!(out, "\n# {heading}\n");
    }
    for basis in rule.basis.iter() {
        let _ = writeln!(out, "- {} {}", basis.instrument, basis.clause);
    }
    out
}

/// How grave a violation is, or that the rule is off.
fn level(rule: &Rule, profile: &Profile, language: Language) -> &'static str {
    match (profile.severity(rule), language) {
        (Some(severity), _) => severity_name(severity, language),
        (None, Language::Zh) => "停用",
        (None, Language::En) => "off",
    }
}

/// What a profile and a waiver may not do to a rule.
fn bounded(bounds: Bounds) -> Text {
    let (mut zh, mut en) = (String::new(), String::new());
    let kept = [
        (!bounds.optional, "不得停用", "it can't be switched off"),
        (bounds.least < Severity::Info, "不得降低", "it can't be made less grave"),
        (bounds.most > Severity::Error, "不得升高", "it can't be made graver"),
        (!bounds.waivable, "不得豁免", "it can't be waived"),
    ];
    for (_, own_zh, own_en) in kept.into_iter().filter(|(is, ..)| *is) {
        let _ = write!(zh, "，{own_zh}");
        let _ = write!(en, ", {own_en}");
    }
    Text::new(zh, en)
}

fn input_name(input: Input, language: Language) -> &'static str {
    let (zh, en) = match input {
        Input::Report => ("本报告", "report"),
        Input::Previous => ("上一年度报告", "previous"),
        Input::Subordinates => ("下级报告", "subordinates"),
        Input::Dates => ("日期", "dates"),
        Input::Statements => ("正文数字", "statements"),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}
