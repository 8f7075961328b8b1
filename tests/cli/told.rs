//! What people are told, problem by problem: each line of a table is a report with one fault, and the words that belong there.

use gouji::{
    render::Terminal,
    rules,
    words::{Language, Text},
};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::common::{COLUMNS, assess, clean, dossier, patched};

/// What is printed of the clean report of 2021 with these changes, in 80 columns.
fn printed(patch: &Value) -> String {
    let dossier = dossier(&patched(clean("2021"), patch));
    let terminal = Terminal { language: Language::Zh, colour: false, width: 80 };
    terminal.assessment("甲.txt", &dossier.report, &assess(&dossier))
}

/// A report with one section's text in place of its own.
fn section(number: &str, text: &str) -> Value {
    json!({ "report": { "sections": { number: { "text": text } } } })
}

/// The clean report's first section with one more sentence.
fn saying(sentence: &str) -> Value {
    let clean = clean("2021");
    let text = clean["report"]["sections"]["1"]["text"].as_str().unwrap();
    section("1", &text.replace("依法答复申请人。", &format!("依法答复申请人。{sentence}")))
}

fn applications(fields: Value) -> Value {
    json!({ "report": { "applications": fields } })
}

const REMEDIES: [&str; 3] = ["reconsideration", "direct_litigation", "litigation_after_reconsideration"];

/// The clean report with rows of 表四 or 表二 that could not be read.
fn unread(rows: &[&str], printed: impl Fn(usize) -> String, kind: &str) -> Value {
    let names = ["upheld", "corrected", "other", "pending", "total"];
    let (mut fields, mut defects) = (serde_json::Map::new(), Vec::new());
    let (table, names) = match REMEDIES.contains(&rows[0]) {
        true => ("remedies", &names[..]),
        false => ("disclosure_2021", &["decisions"][..]),
    };
    for (at, row) in rows.iter().enumerate() {
        let blank: serde_json::Map<_, _> = names.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
        fields.insert((*row).to_owned(), blank.into());
        let paths = match kind {
            "MISALIGNED" | "NO_SPLIT" => vec![format!("{table}.{row}")],
            _ => names.iter().map(|name| format!("{table}.{row}.{name}")).collect(),
        };
        let kind = format!("DEFECT_KIND_{kind}");
        defects.extend(paths.iter().map(|path| json!({ "path": path, "printed": printed(at), "kind": kind })));
    }
    json!({ "report": { table: fields, "defects": defects } })
}

#[test]
fn each_fault_is_told_in_plain_words() {
    let mut last_year = clean("2021")["report"].clone();
    last_year["year"] = json!(2022);
    let blanks = COLUMNS.map(|column| (column.to_owned(), Value::Null));
    let blank_row: Value = blanks.into_iter().collect::<serde_json::Map<_, _>>().into();
    let blank = json!({ "outcomes": { "granted": blank_row.clone(), "partially_granted": blank_row } });
    let fee = json!({ "report": { "disclosure_2021": { "fees": { "amount": "412360000" } } } });
    let cases: Vec<(&str, Value, &[&str], &[&str])> = vec![
        (
            "one cause of two relations, the cell first, counted once",
            applications(json!({ "outcomes": { "granted": { "natural_person": 6 } } })),
            &[
                "问题一 错误 TAL-002、TAL-003  表三 · （一）予以公开 · 自然人：6 应为 5\n",
                "只改这 1 处，下列 2 条关系即全部成立；与一次笔误相符",
                "    自然人 6 ＋ 商业企业 1 ≠ 总计 6 （其余为 0） （相差 1）\n",
                "  问题 1 个（错误 2 处）。有 2 处错误，改正后重新检查\n",
            ],
            &["问题二", "改动 1 处"],
        ),
        (
            "one printed line that stands for three rows",
            unread(&REMEDIES, |_| "309 17 88 26".into(), "MISALIGNED"),
            &[
                "问题一 提示 TAB-015  单元格应能确定地读出（3 处）\n",
                "  表四 · 行政复议、行政诉讼 未经复议直接起诉、行政诉讼 复议后起诉：\n  原文“309 17 88 26”，该行的单元格数",
            ],
            &["问题二"],
        ),
        (
            "rows of a table that could not be read for one reason, each with what stands there",
            unread(&["permits", "penalties"], |at| format!("45{at}0"), "AMBIGUOUS"),
            &[
                "单元格应能确定地读出（2 处）\n",
                "  表二 · 行政许可 · 本年处理决定数量：原文“4500”，数字连写",
                "  表二 · 行政处罚 · 本年处理决定数量：原文“4510”，数字连写",
            ],
            &["问题二"],
        ),
        (
            "rows of different tables, which are two problems",
            {
                let other = unread(&["permits"], |_| "若干".into(), "TEXT");
                let mut both = unread(&REMEDIES[..2], |_| "12".into(), "NO_SPLIT");
                both["report"]["disclosure_2021"] = other["report"]["disclosure_2021"].clone();
                let more = other["report"]["defects"].as_array().unwrap().clone();
                both["report"]["defects"].as_array_mut().unwrap().extend(more);
                both
            },
            &["问题一 提示 TAB-015", "问题二 提示 TAB-015", "表四 · 行政复议、行政诉讼 未经复议直接起诉：原文“12”"],
            &["问题三"],
        ),
        (
            "two cells, which are not one slip",
            applications(json!({ "outcomes": { "total": { "natural_person": 14, "total": 18 } } })),
            &[
                "表三数字不能勾稽\n",
                "  应改  表三 · 三（七）总计 · 自然人：14 应为 13\n    并改  ",
                "改这 2 处，下列 4 条关系",
            ],
            &["笔误"],
        ),
        (
            "alternatives under the problem that they solve",
            json!({ "report": { "remedies": { "reconsideration": { "total": 3 } } } }),
            &["TAL-005", "改法甲  ", "改法乙  ", "，下列改法任一种即可"],
            &["问题二"],
        ),
        (
            "text and table",
            saying("全年共办结政府信息公开申请16件。"),
            &["总体情况写“全年共办结政府信息公开申请16件”，表三（七）总计为 17，\n  两处不一致（", "也不一致）"],
            &["而 17", "表中", "应为"],
        ),
        (
            "a percentage, by its words",
            saying("全年新收申请16件，其中自然人12件，占80%。"),
            &["警告 NAR-014", "总体情况写“自然人12件”占 80%：12 占 16 应为 75%"],
            &["：80%。"],
        ),
        (
            "rounding in the last digit",
            saying("全年新收申请16件，其中自然人12件，占75.1%。"),
            &["提示 NAR-014", "应为 75.0%", "（提示 1 处）"],
            &["警告"],
        ),
        (
            "blanks, in one problem, with what would settle the verdict",
            applications(blank),
            &["单元格不应空白（14 处）", "（一）予以公开：全行\n", "14 个单元格空白，填写后（没有的填 0）即可判断"],
            &["问题二"],
        ),
        (
            "last year's figures, and what they lead to",
            json!({ "previous": last_year }),
            &[
                "表三 · 二、上年结转政府信息公开申请数量：自然人、总计\n  应为  1\n  实为  2\n",
                "表二 · 行政规范性文件 · 现行有效件数应为 45（41＋6－2），实为 41\n",
                "相同的段落有：“2023年，",
            ],
            &["“根据《", "41 + 6"],
        ),
        ("an amount in 元", fee, &["疑为以元填写", "应为  以万元为单位的数字"], &["TAB-010", "实为  以万元"]),
        (
            "section five is empty in other words",
            section("5", "问题：无。改进：无。"),
            &["CON-010", "第五部分只写了“无”", "第五十条第（四）项"],
            &["第5部分"],
        ),
        (
            "what was sent beside is counted apart, and leaves the verdict open",
            json!({ "previous": { "year": 2023, "body": { "name": "青溪县人民政府" } } }),
            &[
                "作为上一年度报告提交的是2023年度报告，不是2022年度的，没有作比较",
                "无法判断 · 青溪县人民政府",
                "随附材料有误 1 处）。一并提交的材料有误，更换后重新检查",
            ],
            &["错误 1 处"],
        ),
        (
            "a report that doesn't say whose it is",
            json!({ "report": { "body": { "name": "" } } }),
            &["看不出本报告的单位", "在报告中写明单位，或在提交时另行说明"],
            &["hints", "AnnualReport", "gouji"],
        ),
        (
            "quotations are whole clauses",
            saying("深入实施公开战略，，推进政务公开平台建设。"),
            &["“深入实施公开战略，，推进政务公开平台建设”中的“，，”有误"],
            &[],
        ),
        (
            "a section that was put in is one finding",
            json!({ "report": { "sections": { "5": { "heading": "五、问题" } } } }),
            &["SEC-003", "标题“五、问题”与格式规定的“五、存在的主要问题及改进情况”不一致", "问题 1 个（警告 1 处）"],
            &[],
        ),
        (
            "a section may stand where something was left out",
            json!({ "report": { "sections": { "5": { "text": "问题：答复不够及时。改进：加强培训。[...]" }, "6": null } } }),
            &["SEC-001  此处有省略标记“[...]”，无法判断是否有“六、其他需要报告的事项”"],
            &["缺少"],
        ),
        (
            "a sentence in a document without lines is told by its paragraph",
            section(
                "1",
                "2023年平稳有序。全年新收申请18件。\n\n主动公开、信息管理、平台、考核。\n新收申请19件。新收申请20件。",
            ),
            &["错误 NAR-001", "18件”", "（第1段）", "19件”", "20件”", "（第3段）"],
            &["甲.txt 第一部分", "句）"],
        ),
        (
            "what the title says isn't said again",
            section("5", "问题：答复不够及时。"),
            &["第五部分应写明问题和改进情况\n", "  第五部分没有写到改进情况\n  依据"],
            &["应为  ", "实为"],
        ),
        (
            "rows that aren't there are no blanks",
            applications(json!({ "outcomes": { "other": {
                "subtotal": clean("2021")["report"]["applications"]["outcomes"]["granted"],
                "not_corrected": null, "fee_unpaid": null, "other": null } } })),
            &["TAB-005", "  TAL-004  表三缺少 3 行（见 TAB-005），有 7 处无法核对\n"],
            &["空白"],
        ),
        (
            "a verdict that fits on no line stands below the name",
            json!({ "report": { "body": { "name": "青溪县综合实验区综合行政执法与应急管理局" } } }),
            &["甲.txt: ", "\n  青溪县综合实验区综合行政执法与应急管理局 · 2023 · 2021年版格式（30号）\n"],
            &["合规 · 青溪县综合"],
        ),
        (
            "a text whose place in a document nobody knows names its part",
            section("5", "问题：无。改进：无。"),
            &["第五部分只写了"],
            &["\n  第五部分\n"],
        ),
        (
            "a quotation holds no mark whose counterpart was cut off",
            saying("全年收到政府信息公开申请16件，9件属于“本机关不掌握相关政府信息”。"),
            &["写“9件属于本机关不掌握”，多于表三（四）无法提供之和"],
            &["‘本机关"],
        ),
        (
            "words with marks of their own",
            saying("重点围绕“六稳”“大保”工作。"),
            &["围绕‘六稳’‘大保’工作”", "中的“大保”应为“六保”", "改为“六保”"],
            &["““", "””", "“‘六保"],
        ),
        (
            "nothing is wrong",
            json!({}),
            &["合规 · 青溪县人民政府 · 2023", "问题 0 个。没有发现错误，各项规则均已判断"],
            &[],
        ),
    ];
    for (name, patch, there, absent) in cases {
        let told = printed(&patch);
        for words in there {
            assert!(told.contains(words), "{name}: {words} is not in\n{told}");
        }
        for words in absent {
            assert!(!told.contains(words), "{name}: {words} is in\n{told}");
        }
        assert!(told.lines().all(|line| line.width() <= 80), "{name}: wider than 80\n{told}");
    }
}

/// Letters that a clerk writes too: codes of rules (`TAL-001`), their families, places of the sample addresses, formats.
const LATIN: [&str; 21] = [
    "", "AGG", "AMT", "CON", "CTX", "EDN", "NAR", "PUB", "REG", "SEC", "TAB", "TAL", "TXT", "YOY", "DOCX", "XLSX",
    "HTML", "PDF", "gov", "cn", "xls",
];

/// A text without what it quotes of the report.
fn without_quotations(text: &str) -> String {
    let mut depth = 0;
    let own = text.chars().filter(|char| {
        depth += i32::from(*char == '“');
        let outside = depth == 0;
        depth -= i32::from(*char == '”');
        outside
    });
    own.collect()
}

/// What a rule's documentation says in words: without its headings and examples.
fn chinese_prose(documentation: &str) -> String {
    documentation.split("\n# ").next().unwrap_or_default().to_owned()
}

/// Over all rules and their own examples: no word that a clerk would not use, no English, no doubled quotation marks, parts of
/// the report as the report numbers them.
#[test]
fn no_rule_speaks_to_people_in_words_that_are_not_theirs() {
    let forbidden = [
        "照读",
        "声明",
        "非负小数",
        "旧式结构",
        "审计人员",
        "改动 1 处",
        "““",
        "””",
        "第1部分",
        "第4部分",
        "30号通知",
        "第五十条第四项",
        "finding",
        "hints",
        "JSON",
        "supp”",
    ];
    let mut wrong = Vec::new();
    let mut hold = |code: &str, text: &Text, ours: bool| {
        wrong.extend(
            forbidden.iter().filter(|word| text.zh.contains(**word)).map(|word| format!("{code} {word}: {}", text.zh)),
        );
        let own = without_quotations(&text.zh);
        let mut words = own.split(|char: char| !char.is_ascii_alphanumeric());
        let latin = words.find(|word| !LATIN.contains(word) && !word.contains(|char: char| char.is_ascii_digit()));
        wrong.extend(latin.filter(|_| ours).map(|word| format!("{code} {word}: {}", text.zh)));
        let marks = [text.zh.matches('“').count(), text.zh.matches('”').count()];
        wrong.extend((marks[0] != marks[1]).then(|| format!("{code} a quotation is open: {}", text.zh)));
    };
    for rule in &rules::all() {
        hold(&rule.code, &rule.title, true);
        hold(&rule.code, &Text::same(chinese_prose(&rule.documentation(Language::Zh))), true);
        for example in rule.examples() {
            let edition = if example.edition.is_empty() { "2021" } else { example.edition.as_str() };
            let patch = serde_json::from_str(&example.patch).unwrap();
            let assessment = assess(&dossier(&patched(clean(edition), &patch)));
            for finding in &assessment.findings {
                // What is there is the report's own.
                hold(&finding.code, &finding.actual, false);
                let ours = [&finding.message, &finding.advice, &finding.expected, &finding.title];
                ours.into_iter().for_each(|text| hold(&finding.code, text, true));
            }
            for ruling in &assessment.rulings {
                ruling.reasons.iter().for_each(|(_, reason)| hold(&ruling.code, reason, true));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No Chinese in English but the form's own words, the report's and the law's.
#[test]
fn what_is_compared_is_told_in_english_too() {
    let glued = json!({ "report": { "disclosure_2021": { "normative_documents": { "issued": null } }, "defects": [{
        "path": "disclosure_2021.normative_documents.issued", "printed": "24", "kind": "DEFECT_KIND_AMBIGUOUS", "candidates": ["2", "24"] }] } });
    let denied = saying("对36件申请不予公开。");
    for (patch, said) in [(glued, "本年制发件数 may be 2 / 24"), (denied, "in the table the sum of （三）不予公开 is ")]
    {
        let dossier = dossier(&patched(clean("2021"), &patch));
        let terminal = Terminal { language: Language::En, colour: false, width: 300 };
        let told = terminal.assessment("x.txt", &dossier.report, &assess(&dossier));
        assert!(told.contains(said) && !told.contains("可能为") && !told.contains("之和为"), "{told}");
    }
}
