//! The results of 行政复议 sum to their 总计.
//!
//! 结果维持, 结果纠正, 其他结果 and 尚未审结 are all that can have become of a case, so that 总计 is
//! their sum in this block of 表四.
//!
//! # 说明
//! 表四行政复议一栏中，结果维持、结果纠正、其他结果、尚未审结四项之和应等于总计。
//!
//! # Bad
//! ```json
//! { "report": { "remedies": { "reconsideration": { "upheld": 3, "corrected": 1, "other": 0, "pending": 0, "total": 0 } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "remedies": { "reconsideration": { "upheld": 3, "corrected": 1, "other": 0, "pending": 0, "total": 4 } } } }
//! ```
use super::{relation::Wording, remedies::block_sum};
use crate::{
    dossier::Dossier,
    report::Row,
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAL-005",
    title: &Text::fixed("行政复议各项之和应等于总计", "The results of reconsideration sum to their total"),
    severity: Severity::Error,
    bounds: Bounds::FIRM,
    basis: &[Basis::of_30("附件 四"), Basis::of_60("附件 四")],
    source: include_str!("tal_005_reconsideration_sum.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed("四项之和，不等于总计", "the four results do not sum to 总计"),
    advice: Text::fixed(
        "核对行政复议的四项结果和总计，改正其中填错的一项",
        "check the four results and the total of reconsideration and correct the one that is wrong",
    ),
};

fn check(dossier: &Dossier) -> Ruling {
    block_sum(dossier, Row::Reconsideration, &WORDING)
}
