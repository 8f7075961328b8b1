//! Rules that users write: a folder of YAML files becomes the same `Rule` values as the built-in ones.
//!
//! Everything is checked when a pack is loaded: names against the form, types, codes, sizes. A pack
//! with a single fault is refused as a whole, with the file, the line and the column of each.

mod assumed;
mod body;
mod checking;
mod condition;
mod definition;
#[cfg(test)]
mod differential;
mod documentation;
mod for_each;
mod functions;
mod interpreter;
mod known;
mod labels;
mod linear;
mod names;
mod operators;
mod parsing;
mod pattern;
mod rule;
mod saying;
mod source;
mod tree;

use std::{
    collections::BTreeSet,
    fmt,
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use serde::de::DeserializeOwned;
use serde_saphyr::Spanned;
use sha2::{Digest, Sha256};

use crate::{report::Text, rule::Rule};
use definition::{PackText, RulesText};
use rule::Tally;
pub(crate) use source::Source;

/// The most files of a pack, bytes of a file, and rules.
const MAX_FILES: usize = 100;
const MAX_FILE: u64 = 64 << 10;
const MAX_RULES: usize = 500;
/// The most bytes of a list of profiles or waivers.
const MAX_LIST: u64 = 4 << 20;
/// The most faults that are told.
pub(crate) const MAX_PROBLEMS: usize = 50;

/// Rules that a user wrote, checked and ready to run.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// Its version, as the user counts.
    pub version: String,
    /// SHA-256 of its files, hexadecimal.
    pub digest: String,
    /// Its rules, with their examples.
    pub rules: Vec<Written>,
}

/// A rule, and the examples to which it is held.
#[derive(Clone, Debug)]
pub struct Written {
    /// The rule.
    pub rule: Rule,
    /// The file in which it stands.
    pub file: String,
    /// Line and column of its code there, from 1.
    pub line: u64,
    /// See `line`.
    pub column: u64,
    /// Patches that make exactly this rule of its pack speak.
    pub bad: Vec<Example>,
    /// Patches on which no rule of the pack speaks.
    pub good: Vec<Example>,
}

impl Written {
    /// A problem of the rule as a whole.
    pub fn problem(&self, why: Text) -> Problem {
        Problem { file: self.file.clone(), line: self.line, column: self.column, why }
    }
}

/// An example of a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// A merge patch, as JSON, on a clean dossier.
    pub patch: String,
    /// Line and column, from 1, where it stands in the rule's file.
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

/// Something wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, by its name in the folder.
    pub file: String,
    /// Line and column, from 1; 0 where the file as a whole is to blame.
    pub line: u64,
    /// See `line`.
    pub column: u64,
    /// What is wrong, and what was expected.
    pub why: Text,
}

impl Problem {
    /// A problem of a file as a whole.
    pub fn whole(file: &str, why: Text) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0, why }
    }

    /// A problem of what was read from a place in a file.
    pub(crate) fn at<T>(file: &str, at: &Spanned<T>, why: Text) -> Self {
        let (line, column) = (at.referenced.line(), at.referenced.column());
        Self { file: file.to_owned(), line, column, why }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, why } = self;
        write!(formatter, "{file}:{line}:{column}: {} / {}", why.zh, why.en)
    }
}

/// Loads the pack in a folder. `reserved` are the beginnings of codes that packs may not use.
///
/// # Errors
///
/// All that is wrong with it.
pub fn load(folder: &Path, reserved: &[&str]) -> Result<Pack, Vec<Problem>> {
    let files = files(folder).map_err(|problem| vec![problem])?;
    let mut hash = Sha256::new();
    for (name, text) in &files {
        hash.update((name.len() as u64).to_be_bytes());
        hash.update(name.as_bytes());
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let head = files.iter().find(|(name, _)| name == "pack.yaml");
    let (_, head) =
        head.ok_or_else(|| vec![whole("pack.yaml", "文件夹中没有 pack.yaml", "the folder has no pack.yaml")])?;
    let head: PackText = Source { name: "pack.yaml", text: head }.parse().map_err(|problem| vec![problem])?;
    let mut tally = Tally::default();
    check_namespace(&head, reserved, &mut tally.problems);
    let mut rules = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| name != "pack.yaml") {
        let source = Source { name, text };
        match source.parse::<RulesText>() {
            Ok(texts) => {
                for text in texts.rules {
                    if tally.is_full() || tally.problems.len() >= MAX_PROBLEMS {
                        break;
                    }
                    rules.extend(rule::written(&text, source, &head, &digest, &mut tally));
                }
            }
            Err(problem) => tally.problems.push(problem),
        }
    }
    let mut problems = tally.problems;
    check_codes(&rules, &mut problems);
    problems.truncate(MAX_PROBLEMS);
    if problems.is_empty() { Ok(Pack { name: head.name, version: head.version, digest, rules }) } else { Err(problems) }
}

/// The JSON Schema of `pack.yaml`, for editors.
pub fn schema_of_pack() -> schemars::Schema {
    schemars::schema_for!(PackText)
}

/// The JSON Schema of the files with rules, for editors.
pub fn schema_of_rules() -> schemars::Schema {
    schemars::schema_for!(RulesText)
}

/// The YAML files of a folder, by name.
fn files(folder: &Path) -> Result<Vec<(String, String)>, Problem> {
    let unread =
        |name: &str, error: &io::Error| whole(name, &format!("无法读取：{error}"), &format!("can't be read: {error}"));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unread(&folder.display().to_string(), &error))? {
        let path = entry.map_err(|error| unread("", &error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
        if !is_yaml || name.starts_with('.') || !path.is_file() {
            continue;
        }
        let size = fs::metadata(&path).map_err(|error| unread(&name, &error))?.len();
        if size > MAX_FILE || files.len() >= MAX_FILES {
            let (zh, en) = (
                format!("最多 {MAX_FILES} 个文件，每个不超过 {MAX_FILE} 字节"),
                format!("at most {MAX_FILES} files of {MAX_FILE} bytes"),
            );
            return Err(whole(&name, &zh, &en));
        }
        let text = fs::read_to_string(&path).map_err(|error| unread(&name, &error))?;
        files.push((name, text));
    }
    files.sort();
    Ok(files)
}

fn whole(file: &str, zh: &str, en: &str) -> Problem {
    Problem::whole(file, Text::new(zh.to_owned(), en.to_owned()))
}

/// What a YAML file of an operator says, beside the packs.
pub(crate) fn read_yaml<T: DeserializeOwned>(file: &Path) -> Result<T, Problem> {
    let name = file.display().to_string();
    let unread = |why: &dyn fmt::Display| whole(&name, &format!("无法读取：{why}"), &format!("can't be read: {why}"));
    let bytes = bounded(file).map_err(|error| unread(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| unread(&error))?;
    Source { name: &name, text: &text }.parse()
}

/// The bytes of a file, if there are not too many.
pub(crate) fn bounded(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MAX_LIST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > MAX_LIST {
        true => Err(io::Error::other(format!("超过 {MAX_LIST} 字节 / more than {MAX_LIST} bytes"))),
        false => Ok(bytes),
    }
}

fn check_namespace(head: &PackText, reserved: &[&str], problems: &mut Vec<Problem>) {
    let own = head.namespace.value.as_str();
    let well_formed = (2..=8).contains(&own.len()) && own.bytes().all(|byte| byte.is_ascii_uppercase());
    if !well_formed || reserved.contains(&own) {
        let why = Text::new(
            format!("namespace 应为 2 至 8 个大写字母，且不得为内置规则所用（{}）", reserved.join("、")),
            format!("a namespace has 2 to 8 capital letters, and is none of {}", reserved.join(", ")),
        );
        problems.push(Problem::at("pack.yaml", &head.namespace, why));
    }
}

/// Codes are unique, and there are not too many.
fn check_codes(rules: &[Written], problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for written in rules.iter().filter(|written| !seen.insert(written.rule.code.clone())) {
        let code = &written.rule.code;
        let why = Text::new(format!("规则代码 {code} 重复"), format!("the code {code} is there twice"));
        problems.push(written.problem(why));
    }
    if rules.len() > MAX_RULES {
        problems.push(whole("", &format!("最多 {MAX_RULES} 条规则"), &format!("at most {MAX_RULES} rules")));
    }
}
