//! What must be true of every check: no doubt ends in "compliant", and the same input gives the same answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{borrow::Cow, collections::BTreeSet};

use common::{assess, clean, codes, dossier, patched, text};
use gouji::{
    checker::{Checker, Reading},
    deadline::Deadline,
    dossier::Dossier,
    engine::{Engine, Verdict},
    layout::Limits,
    rule::{BOTH, Basis, Bounds, Check, Input, Outcome, Rule, Ruling, Severity, Violation},
    rules,
    submission::{Filing, Submission},
    wire::{
        assessment::response_to,
        manner::{Manner, View},
        report::{report_from, report_to},
    },
    words::{Language, Text},
};
use prost::Message;
use serde_json::json;

const BASIS: &[Basis] = &[Basis::of_30("附件")];

const fn rule(code: &'static str, severity: Severity, check: fn(&Dossier) -> Ruling) -> Rule {
    Rule {
        code: Cow::Borrowed(code),
        version: 1,
        title: Text::fixed("测试", "test"),
        severity,
        bounds: Bounds::FREE,
        of_form: false,
        of_context: false,
        trial: false,
        awaits_completion: false,
        editions: Cow::Borrowed(BOTH),
        inputs: Cow::Borrowed(&[Input::Report]),
        basis: Cow::Borrowed(BASIS),
        check: Check::Native(check),
        source: Cow::Borrowed(""),
    }
}

static PANICS: Rule = rule("TST-001", Severity::Error, |_| panic!("on purpose"));
static TALKS: Rule = rule("TST-002", Severity::Warning, |_| {
    let violation = |_| Violation::at(gouji::report::Location::Report, Text::fixed("字", "word"));
    Ruling::of((0..5_000).map(violation))
});

#[test]
fn a_panicking_rule_leaves_the_verdict_undetermined() {
    let mut with_panic = rules::all();
    with_panic.push(PANICS.clone());
    let assessment = Engine::new(with_panic).assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER);
    assert_eq!(assessment.verdict, Verdict::Undetermined);
    let ruling = assessment.rulings.last().unwrap();
    assert_eq!((&*ruling.code, ruling.outcome), ("TST-001", Outcome::Undetermined));
    // Even where the rule's severity is low.
    for severity in [Severity::Warning, Severity::Info] {
        let all = rules::all().into_iter().chain([Rule { severity, ..PANICS.clone() }]);
        let assessment =
            Engine::of(all.collect(), Vec::new()).assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER);
        assert_eq!(assessment.verdict, Verdict::Undetermined, "{severity:?}");
    }
}

#[test]
fn out_of_time_is_undetermined_and_never_compliant() {
    let engine = Engine::new(rules::all());
    let assessment = engine.assess(&dossier(&clean("2021")), &[0; 32], &Deadline::when(|| true));
    assert_eq!(assessment.verdict, Verdict::Undetermined);
    assert!(assessment.rulings.iter().all(|ruling| ruling.outcome != Outcome::Satisfied));
}

#[test]
fn no_rules_and_no_tables_are_not_compliant_either() {
    let nothing = Engine::new(Vec::new()).assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER);
    assert_eq!(nothing.verdict, Verdict::Undetermined);
    let empty = assess(&Dossier::default());
    assert_ne!(empty.verdict, Verdict::Compliant);
    // For the year 2019 a missing table is only a warning; an unread one still leaves the verdict undetermined.
    let patch = json!({ "report": { "year": 2019, "published_on": null, "remedies": null } });
    let encouraged = assess(&dossier(&patched(clean("2019"), &patch)));
    assert_eq!((encouraged.verdict, encouraged.counts.errors), (Verdict::Undetermined, 0));
    let legacy = assess(&dossier(&patched(
        clean("2021"),
        &json!({ "report": { "edition": "EDITION_LEGACY", "year": 2016, "disclosure_2021": null } }),
    )));
    assert_eq!(legacy.verdict, Verdict::Undetermined);
}

#[test]
fn an_unread_cell_is_never_compliant_wherever_it_stands() {
    for (path, blank) in [
        ("disclosure_2021.permits.decisions", json!({ "disclosure_2021": { "permits": { "decisions": null } } })),
        ("disclosure_2021.fees.amount", json!({ "disclosure_2021": { "fees": { "amount": null } } })),
        ("remedies.reconsideration.upheld", json!({ "remedies": { "reconsideration": { "upheld": null } } })),
    ] {
        let defect = json!({ "defects": [{ "path": path, "printed": "?", "kind": "DEFECT_KIND_AMBIGUOUS" }] });
        let patch = json!({ "report": patched(blank, &defect) });
        let assessment = assess(&dossier(&patched(clean("2021"), &patch)));
        assert_eq!((assessment.verdict, codes(&assessment)), (Verdict::Undetermined, vec!["TAB-015"]), "{path}");
    }
}

#[test]
fn findings_are_capped_and_the_rest_is_counted() {
    let assessment = Engine::new(vec![TALKS.clone()]).assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER);
    assert_eq!((assessment.findings.len(), assessment.findings_cut, assessment.counts.warnings), (200, 4_800, 5_000));
}

#[test]
fn a_blank_is_not_a_zero() {
    let blanked = |patch| assess(&dossier(&patched(clean("2021"), &patch)));
    // 16 + blank against 17 + 1: a blank can make up for 2, so that nothing is decided.
    let open = blanked(json!({ "report": { "applications": { "carried_over": { "total": null } } } }));
    assert_eq!(open.verdict, Verdict::Undetermined);
    assert_eq!(codes(&open), ["TAL-008"]);
    // 12 + blank against 13 + 0, with the blank on the smaller side: open; on the other side: violated.
    let received = json!({ "natural_person": 99, "total": 103 });
    let patch =
        json!({ "report": { "applications": { "received": received, "carried_over": { "natural_person": null } } } });
    assert!(codes(&blanked(patch)).contains(&"TAL-001"));
    // Blanks that balance as zeros hold, and the ruling says so.
    let state_secret = json!({ "business": null });
    let patch = json!({ "report": { "applications": { "outcomes": { "denied": { "state_secret": state_secret } } } } });
    let held = blanked(patch);
    assert_eq!((held.verdict, codes(&held)), (Verdict::Compliant, vec!["TAB-008"]));
    let sum = held.rulings.iter().find(|ruling| ruling.code == "TAL-002").unwrap();
    assert_eq!(sum.outcome, Outcome::Satisfied);
    assert!(sum.reasons[0].1.zh.contains("空白按 0 计"), "{:?}", sum.reasons);
}

/// The severity of the first finding by a rule.
fn severity_of(assessment: &gouji::engine::Assessment, code: &str) -> Option<Severity> {
    assessment.findings.iter().find(|finding| finding.code == code).map(|finding| finding.severity)
}

#[test]
fn errors_of_form_are_warnings_for_2019_and_tallies_stay_errors() {
    let patch = json!({ "report": { "year": 2019, "sections": { "6": null },
        "remedies": { "reconsideration": { "total": 5 } } } });
    let assessment = assess(&dossier(&patched(clean("2019"), &patch)));
    assert_eq!(severity_of(&assessment, "TAL-005"), Some(Severity::Error));
    let patch =
        json!({ "report": { "year": 2019, "published_on": null, "disclosure_2019": { "other_services": null } } });
    let assessment = assess(&dossier(&patched(clean("2019"), &patch)));
    assert_eq!((assessment.counts.errors, severity_of(&assessment, "TAB-002")), (0, Some(Severity::Warning)));
}

#[test]
fn checking_twice_gives_the_same_bytes_and_the_returned_report_the_same_codes() {
    let checker = Checker::new(Reading::Here(Limits::default()));
    let manner = Manner { language: Language::Zh, view: View::Full };
    for edition in ["2019", "2021"] {
        let patch = json!({ "report": { "applications": { "outcomes": { "total": { "total": 99 }, "granted": { "business": null } } } } });
        let report = dossier(&patched(clean(edition), &patch)).report;
        for way in text::WAYS {
            let document = || Submission::of(Filing::document(text::text(&report, way).into_bytes(), "x"));
            let check = || checker.check(document(), &Deadline::NEVER).unwrap();
            let (first, second) = (check(), check());
            let bytes = |checked: &gouji::checker::Checked| response_to(checked, manner).encode_to_vec();
            assert_eq!(bytes(&first), bytes(&second));
            let again = report_from(report_to(&first.dossier.report), "", &mut Default::default());
            assert_eq!(again, first.dossier.report, "{edition} {way:?}");
            let outcomes = |assessment: &gouji::engine::Assessment| {
                assessment.rulings.iter().map(|ruling| (ruling.code.to_string(), ruling.outcome)).collect::<Vec<_>>()
            };
            let reassessed = assess(&Dossier { report: again, ..Dossier::default() });
            assert_eq!(codes(&reassessed), codes(&first.assessment), "{edition} {way:?}");
            assert_eq!(outcomes(&reassessed), outcomes(&first.assessment), "{edition} {way:?}");
        }
    }
}

#[test]
fn a_fingerprint_names_the_fault_and_not_the_words() {
    let found = |patch| {
        let assessment = assess(&dossier(&patched(clean("2021"), &patch)));
        assessment.findings.into_iter().map(|finding| finding.fingerprint).collect::<Vec<_>>()
    };
    let wrong = json!({ "report": { "remedies": { "reconsideration": { "total": 5 } } } });
    let elsewhere = json!({ "report": { "preamble": "另一段引言。统计期限自2023年1月1日起至2023年12月31日止。", "remedies": { "reconsideration": { "total": 5 } } } });
    let otherwise = json!({ "report": { "remedies": { "reconsideration": { "total": 6 } } } });
    assert_eq!(found(wrong.clone()), found(elsewhere));
    assert_ne!(found(wrong), found(otherwise));
}

#[test]
fn blanks_alone_prove_nothing() {
    for table in ["applications", "remedies", "disclosure_2021"] {
        let mut all = clean("2021");
        blank(&mut all["report"][table]);
        let assessment = assess(&dossier(&all));
        assert_eq!(assessment.verdict, Verdict::Undetermined, "{table}");
    }
    // Nor does a column of blanks.
    let mut column = clean("2021");
    blank_field(&mut column["report"]["applications"], "research_institution");
    let assessment = assess(&dossier(&column));
    let ruling = assessment.rulings.iter().find(|ruling| ruling.code == "TAL-001").unwrap();
    assert_eq!((assessment.verdict, ruling.outcome), (Verdict::Undetermined, Outcome::Undetermined));
}

/// Empties every figure, and keeps the rows.
fn blank(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => fields.values_mut().for_each(blank),
        figure => *figure = serde_json::Value::Null,
    }
}

fn blank_field(value: &mut serde_json::Value, name: &str) {
    if let serde_json::Value::Object(fields) = value {
        fields.iter_mut().filter(|(own, _)| *own == name).for_each(|(_, figure)| *figure = serde_json::Value::Null);
        fields.values_mut().for_each(|inner| blank_field(inner, name));
    }
}

#[test]
fn a_sentence_that_is_not_looked_at_is_never_compliant_and_says_so() {
    let mut long = clean("2021");
    let text = "收到政府信息公开申请\u{202e}99件。".to_owned();
    long["report"]["sections"]["1"]["text"] = (text + long["report"]["sections"]["1"]["text"].as_str().unwrap()).into();
    let assessment = assess(&dossier(&long));
    assert_eq!(assessment.verdict, Verdict::Undetermined);
    let ruling = assessment.rulings.iter().find(|ruling| ruling.code == "NAR-001").unwrap();
    assert!(ruling.reasons.iter().any(|reason| reason.1.zh.contains("改变书写方向")), "{:?}", ruling.reasons);
}

#[test]
fn what_shows_nothing_hides_no_contradiction_and_fills_no_section() {
    let text = |number: &str, change: fn(&str) -> String| {
        let mut changed = clean("2021");
        let own = &mut changed["report"]["sections"][number]["text"];
        *own = change(own.as_str().unwrap()).into();
        assess(&dossier(&changed))
    };
    for invisible in ['\u{200b}', '\u{ad}', '\u{2060}', '\u{feff}'] {
        let mut hidden = clean("2021");
        let own = &mut hidden["report"]["sections"]["1"]["text"];
        *own = format!("{}全年收到政府信息公{invisible}开申请9{invisible}9件。", own.as_str().unwrap()).into();
        assert!(codes(&assess(&dossier(&hidden))).contains(&"NAR-001"), "{invisible:?}");
    }
    assert!(codes(&text("6", |_| "\u{200b}\u{feff} \u{ad}".into())).contains(&"SEC-005"));
}

#[test]
fn an_unread_cell_leaves_the_verdict_open_by_itself() {
    // Only the rule that reports it, and its severity does not matter.
    let told = rules::all().into_iter().find(|rule| rule.code == "TAB-015").unwrap();
    let patch = json!({ "report": {
        "applications": { "received": { "total": null } },
        "defects": [{ "path": "applications.received.total", "kind": "DEFECT_KIND_TEXT", "printed": "若干" }] } });
    let assessment =
        Engine::new(vec![told.clone()]).assess(&dossier(&patched(clean("2021"), &patch)), &[0; 32], &Deadline::NEVER);
    assert_eq!((codes(&assessment), assessment.verdict), (vec!["TAB-015"], Verdict::Undetermined));
    let clean = Engine::new(vec![told]).assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER);
    assert_eq!(clean.verdict, Verdict::Compliant);
}

#[test]
fn what_a_finding_quotes_is_masked_wherever_it_stands() {
    static QUOTES: Rule = rule("TST-003", Severity::Warning, |_| {
        let quote = || Text::same("联系13812345678");
        let location = gouji::report::Location::Report;
        Ruling::of([Violation::at(location, quote()).expecting(quote(), quote())])
    });
    let finding = Engine::new(vec![QUOTES.clone()])
        .assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER)
        .findings
        .remove(0);
    for text in [&finding.message, &finding.expected, &finding.actual] {
        assert!(text.zh.contains("138****5678") && text.en.contains("138****5678"), "{text:?}");
    }
    let printed = json!({ "report": {
        "applications": { "received": { "total": null } },
        "readings": [{ "path": "applications.received.total", "printed": "13812345678" }],
        "defects": [{ "path": "applications.received.total", "kind": "DEFECT_KIND_TEXT", "printed": "13812345678" }] } });
    let assessment = assess(&dossier(&patched(clean("2021"), &printed)));
    let finding = assessment.findings.iter().find(|finding| finding.code == "TAB-015").unwrap();
    assert_eq!(finding.text, "138****5678");
    assert!(!format!("{assessment:?}").contains("13812345678"));
}

#[test]
fn what_was_cut_is_not_told_as_fixed() {
    let engine = Engine::new(vec![TALKS.clone()]);
    let mut assessment = engine.assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER);
    assert!(assessment.findings_cut > 0);
    let code = assessment.rulings[0].code.clone();
    assessment.compare_with(&BTreeSet::from([format!("1:{code}:{}", "0".repeat(32))]));
    assert!(assessment.fixed.is_empty());
}

#[test]
fn what_no_rule_decided_is_not_told_as_fixed() {
    let mut assessment = assess(&dossier(&clean("2021")));
    let earlier = |code: &str| format!("1:{code}:{}", "0".repeat(32));
    assessment.compare_with(&BTreeSet::from(["TAL-001", "NOT-001", "YOY-001"].map(earlier)));
    // Last year’s report was not sent: nobody looked.
    assert_eq!(assessment.fixed, [earlier("TAL-001")]);
    assessment.rulings.iter_mut().for_each(|ruling| ruling.undecided = true);
    assessment.compare_with(&BTreeSet::from([earlier("TAL-001")]));
    assert!(assessment.fixed.is_empty());
}

#[test]
fn findings_that_are_not_kept_are_counted() {
    static MANY: Rule = rule("TST-004", Severity::Warning, |_| {
        Ruling::of((0..5_000).map(|_| Violation::at(gouji::report::Location::Report, Text::fixed("字", "word"))))
    });
    let assessment = Engine::new(vec![MANY.clone()]).assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER);
    assert_eq!((assessment.counts.warnings, assessment.findings.len(), assessment.findings_cut), (5_000, 200, 4_800));
}

#[test]
fn a_column_that_was_read_by_assuming_its_balance_proves_nothing() {
    let patch = json!({ "report": {
        "defects": [{ "path": "applications.*.natural_person", "kind": "DEFECT_KIND_ASSUMED_COLUMN_SUMS" }] } });
    let assessment = assess(&dossier(&patched(clean("2021"), &patch)));
    for code in ["TAL-001", "TAL-002"] {
        let ruling = assessment.rulings.iter().find(|ruling| ruling.code == code).unwrap();
        assert_eq!(ruling.outcome, Outcome::Undetermined, "{code}");
    }
    assert_eq!(assessment.verdict, Verdict::Undetermined);
}

#[test]
fn of_two_numbers_of_which_one_fits_the_other_is_a_warning() {
    let severities = |text: &str| {
        let mut told = clean("2021");
        let own = &mut told["report"]["sections"]["1"]["text"];
        *own = format!("{}{text}", own.as_str().unwrap()).into();
        let assessment = assess(&dossier(&told));
        let found = assessment.findings.iter().filter(|finding| finding.code == "NAR-001");
        found.map(|finding| finding.severity).collect::<Vec<_>>()
    };
    assert_eq!(severities("全年收到政府信息公开申请99件。"), [Severity::Error]);
    assert_eq!(severities("全年收到政府信息公开申请16件。另有一处写明收到政府信息公开申请99件。"), [Severity::Warning]);
    assert_eq!(severities("全年收到政府信息公开申请16件。乡镇收到政府信息公开申请99件。"), []);
}

#[test]
fn a_text_as_similar_as_the_threshold_repeats_last_years() {
    let mut own = dossier(&clean("2021"));
    let mut previous = own.report.clone();
    previous.year = own.report.year.map(|year| year - 1);
    own.previous = Some(previous);
    for (threshold, found) in [(100, true), (101, false)] {
        own.parameters.text_similarity = threshold;
        assert_eq!(codes(&assess(&own)).contains(&"YOY-005"), found, "{threshold}");
    }
}

#[test]
fn an_equation_shows_every_term_of_a_short_sum_and_of_a_long_one_no_zeros() {
    let equation = |code: &str, applications: serde_json::Value| {
        let patch = json!({ "report": { "applications": applications } });
        let findings = assess(&dossier(&patched(clean("2021"), &patch))).findings;
        findings.into_iter().find(|finding| finding.code == code).unwrap().equation
    };
    assert_eq!(equation("TAL-001", json!({ "carried_over": { "total": 0 } })), "16 + 0 ≠ 17 + 1");
    let total = json!({ "outcomes": { "total": { "natural_person": 99 } } });
    assert_eq!(equation("TAL-002", total), "5 + 2 + 1 + 3 + 1 + 1 ≠ 99");
}

#[test]
fn the_digest_names_the_rules_in_force() {
    let (all, again, few) = (Engine::new(rules::all()), Engine::new(rules::all()), Engine::new(vec![TALKS.clone()]));
    assert_eq!(all.digest(), again.digest());
    assert_ne!(all.digest(), few.digest());
    for engine in [all, few] {
        let assessment = engine.assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER);
        assert_eq!((engine.digest().len(), engine.digest()), (64, assessment.rule_set_digest.as_str()));
    }
}

/// Later than any deadline: whatever the body is, this is not in time, and is not passed over.
#[test]
fn a_late_report_of_a_body_of_unknown_kind_is_not_compliant_by_silence() {
    let published = |year: i32, month: u32| {
        let body = json!({ "name": "青溪高新技术产业园", "kind": "KIND_UNSPECIFIED" });
        let patch = json!({ "report": { "body": body, "published_on": { "year": year, "month": month, "day": 20 } } });
        let assessment = assess(&dossier(&patched(clean("2021"), &patch)));
        let ruling = assessment.rulings.iter().find(|own| own.code == "PUB-002").unwrap();
        (ruling.outcome, assessment.verdict == Verdict::Compliant)
    };
    assert_eq!(published(2024, 4), (Outcome::Undetermined, false));
    assert_eq!(published(2099, 1), (Outcome::Undetermined, false));
    assert_eq!(published(2024, 2).0, Outcome::NotApplicable);
}

/// Between the deadlines of departments and of governments, whole systems among them: a body of unknown kind may be late.
#[test]
fn between_two_deadlines_a_body_of_unknown_kind_is_undetermined_and_a_vertical_system_is_told() {
    let told = |name: &str, kind: &str, (month, day): (u32, u32)| {
        let body = json!({ "name": name, "kind": kind });
        let patch = json!({ "report": { "body": body, "published_on": { "year": 2024, "month": month, "day": day } } });
        let assessment = assess(&dossier(&patched(clean("2021"), &patch)));
        let outcome = assessment.rulings.iter().find(|own| own.code == "PUB-001").unwrap().outcome;
        let severity = assessment.findings.iter().find(|own| own.code == "PUB-001").map(|own| own.severity);
        (outcome, severity)
    };
    let (unknown, department) = ("KIND_UNSPECIFIED", "KIND_DEPARTMENT");
    assert_eq!(told("青溪高新技术产业园", unknown, (1, 31)), (Outcome::NotApplicable, None));
    assert_eq!(told("青溪高新技术产业园", unknown, (2, 1)), (Outcome::Undetermined, None));
    assert_eq!(told("青溪海关", unknown, (3, 31)).1, None);
    assert_eq!(told("青溪县税务局", department, (2, 20)), (Outcome::Violated, Some(Severity::Info)));
    assert_eq!(told("青溪县税务局", department, (4, 1)), (Outcome::Violated, Some(Severity::Error)));
    assert_eq!(told("青溪县商务局", department, (2, 20)), (Outcome::Violated, Some(Severity::Error)));
}
