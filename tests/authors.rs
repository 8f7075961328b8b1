//! What those who write rules see: faults with their places, values of expressions, rules on trial.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::{path::Path, process::Command};

use common::hold_file;
use serde_json::{Value, json};

/// The exit code, and what is printed on standard output and on standard error.
fn gouji(arguments: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_gouji")).args(arguments).current_dir(common::root()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

/// A pack of these rules in a folder.
fn pack(folder: &Path, rules: &str) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("pack.yaml"), "name: own\nversion: '1'\nnamespace: OW\n").unwrap();
    std::fs::write(folder.join("rules.yaml"), rules).unwrap();
}

/// A rule with one more field, and examples that fit.
fn rule(code: &str, more: &str) -> String {
    format!(
        "  - code: {code}
    title: {{ zh: 新收不应超过一件, en: No more than one }}
    severity: error
    at: applications.received.total
    assert: report.applications.received.total <= 1
    message: {{ zh: 新收 {{actual}} 件 }}
{more}"
    )
    .replace("zh: 新收 {actual} 件", "zh: '新收 {actual} 件', en: '{actual} new'")
}

const EXAMPLE: &str = "    examples: { bad: [{ report: { year: 2023 } }] }\n";

/// The texts for people and the objects for tools, as they are committed to be read.
#[test]
fn ten_mistakes_are_told_at_once_each_with_its_line_and_what_was_meant() {
    let folder = "tests/packs/mistakes";
    let (code, out, zh) = gouji(&["packs", "check", folder]);
    assert_eq!((code, out.as_str()), (1, ""));
    hold_file("tests/snapshots/mistakes.zh.txt", &zh);
    let (_, _, en) = gouji(&["packs", "check", folder, "--lang", "en"]);
    hold_file("tests/snapshots/mistakes.en.txt", &en);
    let (code, json, err) = gouji(&["packs", "check", folder, "--format", "json"]);
    assert_eq!((code, err.as_str()), (1, ""));
    hold_file("tests/snapshots/mistakes.json", &json);
    let lines: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // Two rules have two: a field, and the name in an expression; division, and a decimal.
    assert_eq!(lines.len(), 12);
    let source = std::fs::read_to_string(common::root().join(folder).join("rules.yaml")).unwrap();
    for (line, told) in lines.iter().zip(zh.split("tests/packs/mistakes/rules.yaml:").skip(1)) {
        let own = source.lines().nth(line["line"].as_u64().unwrap() as usize - 1).unwrap();
        assert!(told.contains(own) && told.trim_end().ends_with('^'), "{told}");
    }
    // In the language that was asked for, and in no other, but for what is quoted.
    let told = |text: &str| text.lines().filter(|line| !line.contains(" | ")).collect::<String>();
    assert!(!told(&zh).contains(" / ") && told(&en).chars().all(|char| char.is_ascii() || char == '…'), "{en}");
}

/// Slips of those who type Chinese or know other languages, each told with what should be written.
#[test]
fn ten_slips_are_told_at_once_each_with_how_to_write_it() {
    let folder = "tests/packs/slips";
    let (code, out, zh) = gouji(&["packs", "check", folder]);
    assert_eq!((code, out.as_str()), (1, ""));
    hold_file("tests/snapshots/slips.zh.txt", &zh);
    let (_, _, en) = gouji(&["packs", "check", folder, "--lang", "en"]);
    hold_file("tests/snapshots/slips.en.txt", &en);
    let (_, json, _) = gouji(&["packs", "check", folder, "--format", "json"]);
    hold_file("tests/snapshots/slips.json", &json);
    // Each rule is told at its own line, and each fault has its caret.
    let source = std::fs::read_to_string(common::root().join(folder).join("rules.yaml")).unwrap();
    let lines: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let begins: Vec<usize> =
        source.lines().enumerate().filter(|(_, line)| line.contains("- code:")).map(|(at, _)| at + 1).collect();
    let rule = |line: &Value| begins.iter().filter(|begin| **begin as u64 <= line["line"].as_u64().unwrap()).count();
    let mut rules: Vec<usize> = lines.iter().map(rule).collect();
    rules.dedup();
    assert_eq!(rules, (1..=10).collect::<Vec<_>>());
    assert_eq!((zh.lines().filter(|line| line.ends_with('^')).count(), lines.len()), (lines.len(), 15), "{zh}");
}

/// Wrong YAML in one field, a field that doesn't exist, words that can't stand there, names in expressions and messages: one
/// run tells all, of a rule on many lines and of one in braces, and nothing of the sound one behind them.
#[test]
fn all_mistakes_of_one_rule_are_told_at_once() {
    let folder = "tests/packs/one_rule";
    let (code, _, zh) = gouji(&["packs", "check", folder]);
    assert_eq!(code, 1);
    hold_file("tests/snapshots/one_rule.zh.txt", &zh);
    let (_, _, en) = gouji(&["packs", "check", folder, "--lang", "en"]);
    hold_file("tests/snapshots/one_rule.en.txt", &en);
    let (_, json, _) = gouji(&["packs", "check", folder, "--format", "json"]);
    let lines: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |line: &Value| format!("{folder}/rules.yaml:{}:{}: {}", line["line"], line["column"], line["message"]);
    for line in &lines {
        assert!(zh.contains(&told(line).replace('"', "")) && line["end_column"].is_u64(), "{line}");
    }
    assert_eq!((lines.len(), zh.matches('^').count() > lines.len()), (22, true), "{zh}");
    // The place is that of the word itself, whatever was wrong before it.
    assert!(zh.contains(
        "16 |     message: { zh: \"{actaul} 件\", en: \"{expectd}\", de: x }\n     |                     ^^^^^^^^\n"
    ));
}

/// What `check` accepts, `serve` and `check --packs` accept.
#[test]
fn packs_check_refuses_what_loading_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let good = "    examples: { bad: [{ report: { applications: { received: { total: 1 } } } }] }\n";
    for (rules, said) in [
        (rule("OW-001", ""), Some("OW-001 没有反例")),
        (
            rule("OW-001", good),
            Some(
                "OW-001 的例子应报出 OW-001：2019、2021 版实际报出 无（assert 成立：report.applications.received.total = 1）",
            ),
        ),
        (rule("OW-001", "    examples: { bad: [{ report: { yeer: 1 } }] }\n"), Some("yeer")),
        (rule("OW-001", EXAMPLE) + &rule("OW-001", EXAMPLE), Some("规则代码 OW-001 重复")),
        (rule("OW-001", EXAMPLE), None),
    ] {
        pack(folder.path(), &format!("rules:\n{rules}"));
        let (code, out, err) = gouji(&["packs", "check", path]);
        let (loaded, _, refused) = gouji(&["check", "examples/report.json", "--packs", path]);
        match said {
            Some(said) => {
                assert!(code == 1 && err.contains(said) && err.contains('^'), "{said}: {err}");
                assert!(loaded == 64 && refused == err, "{refused}");
            }
            None => {
                assert!(code == 0 && out.contains("可以施行：规则包共 1 条规则"), "{out}{err}");
                assert_eq!((loaded, refused.as_str()), (1, ""));
            }
        }
    }
}

/// Each failing example is one, with what was compared, or with what was found.
#[test]
fn a_failing_example_is_counted_once_and_tells_the_figures() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let examples = "    when: report.year > 2000
    examples: { bad: [{ report: { applications: { received: { total: 1 } } } }, { report: { year: 1999 } }], good: [{ report: { year: 2022 } }] }\n";
    pack(folder.path(), &format!("rules:\n{}", rule("OW-001", examples)));
    let (code, out, err) = gouji(&["packs", "test", path]);
    assert_eq!((code, out.as_str()), (1, "1 条规则，3 个例子，3 个不符\n"));
    for said in [
        "OW-001 的例子应报出 OW-001：2019 版实际报出 无（when 成立：report.year = 2020；assert 成立：report.applications.received.total = 1）；2021 版",
        "2019、2021 版实际报出 无（when 不成立：report.year = 1999）",
        "应报出 无：2019 版实际报出 OW-001（OW-001 表三 · 一、本年新收政府信息公开申请数量 · 总计：新收 ",
    ] {
        assert!(err.contains(said), "{said}: {err}");
    }
    let (_, out, _) = gouji(&["packs", "test", path, "--format", "json", "--lang", "en"]);
    assert!(out.lines().count() == 3 && out.contains("gives nothing (when is true: report.year = 2020;"), "{out}");
}

#[test]
fn faults_of_profiles_and_waivers_are_told_at_once_with_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).display().to_string()
    };
    let profiles = write(
        "profiles.yaml",
        "profiles:\n  - name: 甲\n  - name: b\n    rules: { TAL-01: off }\n  - nam: c\n  - name: d\n    extends: c\n    parameters: { text_similarity: 20 }\n",
    );
    let waivers = write(
        "waivers.yaml",
        "waivers:\n  - code: TAL-001\n    body: 甲局\n    category: being_mendd\n    reason: 无\n    approver: 乙\n    expires: 2026-01-01\n  - fingerprint: x\n    category: being_mended\n    reason: 无\n    approver: 乙\n    expires: 2026-02-30\n",
    );
    let (code, _, err) = gouji(&["packs", "check", "--profiles", &profiles, "--waivers", &waivers]);
    assert_eq!(code, 1);
    for said in [
        "profiles.yaml:2:11: ",
        "profiles.yaml:4:22: 没有规则 TAL-01，是否为 TAL-001？\n  4 |     rules: { TAL-01: off }\n    |                      ^^^\n",
        "profiles.yaml:5:5: 没有 nam 这个字段，是否为 name？\n  5 |   - nam: c\n    |     ^^^\n",
        "profiles.yaml:8:36: 应为 50 至 100（百分比）",
        "waivers.yaml:4:15: 不能写 being_mendd，是否为 being_mended？",
        "waivers.yaml:8:18: ",
        "waivers.yaml:12:14: 应为存在的日期",
    ] {
        assert!(err.contains(said), "{said}: {err}");
    }
    assert_eq!(err.matches(".yaml:").count(), 7, "{err}");
    assert_eq!(
        gouji(&["packs", "check", "--profiles", "examples/profiles.yaml", "--waivers", "examples/waivers.yaml"]).0,
        0
    );
}

/// What an element lacks is told at the element, once, and beside it what is wrong with what it has.
#[test]
fn what_an_element_lacks_is_told_where_the_element_begins() {
    let folder = tempfile::tempdir().unwrap();
    let told = |kind: &str, text: &str| {
        let file = folder.path().join("own.yaml");
        std::fs::write(&file, text).unwrap();
        let (code, _, err) = gouji(&["packs", "check", kind, file.to_str().unwrap()]);
        assert_eq!(code, 1, "{err}");
        err.replace(&format!("{}:", file.display()), "")
    };
    let rest = "category: false_finding, reason: 无, approver: 乙, expires: 2026-12-31";
    let faults = told(
        "--waivers",
        &format!(
            "waivers:
  - category: false_finding
    reason: 无
    approver: 乙
    expires: 2026-12-31
  - {{ code: TAL-001, {rest} }}
  - body: 甲局
    code: TAL-01
    category: false_finding
    reason: 无
    expires: 2026-02-30
  - {{ body: 甲局, {rest} }}
"
        ),
    );
    assert_eq!(
        faults,
        format!(
            "2:5: 缺少字段 fingerprint，或者 code 和 body
  2 |   - category: false_finding
    |     ^^^^^^^^
6:5: 缺少字段 body：豁免一条规则须写明机关
  6 |   - {{ code: TAL-001, {rest} }}
    |     ^
7:5: 缺少字段 approver
  7 |   - body: 甲局
    |     ^^^^
8:11: 没有规则 TAL-01，是否为 TAL-001？
  8 |     code: TAL-01
    |           ^^^^^^
11:14: 应为存在的日期，如 2026-12-31
  11 |     expires: 2026-02-30
     |              ^^^^^^^^^^
12:5: 缺少字段 code：应写明豁免哪条规则
  12 |   - {{ body: 甲局, {rest} }}
     |     ^
"
        )
    );
    let profiles = told("--profiles", "profiles:\n  - title: { zh: 甲 }\n    rules: { TAL-001: error }\n");
    assert_eq!(profiles, "2:5: 缺少字段 name\n  2 |   - title: { zh: 甲 }\n    |     ^^^^^\n");
}

/// Bounds that nothing fits are told where they stand: such a rule would never say anything.
#[test]
fn bounds_that_nothing_fits_are_told_at_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    for (more, said) in [
        ("    years: { from: 2025, to: 2020 }\n", "rules.yaml:8:12: years 的 from 不得晚于 to"),
        ("    years:\n      from: 2022\n      to: 2021\n", "rules.yaml:9:7: years 的 from 不得晚于 to"),
        (
            "    bounds: { most: warning }\n",
            "rules.yaml:4:15: 严重程度不在 bounds 之内\n  4 |     severity: error\n    |               ^^^^^",
        ),
    ] {
        pack(folder.path(), &format!("rules:\n{}", rule("OW-001", &format!("{more}{EXAMPLE}"))));
        let (code, _, err) = gouji(&["packs", "check", path]);
        assert!(code == 1 && err.contains(said), "{more}: {err}");
    }
}

/// What a rule finds on its example is one thing, why it finds nothing another: that it doesn't apply is told with its reason.
#[test]
fn an_example_on_which_its_rule_does_not_apply_is_told_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    for (more, said) in [
        ("    years: { from: 2024 }\n", "OW-001 不适用：本规则自 2024 年度起施行，报告为 2023 年度"),
        ("    years: { to: 2019 }\n", "OW-001 不适用：本规则施行至 2019 年度，报告为 2023 年度"),
        ("    years: { from: 2011, to: 2012 }\n", "OW-001 不适用：本规则施行于 2011 至 2012 年度，报告为 2023 年度"),
        ("    when: previous.year > 0\n", "OW-001 不适用：没有上一年度报告"),
        ("    when: size(subordinates) > 0\n", "OW-001 不适用：没有下级机关的报告"),
        ("    when: report.year > 2030\n", "when 不成立：report.year = 2023"),
    ] {
        // The other rule finds something on the same example: that is not the reason.
        let rules = rule("OW-001", &format!("{more}{EXAMPLE}")) + &rule("OW-002", EXAMPLE);
        pack(folder.path(), &format!("rules:\n{rules}"));
        let (code, _, err) = gouji(&["packs", "check", path]);
        assert!(code == 1 && err.contains(said), "{more}: {err}");
    }
}

/// What is called as a file of rules is read wherever it stands below the folder, or told.
#[test]
fn no_file_of_rules_is_skipped_silently() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    pack(folder.path(), &format!("rules:\n{}", rule("OW-001", EXAMPLE)));
    let write = |name: &str, text: &[u8]| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    };
    for (at, name) in ["B.YAML", "c.yml", "one/two/d.Yml", "e.yaml/e.yaml"].into_iter().enumerate() {
        write(name, format!("rules:\n{}", rule(&format!("OW-10{at}"), EXAMPLE)).as_bytes());
    }
    let (_, out, _) = gouji(&["packs", "explain", path]);
    assert_eq!((0..4).filter(|at| out.contains(&format!("OW-10{at}"))).count(), 4, "{out}");
    for (name, text, said) in [
        ("one/pack.yaml", b"name: x".as_slice(), "one/pack.yaml: 规则包之内不能再有规则包"),
        ("PACK.yml", b"name: x", "PACK.yml: 文件名应为 pack.yaml"),
        ("one/bad.YML", b"\xff", "one/bad.YML: 无法读取：内容不是 UTF-8 文字"),
        ("two/bad.yaml", b"rules: 1", "two/bad.yaml:1:8: "),
    ] {
        write(name, text);
        let (code, _, err) = gouji(&["packs", "check", path]);
        assert!(code == 1 && err.contains(said), "{name}: {err}");
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nothing", folder.path().join("f.yaml")).unwrap();
        let (_, _, err) = gouji(&["packs", "check", path]);
        assert!(err.contains("f.yaml: 无法读取：文件不存在"), "{err}");
    }
}

/// What is missing is told beside what is misspelt, wherever the list's elements stand.
#[test]
fn elements_on_one_line_tell_all_of_their_faults_too() {
    let folder = tempfile::tempdir().unwrap();
    let one = "{ code: OW-001, titel: { zh: x }, severity: warning }";
    let other = "{ code: OW-002, title: { zh: y }, severty: info }";
    let faults = |rules: &str| -> Vec<String> {
        pack(folder.path(), rules);
        let (_, out, _) = gouji(&["packs", "check", folder.path().to_str().unwrap(), "--format", "json"]);
        out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["message"].to_string()).collect()
    };
    let beside = faults(&format!("rules: [{one}, {other}]\n"));
    assert_eq!(beside, faults(&format!("rules:\n  - {one}\n  - {other}\n")));
    for said in ["没有 titel 这个字段", "没有 severty 这个字段", "缺少字段 assert", "缺少字段 at"] {
        assert!(beside.iter().any(|own| own.contains(said)), "{said}: {beside:?}");
    }
}

#[test]
fn an_expression_is_told_with_its_value_and_what_it_looks_at() {
    let report = "examples/report.json";
    let eval = |expression: &str| gouji(&["packs", "eval", expression, report]);
    let file: Value = serde_json::from_slice(&std::fs::read(common::root().join(report)).unwrap()).unwrap();
    let own = file.get("report").unwrap_or(&file);
    let received = &own["applications"]["received"]["total"];
    let (code, out, _) = eval("report.applications.received.total + 1 > 1");
    assert_eq!((code, out), (0, format!("成立\n  report.applications.received.total = {received}\n")));
    for (expression, said) in [
        ("report.year", "\n  report.year = "),
        ("parts(report.applications.received)", "  report.applications.received.natural_person = "),
        ("report.body.name.contains('县')", "  report.body.name = “"),
        ("size(section(1)) >= 100", "  section(1) = "),
        ("statement('unfilled')", "  statement(\"unfilled\") = 正文没有写明"),
        ("date(report.published_on) > date(2024, 1, 31)", "  report.published_on.month = "),
    ] {
        let (code, out, err) = eval(expression);
        assert!(code == 0 && out.contains(said), "{expression}: {out}{err}");
    }
    for (expression, option) in [("previous.year", "--previous"), ("subordinates.all(s, s.year > 1)", "--subordinate")]
    {
        let (code, out, err) = eval(expression);
        assert!(code == 64 && out.is_empty() && err.contains(option), "{expression}: {out}{err}");
        assert_eq!(gouji(&["packs", "eval", expression, report, option, report]).0, 0);
    }
    let (_, out, _) = gouji(&["packs", "eval", "[1, 2].map(n, n * 2)", report, "--lang", "en", "--format", "json"]);
    assert_eq!(
        serde_json::from_str::<Value>(&out).unwrap(),
        json!({ "type": "list", "value": "[2, 4]", "looks_at": [] })
    );
    // What was sent beside and doesn't belong there was set aside, and that is told.
    let (_, out, err) = gouji(&["packs", "eval", "previous.year", report, "--previous", report]);
    assert!(out.starts_with("无法判断") && err.contains("作为上一年度报告提交的是2023年度报告"), "{out}{err}");
    let folder = tempfile::tempdir().unwrap();
    let mut earlier = file.clone();
    let year = if earlier.get("report").is_some() { &mut earlier["report"]["year"] } else { &mut earlier["year"] };
    *year = json!(2022);
    let last = folder.path().join("last.json");
    std::fs::write(&last, earlier.to_string()).unwrap();
    let relation = "previous.year + 1 == report.year";
    let (_, out, _) = gouji(&["packs", "eval", relation, report, "--previous", last.to_str().unwrap()]);
    assert_eq!(out, "成立\n  previous.year = 2022\n  report.year = 2023\n");
    let (code, out, err) = eval("report.year = 2023");
    assert_eq!((code, out.as_str()), (64, ""));
    assert_eq!(err, "expression:1:13: 没有 =，应写作 ==\n  1 | report.year = 2023\n    |             ^\n");
}

/// Why a value is open: the cell is blank.
#[test]
fn a_blank_is_told_as_what_leaves_an_expression_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut report: Value =
        serde_json::from_slice(&std::fs::read(common::root().join("examples/report.json")).unwrap()).unwrap();
    let own = if report.get("report").is_some() { &mut report["report"] } else { &mut report };
    own["applications"]["received"]["total"] = Value::Null;
    let file = folder.path().join("report.json");
    std::fs::write(&file, report.to_string()).unwrap();
    let (code, out, _) = gouji(&["packs", "eval", "report.applications.received.total", file.to_str().unwrap()]);
    assert_eq!(code, 0);
    assert_eq!(out, "无法判断：所需的内容空白、未能读出或报告没有写明\n  report.applications.received.total = 空白\n");
}

/// The answer of a check in JSON, and its exit code.
fn answer(arguments: &[&str]) -> (i32, Value) {
    let (code, out, err) = gouji(&[&["check", "examples/report.json", "--format", "json"], arguments].concat());
    let line = out.lines().next().unwrap_or_else(|| panic!("{err}"));
    (code, serde_json::from_str::<Value>(line).unwrap()["response"]["assessment"].clone())
}

#[test]
fn what_a_rule_on_trial_finds_is_told_apart_and_neither_counts_nor_decides() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let before = answer(&[]);
    assert_eq!(before.0, 0);
    // In force, it is an error.
    pack(folder.path(), &format!("rules:\n{}", rule("OW-001", EXAMPLE)));
    let (code, in_force) = answer(&["--packs", path]);
    assert_eq!((code, &in_force["counts"]["errors"], &in_force["counts"]["trial"]), (1, &json!(1), &Value::Null));
    pack(folder.path(), &format!("rules:\n{}", rule("OW-001", &format!("    state: trial\n{EXAMPLE}"))));
    assert_eq!(gouji(&["packs", "test", path]).0, 0);
    let (code, on_trial) = answer(&["--packs", path]);
    assert_eq!((code, &on_trial["verdict"]), (0, &before.1["verdict"]));
    let last = on_trial["findings"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["rule_code"], &last["kind"]), (&json!("OW-001"), &json!("FINDING_KIND_TRIAL")));
    assert_eq!(on_trial["counts"]["trial"], json!(1));
    let counts = |assessment: &Value| {
        let mut counts = assessment["counts"].clone();
        counts.as_object_mut().unwrap().remove("trial");
        (counts, assessment["causes"].clone())
    };
    assert_eq!(counts(&on_trial), counts(&before.1));
    // For people: a block of its own before the verdict.
    let (_, out, _) = gouji(&["check", "examples/report.json", "--packs", path]);
    let lines: Vec<&str> = out.lines().rev().collect();
    assert!(lines[1].contains("合规 ·") && lines[5] == "试行规则（不计入结论）", "{out}");
    assert!(lines[4].contains("OW-001") && lines[3].contains("件"), "{out}");
    let (_, rules, _) = gouji(&["rules", "list", "--packs", path]);
    assert!(rules.contains("新收不应超过一件（试行）"), "{rules}");
}

#[test]
fn a_profile_puts_any_rule_on_trial_that_it_may_switch_off() {
    let folder = tempfile::tempdir().unwrap();
    pack(folder.path(), &format!("rules:\n{}", rule("OW-001", EXAMPLE)));
    let path = folder.path().to_str().unwrap();
    let profiles = folder.path().join("profiles.yml.txt");
    let file = profiles.to_str().unwrap();
    let with = |setting: &str| {
        std::fs::write(&profiles, format!("profiles: [{{ name: mine, rules: {{ {setting} }} }}]")).unwrap()
    };
    with("OW-001: trial");
    let arguments = ["--packs", path, "--profiles", file, "--profile", "mine"];
    let (code, assessment) = answer(&arguments);
    assert_eq!((code, &assessment["counts"]["trial"]), (0, &json!(1)));
    // A baseline that has the finding is not told that it was fixed.
    let (_, in_force, _) = gouji(&["check", "examples/report.json", "--format", "json", "--packs", path]);
    let baseline = folder.path().join("baseline.json");
    std::fs::write(&baseline, in_force).unwrap();
    let (_, compared) = answer(&[&arguments[..], &["--baseline", baseline.to_str().unwrap()]].concat());
    assert_eq!(compared["fixed"], Value::Null);
    assert_eq!(compared["findings"].as_array().unwrap().last().unwrap()["occurrences"][0]["state"], Value::Null);
    // Nor is what was found on trial part of a baseline: in force, it is new.
    let (_, tried, _) = gouji(&[&["check", "examples/report.json", "--format", "json"], &arguments[..]].concat());
    std::fs::write(&baseline, tried).unwrap();
    let (_, compared) = answer(&["--packs", path, "--baseline", baseline.to_str().unwrap()]);
    let own = compared["findings"].as_array().unwrap().iter().find(|own| own["rule_code"] == "OW-001").unwrap();
    assert_eq!(own["occurrences"][0]["state"], json!("FINDING_STATE_NEW"));
    // What the form itself demands can't be tried out.
    with("TAL-001: trial");
    let (code, _, err) = gouji(&["packs", "check", "--profiles", file]);
    assert!(code == 1 && err.contains("不得关闭或试行"), "{err}");
    // Its impact is told as that of a trial.
    with("OW-001: trial");
    let (code, out, err) = gouji(&[
        "packs",
        "impact",
        "--before",
        path,
        "--after",
        path,
        "--after-profiles",
        file,
        "--after-profile",
        "mine",
        "examples/report.json",
    ]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("不合规 → 合规  +OW-001（试行 错误）applications.received.total  -OW-001（错误）"), "{out}");
}

#[test]
fn the_impact_is_told_of_whole_trees_and_of_drafts() {
    let folder = tempfile::tempdir().unwrap();
    let report = common::root().join("examples/report.txt");
    for place in ["2022/甲", "2023", ".hidden"] {
        std::fs::create_dir_all(folder.path().join(place)).unwrap();
        std::fs::copy(&report, folder.path().join(place).join("report.txt")).unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let (code, out, err) =
        gouji(&["packs", "impact", "--after", "examples/packs/sample", path, "examples/report.txt", "--draft"]);
    assert_eq!(code, 0, "{err}");
    let names: Vec<&str> = out.lines().map(|line| line.split("  ").next().unwrap()).collect();
    assert_eq!(names[..3], ["2022/甲/report.txt", "2023/report.txt", "examples/report.txt"]);
    assert!(out.contains("3 份报告") && !out.lines().take(3).any(|line| line.contains("  合规")), "{out}");
    assert_eq!(gouji(&["packs", "impact", "no-such-folder"]).0, 64);
}

/// Editors find the schema of each file that is made to be copied.
#[test]
fn every_sample_names_its_schema_in_its_first_line() {
    let root = common::root().join("examples");
    let mut folders = vec![root];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "yaml") {
                let text = std::fs::read_to_string(&entry).unwrap();
                let schema = text.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=");
                let schema = entry.parent().unwrap().join(schema.unwrap_or_else(|| panic!("{}", entry.display())));
                assert!(schema.is_file(), "{}", schema.display());
                found += 1;
            }
        }
    }
    assert!(found >= 10);
}
