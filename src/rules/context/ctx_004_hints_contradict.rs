//! What the caller says of the report is what the report says.
//!
//! Hints fill what a report leaves open and overrule nothing, but for the day of publication. Where one contradicts the
//! report, the wrong document may have been sent.
//!
//! # 说明
//! 调用方在 hints 中给出的年度、单位，只用来补报告没有写明的内容。与报告所写不一致的，可能提交了错误的文件，应予核对。
//!
//! # Bad
//! ```json 2021
//! { "hints": { "year": 2022 } }
//! ```
//! ```json 2021
//! { "hints": { "body": { "name": "丰原县人民政府" } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "hints": { "year": 2023 } }
//! ```
use crate::{
    dossier::{Dossier, Misplaced, other_body},
    report::{Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CTX-004",
    title: &Text::fixed("调用方的提示应与报告一致", "What the caller says agrees with the report"),
    severity: Severity::Warning,
    bounds: Bounds::KEPT,
    of_context: true,
    inputs: &[Input::Report],
    basis: &[Basis::of("gouji 接口约定", Edition::Unknown, "hints")],
    source: include_str!("ctx_004_hints_contradict.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let (report, hints) = (&dossier.report, &dossier.hints);
    let year = hints.year.zip(report.year).filter(|(said, own)| said != own);
    let year = year.map(|(said, own)| ("year", said.to_string(), own.to_string()));
    let body = hints.body.as_ref().and_then(|said| {
        let why = other_body(&report.body, said)?;
        Some(match why {
            Misplaced::Code => ("body.code", said.code.clone(), report.body.code.clone()),
            _ => ("body.name", said.name.clone(), report.body.name.clone()),
        })
    });
    Ruling::of([year, body].into_iter().flatten().map(|(field, said, own)| {
        let message = Text::new(
            format!("调用方提示为“{said}”，报告写的是“{own}”，按报告所写检查"),
            format!("the caller says “{said}”, the report “{own}”: the report was heeded"),
        );
        let violation = Violation::at(Location::Report, message)
            .expecting(Text::same(said), Text::same(own))
            .advising(Text::fixed("核对提交的文件和提示", "check the document and the hints"));
        Violation { instance: field.to_owned(), ..violation }
    }))
}
