//! No characters are doubled or dropped.
//!
//! 的的, 信息信息 and the like were typed twice; 政府信公开 lost a character. Only doublings that no sentence
//! can hold are looked for.
//!
//! # 说明
//! 重复的字词（如“的的”“信息信息”）和漏字（如“政府信公开”）。只查任何句子中都不可能正确的情形。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "重大政策的的出台及时公开。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{around, texts},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-007",
    title: &Text::fixed("不应有重字、漏字", "No characters doubled or dropped"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_regulation("第五十条"), Basis::of_30("三（四）（内容准确）")],
    source: include_str!("txt_007_doubled_or_dropped.rs"),
    ..BuiltIn::new(check)
};

/// What was typed twice or lost a character, and what is meant.
const SLIPS: [(&str, &str); 17] = [
    ("的的", "的"),
    ("了了", "了"),
    ("和和", "和"),
    ("信息信息", "信息"),
    ("公开公开", "公开"),
    ("申请申请", "申请"),
    ("情况情况", "情况"),
    ("进一步进一步", "进一步"),
    ("政府信公开", "政府信息公开"),
    ("政府息公开", "政府信息公开"),
    ("信息公工作", "信息公开工作"),
    ("依申公开", "依申请公开"),
    ("公共企事业单信息", "公共企事业单位信息"),
    ("行政复诉讼", "行政复议、行政诉讼"),
    ("受理渠。", "受理渠道。"),
    ("规范性件", "规范性文件"),
    ("年报告度", "年度报告"),
];

fn check(dossier: &Dossier) -> Ruling {
    let found = texts(&dossier.report).flat_map(|(place, text)| {
        let met = SLIPS.iter().filter_map(move |(wrong, right)| Some((text.find(wrong)?, *wrong, *right)));
        let met = met.filter(move |(at, wrong, _)| !is_idiom(text, *at, wrong));
        let slips = met.map(move |(at, wrong, right)| (at, wrong.to_owned(), right));
        slips
            .chain(doubled(text))
            .map(move |(at, wrong, right)| violation(place, around(text, at, at + wrong.len()), right))
    });
    Ruling::of(found)
}

/// Words of an office that nobody writes twice, one behind the other.
const WORDS: [&str; 40] = [
    "问题", "工作", "审核", "服务", "建设", "加强", "提升", "完善", "推进", "开展", "落实", "部门", "单位", "群众",
    "制度", "机制", "平台", "内容", "方面", "要求", "依法", "及时", "主动", "重点", "领域", "政策", "解读", "回应",
    "监督", "保障", "培训", "考核", "规范", "办理", "答复", "受理", "发布", "公众", "渠道", "程序",
];

/// A word of [`WORDS`] that stands twice.
fn doubled(text: &str) -> impl Iterator<Item = (usize, String, &'static str)> {
    let met = WORDS.iter().filter_map(|word| {
        let twice = word.repeat(2);
        let at = text.find(&twice)?;
        let behind = &text[at + twice.len()..];
        // 工作工作人员: the second begins another word.
        let other = behind.starts_with(['人', '组', '者', '员', '化', '性', '栏', '室', '处', '科', '台', '率', '量']);
        (!other).then_some((at, twice, *word))
    });
    met.collect::<Vec<_>>().into_iter()
}

/// 目的的…, 为了了解: there the characters belong to two words.
fn is_idiom(text: &str, at: usize, wrong: &str) -> bool {
    let (before, behind) = (&text[..at], &text[at + wrong.len()..]);
    match wrong {
        "的的" => before.ends_with('目') || before.ends_with('标') || behind.starts_with(['确', '士']),
        "了了" => behind.starts_with('解') || before.ends_with('不'),
        "和和" => behind.starts_with(['谐', '平']),
        "公开公开" | "信息信息" | "申请申请" => behind.starts_with(['栏', '化', '人', '量']),
        _ => false,
    }
}

fn violation(place: Location, quote: String, right: &str) -> Violation {
    let message = Text::new(format!("“{quote}”有重字或漏字，应为“{right}”"), format!("“{quote}”: “{right}” is meant"));
    Violation::at(place, message)
        .expecting(Text::same(right), Text::same(quote))
        .advising(Text::fixed("改正文字", "correct it"))
}
