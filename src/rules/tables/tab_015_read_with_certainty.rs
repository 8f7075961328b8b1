//! A cell could not be read with certainty.
//!
//! What can't be read for certain is never guessed. The finding says what was read, which readings are
//! possible, and why none was chosen; relations over such cells stay undetermined, and so does the
//! verdict where they are errors.
//!
//! # 说明
//! 不能确定的数字一律不猜。本条说明读到的原文、可能的读法和不能确定的原因；涉及这些单元格的勾稽关系记为“无法判断”。
//!
//! # Bad
//! ```json
//! { "report": {
//!     "remedies": { "reconsideration": { "upheld": null } },
//!     "defects": [{ "path": "remedies.reconsideration.upheld", "printed": "1?", "kind": "DEFECT_KIND_AMBIGUOUS", "candidates": ["1", "7"] }] } }
//! ```
//!
//! # Good
use crate::{
    dossier::Dossier,
    report::{Defect, DefectKind, Text},
    rule::{BOTH, Basis, Check, Input, Rule, Ruling, Severity, Violation},
};

pub(super) static RULE: Rule = Rule {
    code: "TAB-015",
    version: 1,
    title: Text::fixed("单元格未能确定地读出", "A cell could not be read with certainty"),
    severity: Severity::Info,
    of_form: true,
    editions: BOTH,
    inputs: &[Input::Report],
    basis: &[Basis::of_30("一（三）"), Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    check: Check::Native(check),
    source: include_str!("tab_015_read_with_certainty.rs"),
};

/// How many readings a message lists.
const SHOWN: usize = 6;

fn check(dossier: &Dossier) -> Ruling {
    let unread = |kind: DefectKind| kind.leaves_unread() && kind != DefectKind::NotWhole;
    let defects = dossier.report.defects.iter().filter(|defect| unread(defect.kind));
    Ruling::of(defects.map(violation))
}

fn violation(defect: &Defect) -> Violation {
    let place = defect.location.printed();
    let why = defect.kind.explained();
    let mut readings = defect.candidates.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(" / ");
    if defect.candidates.len() > SHOWN {
        readings.push_str(" / …");
    }
    let message = Text::new(
        format!("{place}：原文“{}”，{}", defect.printed, why.zh),
        format!("{place}: “{}”: {}", defect.printed, why.en),
    );
    Violation::at(defect.location, message)
        .expecting(Text::same(readings), Text::same(defect.printed.clone()))
        .advising(Text::fixed("对照原件核对此处数字", "compare this place with the original"))
        .on_line(defect.line)
}
