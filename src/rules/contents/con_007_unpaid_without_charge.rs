//! Applications closed as unpaid presuppose a charge notice.
//!
//! 逾期未按收费通知要求缴纳费用 counts applications that lapsed because a notice to pay was not followed.
//! Where section six says that nothing was charged or no notice was sent, the two need an explanation:
//! a notice may have been sent and not paid.
//!
//! # 说明
//! “逾期未按收费通知要求缴纳费用”有数字，而第六部分说没有发出收费通知的，两处不符（发出通知而未缴纳的，应写明）。
//!
//! # Bad
//! ```json
//! { "report": {
//!     "sections": { "6": { "text": "2023年，未发出信息处理费收费通知，未收取信息处理费。" } },
//!     "applications": { "outcomes": { "other": {
//!       "not_corrected": { "natural_person": 0, "total": 0 },
//!       "fee_unpaid": { "natural_person": 1, "total": 1 } } } } } }
//! ```
use super::charges::charges;
use crate::{
    dossier::Dossier,
    narrative::List,
    report::{Location, Row},
    rule::{Basis, BuiltIn, OF_2021, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CON-007",
    title: &Text::fixed("逾期未缴费应以发出收费通知为前提", "Unpaid presupposes a charge notice"),
    severity: Severity::Warning,
    editions: OF_2021,
    basis: &[Basis::of_30("一（六）、附件 三")],
    source: include_str!("con_007_unpaid_without_charge.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let total = Row::FeeUnpaid.nth(6);
    let unpaid = dossier.report.figures.count(total).known().unwrap_or(0);
    let Some(section) = charges(dossier.index()).filter(|_| unpaid > 0) else {
        return Ruling::not_applicable(Text::fixed(
            "没有逾期未缴费的申请，或第六部分没有写信息处理费",
            "no application lapsed unpaid, or section six says nothing of charges",
        ));
    };
    if !section.has(List::NoNotice) {
        return Ruling::satisfied();
    }
    let message = Text::new(
        format!("表三有 {unpaid} 件因逾期未缴费不再处理，第六部分却说没有发出收费通知"),
        format!("{unpaid} applications lapsed unpaid, but section six says that no notice was sent"),
    );
    Ruling::of([Violation::at(Location::Section(6), message)
        .expecting(Text::fixed("已发出收费通知", "a notice was sent"), Text::same(unpaid.to_string()))
        .about(dossier, [total])
        .advising(Text::fixed("核对第六部分和表三", "compare section six with the table"))])
}
