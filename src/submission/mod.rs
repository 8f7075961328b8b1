//! What a caller submits.

mod error;
mod fault;
mod waiver;

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::report::{AnnualReport, Body, Date};
pub use error::{Error, Reason};
pub use fault::{Fault, FaultKind, Faults};
pub use waiver::{Category, Covers, FINGERPRINT, Waiver, is_fingerprint};

/// A report as submitted, with the digest of the submission.
#[derive(Clone, Debug)]
pub struct Filing {
    /// The content.
    pub content: Content,
    /// SHA-256 of the document's bytes, or of the structured message.
    pub digest: [u8; 32],
}

impl Filing {
    /// A filing from the bytes of a document.
    pub fn document(content: Vec<u8>, name: impl Into<String>) -> Self {
        let digest = Sha256::digest(&content).into();
        Self { content: Content::Document { content, name: name.into() }, digest }
    }
}

/// The form in which a report is submitted.
#[derive(Clone, Debug)]
pub enum Content {
    /// A structured report.
    Report(Box<AnnualReport>),
    /// The bytes of a document.
    Document {
        /// The bytes.
        content: Vec<u8>,
        /// The file name, for messages; may be empty.
        name: String,
    },
}

/// A report to be checked, and what belongs to it.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The report.
    pub subject: Filing,
    /// Last year's report of the same body.
    pub previous: Option<Filing>,
    /// The reports of subordinate bodies for the same year.
    pub subordinates: Vec<Filing>,
    /// Whether `subordinates` is complete.
    pub subordinates_complete: bool,
    /// What the caller knows.
    pub hints: Hints,
    /// The date as of which to check.
    pub as_of: Option<Date>,
    /// Whether the report is still being filled in.
    pub draft: bool,
    /// The digest of the rule set that must be in force; empty for any.
    pub rule_set_digest: String,
    /// Packs that must be in force, by name and digest.
    pub pinned_packs: Vec<(String, String)>,
    /// An earlier assessment, if findings are to be compared with it.
    pub baseline: Option<Baseline>,
    /// The profile to apply; empty for the operator's default.
    pub profile: String,
    /// Decisions to let findings stand, besides the operator's.
    pub waivers: Vec<Waiver>,
    /// Whether the operator accepts `waivers`.
    pub waivers_count: bool,
}

impl Submission {
    /// A report by itself.
    pub fn of(subject: Filing) -> Self {
        Self {
            subject,
            previous: None,
            subordinates: Vec::new(),
            subordinates_complete: false,
            hints: Hints::default(),
            as_of: None,
            draft: false,
            rule_set_digest: String::new(),
            pinned_packs: Vec::new(),
            baseline: None,
            profile: String::new(),
            waivers: Vec::new(),
            waivers_count: true,
        }
    }
}

/// An earlier assessment of the same report, as far as it is compared with.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// The fingerprints of its findings.
    pub fingerprints: BTreeSet<String>,
    /// The body that it was of.
    pub body: Body,
    /// The report year that it was of.
    pub year: Option<i32>,
    /// The digest of the input that it was of, in hexadecimal.
    pub input_digest: String,
}

impl Baseline {
    /// SHA-256 of the fingerprints, each on a line of its own, in the order of their bytes.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        self.fingerprints.iter().for_each(|own| hash.update(format!("{own}\n")));
        hash.finalize().into()
    }
}

/// What the caller knows about a report. What the report itself says takes precedence, except for the date of
/// publication.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The body.
    pub body: Option<Body>,
    /// The report year.
    pub year: Option<i32>,
    /// When the report was or will be made public.
    pub published_on: Option<Date>,
}
