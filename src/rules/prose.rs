//! Shared by the rules on text: what they say of a part of a passage.

use std::ops::Range;

use crate::{narrative::Passage, rule::Violation, words::Text};

/// A violation at a part of a passage.
pub(super) fn at(passage: &Passage, part: &Range<usize>, message: Text) -> Violation {
    let span = passage.is_text().then(|| passage.place(part));
    Violation { span, ..Violation::at(passage.location(), message) }
}

/// Whether a part stands on one line: where a paragraph ends and the next begins nothing was typed twice.
pub(super) fn on_one_line(passage: &Passage, part: &Range<usize>) -> bool {
    !passage.printed(part).contains(['\n', '\r'])
}
