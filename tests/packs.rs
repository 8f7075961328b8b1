//! User-written rules: samples, hostile ones, and the same answers as the built-in rules.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::{fmt::Write as _, path::PathBuf, process::Command};

use common::{COLUMNS, clean, dossier, hold_file, patched};
use gouji::{
    deadline::Deadline,
    engine::{Assessment, Engine, Verdict},
    operator::load_pack,
    packs::Pack,
    rule::{Outcome, Severity},
    rules,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn pack(folder: &str) -> Pack {
    let folder = common::root().join(folder);
    load_pack(&folder, &["TAL"]).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn engine(pack: &Pack) -> Engine {
    Engine::of(pack.rules.iter().map(|written| written.rule.clone()).collect(), Vec::new())
}

fn gouji(arguments: &[&str]) -> (i32, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_gouji")).args(arguments).current_dir(common::root()).output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.code().unwrap_or(-1), String::from_utf8(said).unwrap())
}

#[test]
fn the_samples_hold_to_their_examples() {
    for folder in ["examples/packs/sample", "examples/packs/new", "examples/packs/bench"] {
        let (code, said) = gouji(&["packs", "test", folder]);
        assert!(code == 0 && said.contains("，0 个不符"), "{folder}: {said}");
    }
}

/// The fenced blocks of a document in a language.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let text = std::fs::read_to_string(common::root().join(document)).unwrap();
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|part| part.split("```").next().unwrap().to_owned()).collect()
}

/// A text with the part between two marks replaced.
fn made(text: &str, name: &str, content: &str) -> String {
    let (begin, end) = (format!("<!-- made: {name} -->\n"), "<!-- /made -->");
    let (before, rest) = text.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    format!("{before}{begin}{content}{end}{after}")
}

/// A number with its thousands grouped.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let place = |at: usize| if at > 0 && (digits.len() - at).is_multiple_of(3) { "," } else { "" };
    digits.chars().enumerate().map(|(at, digit)| format!("{}{digit}", place(at))).collect()
}

#[test]
fn the_manual_lists_the_functions_the_statements_and_the_limits_that_there_are() {
    let mut functions = String::from("| 函数 | 是什么 / what it is |\n|---|---|\n");
    for function in &gouji::packs::FUNCTIONS {
        let _ = writeln!(functions, "| {} | {} / {} |", function.written, function.meaning.zh, function.meaning.en);
    }
    let mut limits = String::from("| 最多 | At most | |\n|---|---|---:|\n");
    for limit in gouji::operator::limits() {
        let _ = writeln!(limits, "| {} | {} | {} |", limit.of.zh, limit.of.en, grouped(limit.most));
    }
    let mut statements = String::from("| 名称 | 是什么 / what it counts |\n|---|---|\n");
    for (name, meaning) in gouji::packs::statements() {
        let _ = writeln!(statements, "| `{name}` | {} / {} |", meaning.zh, meaning.en);
    }
    let mut required = String::from("必填，其余可不写 / required; all others may be left out:\n\n");
    for (file, schema) in [
        ("pack.yaml", gouji::packs::schema_of_pack()),
        ("规则 / a rule", gouji::packs::schema_of_rules()),
        ("方案 / a profile", gouji::rulebook::profiles::schema()),
        ("豁免 / a waiver", gouji::rulebook::waivers::schema()),
        ("调用方 / a caller", gouji::callers::schema()),
    ] {
        let schema = schema.to_value();
        let elements =
            schema["properties"].as_object().unwrap().values().find_map(|field| field["items"]["$ref"].as_str());
        let of = elements.map_or(&schema, |path| schema.pointer(path.trim_start_matches('#')).unwrap());
        let names: Vec<String> =
            of["required"].as_array().unwrap().iter().map(|name| format!("`{}`", name.as_str().unwrap())).collect();
        let _ = writeln!(required, "- {file}：{}", names.join(" "));
    }
    let mut manual = std::fs::read_to_string(common::root().join("docs/PACKS.md")).unwrap();
    for (name, content) in
        [("required", required), ("functions", functions), ("statements", statements), ("limits", limits)]
    {
        manual = made(&manual, name, &content);
    }
    hold_file("docs/PACKS.md", &manual);
}

#[test]
fn the_packs_that_documents_show_are_packs() {
    for document in ["README.md", "README.zh-CN.md", "docs/PACKS.md"] {
        let folder = tempfile::tempdir().unwrap();
        let blocks = blocks(document, "yaml");
        let head = blocks.iter().find(|block| block.contains("namespace:")).unwrap();
        // The README puts its head in a comment, for brevity.
        let head = head.lines().next().unwrap().strip_prefix("# packs/mine/pack.yaml:").map_or_else(
            || head.clone(),
            |short| short.split('·').map(|field| format!("{}\n", field.trim())).collect(),
        );
        let rules = blocks.iter().find(|block| block.contains("rules:")).unwrap();
        std::fs::write(folder.path().join("pack.yaml"), head).unwrap();
        std::fs::write(folder.path().join("rules.yaml"), rules).unwrap();
        let (code, said) = gouji(&["packs", "test", folder.path().to_str().unwrap()]);
        assert!(code == 0 && said.contains("1 条规则"), "{document}: {said}");
    }
}

#[test]
fn a_new_pack_can_be_made_and_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine");
    let path = path.to_str().unwrap();
    assert_eq!(gouji(&["packs", "new", path]).0, 0);
    assert_eq!(gouji(&["packs", "test", path]).0, 0);
    // Editors find the schema of each file beside it.
    for name in ["pack", "rules"] {
        let text = std::fs::read_to_string(format!("{path}/{name}.yaml")).unwrap();
        let schema = text.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=").unwrap();
        let schema = std::fs::read_to_string(format!("{path}/{schema}")).unwrap();
        assert_eq!(schema, gouji(&["packs", "schema", name]).1);
    }
    assert_ne!(gouji(&["packs", "new", path]).0, 0);
}

#[test]
fn a_rule_is_explained_with_how_it_runs_and_its_examples() {
    let folder = "examples/packs/sample";
    let (code, said) = gouji(&["packs", "explain", folder, "QX-002"]);
    assert_eq!(code, 0);
    for part in ["# QX-002 各列应平衡", "`column` = `\"applicants\"`", "编译执行", "{\"report\":{\"applications\":"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    // In the language that was asked for, with the level and the examples; as JSON too.
    for (language, level, label) in [("zh", "级别：错误", "应当成立："), ("en", "Level: error", "Assert: ")] {
        let (_, said) = gouji(&["packs", "explain", folder, "QX-002", "--lang", language]);
        assert!(said.contains(level) && said.contains(label) && !said.contains(" / "), "{said}");
    }
    let (_, json) = gouji(&["packs", "explain", folder, "QX-002", "--format", "json"]);
    let rule: Value = serde_json::from_str(&json).unwrap();
    assert!(rule["severity"] == "SEVERITY_ERROR" && rule["examples"]["bad"][0]["patch"].is_object(), "{json}");
    assert!(gouji(&["packs", "explain", folder]).1.contains("# QX-105"));
    let (code, said) = gouji(&["packs", "explain", folder, "QX-999"]);
    assert!(code == 64 && said.contains("QX-999"), "{said}");
}

#[test]
fn each_hostile_pack_is_refused_with_its_reason() {
    let expected = [
        ("alias-bomb", "pack.yaml:"),
        ("double", "decimal("),
        ("list-chain", "数字"),
        ("long-chain", "500"),
        ("many-instances", "for_each"),
        ("misspelt", "report.applications.received.total"),
        ("misspelt-field", "rules.yaml:4:5: 没有 severty 这个字段，是否为 severity？"),
        ("nested-comprehensions", "3"),
        ("nested-maps", "rules.yaml:6:"),
        ("no-head", "pack.yaml"),
        ("parens", "64"),
        ("placeholder", "rules.yaml:7:24: 没有占位符 expectd，是否为 expected？"),
        ("regex", "正则表达式有误：过大"),
        ("reserved", "TAL"),
        ("too-long", "4096"),
        ("too-much", "表达式总量过大"),
        ("twice", "HX-001"),
        ("unknown-function", "sum"),
        ("unknown-key", "surprise"),
    ];
    let folder = common::root().join("tests/packs/hostile");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, expected.map(|(name, _)| name));
    for (name, reason) in expected {
        let path: PathBuf = folder.join(name);
        let (code, said) = gouji(&["packs", "check", path.to_str().unwrap()]);
        assert_eq!(code, 1, "{name}: {said}");
        assert!(said.contains(reason), "{name}: {said}");
    }
}

/// A pack of one rule, or what is wrong with it.
fn of_one_rule(assert: &str) -> Result<Pack, Vec<gouji::written::Problem>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pack.yaml"), "name: one\nversion: '1'\nnamespace: ON\n").unwrap();
    let rules = format!(
        "rules:
  - code: ON-001
    title: {{ zh: 一条 }}
    severity: warning
    at: title
    assert: >-
      {assert}
    message: {{ zh: 不成立 }}
    examples: {{ bad: [{{}}] }}
"
    );
    std::fs::write(folder.path().join("rules.yaml"), rules).unwrap();
    load_pack(folder.path(), &[])
}

/// How a rule with this assertion ends on the clean dossier of 2021 with a patch applied.
fn outcome(assert: &str, patch: &Value) -> Outcome {
    let pack = of_one_rule(assert).unwrap_or_else(|problems| panic!("{assert}: {problems:?}"));
    ended(&engine(&pack).assess(&dossier(&patched(clean("2021"), patch)), &[0; 32], &Deadline::NEVER), "ON-001").0
}

/// What says nothing would be a finding that nobody can act on.
#[test]
fn a_rule_says_something_in_each_of_its_texts() {
    let whole = "rules:
  - code: ON-001
    title: { zh: 一条, en: One }
    severity: warning
    at: title
    assert: \"true\"
    message: { zh: 不成立, en: It does not hold }
    examples: { bad: [{}] }
";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pack.yaml"), "name: one\nversion: '1'\nnamespace: ON\n").unwrap();
    let load = |rules: String| {
        std::fs::write(folder.path().join("rules.yaml"), rules).unwrap();
        load_pack(folder.path(), &[])
    };
    assert!(load(whole.to_owned()).is_ok());
    for words in ["一条", "One", "不成立", "It does not hold"] {
        let problems = load(whole.replace(words, "' '")).err().unwrap_or_else(|| panic!("{words}"));
        let line = if whole.find(words) < whole.find("severity") { 3 } else { 7 };
        assert!(problems.len() == 1 && problems[0].line == line, "{words}: {problems:?}");
        assert_eq!(problems[0].why.zh, "此处应有文字");
    }
}

/// Two words that are missing in one section are two faults: a waiver of one does not cover the other.
#[test]
fn each_of_several_in_one_place_has_a_fingerprint_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pack.yaml"), "name: one\nversion: '1'\nnamespace: ON\n").unwrap();
    let rules = "rules:
  - code: ON-001
    title: { zh: 应写明 }
    severity: error
    for_each: { word: [甲事, 乙事] }
    at: sections.1
    assert: section(1).contains('{word}')
    message: { zh: '没有写明{word}' }
";
    std::fs::write(folder.path().join("rules.yaml"), rules).unwrap();
    let pack = load_pack(folder.path(), &[]).unwrap_or_else(|problems| panic!("{problems:?}"));
    let found = engine(&pack).assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER).findings;
    let said: Vec<&str> = found.iter().map(|finding| finding.message.zh.as_ref()).collect();
    assert_eq!(said, ["没有写明甲事", "没有写明乙事"]);
    assert_ne!(found[0].fingerprint, found[1].fingerprint);
}

/// The message of a comparison identifies each figure correctly.
#[test]
fn the_samples_messages_say_what_stands_there() {
    let patch = json!({ "report": { "remedies": { "reconsideration": { "corrected": 900, "total": 3 } } } });
    let assessment = engine(&pack("examples/packs/sample")).assess(
        &dossier(&patched(clean("2021"), &patch)),
        &[0; 32],
        &Deadline::NEVER,
    );
    let finding = assessment.findings.iter().find(|finding| finding.code == "QX-006").unwrap();
    assert_eq!(finding.message.zh, "表四 · 行政复议 · 结果纠正 900 件，超过总计 3 件");
}

/// A written equation is reported like a built-in one: equation, difference, operands.
#[test]
fn a_written_equation_is_told_with_its_difference() {
    let assessment = engine(&pack("examples/packs/sample")).assess(
        &dossier(&patched(
            clean("2021"),
            &json!({ "report": { "applications": { "carried_forward": { "total": 9 } } } }),
        )),
        &[0; 32],
        &Deadline::NEVER,
    );
    let finding = assessment.findings.iter().find(|finding| finding.code == "QX-002").unwrap();
    let (expected, actual) = (finding.expected.zh.parse::<i64>().unwrap(), finding.actual.zh.parse::<i64>().unwrap());
    assert_eq!(finding.difference, Some(expected - actual));
    assert!(finding.difference != Some(0) && finding.equation == format!("{expected} ≠ {actual}"));
}

#[test]
fn days_and_kinds_of_bodies_are_looked_at_and_what_is_not_known_is_open() {
    let in_time = "date(report.published_on) <= date(report.year + 1, 1, 20)";
    let on = |year: i32, month: i32, day: i32| json!({ "year": year, "month": month, "day": day });
    let said = |year, month, day| json!({ "report": { "year": 2023, "published_on": on(year, month, day) } });
    let stated = json!({ "report": { "year": 2023, "published_on": on(2023, 12, 31) }, "hints": { "published_on": on(2024, 1, 21) } });
    let unsaid = json!({ "report": { "published_on": null, "body": null, "title": null } });
    let kind = |kind: &str| json!({ "report": { "body": { "name": "某某", "kind": kind } } });
    let government = "report.body.kind == \"KIND_GOVERNMENT\"";
    for (assert, patch, expected) in [
        (in_time, said(2024, 1, 20), Outcome::Satisfied),
        (in_time, said(2024, 1, 21), Outcome::Violated),
        (in_time, said(2023, 12, 31), Outcome::Satisfied),
        (in_time, stated, Outcome::Violated),
        (in_time, unsaid.clone(), Outcome::Undetermined),
        ("report.published_on.month == 2", said(2024, 2, 20), Outcome::Satisfied),
        ("has(report.published_on)", unsaid.clone(), Outcome::Violated),
        (government, kind("KIND_GOVERNMENT"), Outcome::Satisfied),
        (government, kind("KIND_TOWNSHIP"), Outcome::Violated),
        (government, unsaid.clone(), Outcome::Undetermined),
        ("has(report.body.kind) && report.body.kind == \"KIND_GOVERNMENT\"", unsaid.clone(), Outcome::Violated),
        ("report.title.contains(\"年度报告\")", unsaid, Outcome::Undetermined),
        (
            "report.body.level in [\"LEVEL_CITY\", \"LEVEL_COUNTY\"]",
            json!({ "report": { "body": { "level": "LEVEL_COUNTY" } } }),
            Outcome::Satisfied,
        ),
        ("report.edition == \"EDITION_2021\"", json!({}), Outcome::Satisfied),
    ] {
        assert_eq!(outcome(assert, &patch), expected, "{assert} on {patch}");
    }
}

/// An unfinished rule of severity warning must not lead to the verdict that a report complies.
#[test]
fn a_rule_that_runs_out_of_steps_is_never_compliant() {
    let ones = format!("[{}]", vec!["1"; 60].join(", "));
    let endless = format!("{ones}.all(a, {ones}.all(b, {ones}.all(c, a + b + c > 0)))");
    let written = of_one_rule(&endless).unwrap_or_else(|problems| panic!("{problems:?}")).rules.remove(0).rule;
    assert_eq!(written.severity, Severity::Warning);
    let all = rules::all().into_iter().chain([written]);
    let assessment = Engine::of(all.collect(), Vec::new()).assess(&dossier(&clean("2021")), &[0; 32], &Deadline::NEVER);
    let ruling = assessment.rulings.last().unwrap();
    assert!(ruling.reasons[0].1.zh.contains("步的上限"), "{:?}", ruling.reasons);
    assert_eq!((assessment.counts.errors, assessment.verdict), (0, Verdict::Undetermined));
}

/// Each value that the contract has for a field is accepted by its name, and compares equal to it.
#[test]
fn values_are_those_of_the_contract() {
    use gouji::wire::v1::{
        Edition,
        body::{Kind, Level},
    };
    let kinds = (1..5).map(|it| ("kind", Kind::try_from(it).unwrap().as_str_name()));
    let levels = (1..6).map(|it| ("level", Level::try_from(it).unwrap().as_str_name()));
    for (field, value) in kinds.chain(levels) {
        let patch = json!({ "report": { "body": { field: value } } });
        assert_eq!(outcome(&format!("report.body.{field} == \"{value}\""), &patch), Outcome::Satisfied);
    }
    assert!(Kind::try_from(5).is_err() && Level::try_from(6).is_err(), "the contract has more values");
    for edition in (1..4).map(|it| Edition::try_from(it).unwrap().as_str_name()) {
        of_one_rule(&format!("report.edition == \"{edition}\"")).unwrap();
    }
}

#[test]
fn what_is_wrong_with_an_expression_is_told_with_what_may_have_been_meant() {
    for (assert, expected) in [
        (
            "report.body.kind == \"KIND_GOVERMENT\"",
            "rules.yaml:7:27: 没有 KIND_GOVERMENT 这个值，是否为 KIND_GOVERNMENT？",
        ),
        ("report.edition in [\"2021\"]", "可用：EDITION_2019、EDITION_2021"),
        ("report.published_on == 20240131", "date(…)"),
        ("date(report.publishd_on) > 0", "date(report.published_on)"),
        (
            "section(1).contains(\"申请\") && report.yeer > 2000",
            "rules.yaml:7:36: 没有名为 report.yeer 的数字或文字，是否为 report.year？",
        ),
        ("statement(\"recieved\") > 0", "是否为 received？"),
        ("section(1).contains(\"申请\") && report.year > ) 2000", "rules.yaml:7:50: 括号 ) 没有与之配对的前括号"),
        (
            "report.year > 2000 &&\n      section(1).contains(\"申请\") || )",
            "rules.yaml:8:36: 括号 ) 没有与之配对的前括号",
        ),
        ("sectoin(1).contains(\"x\")", "rules.yaml:7:7: 没有函数 sectoin，是否为 section？"),
    ] {
        let problems = of_one_rule(assert).err().unwrap_or_else(|| panic!("{assert} is accepted"));
        assert!(problems[0].to_string().contains(expected), "{assert}: {}", problems[0]);
    }
}

#[test]
fn a_problem_points_at_its_line_and_column() {
    let folder = common::root().join("tests/packs/hostile/misspelt");
    let problems = load_pack(&folder, &[]).unwrap_err();
    let source = std::fs::read_to_string(folder.join("rules.yaml")).unwrap();
    let (line, text) = source.lines().enumerate().find(|(_, line)| line.contains("aplications")).unwrap();
    let problem = &problems[0];
    assert_eq!((problem.file.as_str(), problem.line as usize), ("rules.yaml", line + 1));
    // The expression is quoted, and begins after the quote.
    let column = text.chars().position(|char| char == '\'').unwrap() + 2;
    assert_eq!(problem.column as usize, column, "{problem}");
}

#[test]
fn a_packs_findings_stand_beside_the_others_and_count() {
    let (code, said) = gouji(&["check", "examples/report.json", "--packs", "examples/packs/sample"]);
    assert_eq!(code, 0, "{said}");
    let patch = json!({ "report": { "disclosure_2021": { "fees": { "amount": "12.50001" } } } });
    let all = rules::all().into_iter();
    let written = pack("examples/packs/sample").rules.into_iter().map(|written| written.rule);
    let engine = Engine::of(all.chain(written).collect(), Vec::new());
    let assessment = engine.assess(&dossier(&patched(clean("2021"), &patch)), &[0; 32], &Deadline::NEVER);
    assert!(assessment.findings.iter().any(|finding| finding.code == "QX-001"));
    assert_eq!(assessment.verdict, Verdict::NonCompliant);
    assert_ne!(engine.digest(), Engine::new(rules::all()).digest());
}

/// The fifty checks are sums over cells, sections and decimal places: on a sound report they run without a single
/// allocation.
#[test]
fn compiled_rules_run_without_allocation() {
    let sound = json!({ "report": {
        "disclosure_2021": { "fees": { "amount": "12.5000" } },
        "disclosure_2019": { "procurement": { "amount": "859.2551" } },
    } });
    let dossier = dossier(&patched(clean("2021"), &sound));
    let rules = pack("examples/packs/bench").rules;
    let run = || {
        rules.iter().all(|written| written.rule.check.of(&dossier, &Deadline::NEVER).outcome() == Outcome::Satisfied)
    };
    assert!(run(), "what is made once in a process is made at the first look");
    let allocated = allocation_counter::measure(|| assert!(run()));
    assert_eq!(allocated.count_total, 0);
    // The counter works: what is interpreted allocates lists.
    let interpreted = of_one_rule("[1, 2].all(number, number > 0)").unwrap();
    let counted = allocation_counter::measure(|| {
        assert!(interpreted.rules[0].rule.check.of(&dossier, &Deadline::NEVER).violations.is_empty())
    });
    assert!(counted.count_total > 0);
}

/// How a rule ended, and the paths of its findings.
fn ended(assessment: &Assessment, code: &str) -> (Outcome, Vec<String>) {
    let outcome = assessment.rulings.iter().find(|ruling| ruling.code == code).unwrap().outcome;
    let paths = assessment.findings.iter().filter(|finding| finding.code == code);
    (outcome, paths.map(|finding| finding.location.path().rsplit('.').next().unwrap().to_owned()).collect())
}

/// The five faults of /shared/bench on our own clean report: seven findings.
fn faults() -> Value {
    json!({ "report": {
        "applications": {
            "received": { "natural_person": 5000 },
            "outcomes": { "denied": { "state_secret": { "total": 900 } } },
        },
        "remedies": { "reconsideration": { "total": 77 } },
        "sections": { "5": { "text": "" } },
        "disclosure_2021": { "fees": { "amount": "12.5" } },
    } })
}

#[test]
fn the_fifty_checks_find_the_faults_and_nothing_else() {
    let engine = engine(&pack("examples/packs/bench"));
    let sound = json!({ "report": { "disclosure_2021": { "fees": { "amount": "12.5000" } } } });
    let codes = |patch: &Value| -> Vec<String> {
        let assessment = engine.assess(&dossier(&patched(clean("2021"), patch)), &[0; 32], &Deadline::NEVER);
        assessment.findings.iter().map(|it| format!("{} {}", it.code, it.location.path())).collect()
    };
    assert_eq!(codes(&sound), [""; 0]);
    let mut found = codes(&faults());
    found.sort();
    let expected = [
        "BN-001 applications.outcomes.denied.state_secret",
        "BN-001 applications.received",
        "BN-002 applications.outcomes.total.total",
        "BN-003 applications.outcomes.total.natural_person",
        "BN-004 remedies.reconsideration",
        "BN-005 sections.5",
        "BN-006 disclosure_2021.fees.amount",
    ];
    assert_eq!(found, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A pack with anything cut out or doubled is a pack, or is refused with the file's name.
    #[test]
    fn a_mangled_pack_is_a_pack_or_is_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 1..40_usize, any::<bool>()), 1..6),
        file in prop::sample::select(vec!["pack.yaml", "figures.yaml", "text.yaml", "others.yaml"]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let sample = common::root().join("examples/packs/sample");
        for name in ["pack.yaml", file] {
            std::fs::copy(sample.join(name), folder.path().join(name)).unwrap();
        }
        let mut text: Vec<char> = std::fs::read_to_string(sample.join(file)).unwrap().chars().collect();
        for (at, long, doubled) in edits {
            let from = at.index(text.len());
            let piece: Vec<char> = text[from..].iter().take(long).copied().collect();
            match doubled {
                true => { text.splice(from..from, piece); }
                false => { text.drain(from..from + piece.len()); }
            }
        }
        std::fs::write(folder.path().join(file), text.iter().collect::<String>()).unwrap();
        if let Err(problems) = load_pack(folder.path(), &[]) {
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.iter().all(|problem| problem.file.ends_with(".yaml") && !problem.why.zh.is_empty()));
        }
    }

    /// The column balances of the sample pack and TAL-001 are the same relation: they end alike, blanks included.
    #[test]
    fn a_written_relation_ends_as_the_built_in_one(
        figures in prop::collection::vec(prop_oneof![2 => Just(None), 5 => (0..4i32).prop_map(Some)], 28),
    ) {
        let row = |at: usize| -> Value {
            COLUMNS.iter().zip(&figures[at * 7..]).map(|(name, figure)| ((*name).to_owned(), json!(figure))).collect::<serde_json::Map<_, _>>().into()
        };
        let patch = json!({ "report": { "applications": {
            "received": row(0), "carried_over": row(1), "carried_forward": row(2), "outcomes": { "total": row(3) },
        } } });
        let dossier = dossier(&patched(clean("2021"), &patch));
        let all = rules::all().into_iter().filter(|rule| rule.code == "TAL-001");
        let written = pack("examples/packs/sample").rules.into_iter().map(|written| written.rule);
        let assessment = Engine::of(all.chain(written).collect(), Vec::new()).assess(&dossier, &[0; 32], &Deadline::NEVER);
        prop_assert_eq!(ended(&assessment, "QX-002"), ended(&assessment, "TAL-001"));
    }
}

#[test]
fn the_impact_of_a_change_is_told_report_by_report() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["report.html", "report.docx"] {
        std::fs::copy(common::root().join("tests/documents").join(name), folder.path().join(name)).unwrap();
    }
    std::fs::write(folder.path().join("picture.pdf"), b"\x89PNG").unwrap();
    std::fs::write(folder.path().join("picture.png"), b"\x89PNG").unwrap();
    let path = folder.path().to_str().unwrap();
    let (code, said) = gouji(&["packs", "impact", "--after", "examples/packs/bench", path]);
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("report.html  不合规  +BN-006（错误）disclosure_2021.fees.amount")
            && said.contains("picture.pdf："),
        "{said}"
    );
    assert!(said.contains("2 份报告，2 份有变化，1 份未能读取；另有 1 个文件不是文档，未比较\n"), "{said}");
    let same = ["packs", "impact", "--before", "examples/packs/bench", "--after", "examples/packs/bench", path];
    assert!(gouji(&same).1.contains("0 份有变化"));
    let (_, json) = gouji(&["packs", "impact", "--after", "examples/packs/bench", "--format", "json", path]);
    let first: Value = serde_json::from_str(json.lines().find(|line| line.starts_with('{')).unwrap()).unwrap();
    assert_eq!((&first["before"], &first["removed"]), (&json!("VERDICT_NON_COMPLIANT"), &json!([])));
    assert!(
        first["added"]
            .as_array()
            .unwrap()
            .iter()
            .all(|finding| finding["rule_code"].as_str().unwrap().starts_with("BN"))
    );
}

/// Two profiles on the same rules: what a profile changes is reported too, with the former severity.
#[test]
fn the_impact_of_a_profile_is_told_with_how_grave_findings_were() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(common::root().join("examples/report.txt"), folder.path().join("report.txt")).unwrap();
    let profiles = folder.path().join("profiles.yaml");
    std::fs::write(&profiles, "profiles: [{ name: mine, rules: { TAB-008: error } }]").unwrap();
    let reports = folder.path().join("reports");
    std::fs::create_dir(&reports).unwrap();
    std::fs::rename(folder.path().join("report.txt"), reports.join("report.txt")).unwrap();
    let (profiles, reports) = (profiles.to_str().unwrap(), reports.to_str().unwrap());
    let (code, said) =
        gouji(&["packs", "impact", "--after-profiles", profiles, "--after-profile", "mine", "--lang", "en", reports]);
    assert_eq!(code, 0, "{said}");
    let place = "applications.outcomes.denied.state_secret.business";
    assert!(
        said.contains(&format!("+TAB-008 (error) {place}")) && said.contains(&format!("-TAB-008 (warning) {place}")),
        "{said}"
    );
}

/// A document of ../shared/bench on top of our clean report: its tables, sections and amounts.
fn from_the_bench(document: &Value) -> Value {
    const RESULTS: [&str; 5] = ["upheld", "corrected", "other", "pending", "total"];
    let mut report = json!({});
    let mut put = |path: String, columns: &[&str], figures: &Value| {
        let figures = figures.as_array().unwrap().iter();
        let row: serde_json::Map<String, Value> =
            columns.iter().zip(figures).map(|(column, figure)| ((*column).to_owned(), figure.clone())).collect();
        let nested = path.rsplit('.').fold(Value::Object(row), |inner, name| json!({ name: inner }));
        report = patched(report.clone(), &nested);
    };
    for (row, name) in document["t3"].as_array().unwrap().iter().zip(bench_rows()) {
        put(format!("applications.{name}"), &COLUMNS, &row["v"]);
    }
    for (row, name) in document["t4"].as_array().unwrap().iter().zip(BLOCKS) {
        put(format!("remedies.{name}"), &RESULTS, &row["v"]);
    }
    for section in document["sections"].as_array().unwrap() {
        let text = json!({ "sections": { section["no"].to_string(): { "text": section["body"] } } });
        report = patched(report, &text);
    }
    let amounts = json!({
        "disclosure_2021": { "fees": { "amount": document["amounts"]["fee"] } },
        "disclosure_2019": { "procurement": { "amount": document["amounts"]["procurement"] } },
    });
    json!({ "report": patched(report, &amounts) })
}

const BLOCKS: [&str; 3] = ["reconsideration", "direct_litigation", "litigation_after_reconsideration"];

/// The rows of 表三 with figures, in the order of the form.
fn bench_rows() -> Vec<String> {
    let text = std::fs::read_to_string(common::root().join("examples/packs/bench/tables.yaml")).unwrap();
    let list = text.lines().find_map(|line| line.trim().strip_prefix("for_each: { row: ")).unwrap();
    let mut rows: Vec<String> = serde_json::from_str(list.trim_end_matches(" }")).unwrap();
    // In the pack 四 is beside 一 and 二; in the form it comes last.
    let last = rows.remove(2);
    rows.push(last);
    rows
}

#[test]
fn the_benchs_own_documents_give_its_findings() {
    let folder = common::root().join("../shared/bench/data");
    if !folder.exists() {
        assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let read = |name: &str| -> Value { serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap() };
    let engine = engine(&pack("examples/packs/bench"));
    let found = |name: &str| -> Vec<String> {
        let dossier = dossier(&patched(clean("2021"), &from_the_bench(&read(name))));
        let assessment = engine.assess(&dossier, &[0; 32], &Deadline::NEVER);
        let mut found: Vec<String> = assessment
            .findings
            .iter()
            .map(|it| in_the_benchs_words(&it.code, &it.location.path(), &read(name)))
            .collect();
        found.sort();
        found
    };
    let expected: Vec<String> = serde_json::from_value(read("expected_bad.json")).unwrap();
    assert_eq!(found("good.json"), [""; 0]);
    assert_eq!(found("bad.json"), expected);
}

/// A finding of the pack as the bench names it.
fn in_the_benchs_words(code: &str, path: &str, document: &Value) -> String {
    let last = path.rsplit('.').next().unwrap();
    let column = || 1 + gouji::report::form::APPLICANTS.iter().position(|column| column.field() == last).unwrap();
    let row = |name: &str| bench_rows().iter().position(|own| own == name).unwrap();
    let id = |table: &str, at: usize| document[table][at]["id"].as_str().unwrap().to_owned();
    match code {
        "BN-001" => format!("ROWSUM|{}", id("t3", row(path.trim_start_matches("applications.")))),
        "BN-002" => format!("COLSUM|c{}", column()),
        "BN-003" => format!("BALANCE|c{}", column()),
        "BN-004" => format!("T4SUM|{}", id("t4", BLOCKS.iter().position(|block| *block == last).unwrap())),
        "BN-005" => format!("SECTION|{last}"),
        "BN-006" => "AMOUNT|fee".to_owned(),
        _ => "AMOUNT|procurement".to_owned(),
    }
}

#[test]
fn the_schemas_for_editors_are_those_of_the_files() {
    for (of, field) in [
        ("pack", "namespace"),
        ("rules", "for_each"),
        ("profiles", "text_similarity"),
        ("waivers", "approver"),
        ("callers", "sha256"),
    ] {
        let (code, said) = gouji(&["packs", "schema", of]);
        assert!(code == 0 && said.contains(field), "{of}: {said}");
        let schema: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(schema["additionalProperties"], json!(false), "{of}");
        hold_file(&format!("docs/schemas/{of}.json"), &said);
    }
}
