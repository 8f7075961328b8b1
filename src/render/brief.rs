//! An assessment in one line.

use super::{terminal::verdict_name, visible::visible};
use crate::{
    engine::Assessment,
    words::{Language, Text},
};

/// The verdict and the counts; `name` is the file's name.
pub fn brief(name: &str, assessment: &Assessment, language: Language) -> String {
    let (verdict, counts) = (verdict_name(assessment.verdict, language), &assessment.counts);
    let (errors, warnings, infos) = (counts.errors, counts.warnings, counts.infos);
    let words = Text::new(
        format!("{}：{verdict}（错误 {errors} · 警告 {warnings} · 提示 {infos} 处）\n", visible(name)),
        format!("{}: {verdict} ({errors} errors · {warnings} warnings · {infos} infos)\n", visible(name)),
    );
    words.in_language(language).to_owned()
}
