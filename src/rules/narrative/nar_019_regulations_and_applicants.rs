//! The numbers of 规章, and of applicants by kind, are those of the tables.
//!
//! 商业企业 and the other kinds of 法人或其他组织 are columns of 表三, for those received; 规章 stands in 表二 of edition
//! 2021 with what was issued, repealed and is in force.
//!
//! # 说明
//! 正文所说规章件数应与表二一致，商业企业、科研机构等各类申请人的申请数应与表三本年新收一致。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "政府信息公开申请中，商业企业申请9件。" } } } }
//! ```
use super::compare::{against, together};
use crate::{
    dossier::Dossier,
    narrative::{Claim, Sense},
    report::Table,
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-019",
    title: &Text::fixed("正文的规章数和各类申请人数应与表格一致", "规章 and applicants by kind agree with the tables"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_019_regulations_and_applicants.rs"),
    ..BuiltIn::new(check)
};

const REGULATIONS: [Sense; 3] = [Sense::RegulationsIssued, Sense::RegulationsRepealed, Sense::RegulationsInForce];
const APPLICANTS: [Sense; 5] = [
    Sense::Business,
    Sense::ResearchInstitution,
    Sense::PublicWelfareOrganization,
    Sense::LegalServiceOrganization,
    Sense::OtherOrganization,
];

fn check(dossier: &Dossier) -> Ruling {
    let applicants = against(dossier, Table::Applications, &APPLICANTS, &[Claim::Counted]);
    if !dossier.report.figures.has_table(Table::Disclosure2021) {
        return applicants;
    }
    together(applicants, against(dossier, Table::Disclosure2021, &REGULATIONS, &[Claim::Counted, Claim::None]))
}
