//! Checks the source against the arrows of ARCHITECTURE.md: which module may use which.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

/// Crates that only some modules may use.
const CRATES: &[(&str, &[&str])] = &[
    ("tonic", &["grpc", "wire"]),
    ("prost", &["wire", "grpc", "service"]),
    (
        "serde",
        &["wire", "config", "telemetry", "layout", "isolation", "written", "packs", "rulebook", "service", "callers"],
    ),
    ("arc_swap", &["operator"]),
    ("metrics", &["service", "grpc"]),
    ("rustls", &["grpc"]),
    ("tokio_rustls", &["grpc"]),
    ("x509_parser", &["grpc"]),
    ("cel", &["packs"]),
    (
        "schemars",
        &["packs", "rulebook", "cli", "callers", "config", "service", "isolation", "layout", "telemetry", "written"],
    ),
    ("tokio", &["service", "grpc", "cli"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("walkdir", &["cli"]),
    ("rustix", &["isolation", "cli"]),
    ("zip", &["layout"]),
    ("quick_xml", &["layout"]),
    ("scraper", &["layout"]),
    ("oxidize_pdf", &["layout"]),
    ("encoding_rs", &["layout"]),
    ("csv", &["ingestion"]),
    ("unicode_width", &["ingestion", "render", "written"]),
    // And regex_automata, for packs.
    ("regex", &["packs"]),
];

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// Each module with the source of its files, without tests and comments.
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

/// The modules of this crate that a source names after `crate::`, including lists.
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

/// The first name of each path in an import list, up to its closing brace.
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

/// What each module uses besides itself, from the lines `a, b ▶ c, d` of ARCHITECTURE.md.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string(common::root().join("ARCHITECTURE.md")).unwrap();
    let (_, block) = page.split_once("```arrows\n").expect("a block of arrows");
    let (block, _) = block.split_once("```").unwrap();
    let names = |list: &str| list.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>();
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in block.lines() {
        let (from, to) = line.split_once('▶').unwrap_or((line, ""));
        for from in names(from) {
            let to: Vec<String> = names(to).into_iter().filter(|name| !name.is_empty() && *name != from).collect();
            arrows.entry(from).or_default().extend(to);
        }
    }
    arrows
}

#[test]
fn arrows_point_one_way() {
    let arrows = arrows();
    let mut drawn = BTreeSet::new();
    for (module, code) in modules().iter().filter(|(module, _)| module != "main" && module != "lib") {
        let allowed = arrows.get(module).unwrap_or_else(|| panic!("ARCHITECTURE.md has no arrows of {module}"));
        for used in used(code).into_iter().filter(|used| used != module) {
            assert!(allowed.contains(&used), "{module} must not use {used}");
            drawn.insert((module.clone(), used));
        }
    }
    for (module, allowed) in &arrows {
        for used in allowed {
            assert!(drawn.contains(&(module.clone(), used.clone())), "no code of {module} uses {used}");
        }
    }
    // A module on a cycle never becomes a leaf, so it is left over.
    let mut left: BTreeSet<&String> = arrows.keys().collect();
    while let Some(leaf) = left.iter().find(|module| arrows[**module].iter().all(|used| !left.contains(used))).copied()
    {
        left.remove(leaf);
    }
    assert!(left.is_empty(), "a circle: {left:?}");
}

/// Checks that every file is a module of its parent, and that files of one folder don't use each other in a circle.
#[test]
fn every_file_is_a_module_and_none_uses_another_in_a_circle() {
    let source = common::root().join("src");
    let all = files(&source);
    for file in all.iter().filter(|file| !file.ends_with("main.rs") && !file.ends_with("lib.rs")) {
        let is_folder = file.ends_with("mod.rs");
        let own = if is_folder { file.parent().unwrap() } else { file.as_path() };
        let name = own.file_stem().unwrap().to_string_lossy().into_owned();
        let folder = own.parent().unwrap();
        let parent = if folder == source { source.join("lib.rs") } else { folder.join("mod.rs") };
        let text = fs::read_to_string(&parent).unwrap();
        assert!(
            text.lines().any(|line| line.trim_end().ends_with(&format!("mod {name};"))),
            "{} is no module",
            file.display()
        );
    }
    let folders: BTreeSet<&Path> = all.iter().filter_map(|file| file.parent()).collect();
    for folder in folders {
        no_circle_in(folder, &all);
    }
}

fn no_circle_in(folder: &Path, all: &[std::path::PathBuf]) {
    let own = all.iter().filter(|file| file.parent() == Some(folder) && !file.ends_with("mod.rs"));
    let names: Vec<String> = own.clone().map(|file| file.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let mut uses: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (file, name) in own.zip(&names) {
        let text = fs::read_to_string(file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
        let used = beside(&code);
        uses.insert(name, names.iter().filter(|other| *other != name && used.contains(*other)).collect());
    }
    let mut left: BTreeSet<&String> = uses.keys().copied().collect();
    while let Some(leaf) = left.iter().find(|file| uses[**file].iter().all(|used| !left.contains(used))).copied() {
        left.remove(leaf);
    }
    assert!(left.is_empty(), "a circle in {}: {left:?}", folder.display());
}

/// The sibling modules that a source names after `super::`, including lists.
fn beside(code: &str) -> BTreeSet<String> {
    used(&code.replace("super::super::", "elsewhere::").replace("crate::", "elsewhere::").replace("super::", "crate::"))
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
    let (_, invariants) = architecture.split_once("## Invariants").expect("a section on invariants");
    let mut named = 0;
    for line in invariants.lines().filter(|line| line.starts_with("- ")) {
        let (_, names) = line.split_once(": `").unwrap_or_else(|| panic!("no test keeps: {line}"));
        for name in names.trim_end_matches('`').split("`, `") {
            assert!(is_a_test(name), "no test keeps: {line} ({name})");
        }
        named += 1;
    }
    assert!(named >= 10, "the invariants are listed");
}

/// Whether a name is that of a test: a file of `tests/` or a module of `src/`, and a function in it.
fn is_a_test(name: &str) -> bool {
    let (path, function) = name.rsplit_once("::").unwrap();
    let path = path.replace("::", "/");
    let places = [format!("tests/{path}.rs"), format!("src/{path}.rs"), format!("src/{path}/mod.rs")];
    let texts = places.iter().filter_map(|place| fs::read_to_string(common::root().join(place)).ok());
    texts.into_iter().any(|text| {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let at = lines.iter().position(|line| line.contains(&format!("fn {function}(")));
        // In a property test's macro the attribute is inside the block.
        at.is_some_and(|at| {
            lines[at.saturating_sub(3)..at].iter().any(|line| line.starts_with("#[") && line.contains("test"))
        })
    })
}

#[test]
fn a_new_rule_compiles() {
    // The scaffold is like all other rules: it has their fields, in their order.
    let scaffold = fs::read_to_string(common::root().join("tools/new-rule")).unwrap();
    let rule = fs::read_to_string(common::root().join("src/rules/tables/tab_013_note_in_cell.rs")).unwrap();
    let fields = |text: &str| -> Vec<String> {
        let (_, body) = text.split_once("static RULE").unwrap();
        let (body, _) = body.split_once("\n};").unwrap();
        let lines = body.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     "));
        lines.filter_map(|line| Some(line.trim().split_once(':')?.0.to_owned())).collect()
    };
    assert_eq!(fields(&scaffold), fields(&rule));
}

/// The crates that a build compiles, each with its features.
fn compiled(edges: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--locked", "--offline", "--prefix", "none", "--no-dedupe", "--format", "{p} | {f}", "-e"]);
    let output = cargo.arg(edges).current_dir(common::root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut crates: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let (name, features) = line.split_once(" | ").unwrap();
        crates.entry(name.to_owned()).or_default().insert(features.trim_end_matches(" (*)").to_owned());
    }
    crates
}

/// Otherwise `cargo test` compiles them again, and everything that depends on them.
#[test]
fn tests_need_no_other_features_than_the_program() {
    let (program, tests) = (compiled("normal,build"), compiled("normal,build,dev"));
    let other: Vec<&String> =
        program.iter().filter(|(name, own)| tests[*name] != **own).map(|(name, _)| name).collect();
    assert!(other.is_empty(), "name their features in Cargo.toml: {other:?}");
}

#[test]
fn nothing_of_ours_is_unsafe_but_the_names_that_the_core_exports() {
    let root = common::root();
    let own = ["src", "tests", "benches", "examples"].iter().flat_map(|folder| files(&root.join(folder)));
    for file in own.filter(|file| !file.ends_with("tests/architecture.rs")) {
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//") && line.contains("unsafe"));
        let exports = file.ends_with("tests/wasm/module.rs");
        let allowed =
            |line: &str| exports && (line == "#[unsafe(no_mangle)]" || line.starts_with("#![allow(unsafe_code"));
        assert!(lines.clone().all(allowed), "{}: {:?}", file.display(), lines.collect::<Vec<_>>());
    }
}

/// The core has no server, no process and no clock.
#[test]
fn the_core_knows_no_transport_no_process_and_no_clock() {
    let lib = fs::read_to_string(common::root().join("src/lib.rs")).unwrap();
    let behind: BTreeSet<&str> = lib
        .split("#[cfg(feature = \"service\")]\npub mod ")
        .skip(1)
        .filter_map(|rest| rest.split(';').next())
        .collect();
    assert!(behind.contains("grpc") && behind.contains("isolation") && !behind.contains("engine"));
    for (module, code) in modules() {
        assert!(module == "lib" || !code.contains("cfg(feature"), "{module} has a cfg of a feature");
        if module == "main" || module == "lib" || behind.contains(module.as_str()) {
            continue;
        }
        for unknown in [
            "tokio",
            "tonic::",
            "std::process",
            "process::Command",
            "Instant::now",
            "SystemTime",
            "std::fs",
            "std::net",
        ] {
            assert!(!code.contains(unknown), "{module} knows {unknown}");
        }
        assert!(
            used(&code).iter().all(|used| !behind.contains(used.as_str())),
            "{module} uses what stands behind the feature"
        );
    }
}
