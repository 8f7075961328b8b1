//! Turns a rule's violation into a finding that can be cited.

use sha2::{Digest, Sha256};

use super::{assessment::Finding, hex, mask::mask};
use crate::{
    dossier::Dossier,
    report::{Edition, Location, Place},
    rule::{Basis, Rule, Severity, Violation},
    words::Text,
};

/// Adds code, severity, basis, the place in the document and a fingerprint.
pub(super) fn sign(rule: &Rule, severity: Severity, violation: Violation, dossier: &Dossier) -> Finding {
    let (place, text) = place_of(&violation, dossier);
    Finding {
        code: rule.code.clone(),
        severity: violation.severity.unwrap_or(severity),
        title: rule.title.clone(),
        place,
        text,
        fingerprint: fingerprint(rule, &violation, dossier),
        basis: basis(rule, dossier.report.edition),
        location: violation.location,
        message: masked(violation.message),
        expected: masked(violation.expected),
        actual: masked(violation.actual),
        difference: violation.difference,
        span: violation.span,
        operands: violation.operands,
        equation: violation.equation,
        state: None,
        waiver: None,
        advice: violation.advice,
    }
}

/// The place in the document and the text there: of the violation's own cell, else of its first operand with a
/// reading.
fn place_of(violation: &Violation, dossier: &Dossier) -> (Place, String) {
    let own = match violation.location {
        Location::Cell(cell) => Some(cell),
        _ => None,
    };
    let cells = own.into_iter().chain(violation.operands.iter().map(|operand| operand.cell));
    let reading = cells.filter_map(|cell| dossier.report.reading(cell)).next();
    let text = reading.filter(|reading| own == Some(reading.cell)).map(|reading| mask(&reading.printed));
    let place = match reading {
        Some(reading) if violation.place.is_unknown() => &reading.place,
        _ => &violation.place,
    };
    (place.clone(), text.unwrap_or_default())
}

/// The clauses that govern the report's edition; all clauses if none does.
fn basis(rule: &Rule, edition: Edition) -> Vec<Basis> {
    let governs = |basis: &&Basis| basis.edition == edition || basis.edition == Edition::Unknown;
    let own: Vec<Basis> = rule.basis.iter().filter(governs).cloned().collect();
    if own.is_empty() { rule.basis.to_vec() } else { own }
}

/// Hashes code, body, year, place and operands, but not the wording and not the rule set, so that the same fault
/// keeps its fingerprint.
fn fingerprint(rule: &Rule, violation: &Violation, dossier: &Dossier) -> String {
    let report = &dossier.report;
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    part(&rule.code);
    part(&report.body.name);
    part(&report.year.map(|year| year.to_string()).unwrap_or_default());
    part(&violation.location.path());
    for operand in &violation.operands {
        part(&operand.cell.path());
        part(&report.figures.shown(operand.cell).zh);
    }
    // What a rule over the text found is its only operand.
    if violation.operands.is_empty() {
        part(&violation.actual.zh);
    }
    if !violation.instance.is_empty() {
        part(&violation.instance);
    }
    hex(&hash.finalize()[..16])
}

/// The text with personal numbers masked.
pub(super) fn masked(text: Text) -> Text {
    Text::new(mask(&text.zh), mask(&text.en))
}
