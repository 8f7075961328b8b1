//! No number is left blank in the text.
//!
//! __件 or XX件 is what the template had where a number belongs.
//!
//! # 说明
//! 正文中不应有“__件”“XX件”之类没有填写的数字（模板残留）。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "全年共收到政府信息公开申请__件。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "3": { "text": "全年答复申请XX件。" } } } }
//! ```
use super::compare::{at, counted, quoted};
use crate::{
    dossier::Dossier,
    narrative::Sense,
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-017",
    title: &Text::fixed("正文不应有漏填的数字", "No number is left blank in the text"),
    severity: Severity::Error,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("格式（试行）一")],
    source: include_str!("nar_017_number_left_blank.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    Ruling::of(counted(dossier, Sense::Unfilled).into_iter().map(|statement| {
        let quote = quoted(dossier, statement);
        let message = Text::new(
            format!("{}“{quote}”处的数字没有填写", statement.location().named()),
            format!("a number is missing in “{quote}”"),
        );
        at(statement, message)
            .expecting(Text::fixed("数字", "a number"), Text::same(quote))
            .advising(Text::fixed("填写数字", "fill in the number"))
    }))
}
