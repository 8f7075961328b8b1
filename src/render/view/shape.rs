//! What a view consists of: words in one language, in the order in which people read them.

use crate::{render::verdict::Told, rule::Severity, words::Language};

/// An assessment for people.
pub struct View {
    /// The language of all its words.
    pub language: Language,
    /// What is wrong, the gravest first.
    pub problems: Vec<Problem>,
    /// What else there is to say of the findings: how many were fixed, how many are not listed.
    pub notes: Vec<String>,
    /// What could not be decided.
    pub open: Vec<Open>,
    /// What rules on trial found, apart from all that counts.
    pub trial: Vec<Trial>,
    /// Waivers without effect.
    pub void: Vec<Void>,
    /// The verdict.
    pub verdict: Told,
}

/// One cause.
pub struct Problem {
    /// 问题一.
    pub name: String,
    /// How grave it is.
    pub severity: Severity,
    /// The codes of its rules.
    pub codes: Vec<String>,
    /// In a phrase.
    pub title: String,
    /// Where: the file, and the place in it.
    pub place: String,
    /// What to change.
    pub choices: Vec<Choice>,
    /// Why these changes are proposed.
    pub reason: String,
    /// The relations that fail.
    pub relations: Vec<Relation>,
    /// What is wrong, or the places at which it is.
    pub lines: Vec<String>,
    /// Labels and what they label: 应为, 依据, 建议, 豁免.
    pub labelled: Vec<(&'static str, String)>,
}

/// A correction that would do.
pub struct Choice {
    /// 应改, 改法甲.
    pub label: String,
    /// Each cell, from what to what.
    pub edits: Vec<String>,
}

/// A relation that fails, with the words of the form.
pub struct Relation {
    /// The rule's code; empty where the problem's own line has it.
    pub code: String,
    /// What the rule asks, or what is wrong.
    pub title: String,
    /// Each term with the sign before it; none of them may be broken.
    pub terms: Vec<String>,
}

/// Rules that could not be decided for the same reason.
pub struct Open {
    /// Their codes.
    pub codes: Vec<String>,
    /// Why.
    pub reasons: Vec<String>,
}

/// What a rule on trial found.
pub struct Trial {
    /// How grave it would be.
    pub severity: Severity,
    /// The rule's code, and the place.
    pub name: String,
    /// What is wrong.
    pub message: String,
}

/// A waiver without effect.
pub struct Void {
    /// Which.
    pub name: String,
    /// Why it has none.
    pub why: &'static str,
}
