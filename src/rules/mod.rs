//! The built-in rules: a folder per family, a file per rule.
//!
//! The families and their codes are those of the catalogue; a rule's file name starts with its code.

mod amounts;
mod bodies;
mod contents;
mod context;
mod disclosure;
mod edition;
mod narrative;
mod prose;
mod publication;
mod relation;
mod sections;
mod tables;
mod tally;
mod text;
mod years;

use crate::{
    rule::{BuiltIn, Rule},
    words::Text,
};

/// Rules that require the same kind of thing.
pub struct Family {
    /// The part of the code before the dash.
    pub prefix: &'static str,
    /// What the family requires.
    pub title: Text,
    /// Its rules, by code.
    rules: &'static [&'static BuiltIn],
}

impl Family {
    /// Its rules, by code.
    pub fn rules(&self) -> impl Iterator<Item = Rule> {
        self.rules.iter().copied().map(Rule::from)
    }
}

/// The families, in the order of the catalogue.
pub static FAMILIES: &[Family] = &[
    Family { prefix: "EDN", title: Text::fixed("格式版本", "Edition of the form"), rules: edition::RULES },
    Family { prefix: "SEC", title: Text::fixed("章节", "Sections"), rules: sections::RULES },
    Family { prefix: "TAB", title: Text::fixed("表格", "Tables"), rules: tables::RULES },
    Family { prefix: "TAL", title: Text::fixed("勾稽关系", "Tallies"), rules: tally::RULES },
    Family { prefix: "AMT", title: Text::fixed("金额", "Amounts"), rules: amounts::RULES },
    Family {
        prefix: "REG",
        title: Text::fixed("主动公开与合理性", "Table two and plausibility"),
        rules: disclosure::RULES,
    },
    Family { prefix: "NAR", title: Text::fixed("文表一致", "Narrative against tables"), rules: narrative::RULES },
    Family { prefix: "CON", title: Text::fixed("内容", "Contents"), rules: contents::RULES },
    Family { prefix: "YOY", title: Text::fixed("跨年衔接", "Across years"), rules: years::RULES },
    Family { prefix: "AGG", title: Text::fixed("上下级汇总", "Across bodies"), rules: bodies::RULES },
    Family { prefix: "PUB", title: Text::fixed("公开时限", "Publication"), rules: publication::RULES },
    Family { prefix: "TXT", title: Text::fixed("文字", "Text"), rules: text::RULES },
    Family {
        prefix: "CTX", title: Text::fixed("所附材料", "What was sent beside the report"), rules: context::RULES
    },
];

/// All built-in rules, in the order of the catalogue.
pub fn all() -> Vec<Rule> {
    FAMILIES.iter().flat_map(Family::rules).collect()
}
