//! All six sections of the form are there.
//!
//! The six sections are the contents that 条例 第五十条 asks for, in the order of the form. Where the
//! document ends in the middle of a table, the sections behind it can't be judged. In a document that
//! shows none of the six, an excerpt perhaps, or one whose headings are worded otherwise, it can't be
//! judged whether they are there.
//!
//! # 说明
//! 报告应有格式规定的六个部分（对应条例第五十条的内容）。文件在某张表中间中断的，其后的部分无法判断。文件中
//! 一个部分的标题都没有认出的，可能只是报告的一部分，无法判断是否齐全。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "6": null } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::Passage,
    report::Location,
    rule::{Basis, Bounds, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "SEC-001",
    title: &Text::fixed("六个部分应当齐全", "All six sections are there"),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    of_form: true,
    editions: NOT_LEGACY,
    awaits_completion: true,
    basis: &[Basis::of_regulation("第五十条"), Basis::of_30("附件（格式模板）"), Basis::of_60("附件（格式模板）")],
    source: include_str!("sec_001_all_present.rs"),
    ..BuiltIn::new(check)
};

/// The titles of the six sections, the same in both editions.
pub(in crate::rules) const TITLES: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    if report.shows_no_section() {
        return Ruling::undetermined(Text::fixed(
            "没有认出六个部分中任何一个的标题：可能只是报告的一部分，或标题写法与格式不同",
            "none of the six headings was found: an excerpt perhaps, or the headings are worded otherwise",
        ));
    }
    let absent = (1..=6).zip(TITLES).filter(|(number, _)| report.section(*number).is_none());
    let (cut, missing): (Vec<_>, Vec<_>) = absent.partition(|(number, _)| report.is_cut_before(*number));
    // Left out by whoever collected the text: nobody's error.
    let (left_out, missing): (Vec<_>, Vec<_>) = missing.into_iter().partition(|(number, _)| left_out(dossier, *number));
    let mut ruling = Ruling::of(missing_sections(&missing));
    ruling.undecided.extend(left_out.first().map(|(_, first)| {
        Text::new(
            format!("此处有省略标记“[...]”，无法判断是否有“{first}”"),
            format!("something was left out where “{first}” would stand: “[...]”"),
        )
    }));
    if let Some((_, first)) = cut.first() {
        ruling.undecided.push(Text::new(
            format!("文件中途中断，无法判断是否有“{first}”及其后的部分"),
            format!("the document is cut short before where “{first}” would stand"),
        ));
    }
    ruling
}

/// Whether the text before a section that isn't there ends with the mark that something was left out.
fn left_out(dossier: &Dossier, number: u8) -> bool {
    let before = |own: &&Passage| match own.location() {
        Location::Preamble => true,
        Location::Section(other) => other < number,
        _ => false,
    };
    let last = dossier.index().texts().filter(before).filter(|own| !own.text().is_empty()).last();
    last.is_some_and(|own| own.text().ends_with("[...]"))
}

/// One finding on all sections that are missing.
fn missing_sections(missing: &[(u8, &str)]) -> Option<Violation> {
    let location = match missing {
        [] => return None,
        [(number, _)] => Location::Section(*number),
        _ => Location::Section(0),
    };
    let titles = missing.iter().map(|(_, title)| format!("“{title}”")).collect::<String>();
    let message = Text::new(format!("缺少{titles}部分"), format!("missing: {titles}"));
    Some(
        Violation::at(location, message)
            .expecting(Text::same(titles.clone()), Text::fixed("没有", "nothing"))
            .advising(Text::new(format!("补充{titles}部分"), format!("add {titles}"))),
    )
}
