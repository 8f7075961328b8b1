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
use crate::{
    dossier::Dossier,
    report::{Defect, DefectKind, Location, Row},
    rule::{Basis, Bounds, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TAB-015",
    title: &Text::fixed("单元格应能确定地读出", "A cell could not be read with certainty"),
    severity: Severity::Info,
    bounds: Bounds::KEPT,
    of_form: true,
    basis: &[Basis::of_30("一（三）"), Basis::of_30("附件 二至四"), Basis::of_60("附件 二至四")],
    source: include_str!("tab_015_read_with_certainty.rs"),
    ..BuiltIn::new(check)
};

/// How many readings of a cell a message lists.
const SHOWN: usize = 6;

fn check(dossier: &Dossier) -> Ruling {
    let unread =
        |kind: DefectKind| kind.leaves_unread() && !matches!(kind, DefectKind::NotWhole | DefectKind::Obscured);
    let defects: Vec<&Defect> = dossier.report.defects.iter().filter(|defect| unread(defect.kind)).collect();
    // The cells of a row whose digits ran together are one finding.
    let groups = defects.chunk_by(|one, other| {
        row(one.location).is_some_and(|own| Some(own) == row(other.location)) && one.printed == other.printed
    });
    Ruling::of(groups.map(|group| violation(dossier, group)))
}

fn row(location: Location) -> Option<Row> {
    match location {
        Location::Row(row) => Some(row),
        Location::Cell(cell) => Some(cell.row()),
        _ => None,
    }
}

fn violation(dossier: &Dossier, group: &[&Defect]) -> Violation {
    let first = group[0];
    let location = match (group.len(), row(first.location)) {
        (2.., Some(row)) => Location::Row(row),
        _ => first.location,
    };
    let (place, why) = (location.printed(), first.kind.explained());
    let message = Text::new(
        format!("{place}：原文“{}”，{}", first.printed, why.zh),
        format!("{place}: “{}”: {}", first.printed, why.en),
    );
    let cells = group.iter().filter_map(|defect| match defect.location {
        Location::Cell(cell) => Some(cell),
        _ => None,
    });
    let (zh, en): (Vec<String>, Vec<String>) = group.iter().filter_map(|defect| readings(defect)).unzip();
    Violation::at(location, message)
        .expecting(Text::new(zh.join("；"), en.join("; ")), Text::same(first.printed.clone()))
        .about(dossier, cells)
        .advising(Text::fixed("对照原件核对此处数字", "compare this place with the original"))
        .placed(first.place.clone())
}

/// The readings that are possible for a cell, in both languages.
fn readings(defect: &Defect) -> Option<(String, String)> {
    let Location::Cell(cell) = defect.location else {
        return None;
    };
    let more = if defect.candidates.len() > SHOWN { " / …" } else { "" };
    let shown = defect.candidates.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(" / ");
    let column = cell.column().label(cell.row().table());
    (!shown.is_empty()).then(|| (format!("{column}可能为 {shown}{more}"), format!("{column} may be {shown}{more}")))
}
