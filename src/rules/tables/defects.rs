//! Shared by the rules that report a kind of defect: each defect is one finding, at its place.

use crate::{
    dossier::Dossier,
    report::{Defect, DefectKind},
    rule::{Ruling, Violation},
    words::Text,
};

/// The wording of such a rule.
pub(super) struct Wording {
    /// What is wrong, after the place and the text found there.
    pub wrong: Text,
    /// What belongs there.
    pub expected: Text,
    /// What to do.
    pub advice: Text,
}

/// The ruling on all defects of a kind.
pub(super) fn of_kind(dossier: &Dossier, kind: DefectKind, wording: &Wording) -> Ruling {
    let defects = dossier.report.defects.iter().filter(|defect| defect.kind == kind);
    Ruling::of(defects.map(|defect| violation(defect, wording)))
}

fn violation(defect: &Defect, wording: &Wording) -> Violation {
    let (place, printed) = (defect.location.printed(), &defect.printed);
    let message = Text::new(
        format!("{place}：“{printed}”{}", wording.wrong.zh),
        format!("{place}: “{printed}” {}", wording.wrong.en),
    );
    Violation::at(defect.location, message)
        .expecting(wording.expected.clone(), Text::same(printed.clone()))
        .advising(wording.advice.clone())
        .placed(defect.place.clone())
}
