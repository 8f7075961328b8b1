//! The command line as a user sees it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/told.rs"]
mod told;
#[path = "cli/usage.rs"]
mod usage;

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use common::{clean, dossier, hold_file, patched, root, text};
use gouji::wire::{json, report::report_to, v1};
use serde_json::{Value, json};

fn gouji(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(arguments)
        .current_dir(root())
        .env_remove("GOUJI_CONFIG")
        .env_remove("GOUJI_LANG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails before it reads closes its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// The clean report of 2021 with 四、结转下年度继续办理 · 总计 off by one, and a blank.
fn faulty() -> Value {
    let patch = json!({ "report": { "applications": {
        "carried_forward": { "total": 2 },
        "outcomes": { "denied": { "state_secret": { "business": null } } } } } });
    patched(clean("2021"), &patch)
}

#[test]
fn the_examples_are_what_the_dossiers_say() {
    hold_file("examples/report.txt", &text::text(&dossier(&faulty()).report, text::Way::Tabs));
    let message = report_to(&dossier(&clean("2021")).report);
    let pretty = serde_json::to_string_pretty(&message).unwrap() + "\n";
    hold_file("examples/report.json", &pretty);
}

#[test]
fn findings_read_as_they_should() {
    for lang in ["zh", "en"] {
        let output = gouji(&["check", "--lang", lang, "examples/report.txt"], b"");
        assert_eq!(code(&output), 1);
        hold_file(&format!("tests/snapshots/check.{lang}.txt"), &out(&output));
        assert!(!out(&output).contains('\x1b'), "colour without a terminal");
    }
    let output = gouji(&["check", "--format", "json", "examples/report.txt"], b"");
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    hold_file("tests/snapshots/check.json", &(serde_json::to_string_pretty(&value).unwrap() + "\n"));
}

#[test]
fn exit_codes_tell_the_worst() {
    let clean_text = text::text(&dossier(&clean("2021")).report, text::Way::Bars);
    let glued = text::text(&dossier(&clean("2021")).report, text::Way::Glued);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_string_lossy().into_owned()
    };
    let (good, open) = (file("good.txt", &clean_text), file("open.txt", &glued));
    let (unread, missing) = (file("unread.txt", "%PDF"), folder.path().join("missing").to_string_lossy().into_owned());
    let bad = "examples/report.txt";
    let cases: [(&[&str], i32); 7] = [
        (&[&good], 0),
        (&["examples/report.json"], 0),
        (&[&good, &open], 2),
        (&[&unread, &good], 2),
        (&[&missing], 2),
        (&[&open, bad, &unread], 1),
        (&[&good, "--previous", &good], 2),
    ];
    for (files, expected) in cases {
        let output = gouji(&[&["check"], files].concat(), b"");
        assert_eq!(code(&output), expected, "{files:?}: {}", out(&output));
    }
    for usage in [&["check"][..], &["check", "--format", "xml", bad], &["nonsense"], &["rules", "explain", "ABC-000"]] {
        let output = gouji(usage, b"");
        assert_eq!((code(&output), out(&output).as_str()), (64, ""), "{usage:?}");
    }
}

#[test]
fn json_is_one_line_a_file_and_nothing_else() {
    let content = text::text(&dossier(&clean("2019")).report, text::Way::Lines);
    let output =
        gouji(&["check", "--format", "json", "--full", "-", "examples/report.txt", "missing"], content.as_bytes());
    let lines: Vec<v1::CheckReportsResponse> = out(&output)
        .lines()
        .map(|line| json::read(line.as_bytes()).unwrap_or_else(|why| panic!("{}", why.en)))
        .collect();
    let keys: Vec<&str> = lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(keys, ["-", "examples/report.txt", "missing"]);
    let Some(v1::check_reports_response::Result::Response(response)) = &lines[0].result else { panic!("no response") };
    assert_eq!(response.report.as_ref().unwrap().readings.len(), 198);
    let Some(v1::check_reports_response::Result::Error(error)) = &lines[2].result else { panic!("no error") };
    assert_eq!(error.code, 5);
}

#[test]
fn a_faulty_structured_report_is_told_where() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.json");
    let check = |content: &str| {
        std::fs::write(&file, content).unwrap();
        let output = gouji(&["check", "--lang", "en", &file.to_string_lossy()], b"");
        assert_eq!(code(&output), 2);
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(check(r#"{ "yaer": 2023 }"#).contains("yaer"));
    assert!(check(r#"{ "applications": { "received": { "total": "x" } } }"#).contains("applications.received.total"));
    assert!(check(r#"{ "sections": [{ "number": 9 }] }"#).contains("subject.report.sections[0].number"));
    assert!(check("{").contains("JSON"));
}

#[test]
fn rules_are_listed_and_explained() {
    let list = out(&gouji(&["rules", "list"], b""));
    assert_eq!(list.lines().count(), gouji::rules::all().len());
    let json = out(&gouji(&["rules", "list", "--format", "json", "--lang", "en"], b""));
    let first: v1::Rule =
        json::read(json.lines().next().unwrap().as_bytes()).unwrap_or_else(|why| panic!("{}", why.en));
    assert_eq!(first.code, "EDN-001");
    let told = out(&gouji(&["rules", "explain", "tal-001"], b""));
    assert!(told.contains("# 反例") && told.contains("附件 三"), "{told}");
    assert!(told.contains("级别：错误，不得停用，不得降低\n"), "{told}");
    // As JSON, its examples are values.
    let json = out(&gouji(&["rules", "explain", "TAL-001", "--format", "json", "--lang", "en"], b""));
    let rule: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&rule["severity"], &rule["optional"]), (&"SEVERITY_ERROR".into(), &Value::Null));
    let figure = &rule["examples"]["bad"][0]["patch"]["report"]["applications"]["carried_forward"]["total"];
    assert_eq!((figure, &rule["examples"]["good"][0]["edition"]), (&5.into(), &"2021".into()));
    // In a list, no English word stands in the Chinese.
    let words = |line: &&str| line[7..].chars().any(|char| char.is_ascii_alphabetic());
    assert_eq!(list.lines().filter(words).collect::<Vec<_>>(), [""; 0]);
    let (profile, near) = (gouji(&["rules", "list", "--profile", "bejing"], b""), "没有方案 bejing，是否为 beijing？");
    assert!(code(&profile) == 64 && String::from_utf8(profile.stderr).unwrap().contains(near));
}

#[test]
fn rules_are_listed_as_packs_and_a_profile_have_them() {
    let chosen =
        ["--packs", "examples/packs/sample", "--profiles", "examples/profiles.yaml", "--profile", "qingxi-strict"];
    let list = out(&gouji(&[&["rules", "list"][..], &chosen].concat(), b""));
    let severity = |code: &str| {
        let line = list.lines().find(|line| line.starts_with(code)).unwrap_or_else(|| panic!("no {code}: {list}"));
        line.split_whitespace().nth(1).unwrap().to_owned()
    };
    let seen = ["QX-001", "YOY-004", "TXT-006", "TAL-001"].map(severity);
    assert_eq!(seen, ["错误", "停用", "提示", "错误"]);
    let told = out(&gouji(&[&["rules", "explain", "QX-001"][..], &chosen].concat(), b""));
    assert!(told.contains("places(report.disclosure_2021.fees.amount)"), "{told}");
}

#[test]
fn the_configuration_in_force_is_printed_and_a_wrong_key_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gouji.toml");
    std::fs::write(&file, "[limits]\nchecks = 7\n").unwrap();
    let file = file.to_string_lossy().into_owned();
    let printed = gouji(&["serve", "--print-config", "--config", &file, "--listen", "127.0.0.1:9"], b"");
    assert!(out(&printed).contains("checks = 7") && out(&printed).contains("listen = \"127.0.0.1:9\""));
    std::fs::write(&file, "[limits]\nchekcs = 7\n").unwrap();
    let wrong = gouji(&["serve", "--print-config", "--config", &file], b"");
    assert_eq!(code(&wrong), 64);
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("chekcs"));
    // Comments in the language that was asked for; a 0 that makes no sense is refused with the setting's name.
    for (language, comment) in [("zh", "# 检查一份报告最长多少毫秒"), ("en", "# The longest time for one report;")]
    {
        assert!(out(&gouji(&["serve", "--print-config", "--lang", language], b"")).contains(comment));
    }
    for (setting, said) in [
        ("[times]\ncheck_ms = 0\n", "times.check_ms 应为 1 至 31536000000 的整数，实为 0"),
        ("[documents.limits]\npages = 0\n", "documents.limits.pages 应为不小于 1 的整数"),
        ("[limits]\nchecks = 'x'\n", "limits.checks 应为 0 至 10000 的整数，实为“x”"),
    ] {
        std::fs::write(&file, setting).unwrap();
        let refused = gouji(&["serve", "--config", &file], b"");
        let told = String::from_utf8(refused.stderr.clone()).unwrap();
        assert!(code(&refused) == 64 && told.contains(said), "{said}: {told}");
    }
}

#[test]
fn a_server_that_others_could_overhear_does_not_start() {
    let refused = gouji(&["serve", "--listen", "0.0.0.0:0"], b"");
    assert_eq!(code(&refused), 64);
    assert!(String::from_utf8(refused.stderr).unwrap().contains("应设置 tls.certificate"));
}

#[test]
fn a_baseline_tells_what_is_new_what_persists_and_what_was_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_string_lossy().into_owned()
    };
    let earlier = gouji(&["check", "--format", "json", "examples/report.txt"], b"");
    let baseline = file("baseline.json", &earlier.stdout);
    let states = |subject: &str| {
        let output = gouji(&["check", "--format", "json", "--baseline", &baseline, subject], b"");
        let answer: v1::CheckReportsResponse = json::read(&output.stdout).unwrap_or_else(|why| panic!("{}", why.en));
        let Some(v1::check_reports_response::Result::Response(response)) = answer.result else { panic!("no response") };
        let assessment = response.assessment.unwrap();
        let of = |it: &v1::Finding| -> Vec<_> {
            it.occurrences.iter().map(|own| (it.rule_code.clone(), own.state().as_str_name())).collect()
        };
        let states: Vec<_> = assessment.findings.iter().flat_map(of).collect();
        (states, assessment.fixed.len())
    };
    let same = states("examples/report.txt");
    assert!(same.0.len() == 3 && same.0.iter().all(|(_, state)| *state == "FINDING_STATE_PERSISTING") && same.1 == 0);
    // The tally is corrected; the blank stays; a block of table four becomes wrong.
    let patch = json!({ "report": {
        "applications": { "carried_forward": { "total": 1 } },
        "remedies": { "reconsideration": { "total": 7 } } } });
    let later = text::text(&dossier(&patched(faulty(), &patch)).report, text::Way::Tabs);
    let (states, fixed) = states(&file("later.txt", later.as_bytes()));
    let expected = [("TAB-008", "FINDING_STATE_PERSISTING"), ("TAL-005", "FINDING_STATE_NEW")];
    assert_eq!(states, expected.map(|(code, state)| (code.to_owned(), state)));
    assert_eq!(fixed, 2);
    let printed = out(&gouji(&["check", "--baseline", &baseline, "examples/report.txt"], b""));
    assert!(printed.contains("四、结转下年度继续办理 · 总计：2 应为 1（仍存在）\n"), "{printed}");
    // What was corrected is told by its rules.
    let told = out(&gouji(&["check", "--baseline", &baseline, "examples/report.json"], b""));
    assert!(told.contains("已改正 3 处（TAB-008、TAL-001、TAL-003）"), "{told}");
    // The earlier result of another report is wrong itself.
    let mut other: Value =
        serde_json::from_slice(&std::fs::read(root().join("examples/report.json")).unwrap()).unwrap();
    other["year"] = json!(2022);
    let other = file("other.json", other.to_string().as_bytes());
    let refused = gouji(&["check", "--baseline", &baseline, &other], b"");
    let said =
        format!("gouji: --baseline {baseline}：与 {other} 不是同一份报告：citation.year 应与本报告相同（2022）\n");
    assert_eq!(String::from_utf8(refused.stderr).unwrap(), said);
    assert_eq!(code(&gouji(&["check", "--baseline", "examples/report.txt", "examples/report.txt"], b"")), 64);
}

#[test]
fn a_document_rules_no_terminal() {
    let hostile = "\u{1b}[2K\u{7}\u{202e}\u{9b}1A";
    let content = text::text(&dossier(&faulty()).report, text::Way::Lines)
        .replace("青溪县人民政府", &format!("青溪县{hostile}人民政府"))
        .replace("18230", &format!("18230{hostile}"));
    for arguments in [
        &["check", "-"][..],
        &["check", "--format", "json", "--full", "-"],
        &["extract", "-"],
        &["extract", "--format", "json", "-"],
    ] {
        let output = gouji(arguments, content.as_bytes());
        let printed = out(&output) + &String::from_utf8(output.stderr.clone()).unwrap();
        let rules = |char: &char| char.is_control() && *char != '\n' || matches!(char, '\u{202a}'..='\u{202e}');
        assert_eq!(printed.chars().find(rules), None, "{arguments:?}");
        assert!(
            printed.contains("001B") || printed.contains("001b"),
            "{arguments:?} shows what stood there: {printed}"
        );
    }
    let output = gouji(&["check", &format!("no{hostile}file")], b"");
    assert!(!String::from_utf8(output.stderr).unwrap().contains('\u{1b}'));
}

#[test]
fn a_file_that_takes_too_long_is_given_up_and_that_is_said() {
    // The parser's time grows with the square of the depth: as deep as allowed, many times over.
    let block = "<div>".repeat(400) + &"</div>".repeat(400);
    let slow = format!("<html>政府信息公开{}", block.repeat((7 << 20) / block.len()));
    let output = gouji(&["check", "--time-limit", "1", "-"], slow.as_bytes());
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(code(&output), 2, "{told}");
    assert!(told.contains("时限已到"), "{told}");
}

#[test]
fn the_finding_that_the_readmes_show_is_what_is_printed() {
    let printed = out(&gouji(&["check", "examples/report.txt"], b""));
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root().join(readme)).unwrap();
        let shown = text.split("```\n").find(|block| block.starts_with("问题一 错误 TAL-001")).expect("a finding");
        assert!(printed.contains(shown.trim_end()), "{readme} shows what is not printed:\n{shown}\n{printed}");
    }
}
