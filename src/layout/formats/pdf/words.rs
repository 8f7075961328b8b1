//! Pieces of text with their positions, in hundredths of a point, and the lines that they form.

/// A piece of text on a page.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Left end.
    pub x: i32,
    /// Right end.
    pub right: i32,
    /// The baseline, measured from the bottom of the page.
    pub y: i32,
    /// The height of its letters.
    pub size: i32,
    /// The text.
    pub text: String,
    /// Whether something on the page may hide it.
    pub is_doubtful: bool,
}

/// A line of text.
pub(super) struct Line {
    /// The baseline, measured from the bottom of the page.
    pub y: i32,
    /// The text.
    pub text: String,
}

impl Word {
    /// The middle, a little above the baseline.
    pub fn middle(&self) -> (i32, i32) {
        (self.x / 2 + self.right / 2, self.y + self.size / 3)
    }
}

/// The words without those that are painted twice to look bold: the same text again, shifted by less than a stroke.
pub(super) fn once(words: impl Iterator<Item = Word>) -> Vec<Word> {
    /// How far back the same text is looked for.
    const REACH: usize = 200;
    let mut once: Vec<Word> = Vec::new();
    for word in words {
        let shift = (word.size / 5).unsigned_abs();
        let again = |other: &Word| {
            other.text == word.text && other.x.abs_diff(word.x) <= shift && other.y.abs_diff(word.y) <= shift
        };
        if !once.iter().rev().take(REACH).any(again) {
            once.push(word);
        }
    }
    once
}

/// The lines that words form, from top to bottom.
pub(super) fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by_key(|word| (std::cmp::Reverse(word.y), word.x));
    let mut lines: Vec<Vec<Word>> = Vec::new();
    for word in words {
        match lines.last_mut().filter(|line| on_one_line(&line[0], &word)) {
            Some(line) => line.push(word),
            None => lines.push(vec![word]),
        }
    }
    lines.into_iter().map(line).collect()
}

/// Whether a word further down is still on the same line as another.
fn on_one_line(first: &Word, word: &Word) -> bool {
    (first.y - word.y) * 5 < first.size.min(word.size) * 2
}

/// Joins words into a line. A gap of more than a quarter of their height is a space.
fn line(mut words: Vec<Word>) -> Line {
    words.sort_by_key(|word| word.x);
    let y = words.first().map_or(0, |word| word.y);
    let mut text = String::new();
    let mut end = i32::MAX;
    for word in words {
        if !text.is_empty() && word.x - end > word.size / 4 {
            text.push(' ');
        }
        end = word.right;
        text.push_str(&word.text);
    }
    Line { y, text }
}

/// The text of the words in one cell.
pub(super) fn text_of(words: Vec<Word>) -> String {
    lines(words).into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
}
