//! The catalogue's documentation of a user-written rule.

use serde_saphyr::Spanned;

use super::definition::{PackText, RuleText, State};

/// The documentation of a rule, in the shape of a built-in rule's doc comment; `linear` says whether all its
/// conditions run as sums over cells.
pub(in crate::packs) fn documentation(text: &RuleText, head: &PackText, digest: &str, linear: bool) -> String {
    let mut lines = vec![
        line(&text.title.zh.value),
        format!("规则包 / pack: {} {} ({digest})", line(&head.name), line(&head.version)),
        format!("位置 / at: `{}`", line(&text.at.value)),
    ];
    if text.state == State::Trial {
        lines.push("状态：试行，不计入结论 / state: on trial, its findings don't count".to_owned());
    }
    if let Some((name, values)) = text.for_each.iter().next() {
        lines.push(format!("逐项 / for each: `{name}` = `{values}`"));
    }
    let formula = |name: &str, at: &Spanned<String>| format!("{name}: `{}`", line(&at.value));
    lines.extend(text.when.as_ref().map(|when| formula("适用条件 / when", when)));
    lines.push(formula("应当成立 / assert", &text.assert));
    lines.extend(years(text));
    lines.push(
        match linear {
            true => "运行方式：编译执行 / compiled",
            false => "运行方式：解释执行，有步数和时间限度 / interpreted, within limits of steps and time",
        }
        .to_owned(),
    );
    for (name, examples) in [("Bad", &text.examples.bad), ("Good", &text.examples.good)] {
        if !examples.is_empty() {
            lines.push(format!("# {name}"));
            lines.extend(examples.iter().map(|example| format!("```json\n//! {}\n//! ```", example.value)));
        }
    }
    format!("//! {}\n", lines.join("\n//!\n//! "))
}

fn years(text: &RuleText) -> Option<String> {
    let year = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
    let (from, to) = (text.years.from, text.years.to);
    (from.is_some() || to.is_some()).then(|| format!("报告年度 / years: {}–{}", year(from), year(to)))
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
