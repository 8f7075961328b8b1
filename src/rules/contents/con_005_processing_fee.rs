//! Section six reports on 信息处理费.
//!
//! 30号 一（六）: 收取信息处理费的情况，在此处专门报告, also when nothing was charged; a bare 无 leaves it open.
//! Edition 2019 has no such requirement.
//!
//! # 说明
//! 2021年版要求在第六部分专门报告收取信息处理费的情况（30号一（六）），没有收取的也应写明，只写“无”不够。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "6": { "text": "无。" } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "sections": { "6": { "text": "2023年，无收取信息处理费情况。" } } } }
//! ```
use super::charges::charges;
use crate::{
    dossier::Dossier,
    report::{Edition, Location},
    rule::{Basis, BuiltIn, OF_2021, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-005",
    title: &Text::fixed("第六部分应报告信息处理费", "Section six reports on 信息处理费"),
    severity: Severity::Warning,
    editions: OF_2021,
    awaits_completion: true,
    basis: &[
        Basis::of_30("一（六）、附件 六"),
        Basis::of("国办函〔2020〕109号", Edition::Of2021, "《政府信息公开信息处理费管理办法》"),
    ],
    source: include_str!("con_005_processing_fee.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let Some(section) = dossier.index().section(6) else {
        return Ruling::not_applicable(Text::fixed(
            "第六部分没有内容（见 SEC-001、SEC-005）",
            "there is no section six",
        ));
    };
    if charges(dossier.index()).is_some() || section.gaps() > 0 {
        return Ruling::satisfied();
    }
    let quote: String = section.text().chars().take(30).collect();
    let message = Text::new(
        format!("第六部分“{quote}”没有报告信息处理费收取情况"),
        format!("section six (“{quote}”) says nothing of 信息处理费"),
    );
    Ruling::of([Violation::at(Location::Section(6), message)
        .expecting(Text::fixed("信息处理费收取情况", "what was charged"), Text::same(quote))
        .advising(Text::fixed(
            "写明收取信息处理费的件数和金额；没有收取的，写明“未收取信息处理费”",
            "say how much was charged, or that nothing was",
        ))])
}
