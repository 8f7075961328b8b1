//! “All upheld” and “all closed” agree with the table.
//!
//! 均获维持 means that 结果纠正 is 0; 均已办结 that nothing was carried on. Where the text itself gives a
//! number carried on, 均 is about the others.
//!
//! # 说明
//! 正文说复议、诉讼“均获维持”的，结果纠正应为 0；说申请“均已办结”的，结转下年度应为 0（正文另外说明结转件数的除外）。
//!
//! # Bad
//! ```json 2021
//! { "report": {
//!     "sections": { "4": { "text": "2023年，因政府信息公开工作被申请行政复议2件，被提起行政诉讼1件，均获维持。" } },
//!     "remedies": { "reconsideration": { "upheld": 0, "corrected": 1 } } } }
//! ```
use super::compare::{at, counted};
use crate::{
    dossier::Dossier,
    narrative::{Claim, Sense, Statement, meaning::meanings},
    report::Cell,
    rule::{Basis, BuiltIn, Input, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-011",
    title: &Text::fixed("“均获维持”“均已办结”应与表格一致", "“All upheld” and “all closed” agree with the table"),
    severity: Severity::Warning,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_011_all_of_them.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let claims = dossier.statements().iter().filter(|it| it.claim == Claim::All);
    let mut claims = claims.peekable();
    if claims.peek().is_none() {
        return Ruling::not_applicable(Text::fixed("正文没有这样的表述", "the text says no such thing"));
    }
    Ruling::of(claims.filter_map(|claim| judge(dossier, claim)))
}

fn judge(dossier: &Dossier, claim: &Statement) -> Option<Violation> {
    if claim.sense == Sense::Closed && !counted(dossier, Sense::CarriedForward).is_empty() {
        return None;
    }
    let cells: Vec<Cell> = meanings(&dossier.report, claim).into_iter().flat_map(|own| own.cells).collect();
    let figures = &dossier.report.figures;
    let found: i64 = cells.iter().filter_map(|cell| figures.count(*cell).known()).sum();
    let first = cells.iter().find(|_| found > 0)?;
    let place_in_form = first.printed();
    let message = Text::new(
        format!("{}写“{}”，而{place_in_form}为 {found}", claim.location().named(), claim.quote),
        format!("the text says “{}”, but {place_in_form} is {found}", claim.quote),
    );
    Some(
        at(claim, message)
            .expecting(Text::same("0"), Text::same(found.to_string()))
            .about(dossier, cells)
            .advising(Text::fixed("核对正文和表格", "compare the text with the table")),
    )
}
