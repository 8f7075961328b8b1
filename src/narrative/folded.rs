//! A text in the form in which it is looked at, and the way back to what is printed.

use std::ops::Range;

use crate::words::{plain::compatible_characters, quotes::balanced, traditional};

/// A text in compatibility form, in simplified characters, without white space and invisible characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    text: String,
    original: String,
    /// Where a run of characters begins that stand in both as they are: its place in `text` and in `original`.
    runs: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds a text.
    pub fn of(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut runs: Vec<(u32, u32)> = Vec::new();
        // Where a character would stand if the run went on.
        let mut next = (usize::MAX, usize::MAX);
        for (at, char) in original.char_indices() {
            compatible_characters(char, |plain| {
                let plain = traditional::simplified(plain);
                if next != (text.len(), at) {
                    runs.push((place(text.len()), place(at)));
                }
                text.push(plain);
                let kept = plain.len_utf8() == char.len_utf8();
                next = if kept { (text.len(), at + char.len_utf8()) } else { (usize::MAX, usize::MAX) };
            });
        }
        Self { text, original: original.to_owned(), runs }
    }

    /// The text in this form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as it stands.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// Where a part stands in the original.
    pub fn place(&self, part: &Range<usize>) -> Range<usize> {
        let start = self.origin(part.start);
        let last = self.text[..part.end].char_indices().next_back().map_or(0, |(at, _)| self.origin(at));
        let end = last + self.original[last..].chars().next().map_or(0, char::len_utf8);
        start..end.max(start)
    }

    /// Where a character stands in the original; its end for what lies behind the text.
    fn origin(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.original.len();
        }
        let run = self.runs.partition_point(|(text, _)| *text as usize <= at);
        let (text, original) = run.checked_sub(1).map_or((0, 0), |run| self.runs[run]);
        original as usize + (at - text as usize)
    }

    /// The original words of a part, without white space and marks that were cut from their counterparts.
    pub fn quote(&self, part: &Range<usize>) -> String {
        let words: String = self.original[self.place(part)].split_whitespace().collect();
        balanced(&words).into_owned()
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_part_leads_back_to_the_original() {
        let folded = Folded::of("共收到 申请\n１2 件。");
        assert_eq!(folded.text(), "共收到申请12件。");
        assert_eq!(folded.quote(&(0..folded.text().len())), "共收到申请１2件。");
        let from = folded.text().find("12").unwrap();
        assert_eq!(&"共收到 申请\n１2 件。"[folded.place(&(from..from + 2))], "１2");
    }

    proptest! {
        #[test]
        fn each_character_leads_back_to_one_that_becomes_it(text in "[开開ﬁ１a …\u{200b}，。\n㎡件]{0,40}") {
            let folded = Folded::of(&text);
            for (at, char) in folded.text().char_indices() {
                let from = folded.place(&(at..at + char.len_utf8()));
                prop_assert!(Folded::of(&text[from]).text().contains(char));
            }
        }
    }
}
