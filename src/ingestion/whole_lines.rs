//! Reads tables from the text of a PDF: rows stand whole in lines, cells apart by spaces, and labels
//! are broken around their figures, with the words of vertical headings between them.
//!
//! A line with a label and its figures is certain. Figures without a label belong to the labels
//! that stand alone between the same two such lines, if there are as many of these as of those.

use super::{cells::Token, labels::row_wordings, line_figures::figures, row_label::near, rows::Rows};
use crate::{
    report::{
        Cell, Row, Table,
        form::{APPLICANTS, REMEDIES, RESULTS},
    },
    words::plain,
};

/// A line of the text, in which a row's label begins, or figures stand, or both.
struct Met<'t> {
    label: Option<Row>,
    figures: Vec<Token<'t>>,
    /// The whole line, where figures stand before its label.
    unclear: Option<&'t str>,
}

/// Whether a table's part is text of this kind: several lines end in as many figures as there are
/// columns.
pub(super) fn is_of_whole_lines(raw: &str) -> bool {
    const SEVERAL: usize = 3;
    let whole = |line: &&str| figures(line, 0).1.len() == APPLICANTS.len();
    !raw.contains('|') && raw.lines().filter(whole).count() >= SEVERAL
}

/// Reads 表三. Tells where its last figures end in the original; `at` is where `raw` stands there.
pub(super) fn applications(raw: &str, at: usize, rows: &mut Rows<'_, '_>) -> usize {
    let mut lines = Vec::new();
    let mut from = at;
    let mut last = None;
    for line in raw.split_inclusive('\n') {
        let (lead, figures) = figures(line, from);
        let label = label(lead, last).filter(|row| last.is_none_or(|last| *row > last));
        last = label.or(last);
        let ends = label == Some(Row::CarriedForward) && !figures.is_empty();
        if label.is_some() || !figures.is_empty() {
            let unclear = label.filter(|row| has_strays(lead, *row)).map(|_| line.trim());
            lines.push(Met { label, figures, unclear });
        }
        if ends {
            break;
        }
        from += line.len();
    }
    let mut end = at;
    let mut open: Vec<&Met<'_>> = Vec::new();
    for met in &lines {
        if let (Some(row), false) = (met.label, met.figures.is_empty()) {
            end = end.max(settle(&open, rows));
            open.clear();
            match met.unclear {
                Some(line) => {
                    let last = met.figures.last().map_or(end, |token| token.at + token.text.len());
                    rows.put_misaligned(row, line, met.figures.first().map_or(end, |token| token.at));
                    end = end.max(last);
                }
                None => end = end.max(rows.put_cells(row, &met.figures)),
            }
        } else {
            open.push(met);
        }
    }
    end.max(settle(&open, rows))
}

/// Brings labels and figures together that stand in lines of their own.
fn settle(open: &[&Met<'_>], rows: &mut Rows<'_, '_>) -> usize {
    let figures: Vec<&[Token<'_>]> =
        open.iter().map(|met| met.figures.as_slice()).filter(|figures| !figures.is_empty()).collect();
    let mut labels: Vec<Row> = open.iter().filter_map(|met| met.label).collect();
    // （六）may head the rows that divide it, and has no figures then.
    if labels.len() > figures.len() {
        labels.retain(|row| *row != Row::OtherSubtotal);
    }
    let end = figures.iter().filter_map(|figures| figures.last()).map(|token| token.at + token.text.len()).max();
    if labels.len() == figures.len() {
        labels.iter().zip(figures).for_each(|(row, figures)| _ = rows.put_cells(*row, figures));
    } else {
        let at = end.unwrap_or_default();
        labels.iter().for_each(|row| rows.put_misaligned(*row, "", at));
        if let (true, Some(first)) = (labels.is_empty(), figures.first().and_then(|figures| figures.first())) {
            rows.put_extra(Table::Applications, first);
        }
    }
    end.unwrap_or_default()
}

/// Reads the one row of 表四: the first line of figures behind its heading.
pub(super) fn remedies(cells: &[Cell], raw: &str, at: usize, rows: &mut Rows<'_, '_>) -> Option<usize> {
    let mut from = at;
    for line in raw.split_inclusive('\n') {
        let (lead, figures) = figures(line, from);
        from += line.len();
        if figures.len() < RESULTS.len() || !lead.trim().is_empty() {
            continue;
        }
        // Some may be glued together: the run is for the splitter.
        if figures.len() != REMEDIES.len() * RESULTS.len() {
            return Some(rows.read_remedies(cells, line.trim_end(), from - line.len()));
        }
        return Some(rows.put_remedies(cells, &figures));
    }
    None
}

/// Whether figures stand among the words before a row's figures: the row twice in a line, or a figure before its label.
fn has_strays(lead: &str, row: Row) -> bool {
    let mut words = lead.split_whitespace();
    let label = plain(row.label());
    while let Some(word) = words.next() {
        if !word.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        // The label's own number may stand apart from it.
        let behind = label.strip_prefix(word).and_then(|label| label.chars().next());
        let next = words.clone().find_map(|next| plain(next).chars().next());
        if behind.is_none() || behind != next {
            return true;
        }
    }
    false
}

/// The row whose label begins in a text, behind the row before it.
fn label(lead: &str, last: Option<Row>) -> Option<Row> {
    /// How much of a label stands in its first line.
    const BEGINNING: usize = 5;
    let text = plain(lead);
    if text.is_empty() {
        return None;
    }
    let begins = |row: Row| {
        let wordings = row_wordings(row).iter();
        let places = wordings.filter_map(|wording| {
            let end = wording.char_indices().nth(BEGINNING).map_or(wording.len(), |(end, _)| end);
            text.find(&wording[..end])
        });
        places.min().map(|place| (place, std::cmp::Reverse(row)))
    };
    // （六）may stand before the row that it heads: what comes last names the row.
    let rows = Table::Applications.rows().filter(|row| last.is_none_or(|last| *row > last));
    let begun = rows.filter_map(begins).max().map(|(_, std::cmp::Reverse(row))| row);
    let last_word = || plain(lead.split_whitespace().next_back().unwrap_or_default());
    let near = |text: &str| near(text, Table::Applications, last).map(|label| label.row);
    begun.or_else(|| near(&text)).or_else(|| near(&last_word()))
}
