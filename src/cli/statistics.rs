//! How often each rule has findings, over all files.

use std::{collections::BTreeMap, fmt::Write};

use crate::{
    engine::Assessment,
    rule::Rule,
    words::{Language, Text},
};

/// Places by the code of the rule.
pub(super) type Places = BTreeMap<String, usize>;

/// The places of one assessment that are not waived.
pub(super) fn places(assessment: &Assessment) -> Places {
    let mut places = Places::new();
    for finding in assessment.findings.iter().filter(|finding| finding.waiver.is_none()) {
        *places.entry(finding.code.clone().into_owned()).or_default() += 1;
    }
    places
}

/// Sums over files.
#[derive(Default)]
pub(super) struct Statistics {
    rules: BTreeMap<String, (usize, usize)>,
}

impl Statistics {
    /// Adds one file.
    pub fn add(&mut self, places: Places) {
        for (code, count) in places {
            let sums = self.rules.entry(code).or_default();
            *sums = (sums.0 + count, sums.1 + 1);
        }
    }

    /// A line for each rule that has findings, by code.
    pub fn table(&self, rules: &[Rule], language: Language) -> String {
        let head = match self.rules.is_empty() {
            true => Text::fixed("各规则均未发现问题", "no rule has findings"),
            false => Text::fixed("按规则统计", "findings by rule"),
        };
        let mut out = format!("{}\n", head.in_language(language));
        for (code, (places, files)) in &self.rules {
            let title = rules.iter().find(|rule| rule.code == *code).map(|rule| rule.title.in_language(language));
            let sums = Text::new(format!("{places} 处，涉及 {files} 份"), format!("{places} places in {files} files"));
            let _ = writeln!(out, "  {code}  {}  {}", sums.in_language(language), title.unwrap_or_default());
        }
        out
    }
}
