//! Counts are whole numbers.
//!
//! Documents, decisions, applications and cases are counted; a fraction of one is a slip, or a figure
//! in another unit.
//!
//! # 说明
//! 各项数量应为整数；出现小数的，多为笔误或单位不对。
//!
//! # Bad
//! ```json
//! { "report": {
//!     "applications": { "outcomes": { "denied": { "state_secret": { "business": null } } } },
//!     "defects": [{ "path": "applications.outcomes.denied.state_secret.business", "printed": "1.5", "kind": "DEFECT_KIND_NOT_WHOLE" }] } }
//! ```
use super::defects::{Wording, of_kind};
use crate::{
    dossier::Dossier,
    report::DefectKind,
    rule::{Basis, BuiltIn, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-012",
    title: &Text::fixed("数量应为整数", "Counts are whole numbers"),
    severity: Severity::Error,
    of_form: true,
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_012_whole_numbers.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed("不是整数", "is not a whole number"),
    expected: Text::fixed("整数", "a whole number"),
    advice: Text::fixed("核对后改为整数", "check and correct the figure"),
};

fn check(dossier: &Dossier) -> Ruling {
    of_kind(dossier, DefectKind::NotWhole, &WORDING)
}
