//! Takes the text between a row's label and the next one apart into cells.

use super::glued::is_noted;
use super::{
    figure::{UNITS, is_figure, is_stroke, reads_as_figure},
    numeral::numeral,
};
use crate::words::plain::is_ignorable;

/// The text of one cell, and where it stands in the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub at: usize,
}

/// In which shape a row's figures stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// One text a cell.
    Cells(Vec<Token<'a>>),
    /// Digits in one run, perhaps with spaces between.
    Run(Token<'a>),
    /// No figures.
    Nothing,
}

/// A row's figures, and what stands behind them as a row that the form does not have.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RowText<'a> {
    pub shape: Shape<'a>,
    pub extra_row: Option<Token<'a>>,
}

/// Takes a row apart that should have so many cells. `at` is where `raw` stands in the original.
pub(super) fn row_text(raw: &str, at: usize, width: usize) -> RowText<'_> {
    if raw.contains('|') {
        return row_in_a_line(raw, at, width).unwrap_or_else(|| between_bars(raw, at, width));
    }
    let first_line = raw.split('\n').next().unwrap_or_default();
    if let Some(only) = lone_cell(raw, first_line, at).filter(|_| width == 1) {
        return RowText { shape: Shape::Cells(vec![only]), extra_row: None };
    }
    let words = figures_of_words(raw, first_line, at);
    // With a stroke for a blank, spaces part the cells.
    if words.len() == width || words.iter().any(|word| is_stroke(word.text)) {
        return RowText { shape: Shape::Cells(words), extra_row: None };
    }
    if !raw.contains('\n') || first_line.chars().any(is_digit) {
        let Some(run) = leading_run(raw, at) else {
            return RowText { shape: Shape::Nothing, extra_row: None };
        };
        // What goes on as a row does, behind another label.
        let rest = &raw[run.at - at + run.text.len()..];
        let other = leading_run(rest, run.at + run.text.len());
        let extra_row = other.filter(|other| other.text.chars().filter(|char| is_digit(*char)).count() >= width.max(3));
        return RowText { shape: Shape::Run(run), extra_row };
    }
    line_by_line(raw, at, width)
}

/// A part of `raw` as a token, without the white space around it.
fn token<'a>(raw: &'a str, part: &'a str, at: usize) -> Token<'a> {
    let text = part.trim();
    // Both are parts of `raw`, so that the difference of their addresses is the offset in it.
    let offset = text.as_ptr() as usize - raw.as_ptr() as usize;
    Token { text, at: at + offset }
}

/// A row whose cells all stand in one line, between bars: the first line with a figure in it, if it
/// has all of them. Blank cells before the figures come from a label that spans columns, blank
/// cells behind them from figures that do.
fn row_in_a_line(raw: &str, at: usize, width: usize) -> Option<RowText<'_>> {
    let mut lines = raw.split('\n').enumerate();
    let is_cell = |part: &&str| !part.trim().is_empty() && is_figure(part);
    let (number, line) =
        lines.find(|(number, line)| line.split('|').skip(usize::from(*number == 0)).any(|part| is_cell(&part)))?;
    let mut parts: Vec<&str> = line.split('|').skip(usize::from(number == 0)).collect();
    let blank = |part: Option<&&str>| part.is_some_and(|part| part.trim().is_empty());
    while parts.len() > width && blank(parts.last()) {
        parts.pop();
    }
    while parts.len() > width && blank(parts.first()) {
        parts.remove(0);
    }
    if parts.len() < width {
        return None;
    }
    let mut behind =
        lines.flat_map(|(_, line)| line.split('|')).map(|part| token(raw, part, at)).filter(|it| !it.text.is_empty());
    let extra_row = behind.next().filter(is_label);
    let extra_row = extra_row.filter(|_| behind.next().is_some_and(|piece| is_figure(piece.text)));
    let cells = parts.into_iter().map(|part| token(raw, part, at)).collect();
    Some(RowText { shape: Shape::Cells(cells), extra_row })
}

/// Whether a text that is no figure can be the label of a row.
fn is_label(token: &Token<'_>) -> bool {
    !is_figure(token.text) && token.text.chars().filter(|char| char.is_alphanumeric()).count() >= 2
}

/// Cells between bars. What stands before the first bar belongs to the label; blank cells behind
/// the last column come from merged ones.
fn between_bars(raw: &str, at: usize, width: usize) -> RowText<'_> {
    let mut parts: Vec<&str> = raw.split('|').skip(1).collect();
    if begins_a_row(&parts, width) {
        parts.remove(0);
    }
    let mut pieces: Vec<Token<'_>> = parts.into_iter().map(|piece| token(raw, piece, at)).collect();
    if pieces.last().is_some_and(|last| last.text.is_empty()) {
        pieces.pop();
    }
    let mut behind = pieces.iter().skip(width).skip_while(|piece| piece.text.is_empty()).peekable();
    let surplus = behind.peek().is_some_and(|piece| is_figure(piece.text));
    let other = behind.next().filter(|piece| is_label(piece)).cloned();
    let extra_row = other.filter(|_| behind.next().is_some_and(|piece| is_figure(piece.text)));
    if !surplus {
        pieces.truncate(width);
    }
    RowText { shape: if pieces.is_empty() { Shape::Nothing } else { Shape::Cells(pieces) }, extra_row }
}

/// Whether the first part is no cell, but what stands between the bar that ends a line and the bar
/// that begins the next, in which all cells stand.
fn begins_a_row(parts: &[&str], width: usize) -> bool {
    let blank = |part: &&str| part.trim().is_empty() && part.contains('\n');
    parts.first().is_some_and(blank) && parts.len() > width && parts[1..=width].iter().all(|part| !part.contains('\n'))
}

/// One cell a line, blank lines and tabs between. Text before the first figure still belongs to
/// the label; text behind the figures begins something else.
fn line_by_line(raw: &str, at: usize, width: usize) -> RowText<'_> {
    let texts = raw.split('\n').map(|line| token(raw, line, at)).filter(|token| !token.text.is_empty());
    let mut texts = texts.skip_while(|token| !is_figure(token.text)).peekable();
    let mut cells = Vec::new();
    while let Some(cell) = texts.next_if(|token| is_figure(token.text)) {
        cells.push(cell);
    }
    let other = texts.next().filter(is_label);
    let extra_row = other.filter(|_| texts.next().is_some_and(|token| is_figure(token.text)));
    if cells.len() < width {
        cells = with_blank_cells(raw, at, width).unwrap_or(cells);
    }
    RowText { shape: if cells.is_empty() { Shape::Nothing } else { Shape::Cells(cells) }, extra_row }
}

/// Where each cell is a line that begins with a tab, and rows are parted by empty lines, a line
/// with nothing but a tab is a blank cell. So it is read when the row then has all its cells.
fn with_blank_cells(raw: &str, at: usize, width: usize) -> Option<Vec<Token<'_>>> {
    let lines = raw.split('\n').skip(1);
    let row: Vec<&str> = lines.take_while(|line| line.starts_with('\t')).collect();
    let cells = || row.iter().map(|line| token(raw, line, at));
    let figures_or_blank = cells().all(|cell| cell.text.is_empty() || is_figure(cell.text));
    (row.len() == width && figures_or_blank).then(|| cells().collect())
}

/// The words of a line, from its beginning on, that are figures as they stand.
fn figures_of_words<'a>(raw: &'a str, line: &'a str, at: usize) -> Vec<Token<'a>> {
    let words = line.starts_with(char::is_whitespace).then(|| line.split_whitespace()).into_iter().flatten();
    words.take_while(|word| reads_as_figure(word)).map(|word| token(raw, word, at)).collect()
}

/// The one word that stands behind the label on its line, if it is a figure.
fn lone_cell<'a>(raw: &'a str, line: &'a str, at: usize) -> Option<Token<'a>> {
    let mut words = line.starts_with(char::is_whitespace).then(|| line.split_whitespace())?;
    let word = words.next().filter(|word| is_figure(word) && words.next().is_none())?;
    Some(token(raw, word, at))
}

/// The digits that follow the label on its line, with the spaces, points, signs and units between.
fn leading_run(raw: &str, at: usize) -> Option<Token<'_>> {
    /// How much of a longer label may stand before the digits, in characters.
    const LABEL: usize = 60;
    let from = raw.len() - raw.trim_start().len();
    let numeral = numerals(&raw[from..]).filter(|_| from > 0).map(|_| from);
    let digit = raw[from..]
        .char_indices()
        .take(LABEL)
        .map(|(at, char)| (from + at, char))
        .find(|(_, char)| is_digit(*char))
        .map(|(start, _)| start);
    // A stroke before the digits is a cell of the row.
    let stroke = raw[from..].chars().next().filter(|char| is_stroke(&char.to_string())).map(|_| from);
    let start = numeral.or(stroke.filter(|_| digit.is_some())).or(digit)?;
    let part_of_run = |char: char| {
        is_digit(char)
            || matches!(
                char,
                '.' | '．'
                    | '-'
                    | '－'
                    | '\u{2212}'
                    | ','
                    | ' '
                    | '\u{a0}'
                    | '\t'
                    | '元'
                    | '万'
                    | '/'
                    | '—'
                    | '–'
                    | '―'
                    | '─'
                    | '无'
            )
    };
    let mut end = start;
    while let Some(char) = raw[end..].chars().next() {
        match unit(&raw[end..]) {
            Some(unit) if raw[..end].ends_with(is_digit) => end += unit.len(),
            _ if is_noted(char) || is_ignorable(char) => end += char.len_utf8(),
            _ if part_of_run(char) => end += char.len_utf8(),
            _ => match numerals(&raw[end..]).filter(|_| raw[..end].ends_with(char::is_whitespace)) {
                Some(word) => end += word.len(),
                None => break,
            },
        }
    }
    // A letter in the place of a digit: what the scanner read is no row of figures.
    let spoilt = raw[end..].starts_with(|char: char| char.is_ascii_alphabetic());
    if spoilt {
        let line = raw[start..].split('\n').next().unwrap_or_default();
        return Some(token(raw, line, at));
    }
    let run = match note(&raw[end..]) {
        // Nobody knows to which figure a note belongs, nor which figures stand behind it.
        Some(note) => &raw[start..end + note.len()],
        None => without_year(&raw[start..end], &raw[end..]),
    };
    (!run.trim().is_empty()).then(|| token(raw, run, at))
}

/// The Chinese numerals with which a text begins, up to white space or its end.
fn numerals(text: &str) -> Option<&str> {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    numeral(word).map(|_| word)
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || ('０'..='９').contains(&char)
}

/// The note with a number in it with which a text begins.
fn note(text: &str) -> Option<&str> {
    let end =
        text.starts_with(['（', '(', '[', '〔', '【']).then(|| text.find(['）', ')', ']', '〕', '】'])).flatten()?;
    text[..end].contains(|char: char| char.is_ascii_digit()).then_some(&text[..end])
}

/// The unit of a count with which a text begins, if nothing of a longer word follows.
fn unit(text: &str) -> Option<&str> {
    let unit = UNITS.iter().find(|unit| text.starts_with(**unit))?;
    let behind = text[unit.len()..].chars().next();
    let ends = behind.is_none_or(|char| !char.is_alphabetic());
    ends.then_some(&text[..unit.len()])
}

/// A run without the year that begins the paragraph behind it: 02025年 is 0, and 2025年.
fn without_year<'t>(run: &'t str, behind: &str) -> &'t str {
    let year = run.len().checked_sub(4).filter(|at| run.is_char_boundary(*at)).map(|at| run.split_at(at));
    let is_year = |year: &str| {
        year.bytes().all(|byte| byte.is_ascii_digit()) && (year.starts_with("19") || year.starts_with("20"))
    };
    match year {
        Some((before, year)) if behind.starts_with('年') && is_year(year) => before,
        _ => run,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str, width: usize) -> (Vec<&str>, Option<&str>) {
        let row = row_text(raw, 0, width);
        let cells = match row.shape {
            Shape::Cells(cells) => cells.into_iter().map(|token| token.text).collect(),
            Shape::Run(run) => vec![run.text],
            Shape::Nothing => Vec::new(),
        };
        (cells, row.extra_row.map(|token| token.text))
    }

    #[test]
    fn the_flattenings_give_the_same_cells() {
        assert_eq!(texts("\n\t6\n\t1\n\t0\n\n\t", 3), (vec!["6", "1", "0"], None));
        assert_eq!(texts("\n|\n6\n|\n1\n|\n0\n|\n", 3), (vec!["6", "1", "0"], None));
        assert_eq!(texts(" | 6 | 1 | 0 |\n", 3), (vec!["6", "1", "0"], None));
        assert_eq!(texts(" | 6 | 1 | 0\n", 3), (vec!["6", "1", "0"], None));
        assert_eq!(texts(" |\n| 6 | 1 | 0 |\n", 3), (vec!["6", "1", "0"], None));
        assert_eq!(texts(" | | | 6 | 1 | 0 |\n | （二）部分公开", 3), (vec!["6", "1", "0"], None));
        assert_eq!(texts(" | | |\n6 | 1 | 0 |\n2023年，本机关…", 3), (vec!["6", "1", "0"], None));
        assert_eq!(texts("）610", 3), (vec!["610"], None));
        assert_eq!(texts(" 6 1 0 四、", 3), (vec!["6", "1", "0"], None));
    }

    #[test]
    fn blank_cells_are_cells_where_they_can_be_seen() {
        assert_eq!(texts(" |\n|\n|\n0 |\n||\n", 3), (vec!["", "", "0"], None));
        assert_eq!(texts("\n\t6\n\t\n\t0\n\n\t", 3), (vec!["6", "", "0"], None));
        assert_eq!(texts("\n6\n\n\n0\n", 3), (vec!["6", "0"], None));
    }

    #[test]
    fn a_row_that_the_form_does_not_have_ends_the_figures() {
        assert_eq!(texts(" |\n6 |\n1 |\n0 |\n其他文件 |\n1 |\n1 |\n1 |\n", 3), (vec!["6", "1", "0"], Some("其他文件")));
        assert_eq!(texts("\n6\n1\n0\n其他文件\n1\n1\n1\n", 3), (vec!["6", "1", "0"], Some("其他文件")));
        assert_eq!(texts("\n6\n1\n0\n没有其他。\n", 3), (vec!["6", "1", "0"], None));
    }

    #[test]
    fn too_many_cells_are_kept_so_that_they_are_noticed() {
        assert_eq!(texts("| 6 | 1 | 0 | 9 |", 3).0.len(), 4);
        assert_eq!(texts("\n6\n1\n0\n9\n", 3).0.len(), 4);
    }
}
