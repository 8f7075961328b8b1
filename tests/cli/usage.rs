//! Options, help and errors of usage.

use serde_json::Value;

use super::{code, gouji, out};

#[test]
fn rules_are_selected_counted_and_fail_the_command_as_asked() {
    let check = |options: &[&str]| {
        let output = gouji(&[&["check", "examples/report.txt"], options].concat(), b"");
        (out(&output), code(&output), String::from_utf8(output.stderr).unwrap())
    };
    // The example has errors of TAL and a warning of TAB.
    for (options, expected) in [
        (&[][..], 1),
        (&["--fail-on", "never"], 0),
        (&["--select", "TAL"], 1),
        (&["--select", "tab-008"], 0),
        (&["--select", "TAB", "--fail-on", "warning"], 1),
        (&["--ignore", "TAL,TAB", "--fail-on", "info"], 0),
        (&["--select", "TAL，TAB", "--ignore", "TAL-001", "--ignore", "TAL-003"], 0),
        (&["--select", "TAL-0001"], 64),
    ] {
        assert_eq!(check(options).1, expected, "{options:?}");
    }
    assert_eq!(code(&gouji(&["check", "--fail-on", "never", "missing"], b"")), 2);
    let (selected, ..) = check(&["--select", "TAB"]);
    assert!(!selected.contains("TAL-001") && selected.contains("TAB-008") && selected.contains("不合规"), "{selected}");
    assert!(check(&["--select", "TAL-01"]).2.contains("没有规则或类别 TAL-01，是否为 TAL-001？"));
    assert!(
        check(&["--ignore", "XYZ"]).2.contains("可用：") && check(&["--lang", "en", "--ignore", "XYZ"]).2.is_ascii()
    );
    let (json, ..) = check(&["--select", "TAB", "--format", "json"]);
    let value: Value = serde_json::from_str(&json).unwrap();
    let assessment = &value["response"]["assessment"];
    assert_eq!(assessment["verdict"], "VERDICT_NON_COMPLIANT");
    assert!(assessment["findings"].as_array().unwrap().iter().all(|finding| finding["rule_code"] == "TAB-008"));
    let places = |order: &str| {
        let (told, ..) = check(&["--sort", order]);
        ["TAL-001", "TAB-008"].map(|code| told.find(code).unwrap())
    };
    let (by_severity, by_form) = (places("severity"), places("form"));
    assert!(by_severity[0] < by_severity[1] && by_form[0] > by_form[1], "{by_severity:?} {by_form:?}");
    let (counted, ..) = check(&["--statistics", "--quiet"]);
    assert!(counted.contains("  TAL-001  1 处，涉及 1 份  第一项加第二项之和"), "{counted}");
}

#[test]
fn what_the_caller_knows_is_told_by_options() {
    let dates = |options: &[&str]| {
        let output = gouji(&[&["check", "--format", "json", "--full", "examples/report.txt"], options].concat(), b"");
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        let rulings = value["response"]["assessment"]["rulings"].as_array().unwrap().clone();
        let late = rulings.into_iter().find(|ruling| ruling["rule_code"] == "PUB-002").unwrap();
        late["outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!(dates(&["--published-on", "2024-01-20"]), "RULING_OUTCOME_SATISFIED");
    assert_eq!(dates(&["--published-on", "2024-06-20"]), "RULING_OUTCOME_VIOLATED");
    let report = "政府信息公开工作年度报告\n一、总体情况\n无。\n";
    let shown = gouji(&["check", "-", "--body", "青溪县水利局", "--year", "2023"], report.as_bytes());
    assert!(out(&shown).contains("青溪县水利局") && out(&shown).contains("2023"), "{}", out(&shown));
    let complete = gouji(
        &["check", "--subordinate", "examples/report.json", "--subordinates-complete", "examples/report.json"],
        b"",
    );
    // The subordinate body is the report's own: that is told.
    assert!(out(&complete).contains("CTX-003"), "{}", out(&complete));
}

#[test]
fn help_tells_the_exit_code_of_several_files() {
    for (arguments, told) in [
        (&["check", "--help"][..], "否则有一份无法判断或未能读取的为 2"),
        (&["help", "check", "--lang", "en"], "else 2 if one is undetermined or unreadable"),
    ] {
        let output = gouji(arguments, b"");
        assert!(String::from_utf8_lossy(&output.stdout).contains(told), "{arguments:?}");
    }
}

#[test]
fn help_and_errors_of_usage_are_in_one_language() {
    let is_chinese = |text: &str| text.chars().any(|char| ('\u{4e00}'..='\u{9fff}').contains(&char));
    for command in [&[][..], &["check"], &["packs"], &["packs", "impact"], &["serve"], &["completions"]] {
        let help = out(&gouji(&[command, &["--help"]].concat(), b""));
        assert!(is_chinese(&help), "{help}");
        for english in ["Usage", "Options", "Arguments", "Commands", "default", "possible", " / ", "[OPTIONS]", "Print"]
        {
            assert!(!help.contains(english), "{english} in {help}");
        }
        let english = out(&gouji(&[command, &["--help", "--lang", "en"]].concat(), b""));
        // The name of what is checked has no English.
        assert!(
            !is_chinese(&english.replace("政府信息公开工作年度报告", "")) && english.contains("Usage"),
            "{english}"
        );
    }
    assert_eq!(out(&gouji(&["help", "check"], b"")), out(&gouji(&["check", "--help"], b"")));
    let told = |arguments: &[&str]| String::from_utf8(gouji(arguments, b"").stderr).unwrap();
    assert_eq!(
        told(&["check", "--quit", "x"]),
        "gouji: 没有 --quit 这个选项，是否为 --quiet？\n用法：gouji check [选项] <文件>...\n用 --help 查看全部选项\n"
    );
    assert!(told(&["check"]).starts_with("gouji: 缺少 <文件>..."));
    assert!(told(&["check", "--year", "3", "x"]).contains("的值“3”无效：应为 1990 至 2100 的年份"));
    assert!(told(&["check", "--format", "xml", "x"]).contains("的值“xml”无效，应为 text、json 之一"));
    assert!(told(&["chek"]).contains("没有 chek 这个命令，是否为 check？"));
    assert!(!is_chinese(&told(&["--lang", "en", "check", "--year", "3", "x"])));
}

#[test]
fn shells_complete_what_is_not_hidden() {
    for shell in ["bash", "zsh", "fish"] {
        let script = out(&gouji(&["completions", shell], b""));
        assert!(script.contains("subordinates-complete") && !script.contains("read-documents"), "{shell}");
    }
}

#[test]
fn a_list_of_rules_that_names_none_is_refused() {
    for (option, list) in [("--select", ""), ("--select", " ，,"), ("--ignore", "")] {
        let refused = gouji(&["check", "examples/report.txt", option, list], b"");
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!((code(&refused), told), (64, format!("gouji: {option} 没有写明规则代码或类别\n")));
    }
}

#[test]
fn a_line_that_shows_no_error_of_what_is_not_compliant_says_where_they_are() {
    let told = out(&gouji(&["check", "examples/report.txt", "--quiet", "--select", "YOY"], b""));
    assert!(told.contains("不合规") && told.ends_with("问题 0 个 · 错误在没有列出的规则中\n"), "{told}");
}
