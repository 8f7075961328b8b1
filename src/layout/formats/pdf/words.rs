//! Pieces of text with their positions, in hundredths of a point, and the lines that they form.

use oxidize_pdf::text::TextFragment;

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
}

/// A line of text.
pub(super) struct Line {
    /// The baseline, measured from the bottom of the page.
    pub y: i32,
    /// The text.
    pub text: String,
}

/// A position in hundredths of a point.
#[allow(clippy::float_arithmetic, reason = "a position on a page, no figure")]
#[allow(clippy::cast_possible_truncation, reason = "what is too large is cut to the largest: it is off the page")]
pub(super) fn hundredths(points: f64) -> i32 {
    (points * 100.0).clamp(-1e8, 1e8) as i32
}

impl Word {
    /// The middle, a little above the baseline.
    pub fn middle(&self) -> (i32, i32) {
        (self.x / 2 + self.right / 2, self.y + self.size / 3)
    }
}

/// The pieces of text on a page. Text that is painted twice to look bold counts once.
pub(super) fn words(fragments: &[TextFragment]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(fragments.len());
    for fragment in fragments.iter().filter(|fragment| !fragment.text.trim().is_empty()) {
        let x = hundredths(fragment.x);
        let word = Word {
            x,
            right: x.saturating_add(hundredths(fragment.width).max(0)),
            y: hundredths(fragment.y),
            size: hundredths(fragment.font_size.abs()).max(100),
            text: fragment.text.trim_matches('\n').to_owned(),
        };
        let shifted = word.size / 10;
        let again = |other: &Word| {
            other.text == word.text
                && other.x.abs_diff(word.x) as i32 <= shifted
                && other.y.abs_diff(word.y) as i32 <= shifted
        };
        if !words.iter().rev().take(200).any(again) {
            words.push(word);
        }
    }
    words
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
