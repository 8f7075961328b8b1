//! Turns a rule's violation into a finding that can be cited.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::{assessment::Finding, hex, mask::mask};
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Body, Edition, Location, Place},
    rule::{Basis, Origin, Rule, Severity, Violation},
    words::{Text, compatible, quotes::nested},
};

/// Adds code, severity, basis, the place in the document and the fingerprint.
pub(super) fn sign(
    rule: &Rule,
    severity: Severity,
    violation: Violation,
    fingerprint: String,
    dossier: &Dossier,
) -> Finding {
    let (place, text) = place_of(&violation, dossier);
    Finding {
        code: rule.code.clone(),
        severity: violation.severity.unwrap_or(severity),
        title: rule.title.clone(),
        place,
        text,
        fingerprint,
        of_context: rule.of_context,
        of_trial: false,
        basis: basis(rule, &dossier.report),
        origin: violation.origin,
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
        advice: masked(violation.advice),
    }
}

/// The place in the document and the text there: of the violation's own cell, else of its first operand with a
/// reading.
fn place_of(violation: &Violation, dossier: &Dossier) -> (Place, String) {
    // Words of the text stand in the text, whatever cell they are compared with.
    if let Some(words) = said(violation, dossier) {
        let begins = violation.span.as_ref().map(|span| span.start);
        let place = match violation.place.is_unknown() {
            true => dossier.report.place_of_text(violation.location, begins),
            false => violation.place.clone(),
        };
        return (place, mask(words).into_owned());
    }
    if violation.origin != Origin::Subject {
        let report = violation.origin.in_dossier(dossier);
        let place = report.map(|report| report.place_of_text(violation.location, None)).unwrap_or_default();
        return (place, String::new());
    }
    let own = match violation.location {
        Location::Cell(cell) => Some(cell),
        _ => None,
    };
    let subject = violation.operands.iter().filter(|operand| operand.origin == Origin::Subject);
    let cells = own.into_iter().chain(subject.map(|operand| operand.cell));
    let reading = cells.filter_map(|cell| dossier.report.reading(cell)).next();
    let text = reading.filter(|reading| own == Some(reading.cell)).map(|reading| mask(&reading.printed).into_owned());
    let place = match reading {
        Some(reading) if violation.place.is_unknown() => &reading.place,
        _ if violation.place.is_unknown() => &dossier.report.place_of_text(violation.location, None),
        _ => &violation.place,
    };
    (place.clone(), text.unwrap_or_default())
}

/// The clauses that govern the report's edition; of all that there were in its year, if none does.
fn basis(rule: &Rule, report: &AnnualReport) -> Vec<Basis> {
    let governs = |basis: &&Basis| basis.edition == report.edition || basis.edition == Edition::Unknown;
    let own: Vec<Basis> = rule.clauses(report).filter(governs).cloned().collect();
    if own.is_empty() { rule.clauses(report).cloned().collect() } else { own }
}

/// The scheme of fingerprints, by which each begins.
pub const SCHEME: &str = "1";

/// What tells the findings of one report from those of another: fingerprints of two assessments can be compared where it is
/// the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The body's code, else its name, else the digest of the input: two unnamed bodies share nothing.
    body: String,
    year: String,
}

impl Identity {
    /// The identity of a report of a body and a year, of which `input_digest` is the digest in hexadecimal.
    pub fn of(body: &Body, year: Option<i32>, input_digest: &str) -> Self {
        let Body { code, name, .. } = body;
        let body = match (code.is_empty(), name.is_empty()) {
            (false, _) => format!("code {}", code.to_ascii_uppercase()),
            (true, false) => format!("name {}", compatible(name)),
            (true, true) => format!("input {input_digest}"),
        };
        Self { body, year: year.map(|year| year.to_string()).unwrap_or_default() }
    }

    /// The fingerprint of a fault: scheme 1 hashes (SHA-256, the first 16 bytes) the rule's code, the body, the year, the
    /// machine path, what is wrong there in machine terms, and which of several such faults it is; the code stands before it. Neither words of
    /// gouji nor figures of other cells nor the rule set enter it, so that the same fault keeps it.
    pub fn fingerprint(&self, code: &str, path: &str, what: &str, ordinal: usize) -> String {
        let mut hash = Sha256::new();
        for part in [code, &self.body, &self.year, path, what, &ordinal.to_string()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        format!("{SCHEME}:{code}:{}", hex(&hash.finalize()[..16]))
    }
}

/// The words of the text that a violation is about.
fn said<'d>(violation: &Violation, dossier: &'d Dossier) -> Option<&'d str> {
    let span = violation.span.clone()?;
    let passage = dossier.index().texts().find(|passage| passage.location() == violation.location)?;
    passage.original().get(span)
}

/// What is wrong at a place, in machine terms: what the rule says, else the words of the report that it is about, else the
/// figure of the cell.
pub(super) fn what(violation: &Violation, dossier: &Dossier) -> String {
    let words = || said(violation, dossier).map(compatible);
    // Another figure in the same cell is another fault.
    let figure = || match violation.location {
        Location::Cell(cell) => dossier.report.figures.shown(cell).en.into_owned(),
        _ => String::new(),
    };
    if violation.instance.is_empty() { words().unwrap_or_else(figure) } else { violation.instance.clone() }
}

/// The text with personal numbers masked, and with marks that are single within others.
pub(super) fn masked(text: Text) -> Text {
    // What stands in the program holds nobody's number.
    let told = |text: Cow<'static, str>| match text {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => {
            let other = match mask(&text) {
                Cow::Borrowed(same) => match nested(same) {
                    Cow::Borrowed(_) => None,
                    Cow::Owned(other) => Some(other),
                },
                Cow::Owned(other) => Some(nested(&other).into_owned()),
            };
            Cow::Owned(other.unwrap_or(text))
        }
    };
    Text { zh: told(text.zh), en: told(text.en) }
}
