//! Last year's problems are taken up again as improvements.
//!
//! 30号 一（五） asks that measures have effect: who named problems last year is expected to say this year what became of
//! them. Where last year's section five names two problems or more, and this year's section five shares no run of
//! two characters with any of them beside words that every report has, it says nothing of them: a hint.
//!
//! # 说明
//! 改进举措要有实效性（30号一（五），2021年度起）。上一年度第五部分列出两个及以上问题，而本年度第五部分没有提到其中任何一个的，提示说明上一年度问题的改进情况。比较时略去各报告通用的词语。
//!
//! # Bad
//! ```json 2021
//! { "previous": { "sections": { "5": { "text": "存在的主要问题：一是基层栏目内容偏少；二是网站检索功能不便；三是年轻干部业务生疏。改进情况：一是编制清单；二是优化检索；三是开展轮训。" } } },
//!   "report": { "sections": { "5": { "text": "存在的主要问题：一是政策图解数量不多；二是档案移交迟缓。改进情况：一是增加图解；二是按季移交档案。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "previous": { "sections": { "5": { "text": "存在的主要问题：一是基层栏目内容偏少；二是网站检索功能不便；三是年轻干部业务生疏。改进情况：一是编制清单；二是优化检索；三是开展轮训。" } } },
//!   "report": { "sections": { "5": { "text": "存在的主要问题：一是政策图解数量不多；二是档案移交迟缓。改进情况：针对上年网站检索功能不便的问题，改版了检索页面；按季移交档案。" } } } }
//! ```
use std::collections::BTreeSet;

use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity, Violation},
    rules::years::last_year,
    words::{Text, plain},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-011",
    title: &Text::fixed("应说明上一年度问题的改进情况", "Last year's problems are taken up again"),
    severity: Severity::Info,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("一（五）")],
    source: include_str!("con_011_problems_taken_up.rs"),
    ..BuiltIn::new(check)
};

/// Words that every report has: they show nothing.
const COMMON: [&str; 20] = [
    "政府信息公开",
    "信息公开",
    "公开工作",
    "主动公开",
    "依申请",
    "存在",
    "主要",
    "问题",
    "改进",
    "情况",
    "不够",
    "有待",
    "进一步",
    "提升",
    "加强",
    "工作人员",
    "公开",
    "信息",
    "工作",
    "政府",
];
/// So many characters in a row show that both speak of the same.
const RUN: usize = 2;
/// The most problems that are looked at.
const MOST: usize = 20;

fn check(dossier: &Dossier) -> Ruling {
    let previous = match last_year(dossier) {
        Ok(previous) => previous,
        Err(why) => return Ruling::not_applicable(why),
    };
    let (Some(now), Some(then)) = (dossier.report.section(5), previous.section(5)) else {
        return Ruling::not_applicable(Text::fixed("没有第五部分可供比较", "there is no section five to compare"));
    };
    let problems = problems(&then.text);
    if problems.len() < 2 || dossier.index().section(5).is_none_or(|section| section.gaps() > 0) {
        return Ruling::not_applicable(Text::fixed("上一年度没有分列问题", "last year's problems are not listed"));
    }
    let own = runs(&now.text);
    if problems.iter().any(|problem| !runs(problem).is_disjoint(&own)) {
        return Ruling::satisfied();
    }
    let count = problems.len();
    let message = Text::new(
        format!("上一年度列出 {count} 个问题，本年度第五部分没有提到其中任何一个"),
        format!("last year named {count} problems; this year's section five speaks of none of them"),
    );
    let first: String = problems.first().map(|problem| problem.chars().take(30).collect()).unwrap_or_default();
    Ruling::of([Violation::at(Location::Section(5), message)
        .expecting(Text::fixed("上一年度问题的改进情况", "what became of last year's problems"), Text::same(first))
        .advising(Text::fixed("写明上一年度问题改进得怎样", "say what became of last year's problems"))])
}

/// The problems that a section lists before its improvements: 一是…；二是….
fn problems(section: &str) -> Vec<String> {
    let before = ["改进情况", "改进措施", "下一步"].iter().filter_map(|word| section.find(word)).min();
    let listed = &section[..before.unwrap_or(section.len())];
    let items = listed.split("是").skip(1).map(|item| item.split(['；', '。', ';']).next().unwrap_or_default());
    items.filter(|item| item.chars().count() > 4).take(MOST).map(str::to_owned).collect()
}

/// The runs of characters of a text, without the words that every report has.
fn runs(text: &str) -> BTreeSet<String> {
    let mut plain = plain(text);
    COMMON.iter().for_each(|word| plain = plain.replace(word, "\n"));
    let parts = plain.lines().flat_map(|line| {
        let chars: Vec<char> = line.chars().collect();
        chars.windows(RUN).map(|run| run.iter().collect::<String>()).collect::<Vec<_>>()
    });
    parts.collect()
}
