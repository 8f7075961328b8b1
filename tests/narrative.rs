//! What the text of the corpus states, checked against labels made by hand: `tests/labels/narrative.json` holds,
//! for each file, the digest of its text and the statements as senses and numbers.
//! `PRINT=1 cargo test --test narrative -- --nocapture` prints what is found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::collections::BTreeMap;

use common::corpus;
use gouji::{
    deadline::Deadline,
    engine::Engine,
    ingestion,
    layout::Limits,
    narrative::{Claim, Index, Sense, Statement, meaning::meanings_of, statements},
    report::{AnnualReport, Figure, Section},
    rule::{Rule, Severity},
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
        let found: Vec<String> = statements(&report, &Index::of(&report), &Deadline::NEVER)
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
        let report = report(&content);
        let found: Vec<String> =
            statements(&report, &Index::of(&report), &Deadline::NEVER).statements.iter().map(label).collect();
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

/// A report whose tables hold what a labelled text says, and the numbers of the labels; `None` if the labels don't
/// fit together: such a text is about more than one thing.
fn agreeing(case: &serde_json::Value) -> Option<(AnnualReport, Vec<i64>)> {
    let mut clean = common::clean("2021");
    let section = case["section"].as_u64().unwrap_or(1).to_string();
    clean["report"]["sections"][&section]["text"] = case["text"].clone();
    let mut report = common::dossier(&clean).report;
    report.year = case["year"].as_i64().and_then(|year| i32::try_from(year).ok());
    // Another body's name would be another's statement.
    report.body = gouji::report::Body::default();
    report.figures.fees = None;
    let labels = case["statements"].as_array()?.iter();
    let counted: Vec<(Sense, i64)> = labels
        .map(|label| {
            let sense = Sense::all().find(|sense| sense.name() == label["sense"].as_str().unwrap_or_default());
            Some((sense?, if label["claim"] == "COUNTED" { label["number"].as_i64()? } else { return None }))
        })
        .collect::<Option<_>>()?;
    for cell in gouji::report::Row::ALL.into_iter().flat_map(gouji::report::Row::cells).filter(|cell| !cell.is_amount())
    {
        if report.figures.has_row(cell.row()) {
            report.figures.set_count(cell, Figure::Known(0));
        }
    }
    let counted: Vec<(Sense, i64)> = counted
        .into_iter()
        .filter(|(sense, _)| *sense != Sense::Fees && !meanings_of(&report, *sense).is_empty())
        .collect();
    for (sense, number) in &counted {
        let meaning = meanings_of(&report, *sense).into_iter().next()?;
        let free = meaning.cells.iter().find(|cell| report.figures.count(**cell).known() == Some(0))?;
        let lacking = number - meaning.value(&report.figures)?;
        report.figures.set_count(*free, Figure::Known(i32::try_from(lacking).ok().filter(|lacking| *lacking >= 0)?));
    }
    let fits = |(sense, number): &(Sense, i64)| {
        meanings_of(&report, *sense).iter().any(|meaning| meaning.value(&report.figures) == Some(*number))
    };
    let all = counted.iter().all(fits);
    all.then(|| (report, counted.into_iter().map(|(_, number)| number).collect()))
}

/// Each number that the labels of a text name, and that its tables hold, is changed, one at a time, to one that they
/// don't hold: a rule of the family NAR speaks.
#[test]
fn a_changed_number_contradicts_the_tables_and_another_number_contradicts_nothing() {
    let rules: Vec<Rule> = gouji::rules::all().into_iter().filter(|rule| rule.code.starts_with("NAR")).collect();
    let engine = Engine::new(rules);
    let wrong_at = |report: &AnnualReport| {
        let dossier = gouji::dossier::Dossier { report: report.clone(), ..Default::default() };
        let findings = engine.assess(&dossier, &[0; 32], &Deadline::NEVER).findings;
        findings
            .into_iter()
            .filter(|finding| finding.severity != Severity::Info)
            .filter_map(|finding| finding.span)
            .collect::<Vec<_>>()
    };
    let cases: Vec<serde_json::Value> =
        serde_json::from_slice(&std::fs::read(common::root().join("tests/labels/sentences.json")).unwrap()).unwrap();
    let (mut texts, mut changed, mut told, mut wrong) = (0, 0, 0, 0);
    for case in &cases {
        let Some((mut report, numbers)) = agreeing(case) else { continue };
        let before = wrong_at(&report);
        if !before.is_empty() {
            println!("{}: not true: {}", case["id"], case["text"]);
            wrong += 1;
            continue;
        }
        texts += 1;
        let number = case["section"].as_u64().unwrap_or(1);
        let at = report.sections.iter().position(|section| u64::from(section.number) == number).unwrap();
        let text = report.sections[at].text.clone();
        let runs: Vec<std::ops::Range<usize>> = gouji::words::numbers::digit_runs(&text).collect();
        for stated in numbers {
            let mut same = runs.iter().filter(|run| text[(*run).clone()] == stated.to_string());
            let (Some(run), None) = (same.next(), same.next()) else { continue };
            report.sections[at].text = format!("{}{}{}", &text[..run.start], stated * 7 + 5_001, &text[run.end..]);
            changed += 1;
            match wrong_at(&report).iter().any(|span| span.start <= run.start && run.start < span.end) {
                true => told += 1,
                false => println!("{}: {stated} not told: {text}", case["id"]),
            }
        }
    }
    println!(
        "changed numbers: {told} of {changed} are told, in {texts} texts; {wrong} texts contradict their own labels"
    );
    assert!(changed > 500 && told * 100 >= changed * 95 && wrong * 30 <= texts);
    let speaks = |text: &str| {
        let mut clean = common::clean("2021");
        clean["report"]["sections"]["3"]["text"] = text.into();
        common::assess(&common::dossier(&clean)).findings.iter().any(|finding| finding.code.starts_with("NAR"))
    };
    for text in [
        "全年主动公开政府信息1320条，发布政策解读77篇，组织培训3次。",
        "12345热线受理群众诉求4386件，办结4380件。",
        "全年办理人大代表建议12件、政协提案9件，办结率均为100%。",
    ] {
        assert!(!speaks(text), "{text} says nothing of the tables");
    }
}
