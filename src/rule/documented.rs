//! A rule's documentation: the doc comment of its file, with what is wrong and what is right by example.

use super::Rule;
use crate::words::Language;

/// An example in a rule's documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whether the rule finds something in it.
    pub is_bad: bool,
    /// The edition on whose clean dossier it is tried, by its year; empty for all editions of the rule.
    pub edition: String,
    /// What it changes in a clean dossier: a merge patch, as JSON.
    pub patch: String,
}

impl Rule {
    /// The doc comment of the rule's file, as Markdown.
    pub fn doc_comment(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }

    /// What the doc comment says in a language: it has the Chinese under `# 说明`, the English before.
    pub fn documentation(&self, language: Language) -> String {
        let all = self.doc_comment();
        let examples = |from: usize| all[from..].find("# Bad").map_or(all.len(), |at| from + at);
        match (language, all.find("# 说明\n")) {
            (_, None) => all,
            (Language::En, Some(chinese)) => format!("{}{}", &all[..chinese], &all[examples(chinese)..]),
            (Language::Zh, Some(chinese)) => {
                let own = all[chinese + "# 说明\n".len()..].to_owned();
                own.replace("# Bad\n", "# 反例\n").replace("# Good\n", "# 正例\n")
            }
        }
    }

    /// The examples of the doc comment, in its order.
    pub fn examples(&self) -> Vec<Example> {
        let all = self.doc_comment();
        let sections = all.split("\n# ").filter(|section| section.starts_with("Bad") || section.starts_with("Good"));
        let example = |section: &str, fence: &str| {
            let (edition, patch) = fence.split("```").next()?.split_once('\n')?;
            let (edition, patch) = (edition.trim().to_owned(), patch.trim().to_owned());
            Some(Example { is_bad: section.starts_with("Bad"), edition, patch })
        };
        let of = |section: &str| {
            section.split("```json").skip(1).filter_map(|own| example(section, own)).collect::<Vec<_>>()
        };
        sections.flat_map(of).collect()
    }
}
