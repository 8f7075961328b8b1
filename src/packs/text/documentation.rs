//! The catalogue's documentation of a user-written rule.

use serde_json::Value;
use serde_saphyr::Spanned;

use super::definition::{PackText, RuleText, State, Years};
use crate::words::{Language, Text};

/// The documentation of a rule, in the shape of a built-in rule's doc comment; `linear` says whether all its
/// conditions run as sums over cells.
pub(in crate::packs) fn documentation(text: &RuleText, head: &PackText, digest: &str, linear: bool) -> String {
    let told = |language| told(text, head, digest, linear, language);
    let mut lines = told(Language::En);
    lines.push("# 说明".to_owned());
    lines.extend(told(Language::Zh));
    for (name, examples) in [("Bad", text.bad()), ("Good", text.good())] {
        if !examples.is_empty() {
            lines.push(format!("# {name}"));
            lines.extend(examples.iter().map(example));
        }
    }
    format!("//! {}\n", lines.join("\n//!\n//! "))
}

/// What is said of the rule in one language.
fn told(text: &RuleText, head: &PackText, digest: &str, linear: bool, language: Language) -> Vec<String> {
    let labelled = |zh: &'static str, en: &'static str, what: String| match language {
        Language::Zh => format!("{zh}：{what}"),
        Language::En => format!("{en}: {what}"),
    };
    let formula = |at: &Spanned<String>| format!("`{}`", line(&at.value));
    let title = match (language, &text.title.en) {
        (Language::En, Some(en)) => en,
        _ => &text.title.zh,
    };
    let mut lines = vec![
        line(&title.value),
        labelled("规则包", "Pack", format!("{} {} ({digest})", line(&head.name), line(&head.version))),
        labelled("位置", "At", formula(&text.at)),
    ];
    if text.state == State::Trial {
        let why = Text::fixed("试行，不计入结论", "on trial, what it finds doesn't count");
        lines.push(labelled("状态", "State", why.in_language(language).to_owned()));
    }
    let each = text.each();
    lines.extend(each.map(|(name, values)| labelled("逐项", "For each", format!("`{name}` = `{values}`"))));
    lines.extend(text.when.as_ref().map(|when| labelled("适用条件", "When", formula(when))));
    lines.push(labelled("应当成立", "Assert", formula(&text.assert)));
    lines.extend(years(text).map(|years| labelled("报告年度", "Years", years)));
    let runs = match linear {
        true => Text::fixed("编译执行", "compiled"),
        false => Text::fixed("解释执行，有步数和时间限度", "interpreted, within limits of steps and time"),
    };
    lines.push(labelled("运行方式", "Runs", runs.in_language(language).to_owned()));
    lines
}

fn example(example: &Spanned<Value>) -> String {
    format!("```json\n//! {}\n//! ```", example.value)
}

fn years(text: &RuleText) -> Option<String> {
    let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
    let Years { from, to } = text.years.as_ref().map(|years| years.value).unwrap_or_default();
    (from.is_some() || to.is_some()).then(|| format!("{}–{}", year(from), year(to)))
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
