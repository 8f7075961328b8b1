//! What several tests share: clean dossiers, patches on them, and reports as text.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod calls;
pub mod server;
pub mod text;

use std::path::{Path, PathBuf};

pub use gouji::deadline::Deadline;
#[allow(unused_imports)]
pub use gouji::wire::dossier::patched;
use gouji::{
    config::Config,
    dossier::Dossier,
    engine::{Assessment, Engine},
    isolation::Documents,
    report::AnnualReport,
    rules,
    wire::dossier::dossier_from,
};
use serde_json::Value;
use sha2::Digest;

/// The columns of 表三, as the contract names them.
pub const COLUMNS: [&str; 7] = [
    "natural_person",
    "business",
    "research_institution",
    "public_welfare_organization",
    "legal_service_organization",
    "other_organization",
    "total",
];

/// The clean dossier of an edition, `2019` or `2021`, in its JSON form.
pub fn clean(edition: &str) -> Value {
    let file = root().join(format!("examples/dossier-{edition}.json"));
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// A configuration that listens on any free port, and reads documents with the real program.
pub fn config() -> Config {
    let listen = "127.0.0.1:0".to_owned();
    let documents = Documents { program: env!("CARGO_BIN_EXE_gouji").into(), ..Documents::default() };
    Config { listen, documents, ..Config::default() }
}

/// The SHA-256 of a token, as the file of callers has it.
pub fn hash(token: &str) -> String {
    sha2::Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Adds a token to every call.
#[allow(clippy::result_large_err)]
pub fn bearer(
    token: &str,
) -> impl FnMut(tonic::Request<()>) -> Result<tonic::Request<()>, tonic::Status> + Clone + use<> {
    let token: tonic::metadata::MetadataValue<_> = format!("Bearer {token}").parse().unwrap();
    move |mut call| {
        call.metadata_mut().insert("authorization", token.clone());
        Ok(call)
    }
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
        // Where the gate runs nothing may pass because it was not looked at.
        assert!(std::env::var_os("CI").is_none(), "{} is missing", file.display());
        println!("skipped: {} is not here", file.display());
    }
    content
}

/// A report from its JSON form, in which sections may be a map keyed by number.
pub fn report(value: Value) -> AnnualReport {
    dossier(&serde_json::json!({ "report": value })).report
}

/// A dossier from its JSON form.
pub fn dossier(value: &Value) -> Dossier {
    dossier_from(value).unwrap_or_else(|why| panic!("{}", why.en))
}

/// What the rules that come with gouji find in a dossier.
pub fn assess(dossier: &Dossier) -> Assessment {
    Engine::new(rules::all()).assess(dossier, &[0; 32], &Deadline::NEVER)
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
