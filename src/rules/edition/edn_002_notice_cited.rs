//! The notice that the text cites is the one in force for the year.
//!
//! A report that cites 60号 for a year from 2021 on was copied from an older one; 30号 can't be cited
//! for a year before 2021. A report that cites neither, or both, gives no ground for a finding.
//!
//! # 说明
//! 2021年度起的报告不应再以60号文为依据；2021年度以前的报告不可能以30号文为依据。两份文件都没有引用，或都引用了的，不作判断。
//!
//! # Bad
//! ```json 2021
//! { "report": { "preamble": "根据国办公开办函〔2019〕60号要求编制本报告。统计期限自2023年1月1日起至2023年12月31日止。" } }
//! ```
//! ```json 2019
//! { "report": { "preamble": "根据国办公开办函〔2021〕30号要求编制本报告。统计期限自2020年1月1日起至2020年12月31日止。" } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "preamble": "根据《中华人民共和国政府信息公开条例》编制本报告。统计期限自2023年1月1日起至2023年12月31日止。" } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::{Index, List, Passage},
    report::{Edition, Location},
    rule::{Basis, BuiltIn, NOT_LEGACY, NOTICE_30, NOTICE_60, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "EDN-002",
    title: &Text::fixed("引用的通知应为报告年度适用的通知", "The notice cited is the one in force"),
    severity: Severity::Warning,
    of_form: true,
    editions: NOT_LEGACY,
    basis: &[
        Basis::of(NOTICE_30, Edition::Unknown, "通知（发文字号、格式名称）"),
        Basis::of(NOTICE_60, Edition::Unknown, "通知（发文字号、标题）"),
    ],
    source: include_str!("edn_002_notice_cited.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let Some(in_force) = report.edition_in_force().filter(|edition| *edition != Edition::Legacy) else {
        return Ruling::not_applicable(Text::fixed("报告年度未知或没有统一格式", "no form is prescribed for the year"));
    };
    match cited(dossier.index()).as_slice() {
        [] => Ruling::not_applicable(Text::fixed("正文没有引用格式通知", "the text cites neither notice")),
        cited if cited.contains(&in_force) => Ruling::satisfied(),
        cited => Ruling::of(cited.iter().map(|cited| outdated(in_force, *cited))),
    }
}

fn cited(index: &Index) -> Vec<Edition> {
    // A number says which; the end of a title only where no number is given, beside who issued it.
    let numbered = [List::Notice60, List::Notice30]
        .into_iter()
        .any(|list| index.texts().any(|passage| passage.words(list).any(|met| met.word.ends_with('号'))));
    let names = |passage: &Passage, list: List| {
        let issuer = || !numbered && passage.text().contains("国务院办公厅");
        passage.words(list).any(|met| met.word.ends_with('号') || issuer())
    };
    let notices = [(Edition::Of2019, List::Notice60), (Edition::Of2021, List::Notice30)];
    let cited = notices.into_iter().filter(|(_, list)| index.texts().any(|passage| names(passage, *list)));
    cited.map(|(edition, _)| edition).collect()
}

fn outdated(in_force: Edition, cited: Edition) -> Violation {
    let message = Text::new(
        format!("正文引用的是{}，本年度适用的是{}", cited.instrument(), in_force.instrument()),
        format!("the text cites {}; in force is {}", cited.instrument(), in_force.instrument()),
    );
    Violation::at(Location::Preamble, message)
        .expecting(Text::same(in_force.instrument()), Text::same(cited.instrument()))
        .advising(Text::fixed("改为引用本年度适用的通知", "cite the notice in force"))
}
