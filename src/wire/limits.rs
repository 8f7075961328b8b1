//! What requests may hold: the one list of it, for the checks and for callers.

pub use super::{
    filing::{MAX_BASELINE, MAX_NAME, MAX_PINNED, MAX_SUBORDINATES, MAX_WAIVERS},
    report::{MAX_CANDIDATES, MAX_DEFECTS, MAX_SECTIONS},
};

/// The scheme of fingerprints, with which each begins.
pub use crate::engine::SCHEME as FINGERPRINT_SCHEME;

/// The longest key of a report in a stream, in bytes.
pub const MAX_KEY: usize = 256;

/// The limits of the contract, each with the field that it bounds.
pub const LIMITS: [(&str, usize); 9] = [
    ("AnnualReport.sections", MAX_SECTIONS),
    ("AnnualReport.defects", MAX_DEFECTS),
    ("Defect.candidates", MAX_CANDIDATES),
    ("Baseline.fingerprints", MAX_BASELINE),
    ("CheckReportRequest.pinned_packs", MAX_PINNED),
    ("CheckReportRequest.subordinates", MAX_SUBORDINATES),
    ("CheckReportRequest.waivers", MAX_WAIVERS),
    ("CheckReportsRequest.key bytes", MAX_KEY),
    ("Document.name bytes", MAX_NAME),
];
