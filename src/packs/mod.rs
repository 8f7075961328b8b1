//! Rules that users write: a folder of YAML files becomes the same `Rule` values as the built-in ones.
//!
//! Everything is checked when a pack is loaded: names against the form, types, codes, sizes. A pack
//! with a single fault is refused as a whole, with the file, the line and the column of each.

mod body;
mod checking;
mod condition;
mod definition;
#[cfg(test)]
mod differential;
mod functions;
mod interpreter;
mod known;
mod linear;
mod names;
mod parsing;
mod rule;
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

/// The most files of a pack, bytes of a file, and rules.
const MAX_FILES: usize = 100;
const MAX_FILE: u64 = 64 << 10;
const MAX_RULES: usize = 500;
/// The most bytes of a list of profiles or waivers.
const MAX_LIST: u64 = 4 << 20;
/// The most faults that are told.
const MAX_PROBLEMS: usize = 50;

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
    /// Merge patches, as JSON, on a clean dossier that make exactly this rule of its pack speak.
    pub bad: Vec<String>,
    /// Merge patches, as JSON, on a clean dossier on which no rule of the pack speaks.
    pub good: Vec<String>,
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

    /// A problem so many characters after the beginning of what was read from a file.
    pub(crate) fn at<T>(file: &str, at: &Spanned<T>, offset: usize, why: Text) -> Self {
        let (line, column) = (at.referenced.line(), at.referenced.column() + offset as u64);
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
    let head: PackText = parse("pack.yaml", head).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    check_namespace(&head, reserved, &mut problems);
    let mut rules = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| name != "pack.yaml") {
        match parse::<RulesText>(name, text) {
            Ok(texts) => {
                let all = texts.rules.iter();
                rules.extend(all.filter_map(|text| rule::written(text, name, &head, &digest, &mut problems)));
            }
            Err(problem) => problems.push(problem),
        }
    }
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

fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Problem> {
    serde_saphyr::from_str(text).map_err(|error| {
        let (line, column) = error.location().map_or((0, 0), |at| (at.line(), at.column()));
        let why: String = error.to_string().lines().next().unwrap_or_default().chars().take(300).collect();
        Problem { file: file.to_owned(), line, column, why: Text::new(format!("格式有误：{why}"), why) }
    })
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
    parse(&name, &text)
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
        let (line, column) = (head.namespace.referenced.line(), head.namespace.referenced.column());
        let why = Text::new(
            format!("namespace 应为 2 至 8 个大写字母，且不得为内置规则所用（{}）", reserved.join("、")),
            format!("a namespace has 2 to 8 capital letters, and is none of {}", reserved.join(", ")),
        );
        problems.push(Problem { file: "pack.yaml".to_owned(), line, column, why });
    }
}

/// Codes are unique, and there are not too many.
fn check_codes(rules: &[Written], problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for written in rules.iter().filter(|written| !seen.insert(written.rule.code.clone())) {
        let code = &written.rule.code;
        problems.push(whole(
            &written.file,
            &format!("规则代码 {code} 重复"),
            &format!("the code {code} is there twice"),
        ));
    }
    if rules.len() > MAX_RULES {
        problems.push(whole("", &format!("最多 {MAX_RULES} 条规则"), &format!("at most {MAX_RULES} rules")));
    }
}
