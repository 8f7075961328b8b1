//! The figures that spaces part at the end of one line of text.

use super::{
    cells::Token,
    figure::{apart_from_year, is_stroke, reads_as_figure},
    numeral::numeral,
};
use crate::report::form::RESULTS;

/// How long a figure with its unit or mark may be, in bytes.
const LONGEST: usize = 60;

/// The figures at the end of a line, and what stands before them. `at` is where the line stands.
pub(super) fn figures(line: &str, at: usize) -> (&str, Vec<Token<'_>>) {
    // One word is no row.
    let words = line.trim();
    if last_word(words).is_none_or(|last| last.len() == words.len()) {
        return (line, Vec::new());
    }
    let mut figures = Vec::new();
    let mut rest = apart_from_year(line).0.trim_end();
    while let Some(word) = last_word(rest).filter(|word| is_bare(word)) {
        let start = rest.len() - word.len();
        figures.push(Token { text: word, at: at + start });
        rest = rest[..start].trim_end();
    }
    figures.reverse();
    // One number at the end of a line of words is no row, and neither is the number of a page.
    let is_row = figures.len() > 1 && figures.iter().any(|token| token.text.bytes().any(|byte| byte.is_ascii_digit()));
    let is_page = figures.len() == 3 && figures[0].text == figures[2].text && !is_number(figures[0].text);
    let numbers = numbers_columns(&figures.iter().map(|token| token.text).collect::<Vec<_>>());
    if is_row && !is_page && !(numbers && rest.chars().count() <= WORDS_BESIDE) {
        (rest, figures)
    } else {
        (line, Vec::new())
    }
}

/// The last word of a text without space at its end, unless it is longer than any figure.
fn last_word(text: &str) -> Option<&str> {
    let end = text.char_indices().rev().take(LONGEST).find(|(_, char)| char.is_whitespace());
    let start = end.map_or(0, |(at, space)| at + space.len_utf8());
    (text.len() - start <= LONGEST).then(|| &text[start..]).filter(|word| !word.is_empty())
}

/// How many characters may stand beside the numbers of columns: 栏次, 甲乙丙.
const WORDS_BESIDE: usize = 4;

/// Whether texts number the columns below a heading: 1, 2, 3 and so on. No row of the form can hold these figures.
pub(super) fn numbers_columns(texts: &[&str]) -> bool {
    const LEAST: usize = 5;
    texts.len() >= LEAST && (1..).zip(texts).all(|(number, text): (u32, _)| *text == number.to_string())
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
}

/// Whether a word is a count, with a unit or a mark perhaps, or stands for none.
fn is_bare(word: &str) -> bool {
    is_number(word)
        || is_stroke(word)
        || numeral(word).is_some()
        || (word.starts_with(char::is_numeric) && reads_as_figure(word))
}

/// How many bytes at the beginning of a text a line takes that only numbers columns.
pub(super) fn numbers_at_start(raw: &str) -> usize {
    let start = raw.len() - raw.trim_start().len();
    let line = raw[start..].split('\n').next().unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().collect();
    let numbers = words.iter().position(|word| *word == "1").map(|at| &words[at..]);
    if numbers.is_some_and(numbers_columns) { start + line.len() } else { 0 }
}

/// Whether a line is a row of 表二 or 表三 whose figures spaces part: several behind words.
pub(super) fn is_spaced(line: &str) -> bool {
    const SEVERAL: usize = 3;
    let (lead, figures) = figures(line, 0);
    figures.len() >= SEVERAL && lead.contains(char::is_alphabetic)
}

/// Whether a text begins with a line of figures.
pub(super) fn begins_with_figures(raw: &str) -> bool {
    let line = raw.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let (lead, figures) = figures(line, 0);
    lead.trim().is_empty() && figures.len() >= RESULTS.len()
}
