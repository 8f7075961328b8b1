//! What the text of the corpus states, checked against labels made by hand: `tests/labels/narrative.json` holds,
//! for each file, the digest of its text and the statements as senses and numbers.
//! `PRINT=1 cargo test --test narrative -- --nocapture` prints what is found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::collections::BTreeMap;

use common::corpus;
use gouji::{
    deadline::Deadline,
    ingestion,
    layout::Limits,
    narrative::{Claim, Sense, Statement, statements},
    report::{AnnualReport, Section},
};
use sha2::{Digest, Sha256};

/// A statement as in the labels: sense, claim if it isn't a count, and number.
fn label(statement: &Statement) -> String {
    let claim = match statement.claim {
        Claim::Counted => String::new(),
        other => format!(" {other:?}"),
    };
    format!("{}{claim} {}", statement.sense.name(), statement.number)
}

/// The report of a file, or, if its tables are not read yet, its text as one section.
fn report(content: &[u8]) -> AnnualReport {
    ingestion::read(content, &Limits::default()).unwrap_or_else(|_| {
        let text = String::from_utf8_lossy(content).into_owned();
        AnnualReport { sections: vec![Section { number: 1, text, ..Section::default() }], ..AnnualReport::default() }
    })
}

/// Sentences after the patterns of real reports, each with the statements that a person finds in it.
/// `SENTENCES=FILE` takes another file of the same form.
#[test]
fn sentences_state_what_their_labels_say() {
    let own = common::root().join("tests/labels/sentences.json");
    let file = std::env::var_os("SENTENCES").map_or(own, std::path::PathBuf::from);
    let cases: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let (mut right, mut found_in_all, mut labelled) = (0, 0, 0);
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let year = i32::try_from(case["year"].as_i64().unwrap()).unwrap();
        let number = case["section"].as_u64().map_or(1, |section| u8::try_from(section).unwrap());
        let section = Section { number, text: text.into(), ..Section::default() };
        let report = AnnualReport { year: Some(year), sections: vec![section], ..AnnualReport::default() };
        let found: Vec<String> = statements(&report, &Deadline::NEVER)
            .statements
            .iter()
            // Totals of information are not labelled.
            .filter(|it| it.sense != Sense::ListedTotal)
            .map(|it| format!("{} {:?} {}", it.sense.name(), it.claim, it.number).replace("Counted ", ""))
            .collect();
        let label = |it: &serde_json::Value| {
            let claim = match it["claim"].as_str().unwrap() {
                "COUNTED" => "",
                "NONE" => "None ",
                _ => "All ",
            };
            format!("{} {claim}{}", it["sense"].as_str().unwrap(), it["number"].as_i64().unwrap_or(0))
        };
        let mut rest: Vec<String> = case["statements"].as_array().unwrap().iter().map(label).collect();
        labelled += rest.len();
        found_in_all += found.len();
        for statement in &found {
            match rest.iter().position(|label| label == statement) {
                Some(at) => {
                    right += 1;
                    rest.remove(at);
                }
                None => println!("{}: not labelled: {statement}", case["id"]),
            }
        }
        rest.iter().for_each(|label| println!("{}: not found: {label}", case["id"]));
    }
    println!("sentences: {right} of {found_in_all} found are right, {right} of {labelled} labelled are found");
    assert!(right * 100 >= found_in_all * 98, "precision below 0.98");
    assert!(right * 100 >= labelled * 95, "recall below 0.95");
}

#[test]
fn the_corpus_states_what_its_labels_say() {
    let labels = std::fs::read(common::root().join("tests/labels/narrative.json")).unwrap();
    let labels: BTreeMap<String, (String, Vec<String>)> = serde_json::from_slice(&labels).unwrap();
    let (mut right, mut found_in_all, mut labelled) = (0, 0, 0);
    for (file, (digest, expected)) in &labels {
        let Some(content) = corpus(file) else { return };
        let actual: String = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(&actual, digest, "{file} is another text than the one that was labelled");
        let found: Vec<String> = statements(&report(&content), &Deadline::NEVER).statements.iter().map(label).collect();
        if std::env::var_os("PRINT").is_some() {
            println!("{file}: {found:?}");
        }
        let mut rest = expected.clone();
        for statement in &found {
            match rest.iter().position(|label| label == statement) {
                Some(at) => drop(rest.remove(at)),
                None => println!("{file}: not labelled: {statement}"),
            }
        }
        rest.iter().for_each(|label| println!("{file}: not found: {label}"));
        right += expected.len() - rest.len();
        found_in_all += found.len();
        labelled += expected.len();
    }
    println!("narrative: {right} of {found_in_all} found are right, {right} of {labelled} labelled are found");
    assert!(right * 100 >= found_in_all * 98, "precision below 0.98");
    assert!(right * 10 >= labelled * 9, "recall below 0.9");
}

/// Sentences whose numbers are those of the example's tables.
const TRUE: [&str; 5] = [
    "全年共收到政府信息公开申请16件，上年结转2件。",
    "本年度新收政府信息公开申请16件，其中自然人申请12件，法人或其他组织申请4件。",
    "全年予以公开6件，部分公开2件。",
    "制发行政规范性文件6件，废止行政规范性文件2件，现行有效行政规范性文件41件。",
    "作出行政许可处理决定18230件，行政处罚处理决定2764件，行政强制处理决定35件。",
];

/// Each number of the text that the tables have is changed, one at a time, to one that they don't have: a rule of
/// the family NAR speaks. Numbers of which the tables know nothing may be any.
#[test]
fn a_changed_number_contradicts_the_tables_and_another_number_contradicts_nothing() {
    let speaks = |text: &str| {
        let mut clean = common::clean("2021");
        clean["report"]["sections"]["3"]["text"] = text.into();
        let findings = common::assess(&common::dossier(&clean)).findings;
        findings.iter().any(|finding| finding.code.starts_with("NAR"))
    };
    let (mut changed, mut told) = (0, 0);
    for text in TRUE {
        assert!(!speaks(text), "{text} is true");
        let runs: Vec<std::ops::Range<usize>> = gouji::words::numbers::digit_runs(text).collect();
        for run in runs {
            let number: i64 = text[run.clone()].parse().unwrap();
            let wrong = format!("{}{}{}", &text[..run.start], number * 7 + 5_001, &text[run.end..]);
            changed += 1;
            match speaks(&wrong) {
                true => told += 1,
                false => println!("not told: {wrong}"),
            }
        }
    }
    println!("changed numbers: {told} of {changed} are told");
    assert!(told * 100 >= changed * 95);
    for text in [
        "全年主动公开政府信息1320条，发布政策解读77篇，组织培训3次。",
        "12345热线受理群众诉求4386件，办结4380件。",
        "全年办理人大代表建议12件、政协提案9件，办结率均为100%。",
    ] {
        assert!(!speaks(text), "{text} says nothing of the tables");
    }
}
