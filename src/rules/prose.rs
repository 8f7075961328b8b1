//! Shared by the rules on text: the textual parts of a report, and how they are examined.

use crate::report::{AnnualReport, Location};

pub(super) use crate::words::compatible as flat;

/// The textual parts of the report, with their places: the text before section one, then the sections.
pub(super) fn texts(report: &AnnualReport) -> impl Iterator<Item = (Location, &str)> {
    let preamble = std::iter::once((Location::Preamble, report.preamble.as_str()));
    preamble.chain(report.sections.iter().map(|section| (Location::Section(section.number), section.text.as_str())))
}

/// How many marks in a collected text say that something was left out: then an absence proves little.
pub(super) fn gaps(text: &str) -> usize {
    ["[...]", "[…]", "［...］"].iter().map(|mark| text.matches(mark).count()).sum()
}

/// Whether text was left out.
pub(super) fn has_gap(text: &str) -> bool {
    gaps(text) > 0
}

/// The part of a text around a place, for quoting: with some characters before and after.
pub(super) fn around(text: &str, from: usize, to: usize) -> String {
    const NEAR: usize = 8;
    let start = text[..from].char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
    let end = text[to..].char_indices().nth(NEAR).map_or(text.len(), |(at, _)| to + at);
    text[start..end].split_whitespace().collect()
}
