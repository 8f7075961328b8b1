//! 总体情况 has at most 1,000 characters.
//!
//! 篇幅原则上不超过一千字 (30号 一（一）); edition 2019 sets no length. In principle: a remark up to 1,500,
//! a warning above. Counted are characters without white space.
//!
//! # 说明
//! 总体情况篇幅原则上不超过一千字（30号一（一））；超过的提示，超过一千五百字的警告。字数不计空白。2019年版没有字数要求。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "1": { "text": "（一）主动公开。（二）依申请公开。（三）政府信息管理。（四）平台建设。（五）监督保障，含工作考核、社会评议、责任追究。县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效县政府各部门依法履行政府信息公开职责稳步推进各项工作任务取得良好成效" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, OF_2021, Ruling, Severity, Violation},
    words::{Text, plain::is_shown},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-003",
    title: &Text::fixed("总体情况原则上不超过一千字", "总体情况 has at most 1,000 characters"),
    severity: Severity::Info,
    editions: OF_2021,
    basis: &[Basis::of_30("一（一）")],
    source: include_str!("con_003_length.rs"),
    ..BuiltIn::new(check)
};

/// The length in principle, and the length that somebody should look at.
const LENGTH: usize = 1_000;
const FAR_TOO_LONG: usize = 1_500;

fn check(dossier: &Dossier) -> Ruling {
    let Some(section) = dossier.report.section(1) else {
        return Ruling::not_applicable(Text::fixed("没有总体情况（见 SEC-001）", "there is no 总体情况"));
    };
    // Short enough with what isn't shown, short enough without.
    if section.text.chars().count() <= LENGTH {
        return Ruling::satisfied();
    }
    let length = section.text.chars().filter(|char| is_shown(*char)).count();
    if length <= LENGTH {
        return Ruling::satisfied();
    }
    let severity = if length > FAR_TOO_LONG { Severity::Warning } else { Severity::Info };
    let message = Text::new(
        format!("总体情况有 {length} 字，原则上不超过 {LENGTH} 字"),
        format!("总体情况 has {length} characters, {LENGTH} in principle"),
    );
    Ruling::of([Violation::at(Location::Section(1), message)
        .expecting(
            Text::new(format!("不超过 {LENGTH} 字"), format!("at most {LENGTH}")),
            Text::same(length.to_string()),
        )
        .graded(severity)
        .advising(Text::fixed("压缩篇幅，聚焦五个方面", "shorten it to the five matters"))])
}
