//! A note stands in a cell.
//!
//! 22（其中修订16件） is read as 22; the note belongs into the text, where nothing cuts it off when figures
//! are summed up.
//!
//! # 说明
//! 单元格内带有说明的（如“22（其中修订16件）”），按括号前的数字读取；说明宜写入正文。
//!
//! # Bad
//! ```json 2021
//! { "report": { "defects": [{ "path": "applications.received.total", "printed": "16（含补正1件）", "kind": "DEFECT_KIND_NOTE", "place": { "line": 9 } }] } }
//! ```
use super::defects::{Wording, of_kind};
use crate::{
    dossier::Dossier,
    report::DefectKind,
    rule::{Basis, BuiltIn, Ruling, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-013",
    title: &Text::fixed("单元格内不宜附加说明", "A note in a cell"),
    severity: Severity::Info,
    of_form: true,
    basis: &[Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_013_note_in_cell.rs"),
    ..BuiltIn::new(check)
};

static WORDING: Wording = Wording {
    wrong: Text::fixed("带有说明", "has a note"),
    expected: Text::fixed("只填数字", "a figure alone"),
    advice: Text::fixed("说明宜写入正文", "say it in the text"),
};

fn check(dossier: &Dossier) -> Ruling {
    of_kind(dossier, DefectKind::Note, &WORDING)
}
