//! A text as labels are looked for in it: letters and digits alone, in compatibility form.
//!
//! Spaces, line breaks, bars and punctuation vary without end between flattenings; what a label
//! says does not. Every place in the stream leads back to the original text, which is kept for
//! figures and for quoting.

use std::{cell::OnceCell, ops::Range};

use memchr::memmem;

use super::line_figures;
use crate::{report::Place, words::plain::plain_characters};

/// The letters and digits of a text, with the way back to the original.
pub(super) struct Stream<'a> {
    /// The text as it was handed in.
    pub original: &'a str,
    text: String,
    /// For each byte of `text`, where its character begins in `original`.
    origin: Vec<u32>,
    /// Where each line of `original` begins.
    lines: Vec<usize>,
    /// Whether the document may end in the middle of a figure.
    pub ends_open: bool,
    /// Where each line stands in the document; nothing where the text is the document.
    places: &'a [Place],
    /// Whether the text has rows whose figures spaces part, once that has been asked.
    is_spaced: OnceCell<bool>,
}

impl<'a> Stream<'a> {
    /// The stream of a text.
    pub fn new(original: &'a str, places: &'a [Place]) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut origin = Vec::with_capacity(original.len());
        for (at, char) in original.char_indices() {
            let from = text.len();
            plain_characters(char, |plain| text.push(plain));
            // Documents are far smaller than what 32 bits count.
            origin.extend(std::iter::repeat_n(at as u32, text.len() - from));
        }
        let breaks = original.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        Self { original, text, origin, lines, places, ends_open: false, is_spaced: OnceCell::new() }
    }

    /// Whether the text has rows whose figures spaces part.
    pub fn is_spaced(&self) -> bool {
        *self.is_spaced.get_or_init(|| self.original.lines().any(line_figures::is_spaced))
    }

    /// The letters and digits of a part.
    pub fn within(&self, range: &Range<usize>) -> &str {
        &self.text[range.clone()]
    }

    /// All of the stream.
    pub fn all(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// Where a label first stands in a part.
    pub fn find(&self, label: &str, range: &Range<usize>) -> Option<Range<usize>> {
        let at = memmem::find(self.text.get(range.clone())?.as_bytes(), label.as_bytes())? + range.start;
        Some(at..at + label.len())
    }

    /// The place in the original where a place of the stream begins.
    pub fn original_start(&self, at: usize) -> usize {
        self.origin.get(at).map_or(self.original.len(), |at| *at as usize)
    }

    /// The place in the original right behind the character before a place of the stream.
    pub fn original_end(&self, at: usize) -> usize {
        let Some(last) = at.checked_sub(1) else {
            return 0;
        };
        let start = self.original_start(last);
        start + self.original[start..].chars().next().map_or(0, char::len_utf8)
    }

    /// The first place of the stream that comes from the original at `at` or behind it.
    pub fn place_of(&self, at: usize) -> usize {
        self.origin.partition_point(|origin| (*origin as usize) < at)
    }

    /// Where in the document a place of the original stands.
    pub fn place(&self, at: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= at);
        let own = self.places.get(line.saturating_sub(1)).cloned();
        own.unwrap_or_else(|| Place::on_line(u32::try_from(line).unwrap_or(u32::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::plain;

    #[test]
    fn a_label_is_found_across_breaks_and_leads_back() {
        let text = "x\n（三）不予\n\n公开 | ⼀、 ４５\n";
        let stream = Stream::new(text, &[]);
        let found = stream.find(&plain("（三）不予公开"), &stream.all()).expect("the label is there");
        assert_eq!(&text[stream.original_start(found.start)..stream.original_end(found.end)], "三）不予\n\n公开");
        assert_eq!(stream.place(stream.original_start(found.start)).line, 2);
        assert_eq!(stream.within(&(found.end..stream.all().end)), "一45");
    }
}
