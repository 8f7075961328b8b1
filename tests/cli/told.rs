//! What people are told, problem by problem: each line of a table is a report with one fault, and the words that belong there.

use gouji::{
    render::Terminal,
    rules,
    words::{Language, Text},
};
use serde_json::{Value, json};

use crate::common::{assess, clean, dossier, patched};

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

#[test]
fn each_fault_is_told_in_plain_words() {
    let mut last_year = clean("2021")["report"].clone();
    last_year["year"] = json!(2022);
    let blank_row: Value = [
        "natural_person",
        "business",
        "research_institution",
        "public_welfare_organization",
        "legal_service_organization",
        "other_organization",
        "total",
    ]
    .into_iter()
    .map(|column| (column.to_owned(), Value::Null))
    .collect::<serde_json::Map<_, _>>()
    .into();
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
    }
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
    let mut hold = |code: &str, text: &Text| {
        wrong.extend(
            forbidden.iter().filter(|word| text.zh.contains(**word)).map(|word| format!("{code} {word}: {}", text.zh)),
        );
        // What is quoted of the report is its own.
        let own = !text.zh.contains('“') && !text.zh.contains("://") && !text.zh.contains('&');
        let latin = text.zh.split(|char: char| !char.is_ascii_alphabetic()).find(|word| word.len() > 3);
        wrong.extend(latin.filter(|_| own).map(|word| format!("{code} {word}: {}", text.zh)));
    };
    for rule in &rules::all() {
        hold(&rule.code, &rule.title);
        for example in rule.examples() {
            let edition = if example.edition.is_empty() { "2021" } else { example.edition.as_str() };
            let patch = serde_json::from_str(&example.patch).unwrap();
            let assessment = assess(&dossier(&patched(clean(edition), &patch)));
            for finding in &assessment.findings {
                [&finding.message, &finding.advice, &finding.expected, &finding.actual, &finding.title]
                    .into_iter()
                    .for_each(|text| hold(&finding.code, text));
            }
            for ruling in &assessment.rulings {
                ruling.reasons.iter().for_each(|(_, reason)| hold(&ruling.code, reason));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
