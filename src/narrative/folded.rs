//! A text in the form in which it is looked at, and the way back to what is printed.

use std::ops::Range;

use crate::words::folding::{Form, folded_characters, forms};

/// A text in compatibility form, in simplified characters, without white space and invisible characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    text: String,
    original: String,
    /// Where a run of characters begins that stand in both as they are: its place in `text` and in `original`.
    runs: Vec<(u32, u32)>,
    is_turned: bool,
}

/// A text that is being folded.
struct Folding<'t> {
    folded: Folded,
    original: &'t str,
    /// Where a character would stand, in both, if the run went on.
    next: Option<(usize, usize)>,
}

impl Folding<'_> {
    /// Begins a run at a place of the original, unless one goes on there.
    fn run_at(&mut self, at: usize) {
        if self.next != Some((self.folded.text.len(), at)) {
            self.folded.runs.push((place(self.folded.text.len()), place(at)));
        }
    }

    /// Takes a part over as it is.
    fn keep(&mut self, part: Range<usize>) {
        if !part.is_empty() {
            self.run_at(part.start);
            self.folded.text.push_str(&self.original[part.clone()]);
            self.next = Some((self.folded.text.len(), part.end));
        }
    }

    /// Takes over what a character becomes.
    fn put(&mut self, own: char, at: usize, length: usize) {
        self.run_at(at);
        self.folded.text.push(own);
        self.next = (own.len_utf8() == length).then_some((self.folded.text.len(), at + length));
    }
}

impl Folded {
    /// Folds a text.
    pub fn of(original: &str) -> Self {
        let folded = Self { text: String::with_capacity(original.len()), ..Self::default() };
        let mut folding = Folding { folded, original, next: None };
        let forms = forms();
        // What stands from here on stays, and wasn't taken over yet.
        let mut kept = 0;
        for (at, char) in original.char_indices() {
            let form = forms.of(char);
            if form == Form::Itself {
                continue;
            }
            let length = char.len_utf8();
            folding.keep(kept..at);
            kept = at + length;
            match form {
                Form::Other(own) => folding.put(own, at, length),
                Form::LongWay => folded_characters(char, |own| folding.put(own, at, length)),
                _ => folding.folded.is_turned |= matches!(char, '\u{202d}' | '\u{202e}'),
            }
        }
        folding.keep(kept..original.len());
        Self { original: original.to_owned(), ..folding.folded }
    }

    /// Whether it has a mark that turns the direction of writing: what is stored and what is seen differ.
    pub fn is_turned(&self) -> bool {
        self.is_turned
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

    /// The original words of a part, without white space.
    pub fn quote(&self, part: &Range<usize>) -> String {
        self.original[self.place(part)].split_whitespace().collect()
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
