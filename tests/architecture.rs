//! The arrows of ARCHITECTURE.md, held to the source: which module may use which.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{collections::BTreeSet, fs, path::Path};

/// What each module may use, beside itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("deadline", &[]),
    ("report", &[]),
    ("ingestion", &["report"]),
    ("isolation", &["deadline", "ingestion"]),
    ("narrative", &["deadline", "report"]),
    ("dossier", &["deadline", "report", "narrative"]),
    ("rule", &["deadline", "report", "dossier"]),
    ("profile", &["report", "dossier", "rule"]),
    ("rules", &["report", "narrative", "dossier", "rule"]),
    ("packs", &["deadline", "report", "narrative", "dossier", "rule"]),
    ("engine", &["deadline", "report", "narrative", "dossier", "rule", "profile"]),
    ("wire", &["report", "rule", "profile", "engine", "dossier"]),
    ("rulebook", &["deadline", "report", "dossier", "rule", "rules", "packs", "profile", "engine", "wire"]),
    ("checker", &["deadline", "report", "ingestion", "isolation", "dossier", "engine", "rulebook"]),
    ("render", &["report", "rule", "profile", "engine"]),
    (
        "grpc",
        &[
            "deadline",
            "report",
            "checker",
            "rulebook",
            "ingestion",
            "isolation",
            "wire",
            "render",
            "config",
            "telemetry",
        ],
    ),
    ("config", &["telemetry"]),
    ("telemetry", &[]),
    (
        "cli",
        &[
            "deadline",
            "report",
            "ingestion",
            "isolation",
            "packs",
            "dossier",
            "rule",
            "rules",
            "engine",
            "checker",
            "rulebook",
            "wire",
            "render",
            "grpc",
            "config",
            "telemetry",
        ],
    ),
];

/// Crates that only some modules may know.
const CRATES: &[(&str, &[&str])] = &[
    ("tonic", &["grpc", "wire"]),
    ("prost", &["wire", "grpc"]),
    ("serde", &["wire", "config", "telemetry", "ingestion", "isolation", "packs", "rulebook"]),
    ("arc_swap", &["rulebook"]),
    ("metrics", &["grpc"]),
    ("cel", &["packs"]),
    ("schemars", &["packs", "rulebook", "cli"]),
    ("tokio", &["grpc", "cli"]),
    ("clap", &["cli"]),
    ("rustix", &["isolation"]),
    ("zip", &["ingestion"]),
    ("quick_xml", &["ingestion"]),
    ("scraper", &["ingestion"]),
    ("oxidize_pdf", &["ingestion"]),
    ("encoding_rs", &["ingestion"]),
    // And regex_automata, for packs.
    ("regex", &["ingestion", "narrative", "rules", "packs"]),
];

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// Each module with the source of its files, tests and comments left out.
fn modules() -> Vec<(String, String)> {
    let source = common::root().join("src");
    let mut modules = Vec::new();
    for file in files(&source) {
        let path = file.strip_prefix(&source).unwrap();
        let module = path.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
        modules.push((module, code));
    }
    modules
}

/// The modules of this crate that a source names after `crate::`, in lists too.
fn used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for part in code.split("crate::").skip(1) {
        match part.strip_prefix('{') {
            None => {
                used.insert(part.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect());
            }
            Some(list) => used.extend(first_names(list)),
        }
    }
    used
}

/// The first name of each path in a list of imports, up to its closing brace.
fn first_names(list: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut name = String::new();
    let mut begins = true;
    for char in list.chars() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ => {}
        }
        if depth == 0 && begins && (char.is_alphanumeric() || char == '_') {
            name.push(char);
        } else if !name.is_empty() {
            names.push(std::mem::take(&mut name));
            begins = char == ',';
        }
    }
    names.extend((!name.is_empty()).then_some(name));
    names
}

#[test]
fn arrows_point_one_way() {
    for (module, code) in modules().iter().filter(|(module, _)| module != "main" && module != "lib") {
        let (_, allowed) =
            ARROWS.iter().find(|(own, _)| own == module).unwrap_or_else(|| panic!("{module} has no arrows"));
        for used in used(code) {
            assert!(used == *module || allowed.contains(&used.as_str()), "{module} must not use {used}");
        }
    }
}

#[test]
fn crates_stay_where_they_belong() {
    for (module, code) in modules() {
        for (name, allowed) in CRATES {
            let names = [format!("{name}::"), format!("{name}_"), format!("use {name} ")];
            let known = names.iter().any(|name| {
                code.split(|char: char| char.is_whitespace() || "({<&,[".contains(char))
                    .any(|word| word.starts_with(name.trim()))
            });
            assert!(!known || allowed.contains(&module.as_str()), "{module} must not know {name}");
        }
    }
}

#[test]
fn the_test_of_the_arrows_sees_what_it_should() {
    let code = "use crate::{\n    report::{AnnualReport, Text},\n    rule::Rule,\n    wire,\n};\nlet x = crate::engine::hex(y);";
    let expected = ["engine", "report", "rule", "wire"].map(str::to_owned);
    assert_eq!(used(code), BTreeSet::from(expected));
}

#[test]
fn the_binary_is_small_and_every_invariant_names_a_test_that_exists() {
    let main = fs::read_to_string(common::root().join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 40);
    let architecture = fs::read_to_string(common::root().join("ARCHITECTURE.md")).unwrap();
    let tests: String = ["tests", "src"]
        .iter()
        .flat_map(|folder| files(&common::root().join(folder)))
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let (_, invariants) = architecture.split_once("## Invariants").expect("a section on invariants");
    let mut named = 0;
    for line in invariants.lines().filter(|line| line.starts_with("- ")) {
        let name = line.rsplit('`').nth(1).unwrap_or_default();
        let function = name.rsplit("::").next().unwrap_or_default();
        assert!(!function.is_empty() && tests.contains(&format!("fn {function}(")), "no test keeps: {line}");
        named += 1;
    }
    assert!(named >= 10, "the invariants are listed");
}
