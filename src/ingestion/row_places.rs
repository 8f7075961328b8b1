//! Where the labels of rows stand in running text.

use std::ops::Range;

use super::{labels::row_wordings, stream::Stream};
use crate::report::Row;

/// A label in the stream.
pub(super) struct Label {
    /// The row; nothing for the heading of a group.
    pub row: Option<Row>,
    /// Where it stands.
    pub range: Range<usize>,
}

/// The labels of rows in a part, in the order of the form as far as the text has it. A row whose
/// label stands out of order is taken for one that the text does not have.
pub(super) fn row_labels(stream: &Stream<'_>, part: &Range<usize>, own: &[Row]) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    for row in own {
        // The parts of （六）come behind it; 规章 and the like behind what stood before them.
        let from = match (row, found.last()) {
            (Row::OtherOutcome, Some(last)) => last.range.end,
            _ => part.start,
        };
        let places = row_wordings(*row).iter().filter_map(|wording| stream.find(wording, &(from..part.end)));
        let earliest = places.min_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        found.extend(earliest.map(|range| Label { row: Some(*row), range }));
    }
    with_near(stream, part, own, longest_rising(found))
}

/// Adds the labels that are off by a character or two, between those of their neighbours.
fn with_near(stream: &Stream<'_>, part: &Range<usize>, own: &[Row], found: Vec<Label>) -> Vec<Label> {
    /// A block of 表二 has no more rows: there one may be looked for that has no neighbour.
    const FEW: usize = 8;
    let place = |row: Row| own.iter().position(|own| *own == row);
    let mut labels: Vec<Label> = Vec::with_capacity(found.len());
    let mut found = found.into_iter().peekable();
    for row in own {
        if let Some(label) = found.next_if(|label| label.row == Some(*row)) {
            labels.push(label);
            continue;
        }
        let from = labels.last().map_or(part.start, |label| label.range.end);
        let to = found.peek().map_or(part.end, |label| label.range.start);
        // A row that comes before one that is out of order has no place of its own.
        let in_order = found.peek().is_none_or(|label| label.row.and_then(place) > place(*row));
        let begun = !labels.is_empty() || found.peek().is_some() || own.len() < FEW;
        if let Some(range) =
            (in_order && begun).then(|| near_label(stream, from..to, labels.is_empty(), *row)).flatten()
        {
            labels.push(Label { row: Some(*row), range });
        }
    }
    labels
}

/// Where a label stands in a part that is off by a character or two: it has the form's length, and ends before
/// a figure.
fn near_label(stream: &Stream<'_>, part: Range<usize>, up_to_next: bool, row: Row) -> Option<Range<usize>> {
    /// Longer parts hold prose.
    const LONGEST: usize = 2_000;
    /// Shorter labels are others when a character changes.
    const SHORTEST: usize = 2;
    /// From so many characters on a label names its row wherever it stands.
    const LONG: usize = 6;
    let text = stream.within(&part);
    // What stands next to the neighbour behind it, or else to the one before.
    let skipped = if up_to_next { text.chars().count().saturating_sub(LONGEST) } else { 0 };
    let from = text.char_indices().nth(skipped).map_or(0, |(at, _)| at);
    let text = text[from..].char_indices().nth(LONGEST).map_or(&text[from..], |(end, _)| &text[from..from + end]);
    let start_of_text = part.start + from;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    row_wordings(row).iter().find_map(|wording| {
        let length = wording.chars().count();
        if length < SHORTEST {
            return None;
        }
        let most = if length < 2 * LONG { 1 } else { 2 };
        let near = |pair: (&usize, &usize)| {
            let own = &text[*pair.0..*pair.1];
            let off = own.chars().zip(wording.chars()).filter(|(one, other)| one != other);
            let close = off.take(most + 1).count() <= most;
            close && (length >= LONG || text[*pair.1..].starts_with(|char: char| char.is_ascii_digit()))
        };
        let mut windows = starts.iter().zip(starts.iter().skip(length)).filter(|pair| near(*pair));
        let (start, end) = windows.next()?;
        Some(start_of_text + start..start_of_text + end)
    })
}

/// The longest sequence of labels that do not overlap and stand one behind the other.
fn longest_rising(labels: Vec<Label>) -> Vec<Label> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(labels.len());
    for (at, label) in labels.iter().enumerate() {
        let before = (0..at).filter(|before| labels[*before].range.end <= label.range.start);
        let before = before.max_by_key(|before| best[*before].0);
        best.push((before.map_or(1, |before| best[before].0 + 1), before));
    }
    let mut chosen = Vec::new();
    let mut next = (0..best.len()).max_by_key(|at| (best[*at].0, std::cmp::Reverse(*at)));
    while let Some(at) = next {
        chosen.push(at);
        next = best[at].1;
    }
    labels.into_iter().enumerate().filter(|(at, _)| chosen.contains(at)).map(|(_, label)| label).collect()
}
