//! Every rule is checked against its own documentation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::{collections::BTreeSet, fmt::Write, sync::Arc};

use common::{assess, clean, codes, dossier, hold_file, patched};
use gouji::{
    deadline::Deadline,
    dossier::Dossier,
    engine::Engine,
    profile::{Profile, Setting},
    report::Edition,
    rule::{Basis, Check, Example, Input, Rule, Severity},
    rulebook::printed,
    rules,
    words::Text,
};
use serde_json::{Value, json};

/// The examples of a rule of one kind: the edition that each names, and the patch.
fn examples(rule: &Rule, bad: bool) -> Vec<(String, Value)> {
    let own = rule.examples().into_iter().filter(|example| example.is_bad == bad);
    let read = |example: Example| {
        let why = |why| panic!("{}: {why}: {}", rule.code, example.patch);
        (example.edition, serde_json::from_str(&example.patch).unwrap_or_else(why))
    };
    own.map(read).collect()
}

/// The editions on whose clean dossier an example is tried.
fn editions(rule: &Rule, named: &str) -> Vec<&'static str> {
    let own = [("2019", Edition::Of2019), ("2021", Edition::Of2021)];
    let fits = |name: &str, edition: &Edition| {
        let legacy = rule.editions.contains(&Edition::Legacy);
        if named.is_empty() { rule.editions.contains(edition) || legacy } else { name == named }
    };
    own.iter().filter(|(name, edition)| fits(name, edition)).map(|(name, _)| *name).collect()
}

#[test]
fn clean_dossiers_have_no_findings() {
    for edition in ["2019", "2021"] {
        let assessment = assess(&dossier(&clean(edition)));
        assert_eq!(codes(&assessment), [""; 0], "{edition}: {:?}", assessment.findings);
        assert_eq!(assessment.verdict, gouji::engine::Verdict::Compliant);
    }
}

#[test]
fn a_bad_example_makes_exactly_its_rule_speak() {
    let mut wrong = Vec::new();
    for rule in &rules::all() {
        let bad = examples(rule, true);
        assert!(!bad.is_empty(), "{} has no Bad example", rule.code);
        for (named, patch) in bad {
            for edition in editions(rule, &named) {
                let assessment = assess(&dossier(&patched(clean(edition), &patch)));
                let found = codes(&assessment);
                if found != [rule.code.clone()] {
                    wrong.push(format!("{} {edition}: {found:?} {patch}", rule.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// 30号 is of September 2021: no report of a year before is held to it, whichever rule speaks, and each finding has a basis.
#[test]
fn no_report_is_held_to_a_notice_that_came_after_it() {
    let notice = "国办公开办函〔2021〕30号";
    let cites = |assessment: &gouji::engine::Assessment| {
        let bases = assessment.findings.iter().map(|finding| &finding.basis);
        assert!(bases.clone().all(|basis| !basis.is_empty()), "{:?}", assessment.findings);
        bases.flatten().any(|basis| basis.instrument == notice)
    };
    for rule in &rules::all() {
        for (named, patch) in examples(rule, true) {
            if editions(rule, &named).contains(&"2019") {
                let mut own = patched(clean("2019"), &patch);
                let year = own["report"]["year"].as_i64();
                assert!(
                    year.is_none_or(|year| year > 2020) || !cites(&assess(&dossier(&own))),
                    "{} {patch}",
                    rule.code
                );
                own["report"]["year"] = serde_json::json!(2023);
                cites(&assess(&dossier(&own)));
            }
        }
    }
    // What 30号 alone asks for is asked of no report before it: neither by its year nor where it has the tables of 2019.
    for (code, patch) in [
        (
            "PUB-005",
            serde_json::json!({
                "body": { "kind": "KIND_GOVERNMENT", "level": "LEVEL_COUNTY" },
                "published_on": { "year": 2021, "month": 3, "day": 1 }
            }),
        ),
        (
            "PUB-003",
            serde_json::json!({
                "body": { "kind": "KIND_GOVERNMENT", "level": "LEVEL_COUNTY" },
                "submitted_on": { "year": 2021, "month": 3, "day": 1 }
            }),
        ),
        ("CON-011", serde_json::json!({})),
    ] {
        let assessment = assess(&dossier(&patched(clean("2019"), &serde_json::json!({ "report": patch }))));
        let ruling = assessment.rulings.iter().find(|own| own.code == code).unwrap();
        assert_eq!(ruling.outcome, gouji::rule::Outcome::NotApplicable, "{code}");
        assert!(!cites(&assessment) && assessment.findings.iter().all(|own| own.code != code));
    }
}

#[test]
fn a_good_example_makes_no_rule_speak() {
    let mut wrong = Vec::new();
    for rule in &rules::all() {
        for (named, patch) in examples(rule, false) {
            for edition in editions(rule, &named) {
                let assessment = assess(&dossier(&patched(clean(edition), &patch)));
                let found = codes(&assessment);
                if !found.is_empty() {
                    wrong.push(format!("{} {edition}: {found:?} {patch}", rule.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_are_in_order_documented_and_named_in_both_languages() {
    let mut last = (0, String::new());
    for (place, family) in rules::FAMILIES.iter().enumerate() {
        for rule in family.rules() {
            let code = rule.code.to_string();
            assert!((place, &code) > (last.0, &last.1), "{code} is out of order");
            last = (place, code.clone());
            assert!(code.starts_with(family.prefix) && code.len() == 7, "{code}");
            assert!(rule.version >= 1 && !rule.basis.is_empty() && !rule.editions.is_empty(), "{code}");
            assert!(!rule.title.zh.is_empty() && !rule.title.en.is_empty(), "{code}");
            let documentation = rule.doc_comment();
            assert!(documentation.contains("\n# 说明\n") && documentation.contains("\n# Bad\n"), "{code}");
        }
    }
}

#[test]
fn the_rule_book_is_up_to_date() {
    hold_file("docs/RULES.md", &rule_book());
}

/// docs/RULES.md: the catalogue, family by family, from the rules themselves.
fn rule_book() -> String {
    let mut book = String::from(
        "# 规则手册 / The rules\n\n\
         Made by `just accept` from the rules' own documentation; a test says when it is stale. The JSON in the\n\
         examples is a merge patch (RFC 7396) on a clean dossier (`examples/dossier-2019.json`,\n\
         `examples/dossier-2021.json`): a Bad one makes exactly its rule speak, a Good one none.\n",
    );
    for family in rules::FAMILIES {
        let rules: Vec<Rule> = family.rules().collect();
        let _ = write!(book, "\n## {} {} / {}\n\n", family.prefix, family.title.zh, family.title.en);
        book.push_str("| 代码 | 级别 | 要求 | Title | 版本 | 输入 |\n|---|---|---|---|---|---|\n");
        for rule in &rules {
            let (severity, inputs) = (severity(rule), inputs(rule));
            let editions = named_editions(rule);
            let (zh, en) = (&rule.title.zh, &rule.title.en);
            let _ = writeln!(book, "| {} | {severity} | {zh} | {en} | {editions} | {inputs} |", rule.code);
        }
        for rule in &rules {
            let _ = write!(book, "\n### {} {}\n\n{}\n\n", rule.code, rule.title.zh, chapters(&rule.doc_comment()));
            let printed = printed(rule).expect("a message");
            let _ = writeln!(book, "**检查结果 / Printed:**\n\n> {}\n>\n> {}\n", printed.zh, printed.en);
            let basis = rule.basis.iter().map(|basis| format!("{} {}", basis.instrument, basis.clause));
            let _ = writeln!(book, "**依据 / Basis:** {}", basis.collect::<Vec<_>>().join("；"));
        }
    }
    book
}

/// The headings of a rule's documentation, below those of the book.
fn chapters(documentation: &str) -> String {
    documentation
        .replace("\n# 说明\n", "\n**说明**\n\n")
        .replace("\n# Bad\n", "\n**反例 / Bad**\n\n")
        .replace("\n# Good\n", "\n**正例 / Good**\n\n")
        .replace("\n# Good", "\n**正例 / Good**")
}

fn severity(rule: &Rule) -> &'static str {
    match (rule.severity, rule.of_form) {
        (Severity::Error, true) => "错误（2019年度为警告）",
        (Severity::Error, false) => "错误",
        (Severity::Warning, _) => "警告",
        (Severity::Info, _) => "提示",
    }
}

fn named_editions(rule: &Rule) -> String {
    let name = |edition: &Edition| match edition {
        Edition::Of2019 => "2019",
        Edition::Of2021 => "2021",
        Edition::Legacy => "2018年度及以前",
        Edition::Unknown => "未识别",
    };
    rule.editions.iter().map(name).collect::<Vec<_>>().join("、")
}

fn inputs(rule: &Rule) -> String {
    let name = |input: &Input| match input {
        Input::Report => "本报告",
        Input::Previous => "上一年度报告",
        Input::Subordinates => "下级报告",
        Input::Dates => "日期",
        Input::Statements => "正文数字",
    };
    rule.inputs.iter().map(name).collect::<Vec<_>>().join("、")
}

#[test]
fn rules_that_ask_for_what_was_not_sent_say_so() {
    let assessment = assess(&dossier(&clean("2021")));
    let asks = |rule: &Rule| rule.inputs.contains(&Input::Previous) || rule.inputs.contains(&Input::Subordinates);
    let mut asked = 0;
    for rule in rules::all().into_iter().filter(|rule| rule.code.starts_with("YOY") || rule.code.starts_with("AGG")) {
        assert!(asks(&rule), "{} doesn't say what it asks for", rule.code);
        let ruling = assessment.rulings.iter().find(|ruling| ruling.code == rule.code).unwrap();
        assert_eq!(ruling.outcome, gouji::rule::Outcome::NotApplicable, "{}", rule.code);
        assert!(!ruling.reasons.is_empty(), "{}", rule.code);
        asked += 1;
    }
    assert_eq!(asked, 11);
}

#[test]
fn where_two_rules_see_one_slip_one_of_them_tells_it_and_the_other_where_that_one_is_off() {
    let unit = |path: &str, printed: &str| {
        let defect = json!({ "path": path, "printed": printed, "kind": "DEFECT_KIND_UNIT", "place": { "line": 9 } });
        json!({ "report": { "disclosure_2021": { "fees": { "amount": "25.1" } }, "defects": [defect] } })
    };
    let heading = |words: &str| json!({ "report": { "sections": { "3": { "heading": words } } } });
    let part =
        json!({ "body": { "name": "青溪县水利局" }, "disclosure_2021": { "penalties": { "decisions": 9_000_000 } } });
    let fees = "disclosure_2021.fees.amount";
    // What is wrong; the rule that tells it; the one that does where the first is off or on trial.
    let cases = [
        (heading("三、收到和处理政府信息公幵申请情况"), "TXT-006", Some("SEC-003")),
        (heading("三、收到和办理信息申请情况"), "SEC-003", None),
        (unit(fees, "251000元"), "AMT-003", Some("TAB-010")),
        (unit(fees, "25.1万元"), "TAB-010", None),
        (unit("disclosure_2021.permits.decisions", "18230元"), "TAB-010", None),
        (json!({ "previous": { "disclosure_2021": { "fees": { "amount": "0.0398" } } } }), "AMT-003", Some("AMT-005")),
        (json!({ "report": { "published_on": { "year": 2024, "month": 6, "day": 20 } } }), "PUB-002", Some("PUB-005")),
        (json!({ "subordinates": [part] }), "AGG-002", Some("AGG-001")),
    ];
    let found = |patch: &Value, settings: &[(&str, Setting)]| {
        let settings = settings.iter().map(|(code, setting)| ((*code).to_owned(), *setting)).collect();
        let profile = Profile { settings, ..Profile::national() };
        let engine = Engine::by(profile, rules::all().into(), Vec::new());
        let assessment = engine.assess(&dossier(&patched(clean("2021"), patch)), &[0; 32], &Deadline::NEVER);
        codes(&assessment).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for (patch, own, other) in cases {
        assert_eq!(found(&patch, &[]), [own], "{patch}");
        for setting in [Setting::Off, Setting::Trial] {
            let others: Vec<&str> = other.into_iter().collect();
            assert_eq!(found(&patch, &[(own, setting)]), others, "{patch} without {own}");
        }
    }
}

/// A rule that says the same in other words.
fn reworded(rule: Rule) -> Rule {
    let check = rule.check.clone();
    let other = |_: Text| Text::fixed("另一种说法", "other words");
    let say = move |dossier: &Dossier, deadline: &Deadline| {
        let mut ruling = check.of(dossier, deadline);
        for own in &mut ruling.violations {
            own.message = other(std::mem::take(&mut own.message));
            own.expected = other(std::mem::take(&mut own.expected));
            own.advice = other(std::mem::take(&mut own.advice));
            own.equation = "甲 ≠ 乙".to_owned();
        }
        ruling
    };
    Rule { title: Text::fixed("另一个题目", "another title"), check: Check::Pack(Arc::new(say)), ..rule }
}

#[test]
fn no_fingerprint_moves_when_every_word_of_every_rule_is_another() {
    let fingerprints = |engine: &Engine, dossier: &Dossier| -> Vec<String> {
        engine.assess(dossier, &[0; 32], &Deadline::NEVER).findings.into_iter().map(|own| own.fingerprint).collect()
    };
    let (own, other) = (Engine::new(rules::all()), Engine::new(rules::all().into_iter().map(reworded).collect()));
    let mut seen = BTreeSet::new();
    // What each rule's documentation calls wrong.
    for rule in &rules::all() {
        for (named, patch) in examples(rule, true) {
            for edition in editions(rule, &named) {
                let dossier = dossier(&patched(clean(edition), &patch));
                let before = fingerprints(&own, &dossier);
                assert_eq!(before, fingerprints(&other, &dossier), "{}", rule.code);
                seen.extend(before.iter().filter_map(|own| own.split(':').nth(1).map(str::to_owned)));
            }
        }
    }
    assert_eq!(seen.len(), own.rules().len(), "only {} rules speak", seen.len());
}

/// A report of 2020 in the form of 2021: of 30号 only the form itself is cited, and nobody is told to complete tables that are to be
/// filled in anew.
#[test]
fn an_early_report_in_a_later_form_is_not_held_to_the_later_notice() {
    let other = json!({ "not_corrected": null });
    let patch = json!({ "report": { "year": 2020, "applications": {
        "received": { "business": null }, "outcomes": { "other": other } } } });
    let assessment = assess(&dossier(&patched(clean("2021"), &patch)));
    let found = codes(&assessment);
    assert!(found.contains(&"EDN-001") && !found.contains(&"TAB-005"), "{found:?}");
    let later = |own: &&Basis| own.instrument.contains("30号") && !own.clause.starts_with("附件");
    let cited: Vec<&Basis> = assessment.findings.iter().flat_map(|own| &own.basis).filter(later).collect();
    assert!(found.contains(&"TAB-008") && cited.is_empty(), "{cited:?}");
    let of_its_year = patched(
        clean("2021"),
        &json!({ "report": { "applications": { "outcomes": { "other": { "not_corrected": null } } } } }),
    );
    assert!(codes(&assess(&dossier(&of_its_year))).contains(&"TAB-005"));
}
