//! What requests may hold: the one list of it, for the checks and for callers.

pub use super::{
    filing::{MAX_BASELINE, MAX_NAME, MAX_PINNED, MAX_SUBORDINATES, MAX_WAIVERS},
    report::{MAX_CANDIDATES, MAX_DEFECTS, MAX_LINE, MAX_SECTIONS, MAX_TEXT},
    waiver::{MAX_APPROVER, MAX_ID, MAX_REASON},
};

/// The scheme of fingerprints, with which each begins.
pub use crate::engine::SCHEME as FINGERPRINT_SCHEME;
use crate::{
    engine::{MAX_FINDINGS, MAX_REASONS},
    rule::MAX_VIOLATIONS,
};

/// The longest key of a report in a stream, in bytes.
pub const MAX_KEY: usize = 256;

/// The most rules per page.
pub const MAX_PAGE: usize = 200;

/// The limits of the contract, each with the field that it bounds: of a list its items, of a text what the name ends with.
pub const LIMITS: [(&str, usize); 24] = [
    ("AnnualReport.defects", MAX_DEFECTS),
    ("AnnualReport.preamble.bytes", MAX_TEXT),
    ("AnnualReport.readings", MAX_DEFECTS),
    ("AnnualReport.sections", MAX_SECTIONS),
    ("AnnualReport.text_places", MAX_DEFECTS),
    ("AnnualReport.title.bytes", MAX_LINE),
    ("Assessment.findings.occurrences", MAX_FINDINGS),
    ("Baseline.fingerprints", MAX_BASELINE),
    ("Body.name.bytes", MAX_LINE),
    ("CheckReportRequest.pinned_packs", MAX_PINNED),
    ("CheckReportRequest.subordinates", MAX_SUBORDINATES),
    ("CheckReportRequest.waivers", MAX_WAIVERS),
    ("CheckReportsRequest.key.bytes", MAX_KEY),
    ("Defect.candidates", MAX_CANDIDATES),
    ("Document.name.bytes", MAX_NAME),
    ("ListRulesRequest.page_size", MAX_PAGE),
    ("Ruling.reasons", MAX_REASONS),
    ("Assessment.findings.occurrences.of_a_rule", MAX_VIOLATIONS),
    ("Section.heading.bytes", MAX_LINE),
    ("Section.text.bytes", MAX_TEXT),
    ("StreamDefaults.waivers", MAX_WAIVERS),
    ("Waiver.approver.characters", MAX_APPROVER),
    ("Waiver.id.characters", MAX_ID),
    ("Waiver.reason.characters", MAX_REASON),
];
