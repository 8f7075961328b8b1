//! Reviews and suits are in proportion to the applications.
//!
//! Reviews and suits of table four arise from applications. Ten cases and more, above three times the
//! applications new and carried in, are hardly possible; cases without any application are possible only
//! where they carry over from earlier years, so that it is a warning. Where last year's report is sent
//! and has applications or pending cases, cases without an application this year are explained by it; and where the
//! text says why (因上年申请, 作为共同被告) there is nothing to say.
//!
//! # 说明
//! 表四的复议、诉讼案件因政府信息公开申请而起。案件总数在 10 件及以上且超过本年新收与上年结转申请之和三倍的，或没有任何申请而有案件的，应予核对；案件可能由以前年度延续而来，故只作提醒。提供了上一年度报告、其中有申请或尚未审结案件的，本年没有申请而有案件不再提醒；正文已说明原因（如因上年申请、作为共同被告）的，也不提醒。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "4": { "text": "" } }, "remedies": {
//!     "reconsideration": { "upheld": 40, "corrected": 0, "other": 0, "pending": 15, "total": 55 } } } }
//! ```
//! ```json 2019
//! { "report": { "sections": { "4": { "text": "" } }, "remedies": {
//!     "direct_litigation": { "upheld": 40, "corrected": 0, "other": 0, "pending": 0, "total": 40 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "4": { "text": "" } }, "remedies": {
//!     "reconsideration": { "upheld": 9, "corrected": 0, "other": 0, "pending": 15, "total": 24 } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::List,
    report::{AnnualReport, Cell, Location, Row, Table},
    rule::{Basis, BuiltIn, Input, Ruling, Severity, Violation},
    rules::years::last_year,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "REG-007",
    title: &Text::fixed("复议、诉讼案件应与申请数量相称", "Reviews and suits are in proportion to the applications"),
    severity: Severity::Warning,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("附件 三、四"), Basis::of_60("附件 三、四")],
    source: include_str!("reg_007_cases_and_applications.rs"),
    ..BuiltIn::new(check)
};

/// Fewer cases are never far above the applications.
const FEW: i64 = 10;
/// How many times the applications are far above them.
const FAR_ABOVE: i64 = 3;

const APPLICATIONS: [Cell; 2] = [Row::Received.nth(6), Row::CarriedOver.nth(6)];
const CASES: [Cell; 3] =
    [Row::Reconsideration.nth(4), Row::DirectLitigation.nth(4), Row::LitigationAfterReconsideration.nth(4)];
const PENDING: [Cell; 3] =
    [Row::Reconsideration.nth(3), Row::DirectLitigation.nth(3), Row::LitigationAfterReconsideration.nth(3)];

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    if [Table::Applications, Table::Remedies].iter().any(|table| !report.figures.has_table(*table)) {
        return Ruling::not_applicable(Text::fixed("表三、表四不全", "tables three and four are not both there"));
    }
    let Some(applications) = sum_if_known(report, &APPLICATIONS) else {
        return Ruling::undetermined(Text::fixed(
            "本年新收或上年结转的总计空白或未能读出",
            "the totals of 一 or 二 are blank or could not be read",
        ))
        .lacking(APPLICATIONS.map(Cell::row));
    };
    let cases = CASES.iter().filter_map(|cell| report.figures.count(*cell).known()).sum::<i64>();
    let far_above = cases >= FEW && cases > FAR_ABOVE * applications;
    let from_nothing = applications == 0 && cases > 0 && !explained_by_last_year(dossier);
    let told = dossier.index().has(List::CasesExplained);
    let violated = !told && if applications == 0 { from_nothing } else { far_above };
    Ruling::of(violated.then(|| out_of_proportion(dossier, cases, applications)))
}

fn sum_if_known(report: &AnnualReport, cells: &[Cell]) -> Option<i64> {
    cells.iter().map(|cell| report.figures.count(*cell).known()).sum()
}

/// Whether last year's report has applications or pending cases from which this year's cases can come.
fn explained_by_last_year(dossier: &Dossier) -> bool {
    let some = |report: &AnnualReport, cells: &[Cell]| {
        cells.iter().any(|cell| report.figures.count(*cell).known().is_some_and(|count| count > 0))
    };
    last_year(dossier).is_ok_and(|previous| some(previous, &APPLICATIONS) || some(previous, &PENDING))
}

fn out_of_proportion(dossier: &Dossier, cases: i64, applications: i64) -> Violation {
    let message = Text::new(
        format!("表四复议、诉讼共 {cases} 件，而表三新收和上年结转的申请共 {applications} 件"),
        format!("{cases} reviews and suits, for {applications} applications new and carried in"),
    );
    Violation::at(Location::Table(Table::Remedies), message)
        .expecting(
            Text::fixed("案件数与申请数相称", "cases in proportion to the applications"),
            Text::new(format!("{cases} 件"), cases.to_string()),
        )
        .about(dossier, CASES.into_iter().chain(APPLICATIONS))
        .advising(Text::fixed(
            "核对表四是否计入与政府信息公开无关的案件，共同被告案件是否由原行为主体计算（30号一（四））；由以前年度申请而来的，可在正文说明",
            "check whether cases of another kind, or of a joint defendant (30号 一（四）), were counted; if earlier years explain them, say so in the text",
        ))
}
