//! The numbers by result that the text gives are those of the table.
//!
//! The form's own words (予以公开, 部分公开, 不予公开, 无法提供, 不予处理, 其他处理) mean its rows; a joint form
//! (予以公开及部分公开) means their sum. Other words (同意公开, 信息不存在) name shares of a row: together they
//! can't exceed it, which is a warning, since the words are loose.
//!
//! # 说明
//! 正文用格式原词（予以公开、部分公开等）给出的数字应等于表三相应各行总计；合并表述的应等于各行之和。用其他词（同意公开、信息不存在等）给出的只是其中一部分，合计不应超过该行，超过的提示为警告。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "其中，不予公开9件。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "予以公开和部分公开8件。" } } } }
//! ```
use super::compare::{against, at, counted, quoted};
use crate::{
    dossier::Dossier,
    narrative::{
        Claim, Sense,
        meaning::{Meaning, meanings_of},
    },
    report::Table,
    rule::{Basis, BuiltIn, Input, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-005",
    title: &Text::fixed("正文的各类办理结果数应与表三一致", "The numbers by result agree with the table"),
    severity: Severity::Error,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_005_outcomes.rs"),
    ..BuiltIn::new(check)
};

/// The senses in the form's own words.
const SENSES: [Sense; 7] = [
    Sense::Granted,
    Sense::PartiallyGranted,
    Sense::GrantedOrPartially,
    Sense::Denied,
    Sense::Unavailable,
    Sense::NotProcessed,
    Sense::OtherOutcome,
];

fn check(dossier: &Dossier) -> Ruling {
    let mut ruling = against(dossier, Table::Applications, &SENSES, &[Claim::Counted, Claim::None]);
    for share in [Sense::ShareOfGranted, Sense::ShareOfUnavailable] {
        let whole = meanings_of(&dossier.report, share);
        ruling.violations.extend(whole.first().and_then(|whole| shares(dossier, share, whole)));
    }
    ruling
}

/// Shares of a row that together exceed it.
fn shares(dossier: &Dossier, sense: Sense, whole: &Meaning) -> Option<Violation> {
    let stated = counted(dossier, sense);
    let sum: i64 = stated.iter().map(|statement| statement.number).sum();
    let value =
        whole.value(&dossier.report.figures).filter(|_| dossier.report.figures.has_table(Table::Applications))?;
    let first = stated.first().filter(|_| sum > value)?;
    let (quote, name, section) = (quoted(dossier, first), &whole.name, first.location().named());
    let message = match stated.len() {
        1 => Text::new(
            format!("{section}写“{quote}”，多于表三{name} {value}"),
            format!("the text says “{quote}”; {name} is {value}"),
        ),
        many => Text::new(
            format!("{section}写“{quote}”等 {many} 处，合计 {sum} 件，多于表三{name} {value}"),
            format!("the text gives {sum} in {many} places, first “{quote}”; {name} is {value}"),
        ),
    };
    Some(
        at(first, message)
            .expecting(Text::new(format!("不多于 {value}"), format!("at most {value}")), Text::same(sum.to_string()))
            .about(dossier, whole.cells.iter().copied())
            .graded(Severity::Warning)
            .advising(Text::fixed("核对正文和表格", "compare the text with the table")),
    )
}
