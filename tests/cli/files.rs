//! Files: folders, those that can't be read, encodings; what is shown of them.

use serde_json::{Value, json};

use super::{code, gouji, out};
use crate::common::{clean, dossier, patched, root, text};

#[test]
fn a_folder_is_checked_in_order_whatever_the_number_of_jobs() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    let example = std::fs::read(root().join("examples/report.txt")).unwrap();
    for name in ["b.txt", "a.txt", "sub/c.TXT", "d.md"] {
        std::fs::write(folder.path().join(name), &example).unwrap();
    }
    let good = std::fs::read(root().join("examples/report.json")).unwrap();
    std::fs::write(folder.path().join("c.json"), good).unwrap();
    for name in ["picture.png", "sub/list.xyz", "sub/.hidden.txt"] {
        std::fs::write(folder.path().join(name), "x").unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let check = |jobs: &str, more: &[&str]| gouji(&[&["check", path, "--jobs", jobs], more].concat(), b"");
    let one = check("1", &[]);
    for jobs in ["2", "16"] {
        let other = check(jobs, &[]);
        assert_eq!((out(&other), code(&other)), (out(&one), 1), "{jobs} jobs");
        assert_eq!(other.stderr, b"", "no progress without a terminal");
    }
    let summary = "共 5 份：合规 1，不合规 4，无法判断 0，未能读取 0；另有 2 个文件不是文档，未检查\n";
    assert!(out(&one).ends_with(summary), "{}", out(&one));
    let quiet = out(&check("2", &["--quiet"]));
    let names: Vec<&str> = quiet.lines().map(|line| line.split(": ").next().unwrap()).collect();
    let expected = ["a.txt", "b.txt", "c.json", "d.md", "sub/c.TXT"].map(|name| format!("{path}/{name}"));
    assert_eq!(names[..5], expected);
    assert!(quiet.ends_with(summary) && names.len() == 6);
    // Named twice, by itself and with its folder, a file is checked once; standard input is among the files.
    let twice = gouji(&["check", "--quiet", "--jobs", "2", "-", &expected[1], path], &example);
    assert_eq!(out(&twice).lines().count(), 7, "{}", out(&twice));
    assert!(out(&twice).starts_with("-: ") && out(&twice).lines().nth(1).unwrap().starts_with(&expected[1]));
    let json = out(&check("3", &["--format", "json", "--statistics"]));
    let keys =
        json.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["key"].as_str().unwrap().to_owned());
    assert_eq!(keys.collect::<Vec<_>>(), expected);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(code(&gouji(&["check", empty.path().to_str().unwrap()], b"")), 64);
}

/// The rest of a folder is checked, and the exit code tells that something was not.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_searched_is_told_and_the_rest_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/again")).unwrap();
    std::fs::copy(root().join("examples/report.json"), folder.path().join("a.json")).unwrap();
    let output = gouji(&["check", path], b"");
    assert_eq!(String::from_utf8_lossy(&output.stderr), format!("gouji: {path}/sub/again：文件夹的链接首尾相接\n"));
    assert!(code(&output) == 2 && out(&output).contains("合规 · 青溪县人民政府"), "{}", out(&output));
    let impact = gouji(&["packs", "impact", "--after-profile", "beijing", path], b"");
    assert!(code(&impact) == 2 && out(&impact).contains("1 份报告"), "{}", out(&impact));
    std::fs::remove_file(folder.path().join("a.json")).unwrap();
    std::fs::remove_dir_all(folder.path().join("sub")).unwrap();
    let empty = gouji(&["check", path], b"");
    assert_eq!(String::from_utf8_lossy(&empty.stderr), format!("gouji: {path}：其中没有可检查的文档\n"));
}

/// Nobody takes for a clean result what was never written.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_told() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
    let output = command.args(["check", "examples/report.json"]).current_dir(root()).stdout(full).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "gouji: 结果未能写出：磁盘空间不足\n");
    assert_eq!(code(&output), 70);
}

#[test]
fn a_file_that_cannot_be_read_is_told_once_by_its_own_name_and_in_one_language() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let big = folder.path().join("big.txt");
    std::fs::File::create(&big).unwrap().set_len(70 << 20).unwrap();
    let big = big.to_str().unwrap().to_owned();
    let empty = file("empty.txt", b"");
    let other = file("other.json", br#"{ "name": "gouji", "version": 1 }"#);
    let twice = file("twice.json", br#"{ "year": 2023, "year": 2022 }"#);
    let list = file("list.json", b"[1, 2]");
    let half = std::fs::read(root().join("tests/documents/report.pdf")).unwrap();
    let half = file("half.pdf", &half[..half.len() / 2]);
    let word = std::fs::read(root().join("tests/documents/report.docx")).unwrap();
    let (headless, cut) = (file("headless.docx", &word[50..]), file("cut.docx", &word[..3_000]));
    let directory = folder.path().to_str().unwrap().to_owned();
    let example = "examples/report.txt";
    for (arguments, expected) in [
        (&["missing"][..], "gouji: missing：文件不存在\n".to_owned()),
        (&[&empty], format!("gouji: {empty}：文件为空（0 字节），请重新下载或导出后提交\n")),
        (&[&big], format!("gouji: {big}：文件有 70.0 MB（73400320 字节），超过上限 8 MB\n")),
        (&[example, "--previous", "missing"], "gouji: --previous missing：文件不存在\n".to_owned()),
        (&[example, "--previous", &directory], format!("gouji: --previous {directory}：是文件夹，不是文件\n")),
        (
            &[example, "--subordinate", &empty],
            format!("gouji: --subordinate {empty}：文件为空（0 字节），请重新下载或导出后提交\n"),
        ),
        (&[example, "--baseline", "missing"], "gouji: --baseline missing：文件不存在\n".to_owned()),
        (
            &[&other],
            format!(
                "gouji: {other}：JSON 有误，位置 name：没有 name 这个字段；可用：body、year、title、edition、published_on、submitted_on、sections、disclosure_2021、disclosure_2019、applications、remedies、defects、preamble、readings、source、text_places\n"
            ),
        ),
        (&[&twice], format!("gouji: {twice}：字段 year 重复（第 1 行第 22 列）\n")),
        (&[&list], format!("gouji: {list}：应为一份报告（花括号中的对象），实际为数组；多份报告请每份存为一个文件\n")),
        (&[&half], format!("gouji: {half}：PDF 不完整，缺少文件结尾（多为下载中断），请重新下载或导出后提交\n")),
        (&[&cut], format!("gouji: {cut}：文档已损坏，无法打开，请重新保存后提交\n")),
        (
            &[&headless],
            format!(
                "gouji: {headless}：内容不是 DOCX 文件：可能已损坏、下载不全，或只是改了扩展名，请重新下载，或用原来的软件打开后另存为 DOCX 再提交\n"
            ),
        ),
        (&["-", "--previous", "-"], "gouji: 标准输入（-）只能用一次\n".to_owned()),
        (&["missing", "--lang", "en"], "gouji: missing: there is no such file\n".to_owned()),
    ] {
        let output = gouji(&[&["check"], arguments].concat(), b"");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), expected, "{arguments:?}");
    }
    assert_eq!(code(&gouji(&["check", example, "--previous", "missing"], b"")), 64);
    // So are files of rules.
    for (arguments, expected) in [
        (["rules", "list", "--profiles", "missing"], "missing: 无法读取：文件不存在\n"),
        (["check", example, "--packs", "missing"], "missing: 无法读取：文件不存在\n"),
        (["check", example, "--waivers", "src"], "src: 无法读取：是文件夹，不是文件\n"),
    ] {
        let output = gouji(&arguments, b"");
        assert_eq!((String::from_utf8(output.stderr).unwrap().as_str(), output.status.code()), (expected, Some(64)));
    }
    let impact = gouji(&["packs", "impact", "--after-profile", "beijing", "missing"], b"");
    assert_eq!((String::from_utf8_lossy(&impact.stderr), code(&impact)), ("gouji: missing：文件不存在\n".into(), 64));
}

#[test]
fn json_is_read_in_any_encoding_and_its_faults_name_the_field() {
    let folder = tempfile::tempdir().unwrap();
    let good = std::fs::read_to_string(root().join("examples/report.json")).unwrap();
    let wide: Vec<u8> = [0xfeff].into_iter().chain(good.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let gb = encoding_rs::GB18030.encode(&good).0.into_owned();
    let marked = ["\u{feff}", &good].concat().into_bytes();
    for (name, content) in [("wide", wide), ("gb", gb), ("marked", marked)] {
        let path = folder.path().join(format!("{name}.json"));
        std::fs::write(&path, content).unwrap();
        assert_eq!(code(&gouji(&["check", path.to_str().unwrap()], b"")), 0, "{name}");
    }
    assert_eq!(code(&gouji(&["check", "-"], good.as_bytes())), 0);
    let output = gouji(&["check", "--format", "json", "-"], br#"{"edition": "EDITION_2030"}"#);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let violation = &value["error"]["details"][1]["field_violations"][0];
    assert_eq!(violation["field"], "subject.report.edition");
    assert!(
        violation["description"].as_str().unwrap().starts_with("EDITION_2030 不是 edition 的取值，应为 EDITION_2019")
    );
}

#[test]
fn what_one_text_says_of_several_cells_is_told_once() {
    let bad = json!({ "report": {} });
    let glued = text::text(&dossier(&patched(clean("2021"), &bad)).report, text::Way::Glued);
    let shown = out(&gouji(&["extract", "-"], glued.as_bytes()));
    let remarks: Vec<&str> = shown.lines().filter(|line| line.starts_with("! ")).collect();
    // What stands behind the cells: place, text and reason.
    let told: Vec<&str> = remarks.iter().filter_map(|line| line.find(':').map(|at| &line[at..])).collect();
    let once: std::collections::BTreeSet<&&str> = told.iter().collect();
    assert!(!told.is_empty() && told.len() == once.len(), "{shown}");
}

/// What is wrong with a report that was sent beside is told with its file and what it was sent as, in both languages.
#[test]
fn what_was_sent_beside_is_named_by_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, patch: Value| {
        let report = dossier(&patched(clean("2021"), &json!({ "report": patch }))).report;
        std::fs::write(folder.path().join(name), serde_json::to_string(&super::report_to(&report)).unwrap()).unwrap();
        folder.path().join(name).display().to_string()
    };
    let own = write("own.json", json!({}));
    let last = write("last.json", json!({ "year": 2019 }));
    let part = |name: &str, body: &str, year: i32| write(name, json!({ "body": { "name": body }, "year": year }));
    let (sound, late) = (part("a.json", "青溪县财政局", 2023), part("b.json", "青溪县民政局", 2022));
    let again = part("c.json", "青溪县财政局", 2023);
    let options = ["--previous", &last, "--subordinate", &sound, "--subordinate", &late, "--subordinate", &again];
    for (language, places) in [
        ("zh", ["last.json（上一年度报告）", "b.json（第 2 份下级报告）", "c.json（第 3 份下级报告）"]),
        ("en", ["last.json (last year’s report)", "b.json (subordinate 2)", "c.json (subordinate 3)"]),
    ] {
        let told = out(&gouji(&[&["check", &own, "--lang", language][..], &options].concat(), b""));
        for place in places {
            assert!(told.contains(place), "{place}: {told}");
        }
        assert!(!told.contains("a.json"), "{told}");
    }
}

#[test]
fn a_baseline_is_found_by_the_name_of_its_file_and_where_there_is_none_that_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let example = std::fs::read(root().join("examples/report.txt")).unwrap();
    for name in ["earlier/a.txt", "earlier/b.txt", "later/a.txt", "later/c.txt"] {
        std::fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.path().join(name), &example).unwrap();
    }
    let json = gouji(&["check", &path("earlier"), "--format", "json"], b"");
    std::fs::write(path("both"), &json.stdout).unwrap();
    std::fs::write(path("one"), out(&json).lines().next().unwrap()).unwrap();
    let check = |files: &[&str], baseline: &str| {
        let files: Vec<String> = files.iter().map(|file| path(file)).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let output = gouji(&[&["check", "--baseline", &path(baseline)], &files[..]].concat(), b"");
        (out(&output).matches("仍存在").count(), String::from_utf8(output.stderr).unwrap())
    };
    let (many, none) = check(&["later/a.txt"], "both");
    assert!(many > 0 && none.is_empty(), "{many} {none}");
    let lacking = |file: &str, baseline: &str| {
        let (file, baseline) = (path(file), path(baseline));
        format!("gouji: {file}: --baseline {baseline} 中没有这份报告的检查结果，未作比较\n")
    };
    assert_eq!(check(&["later/c.txt"], "both"), (0, lacking("later/c.txt", "both")));
    // One result and one report belong together; of several the result is that of its name alone.
    assert_eq!(check(&["later/c.txt"], "one"), (many, String::new()));
    assert_eq!(check(&["later/a.txt", "later/c.txt"], "one"), (many, lacking("later/c.txt", "one")));
    std::fs::write(path("nothing"), "{}").unwrap();
    assert!(check(&["later/a.txt"], "nothing").1.contains("不是检查结果"));
}

#[test]
fn a_structured_report_is_no_text_and_its_places_are_those_of_its_document() {
    let extracted = gouji(&["extract", "examples/report.txt", "--format", "json"], b"").stdout;
    let folder = tempfile::tempdir().unwrap();
    for name in ["r.json", "r.txt"] {
        std::fs::write(folder.path().join(name), &extracted).unwrap();
    }
    let check = |name: &str| gouji(&["check", folder.path().join(name).to_str().unwrap()], b"");
    let told = out(&check("r.json"));
    assert!(told.contains("r.json（原文件第 300 行）") && !told.contains("r.json:300"), "{told}");
    let refused = check("r.txt");
    assert!(code(&refused) == 2 && String::from_utf8_lossy(&refused.stderr).contains("这是结构化的报告（JSON）"));
}
