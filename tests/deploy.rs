//! What operators copy: the Dockerfile and the unit name settings that there are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeSet, path::Path, process::Command};

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// All settings by the names of their variables, as `--print-config` tells them: `tls.key` is GOUJI_TLS__KEY.
fn settings() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_gouji")).args(["serve", "--print-config"]).output().unwrap();
    let mut section = String::new();
    let mut names = BTreeSet::new();
    for line in String::from_utf8(output.stdout).unwrap().lines().filter(|line| !line.starts_with('#')) {
        if let Some(own) = line.strip_prefix('[') {
            section = own.trim_end_matches(']').replace('.', "__") + "__";
        } else if let Some((name, _)) = line.split_once(" = ") {
            names.insert(format!("GOUJI_{section}{name}").to_uppercase());
        }
    }
    names
}

/// The variables that a text names.
fn named(text: &str) -> BTreeSet<String> {
    let words = text.split(|char: char| !(char.is_ascii_alphanumeric() || char == '_'));
    words.filter(|word| word.starts_with("GOUJI_")).map(str::to_owned).collect()
}

#[test]
fn every_setting_that_is_named_exists() {
    let settings = settings();
    assert!(settings.contains("GOUJI_TLS__CERTIFICATE") && settings.contains("GOUJI_LISTEN"), "{settings:?}");
    for name in ["deploy/Dockerfile", "deploy/gouji.service", "docs/OPERATION.md", "README.md", "README.zh-CN.md"] {
        let unknown: Vec<String> = named(&file(name)).difference(&settings).cloned().collect();
        // These belong to the command, not to the service.
        let unknown: Vec<_> =
            unknown.iter().filter(|own| !["GOUJI_CONFIG", "GOUJI_LANG"].contains(&own.as_str())).collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
    }
}

#[test]
fn a_container_says_how_it_is_and_where_its_files_are_mounted() {
    let text = file("deploy/Dockerfile");
    let line = |begin: &str| text.lines().find(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("no {begin}"));
    assert_eq!(line("HEALTHCHECK"), "HEALTHCHECK CMD [\"/usr/local/bin/gouji\", \"health\"]");
    assert_eq!(line("VOLUME"), "VOLUME /etc/gouji");
    assert!(line("USER").split_once(' ').unwrap().1.parse::<u32>().is_ok_and(|user| user > 0));
    // The command that it runs is one.
    let health = Command::new(env!("CARGO_BIN_EXE_gouji")).args(["health", "--help"]).output().unwrap();
    assert!(health.status.success());
}

#[test]
fn the_unit_takes_its_settings_from_a_file_and_each_credential_by_itself() {
    let text = file("deploy/gouji.service");
    assert!(text.lines().any(|line| line == "EnvironmentFile=-/etc/gouji/gouji.env"));
    let credentials: Vec<&str> =
        text.lines().filter_map(|line| line.split_once("LoadCredential=")).map(|own| own.1).collect();
    assert!(credentials.len() >= 3);
    // systemd takes all behind the first colon for one path.
    assert!(credentials.iter().all(|own| own.matches(':').count() == 1 && !own.contains(' ')), "{credentials:?}");
}
