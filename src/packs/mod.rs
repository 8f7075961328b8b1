//! User-written rules: a folder of YAML files becomes `Rule` values like the built-in ones.
//!
//! Everything is checked when a pack is loaded: names against the form, types, codes, sizes. A pack with a single
//! fault is refused as a whole, with the file, line and column of each fault.

mod evaluated;
mod expression;
mod rule;
mod running;
mod text;

pub use evaluated::Expression;
pub use expression::{checking::catalogue::FUNCTIONS, senses::statements};
pub use rule::decision::CONDITION_FAILS;
pub use running::evaluation::Evaluation;

use std::sync::Arc;

use serde_saphyr::Spanned;
use sha2::{Digest, Sha256};

use crate::{
    rule::Rule,
    words::Text,
    written::{Limit, MAX_PROBLEMS, NamedText, Problem, in_order, is_stand_in},
};
use expression::{checking, parsing, pattern};
use rule::{
    decision, for_each,
    written::{self, Loading},
};
use text::definition::{PackText, RulesText};

/// The most rules of a pack.
const MAX_RULES: usize = 500;

/// User-written rules, checked and ready to run.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// Its version, as its author numbers it.
    pub version: String,
    /// SHA-256 of its files, hexadecimal.
    pub digest: String,
    /// Its rules, with their examples.
    pub rules: Vec<Written>,
    /// Its files, by name, as they were written.
    files: Arc<[(String, String)]>,
}

impl Pack {
    /// Problems of the pack, each with its line.
    pub fn with_lines(&self, problems: Vec<Problem>) -> Vec<Problem> {
        in_order(problems, |name| text_of(&self.files, name))
    }
}

/// A rule and its examples.
#[derive(Clone, Debug)]
pub struct Written {
    /// The rule.
    pub rule: Rule,
    /// The file that contains it.
    pub file: String,
    /// Line and column of its code in the file, from 1.
    pub line: u64,
    /// See `line`.
    pub column: u64,
    /// What must hold, and when, each filled in for the first of the rule's places.
    pub conditions: Vec<(&'static str, String)>,
    /// Patches on which exactly this rule of its pack has findings.
    pub bad: Vec<Example>,
    /// Patches on which no rule of the pack has findings.
    pub good: Vec<Example>,
}

impl Written {
    /// That the rule has no example on which it has findings, if so: then it may be one that never finds anything.
    pub fn unproven(&self) -> Option<Problem> {
        self.bad.is_empty().then(|| self.problem(unproven(&self.rule.code)))
    }

    /// A problem of the rule as a whole.
    pub fn problem(&self, why: Text) -> Problem {
        let length = self.rule.code.chars().count() as u64;
        Problem { file: self.file.clone(), line: self.line, column: self.column, length, why, ..Problem::default() }
    }
}

/// That a rule has no bad example.
fn unproven(code: &str) -> Text {
    if code.is_empty() {
        return Text::fixed("本规则没有反例（examples.bad）", "the rule has no bad example (examples.bad)");
    }
    Text::new(format!("{code} 没有反例（examples.bad）"), format!("{code} has no bad example (examples.bad)"))
}

/// An example of a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// A merge patch, as JSON, on a clean dossier.
    pub patch: String,
    /// Line and column in the rule's file, from 1.
    pub line: u64,
    /// See `line`.
    pub column: u64,
}

impl Example {
    fn of(patch: &Spanned<serde_json::Value>) -> Self {
        let at = patch.referenced;
        Self { patch: patch.value.to_string(), line: at.line(), column: at.column() }
    }
}

/// Parses a pack from its files, given as names and texts. `reserved` are the code prefixes that packs may not use.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn parse(files: &[(String, String)], reserved: &[&str]) -> Result<Pack, Vec<Problem>> {
    let mut hash = Sha256::new();
    for (name, text) in files {
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name.as_bytes());
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut loading = Loading::default();
    // Without its head a pack is refused, and its rules are checked all the same: all faults are told at once.
    let head = head(files, reserved, &mut loading.problems).unwrap_or_else(PackText::unknown);
    let mut rules = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| !is_head(name)) {
        rules.extend(read(NamedText { name, text }, &head, &digest, &mut loading));
    }
    let mut problems = loading.problems;
    if rules.is_empty() && problems.is_empty() {
        // It would be in force, and hold nobody to anything.
        problems.push(Problem::whole(
            HEAD,
            Text::fixed("规则包中没有规则（*.yaml 文件中的 rules）", "the pack has no rule (`rules` in files *.yaml)"),
        ));
    }
    if rules.len() > MAX_RULES {
        let (zh, en) = (format!("最多 {MAX_RULES} 条规则"), format!("at most {MAX_RULES} rules"));
        problems.push(Problem::whole("", Text::new(zh, en)));
    }
    if !problems.is_empty() {
        // What else would be told if the examples could be tried.
        problems.extend(loading.unproven);
    }
    if problems.is_empty() {
        return Ok(Pack { name: head.name, version: head.version, digest, rules, files: files.into() });
    }
    Err(in_order(problems, |name| text_of(files, name)))
}

/// The file that says what the pack is.
const HEAD: &str = "pack.yaml";

/// Whether a file is called as the one that says what a pack is: in other letters, or in a folder within, it is told.
fn is_head(name: &str) -> bool {
    let own = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    matches!(own.as_str(), "pack.yaml" | "pack.yml")
}

/// What `pack.yaml` says, if it can be read.
fn head(files: &[(String, String)], reserved: &[&str], problems: &mut Vec<Problem>) -> Option<PackText> {
    for (name, _) in files.iter().filter(|(name, _)| is_head(name) && name != HEAD) {
        let why = match name.contains('/') {
            true => Text::fixed("规则包之内不能再有规则包", "there can't be a pack within a pack"),
            false => Text::fixed("文件名应为 pack.yaml", "the file must be called pack.yaml"),
        };
        problems.push(Problem::whole(name, why));
    }
    let Some((name, text)) = files.iter().find(|(name, _)| name == HEAD) else {
        problems.push(Problem::whole(HEAD, Text::fixed("文件夹中没有 pack.yaml", "the folder has no pack.yaml")));
        return None;
    };
    let part = (NamedText { name, text }).parse_what_there_is::<PackText>();
    problems.extend(part.problems);
    part.content.iter().for_each(|head| check_namespace(head, reserved, problems));
    part.content
}

fn text_of<'a>(files: &'a [(String, String)], name: &str) -> Option<&'a str> {
    files.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str())
}

/// The rules of a file.
fn read(file: NamedText<'_>, head: &PackText, digest: &str, loading: &mut Loading) -> Vec<Written> {
    let mut rules = Vec::new();
    for part in file.parse_list::<RulesText>("rules") {
        let source = NamedText { text: &part.text, ..file };
        loading.problems.extend(part.problems);
        for text in part.content.into_iter().flat_map(|texts| texts.rules) {
            if loading.is_full() || loading.problems.len() >= MAX_PROBLEMS {
                break;
            }
            rules.extend(written::written(&text, source, head, digest, loading));
        }
    }
    rules
}

/// All limits of a pack except those of its files, for the manual.
pub fn limits() -> [Limit; 11] {
    [
        Limit::new("规则", "rules", MAX_RULES as u64),
        Limit::new("一次报出的问题", "problems told at once", MAX_PROBLEMS as u64),
        Limit::new("表达式的字节数", "bytes of an expression", parsing::MAX_SOURCE as u64),
        Limit::new("表达式的节点", "nodes of an expression", checking::MAX_NODES as u64),
        Limit::new("表达式的层数", "levels of an expression", parsing::MAX_DEPTH as u64),
        Limit::new("列表运算的层数", "comprehensions within each other", checking::MAX_NESTING as u64),
        Limit::new("`for_each` 的项数", "values of `for_each`", for_each::MAX_VALUES as u64),
        Limit::new("全部表达式的节点和长度", "nodes and length of all expressions", written::MAX_WEIGHT as u64),
        Limit::new("正则表达式编译后的字节数", "bytes of a compiled pattern", pattern::MAX_SIZE as u64),
        Limit::new("解释执行的规则对一份报告的步数", "steps of an interpreted rule on a report", decision::MAX_STEPS),
        Limit::new("各条规则对一份报告的总步数", "steps of all rules on a report", decision::MAX_STEPS_OF_A_PACK),
    ]
}

/// The JSON Schema of `pack.yaml`, for editors.
pub fn schema_of_pack() -> schemars::Schema {
    schemars::schema_for!(PackText)
}

/// The JSON Schema of files with rules, for editors.
pub fn schema_of_rules() -> schemars::Schema {
    schemars::schema_for!(RulesText)
}

fn check_namespace(head: &PackText, reserved: &[&str], problems: &mut Vec<Problem>) {
    let own = head.namespace.value.as_str();
    let well_formed = (2..=8).contains(&own.len()) && own.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_stand_in(&head.namespace) && (!well_formed || reserved.contains(&own)) {
        let why = Text::new(
            format!("namespace 应为 2 至 8 个大写字母，且不得为内置规则所用（{}）", reserved.join("、")),
            format!("a namespace has 2 to 8 capital letters, and is none of {}", reserved.join(", ")),
        );
        problems.push(Problem::at(HEAD, &head.namespace, why));
    }
}
