//! Everything that is wrong with what operators write is told at once, whatever else is wrong beside it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::{path::Path, process::Command};

/// The exit code, and what is printed on standard output and on standard error.
fn gouji_in(environment: &[(&str, &str)], arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    let done = command.args(arguments).envs(environment.iter().copied()).current_dir(common::root()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

fn gouji(arguments: &[&str]) -> (i32, String, String) {
    gouji_in(&[], arguments)
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, text).unwrap();
    file.display().to_string()
}

fn pack(folder: &Path, rules: &str) -> String {
    write(folder, "pack.yaml", "name: own\nversion: '1'\nnamespace: OW\n");
    write(folder, "rules.yaml", &format!("rules:\n{rules}"));
    folder.display().to_string()
}

/// Each of these holds, and there are no others.
#[track_caller]
fn tells(told: &str, all: &[&str]) {
    for said in all {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert_eq!(told.lines().filter(|line| line.contains(".yaml:")).count(), all.len(), "{told}");
}

/// What only shows once the fields are read is told beside fields that can't be read.
#[test]
fn faults_of_what_is_meant_are_told_beside_faults_of_form() {
    let folder = tempfile::tempdir().unwrap();
    let rest = "severity: error, at: year, message: { zh: 甲 }, examples: { bad: [{}] }";
    let rules = format!(
        "  - {{ code: OW-001, titel: {{ zh: 甲 }}, assert: report.year > 1, years: {{ from: 2025, to: 2020 }}, {rest} }}
  - {{ code: OW-001, title: {{ zh: 甲 }}, assert: 'report.year > 1 && report.yeer > 2', bounds: {{ least: error, most: info }}, {rest} }}
  - {{ code: OW-002, title: {{ zh: 甲 }}, asert: 'report.{{c}} > 1', for_each: {{ c: aplicants }}, editions: [2020], {rest} }}
  - {{ code: OW-003, title: {{ zh: ' ' }}, assert: 'report.{{c}} > 1', for_each: applicants, {rest} }}
"
    );
    let (code, _, err) = gouji(&["packs", "check", &pack(folder.path(), &rules)]);
    assert_eq!(code, 1);
    tells(
        &err,
        &[
            "rules.yaml:2:21: 没有 titel 这个字段，是否为 title？",
            "years 的 from 不得晚于 to：没有一个年度适用本规则，是否为 { from: 2020, to: 2025 }？",
            "rules.yaml:3:13: 规则代码 OW-001 重复",
            "没有名为 report.yeer 的数字或文字，是否为 report.year？",
            "least 是最轻的，most 是最重的：是否为 { least: info, most: error }？",
            "没有 asert 这个字段，是否为 assert？",
            "没有名为 aplicants 的列表，是否为 applicants？",
            "版本应为 2019 或 2021",
            "此处应有文字",
            "for_each 应写作 { column: applicants }",
        ],
    );
}

#[test]
fn all_faults_of_a_file_of_profiles_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = write(
        folder.path(),
        "profiles.yaml",
        "profiles:
  - name: 甲
    titel: { zh: 乙 }
    extends: nationl
    rules: { TAL-01: off, TAL-001: of }
    parameters: { text_similarity: 20, problems_similarity: -1, forbidden_words: [''] }
",
    );
    let (_, _, err) = gouji(&["packs", "check", "--profiles", &profiles]);
    tells(
        &err,
        &[
            "2:11: 方案名称应为",
            "3:5: 没有 titel 这个字段，是否为 title？",
            "4:14: 应为在它之前的方案",
            "5:22: 没有规则 TAL-01，是否为 TAL-001？",
            "5:36: 不能写 of，是否为 off？",
            "6:36: 应为 50 至 100",
            "6:61: 此处应为整数",
            "6:82: 最多 1000 个词",
        ],
    );
}

/// Rules that a refused pack would have are not missed.
#[test]
fn all_faulty_sources_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let own = pack(&folder.path().join("own"), "  - code: OW-001\n");
    let profiles =
        write(folder.path(), "profiles.yaml", "profiles: [{ name: a, rules: { OW-001: off, TAL-999: off } }]");
    let missing = folder.path().join("no-such.yaml").display().to_string();
    let (code, _, err) = gouji(&["packs", "check", &own, "--profiles", &profiles, "--waivers", &missing]);
    assert_eq!(code, 1);
    for said in ["缺少字段 assert", "没有规则 TAL-999", "no-such.yaml: 无法读取"] {
        assert!(err.contains(said), "{said}: {err}");
    }
    assert!(!err.contains("没有规则 OW-001"), "{err}");
}

#[test]
fn a_day_that_does_not_exist_is_refused_and_others_are_shown_as_days() {
    let report = "examples/report.json";
    for (day, caret) in [("2024, 2, 30", 15), ("2023, 2, 29", 15), ("2024, 13, 1", 12), ("report.year, 4, 31", 22)] {
        let (code, _, err) = gouji(&["packs", "eval", &format!("date({day})"), report]);
        assert!(code == 64 && err.contains(&format!("expression:1:{caret}: 没有这一天")), "{day}: {err}");
    }
    for (expression, zh, en) in [
        ("date(2024, 2, 29)", "2024年2月29日\n", "2024-02-29\n"),
        (
            "date(report.year, 2, 29) > date(2000, 1, 1) ? date(2024, 12, 1) : date(2024, 1, 1)",
            "2024年12月1日\n",
            "2024-12-01\n",
        ),
    ] {
        assert!(gouji(&["packs", "eval", expression, report]).1.starts_with(zh));
        assert!(gouji(&["packs", "eval", expression, report, "--lang", "en"]).1.starts_with(en));
    }
    let folder = tempfile::tempdir().unwrap();
    let own = pack(
        folder.path(),
        "  - code: OW-001
    title: { zh: 甲, en: one }
    severity: error
    at: year
    assert: date(report.year, 1, 31) <= date(2020, 2, 29)
    message: { zh: '{expected}，{actual}', en: '{expected}, {actual}' }
    examples: { bad: [{ report: { year: 2023 } }] }
",
    );
    let (_, zh, _) = gouji(&["check", report, "--packs", &own]);
    assert!(zh.contains("2020年2月29日") && !zh.contains("20200229"), "{zh}");
    let (_, en, _) = gouji(&["check", report, "--packs", &own, "--lang", "en"]);
    assert!(en.contains("2020-02-29"), "{en}");
}

/// A day is no number, however it comes about: what is reckoned from 20240131 would be neither days nor a day.
#[test]
fn days_are_compared_with_days_and_nothing_else() {
    let report = "examples/report.json";
    let (day, days) = ("date(report.published_on)", "[date(2024, 1, 31), date(2024, 2, 1)]");
    for expression in [
        format!("{day} - date(2024, 1, 31) > 3"),
        format!("{day} + 5 > date(2024, 1, 31)"),
        format!("3 * (true ? {day} : date(2024, 1, 31)) > 1"),
        format!("1 > -{day}"),
        format!("{day} > 20240131"),
        format!("20240131 == {day}"),
        format!("sum({days}) > 1"),
        format!("{days}.exists(d, d - {day} == 1)"),
        format!("{days}.exists(d, d == 20240131)"),
        format!("20240131 in {days}"),
        format!("(true ? {day} : 3) > 1"),
        format!("[{day}, 3].exists(d, true)"),
    ] {
        let (code, out, err) = gouji(&["packs", "eval", &expression, report]);
        assert!(code == 64 && err.contains("expression:1:"), "{expression}: {out}{err}");
    }
    for expression in [
        format!("{day} > date(report.year, 1, 31)"),
        format!("{days}.exists(d, d < {day})"),
        format!("{day} in {days} || !({day} in {days}.map(d, d).filter(d, d > {day}))"),
        "report.published_on.day - 1 >= 0".to_owned(),
    ] {
        let (code, out, err) = gouji(&["packs", "eval", &expression, report]);
        assert_eq!((code, &out[..6]), (0, "成立"), "{expression}: {out}{err}");
    }
}

/// Where each fault of an expression is, and no others: nothing follows from what is not known.
#[test]
fn all_independent_faults_of_an_expression_are_told_at_once() {
    for (expression, columns) in [
        ("report.yeer > 1 && report.yaer > 1", vec![1, 20]),
        ("report.yeer > 1 || report.year + 'a' > 1 || !(foo(1))", vec![1, 34, 47]),
        ("report.yeer + report.yaer == siez(section(1))", vec![1, 15, 30]),
        ("siez(sectoin(7)) + report.yeer > 1", vec![1, 6, 20]),
        ("report.yeer in [report.yaer, 'a']", vec![1, 17]),
        ("date(report.yeer, 13, 1) > date(2024, 1, report.yaer)", vec![6, 19, 42]),
        ("section(9).contains(report.title) ? 1 > 'a' : report.yeer > 1", vec![9, 39, 47]),
        ("subordinate.all(s, s.year > 1 && report.yeer > 1)", vec![1, 34]),
        ("subordinates.al(s, s.year > 1 && report.yeer > 1)", vec![14, 34]),
        ("subordinates.map(s, s.yeer).exists(n, n > 'a' && report.yeer > n)", vec![21, 50]),
        ("similarity(section(8), 1) > report.yeer", vec![20, 24, 29]),
        ("report.yeer / 2 > 0.5", vec![1, 13, 19]),
        // What nothing is known of fits everything.
        ("report.yeer", vec![1]),
        ("[report.yeer].exists(n, n == 'a' || n > 1 || n.year > 1)", vec![2]),
        ("foo(report.applications.received, report.applications.outcomes, report.published_on)", vec![1]),
    ] {
        let (code, out, _) = gouji(&["packs", "eval", expression, "examples/report.json", "--format", "json"]);
        let column = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["column"].as_u64().unwrap();
        let mut told: Vec<u64> = out.lines().map(column).collect();
        told.sort_unstable();
        assert_eq!((code, told), (64, columns), "{expression}: {out}");
    }
}

/// What is suggested is of the kind that belongs there, and near; else how to write it is told, or nothing.
#[test]
fn suggestions_are_of_the_kind_that_belongs_there() {
    for (expression, said) in [
        ("reprot.year > 1", "没有名为 reprot 的报告或名称，是否为 report？\n"),
        ("report.page > 1", "没有名为 report.page 的数字或文字\n"),
        (
            "report.applications.outcomes.fees.total > 1",
            "没有名为 report.applications.outcomes.fees.total 的数字或文字\n",
        ),
        ("report.body.name == office", "如果是文字，应写作 'office'\n"),
        ("section(1).matches(office)", "如果是文字，应写作 'office'\n"),
        ("statement(received) > 1", "此处应为加引号的名称，如 \"received\"\n"),
        ("statement('applications.received.total') > 1", "应写作 report.applications.received.total\n"),
        ("statement('TAL-001') > 1", "正文中没有“TAL-001”这类数字；各名称见 docs/PACKS.md\n"),
        ("decimal(3.5) > 1", "如 decimal("),
        ("count(section(1)) > 1", "没有函数 count，应写作 size(a)\n"),
        ("report.year > 0.5", "decimal(\"0.5\")\n"),
    ] {
        let (code, _, err) = gouji(&["packs", "eval", expression, "examples/report.json"]);
        assert!(code == 64 && err.contains(said), "{expression}: {err}");
    }
}

/// Signs of YAML that are full-width, and brackets that are open, in whatever field: each is told at its own place.
#[test]
fn full_width_signs_and_open_brackets_are_told_beside_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "  - code：OW-001
    title: { zh: '甲’ }
    severity：error
    at: year
    assert: report.yeer > 1
    editions: [2019， 2021]
    years: { from： 2020 }
    message: { zh: “{actual}” }
    examples: { bad: [{}
  - code: OW-002
    title：{ zh: 甲 }
    severity: error
    at: year
    assert: “report.year > 1”
    editions: [2019， 2021]
    message: { zh: 甲， en: b }
    advice: { zh： 甲 }}
    examples: { bad: [{} }
";
    let (_, err) = match gouji(&["packs", "check", &pack(folder.path(), rules)]) {
        (1, _, err) => (1, err),
        (code, out, err) => panic!("{code} {out}{err}"),
    };
    tells(
        &err,
        &[
            "rules.yaml:2:9: code 之后是全角冒号：应为半角冒号加一个空格，写作 code: …",
            "rules.yaml:3:20: 此处是全角引号",
            "rules.yaml:4:13: severity 之后是全角冒号",
            "rules.yaml:6:13: 没有名为 report.yeer 的数字或文字，是否为 report.year？",
            "rules.yaml:7:16: 此处是全角逗号",
            "rules.yaml:8:14: from 之后是全角冒号",
            "rules.yaml:9:20: 此处是全角引号",
            "rules.yaml:10:22: 格式有误：括号 [ 没有闭合，缺少 ]",
            "rules.yaml:12:10: title 之后是全角冒号",
            "rules.yaml:15:13: 表达式本身不加全角引号，应写作 report.year > 1",
            "rules.yaml:16:16: 此处是全角逗号",
            "rules.yaml:17:21: 此处是全角逗号",
            "rules.yaml:18:17: zh 之后是全角冒号",
            "rules.yaml:19:22: 格式有误：此前的括号 [ 没有闭合，缺少 ]",
        ],
    );
}

/// A rule without a bad example is told so beside its other faults, and not when they are mended.
#[test]
fn a_faulty_rule_without_a_bad_example_is_told_so_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let rest = "severity: error, at: year, title: { zh: 甲 }, message: { zh: 甲 }";
    for (rules, missing) in [
        (format!("  - {{ code: OW-001, assert: report.yeer > 1, {rest} }}\n"), 1),
        (format!("  - {{ code: OW-001, assert: report.yeer > 1, examples: {{ good: [{{}}] }}, {rest} }}\n"), 1),
        (format!("  - {{ code: OW-001, assert: report.yeer > 1, exampels: {{ bad: [{{}}] }}, {rest} }}\n"), 0),
        (format!("  - {{ code: OW-001, assert: report.yeer > 1, examples: {{ bad: [{{}}] }}, {rest} }}\n"), 0),
        (format!("  - {{ assert: report.yeer > 1, {rest} }}\n"), 1),
    ] {
        let (_, _, err) = gouji(&["packs", "check", &pack(folder.path(), &rules)]);
        assert!(err.contains("没有名为 report.yeer"), "{err}");
        assert_eq!(err.matches("没有反例").count(), missing, "{rules}{err}");
        assert!(!err.contains("rules.yaml: "), "{err}");
    }
}

#[test]
fn a_value_is_told_with_its_type() {
    for (expression, of) in
        [("1 + 1", "number"), ("1 < 2", "condition"), ("'a'", "text"), ("[1]", "list"), ("date(2024, 1, 1)", "date")]
    {
        let (_, out, _) = gouji(&["packs", "eval", expression, "examples/report.json", "--format", "json"]);
        let told: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert!(told["type"] == of && told["value"].is_string(), "{out}");
    }
}

#[test]
fn an_impact_compares_something_and_tells_reports_apart() {
    let report = "examples/report.json";
    let (code, out, err) = gouji(&["packs", "impact", report]);
    assert!(code == 64 && out.is_empty() && err.contains("--before、--after"), "{out}{err}");
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(common::root().join("examples/report.txt")).unwrap();
    write(folder.path(), "a/report.txt", &text);
    write(folder.path(), "b/report.txt", &text);
    write(folder.path(), "b/other.txt", &text);
    let [one, other] = ["a", "b"].map(|name| folder.path().join(name).display().to_string());
    let (_, out, _) = gouji(&["packs", "impact", "--after-profile", "beijing", &one, &other]);
    let names: Vec<&str> = out.lines().map(|line| line.split("  ").next().unwrap()).collect();
    assert_eq!(names[..3], [format!("{one}/report.txt"), "other.txt".into(), format!("{other}/report.txt")], "{out}");
}

#[test]
fn a_check_tells_only_what_was_asked_for() {
    let (code, out, _) = gouji(&["packs", "check", "--waivers", "examples/waivers.yaml"]);
    assert!(code == 0 && out.starts_with("可以施行：") && !out.contains("方案") && !out.contains("规则包"), "{out}");
    let (_, out, _) = gouji(&["packs", "check", "--profiles", "examples/profiles.yaml"]);
    let own =
        std::fs::read_to_string(common::root().join("examples/profiles.yaml")).unwrap().matches("- name:").count();
    assert_eq!(out, format!("可以施行：{own} 个方案\n"));
}

#[test]
fn packs_in_the_environment_are_a_list_with_commas() {
    let two = [("GOUJI_PACKS", "a,b")];
    let (_, out, _) = gouji_in(&two, &["serve", "--print-config"]);
    assert!(out.contains("# 环境变量中以逗号分隔：GOUJI_PACKS=甲,乙\npacks = [\"a\", \"b\"]"), "{out}");
    let (code, _, err) = gouji_in(&[("GOUJI_PACKS", "examples/packs/sample,")], &["serve"]);
    assert!(code != 0 && err.contains("名称是空的"), "{code} {err}");
}

#[test]
fn a_pack_that_holds_nobody_to_anything_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let empty = pack(folder.path(), "  []\n");
    let (code, _, told) = gouji(&["packs", "check", &empty]);
    assert_eq!(code, 1, "{told}");
    tells(&told, &["规则包中没有规则"]);
}
