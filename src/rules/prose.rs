//! What the rules on text share: the parts of a report that are text, and how they are looked at.

use crate::report::{AnnualReport, Location};

pub(super) use crate::words::compatible as flat;

/// The parts of the report that are text, with their places: what stands before section one, then
/// the sections.
pub(super) fn texts(report: &AnnualReport) -> impl Iterator<Item = (Location, &str)> {
    let preamble = std::iter::once((Location::Preamble, report.preamble.as_str()));
    preamble.chain(report.sections.iter().map(|section| (Location::Section(section.number), section.text.as_str())))
}

/// How often a collector's mark says that text was left out: then what is missing proves little.
pub(super) fn gaps(text: &str) -> usize {
    ["[...]", "[…]", "［...］"].iter().map(|mark| text.matches(mark).count()).sum()
}

/// Whether text was left out.
pub(super) fn has_gap(text: &str) -> bool {
    gaps(text) > 0
}

/// A part of a text around a place, to quote it: some characters before and behind.
pub(super) fn around(text: &str, from: usize, to: usize) -> String {
    const NEAR: usize = 8;
    let start = text[..from].char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
    let end = text[to..].char_indices().nth(NEAR).map_or(text.len(), |(at, _)| to + at);
    text[start..end].split_whitespace().collect()
}
