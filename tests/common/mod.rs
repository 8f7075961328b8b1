//! What several tests share: clean dossiers, patches on them, and reports as text.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod text;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use gouji::{
    config::{Config, Documents},
    dossier::Dossier,
    engine::{Assessment, Engine},
    report::{AnnualReport, Date, Faults, Hints},
    rules,
    wire::{json, report::report_from, v1},
};
use serde_json::Value;

/// The clean dossier of an edition, `2019` or `2021`, in its JSON form.
pub fn clean(edition: &str) -> Value {
    let file = root().join(format!("examples/dossier-{edition}.json"));
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// A configuration that listens on any free port, and reads documents with the real program.
pub fn config() -> Config {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let documents = Documents { program: env!("CARGO_BIN_EXE_gouji").into(), ..Documents::default() };
    Config { listen, documents, ..Config::default() }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the shared corpus; nothing, and a word about it, where the corpus is missing.
pub fn corpus(name: &str) -> Option<Vec<u8>> {
    let file = root().join("../shared/corpus").join(name);
    let content = std::fs::read(&file).ok();
    if content.is_none() {
        println!("skipped: {} is not here", file.display());
    }
    content
}

/// A document patched as RFC 7396 has it.
pub fn patched(mut target: Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else {
        return patch.clone();
    };
    if !target.is_object() {
        target = Value::Object(Default::default());
    }
    let fields = target.as_object_mut().unwrap();
    for (name, change) in changes {
        if change.is_null() {
            fields.remove(name);
        } else {
            let old = fields.remove(name).unwrap_or(Value::Null);
            fields.insert(name.clone(), patched(old, change));
        }
    }
    target
}

/// A report from its JSON form, in which sections may be a map keyed by number.
pub fn report(mut value: Value) -> AnnualReport {
    if let Some(Value::Object(sections)) = value.get("sections").cloned() {
        let list = sections.into_iter().map(|(number, mut section)| {
            section["number"] = number.parse::<i32>().unwrap().into();
            section
        });
        value["sections"] = list.collect();
    }
    let bytes = serde_json::to_vec(&value).unwrap();
    let message: v1::AnnualReport = json::read(&bytes).unwrap_or_else(|why| panic!("{}", why.en));
    let mut faults = Faults::default();
    let report = report_from(&message, "report", &mut faults);
    assert_eq!(faults.into_list(), [], "the example is no valid report");
    report
}

/// A dossier from its JSON form.
pub fn dossier(value: &Value) -> Dossier {
    let optional = |name: &str| value.get(name).cloned().map(report);
    let list = |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    Dossier {
        report: report(value["report"].clone()),
        previous: optional("previous"),
        subordinates: list("subordinates").into_iter().map(report).collect(),
        subordinates_complete: value["subordinates_complete"].as_bool().unwrap_or_default(),
        hints: Hints { published_on: date(&value["hints"]["published_on"]), ..Hints::default() },
        as_of: date(&value["as_of"]),
        forbidden_words: list("forbidden_words").iter().filter_map(|word| word.as_str().map(str::to_owned)).collect(),
        ..Dossier::default()
    }
}

fn date(value: &Value) -> Option<Date> {
    let part = |name: &str| value[name].as_i64().and_then(|part| i32::try_from(part).ok());
    Date::new(part("year")?, part("month")?, part("day")?)
}

/// What the rules that come with gouji find in a dossier.
pub fn assess(dossier: &Dossier) -> Assessment {
    Engine::new(rules::all()).assess(dossier, &[0; 32], None)
}

/// The codes of the findings, each once, in order.
pub fn codes(assessment: &Assessment) -> Vec<&str> {
    let mut codes: Vec<&str> = assessment.findings.iter().map(|finding| &*finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Holds a file of the repository to what the tests make of it. With `ACCEPT=1` the file is
/// written anew.
pub fn hold_file(path: &str, expected: &str) {
    let file = root().join(path);
    if std::env::var_os("ACCEPT").is_some() {
        std::fs::create_dir_all(file.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(&file, expected).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == expected, "{path} is stale: run `just accept` and look at what changed");
}
