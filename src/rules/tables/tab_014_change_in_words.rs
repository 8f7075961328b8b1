//! 本年增/减 is given in words.
//!
//! 减4 is read as −4; the form asks for a figure, in which a fall has a minus sign.
//!
//! # 说明
//! “减4”按 -4 读取；本年增/减宜填数字，减少的用负号。
//!
//! # Bad
//! ```json 2019
//! { "report": { "defects": [{ "path": "disclosure_2019.permits.change", "printed": "减2", "kind": "DEFECT_KIND_IN_WORDS", "place": { "line": 9 } }] } }
//! ```
use super::defects::{Wording, of_kind};
use crate::{
    dossier::Dossier,
    report::DefectKind,
    rule::{Basis, BuiltIn, OF_2019, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-014",
    title: &Text::fixed("本年增/减应以数字表示", "本年增/减 is given in words"),
    severity: Severity::Info,
    of_form: true,
    editions: OF_2019,
    basis: &[Basis::of_60("附件 二至四")],
    source: include_str!("tab_014_change_in_words.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed("以文字表示增减", "gives the change in words"),
    expected: Text::fixed("只填数字", "a figure alone"),
    advice: Text::fixed("改填数字，减少的用负号", "give a figure, with a minus sign for a fall"),
};

fn check(dossier: &Dossier) -> Ruling {
    of_kind(dossier, DefectKind::InWords, &WORDING)
}
