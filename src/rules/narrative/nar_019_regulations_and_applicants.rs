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
use super::compare::{Meaning, against};
use crate::{
    dossier::Dossier,
    narrative::Sense,
    report::{Column, Row, Table},
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
const APPLICANTS: [(Sense, Column); 5] = [
    (Sense::Business, Column::Business),
    (Sense::ResearchInstitution, Column::ResearchInstitution),
    (Sense::PublicWelfareOrganization, Column::PublicWelfareOrganization),
    (Sense::LegalServiceOrganization, Column::LegalServiceOrganization),
    (Sense::OtherOrganization, Column::OtherOrganization),
];

fn check(dossier: &Dossier) -> Ruling {
    let senses = APPLICANTS.map(|(sense, _)| sense);
    let mut ruling = against(dossier, Table::Applications, &senses, |_, sense| {
        let column = APPLICANTS.iter().find(|(own, _)| *own == sense).map_or(Column::Total, |(_, column)| *column);
        let cells = |rows: &[Row]| rows.iter().filter_map(|row| row.cell(column)).collect::<Vec<_>>();
        vec![
            Meaning::of("本年新收", cells(&[Row::Received])),
            Meaning::of("本年新收与上年结转之和", cells(&[Row::Received, Row::CarriedOver])),
        ]
    });
    if !dossier.report.figures.has_table(Table::Disclosure2021) {
        return ruling;
    }
    let own = against(dossier, Table::Disclosure2021, &REGULATIONS, |_, sense| {
        let at = REGULATIONS.iter().position(|own| *own == sense).unwrap_or(0);
        let names = ["规章本年制发件数", "规章本年废止件数", "规章现行有效件数"];
        vec![Meaning::of(names[at], [Row::Regulations2021.nth(at)])]
    });
    if ruling.not_applicable.is_some() {
        return own;
    }
    ruling.violations.extend(own.violations);
    ruling.undecided.extend(own.undecided);
    ruling
}
