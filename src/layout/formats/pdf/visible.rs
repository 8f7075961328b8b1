//! Which of a page's texts a reader sees: those that are painted, in a colour that stands out, and not painted over.
//!
//! Only a text whose beginning is known can be looked at; others follow one that is seen, on its line.

use std::{collections::HashMap, ops::RangeInclusive};

use oxidize_pdf::text::{TextFragment, TextRenderingMode};

use super::{
    geometry::{Point, Turn, hundredths},
    painting::{Area, Ink, Painting, Show},
    words::Word,
};

/// The words of a page as it is seen.
pub(super) struct Seen {
    /// The words, on the page turned so that most are upright.
    pub words: Vec<Word>,
    /// How the page is turned for that.
    pub turn: Turn,
    /// How many texts are not painted at all, as those beneath a scan.
    pub invisible: usize,
}

/// Looks at the texts of a page.
pub(super) fn seen(fragments: &[TextFragment], painting: &Painting) -> Seen {
    let turn = main_turn(&painting.shows);
    let mut shows = Shows::of(&painting.shows);
    let mut seen = Seen { words: Vec::with_capacity(fragments.len()), turn, invisible: 0 };
    for fragment in fragments.iter().filter(|fragment| !fragment.text.trim().is_empty()) {
        let point = (hundredths(fragment.x), hundredths(fragment.y));
        let show = shows.take(point);
        if matches!(fragment.render_mode, TextRenderingMode::Invisible | TextRenderingMode::Clip) {
            seen.invisible += 1;
            continue;
        }
        // What runs along no edge of the page is a watermark or a stamp.
        if show.is_some_and(|show| !show.is_painted || show.turn == Turn::Slanted) {
            continue;
        }
        let own = show.map_or(turn, |show| show.turn);
        let mut word = word(fragment, turn, own);
        let width = hundredths(fragment.width);
        match show.map(|show| along_it(&show, &word, width, &painting.areas)) {
            Some(Sight::Hidden) => continue,
            Some(Sight::Doubtful) => word.is_doubtful = true,
            Some(Sight::Clear) | None => {}
        }
        // What is too small to be seen.
        word.is_doubtful |= fragment.font_size.abs() < SMALLEST;
        // Texts that follow each other at once come as one: what of it can be seen is not known.
        for part in shows.take_along(point, own, width) {
            let above = along(own, part.point, 0, word.size / 3);
            word.is_doubtful |= !part.is_painted || !matches!(sight(&part, above, &painting.areas), Sight::Clear);
        }
        seen.words.push(word);
    }
    seen
}

/// The direction of most texts.
fn main_turn(shows: &[Show]) -> Turn {
    let mut counts: HashMap<Turn, usize> = HashMap::new();
    for show in shows.iter().filter(|show| show.turn != Turn::Slanted) {
        *counts.entry(show.turn).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(turn, count)| (*count, std::cmp::Reverse(*turn)))
        .map_or(Turn::Upright, |(turn, _)| turn)
}

fn word(fragment: &TextFragment, turn: Turn, own: Turn) -> Word {
    let (x, y) = turn.upright((hundredths(fragment.x), hundredths(fragment.y)));
    let (width, size) = (hundredths(fragment.width).max(0), hundredths(fragment.font_size.abs()).max(100));
    let text = fragment.text.trim_matches('\n').to_owned();
    let along = Word { x, right: x.saturating_add(width), y, size, text, is_doubtful: false };
    // A label may stand on its side in its cell.
    if own == turn { along } else { Word { x: x - size / 2, right: x + size / 2, y: y + width / 2, ..along } }
}

/// The smallest letters that can be seen, in points.
const SMALLEST: f64 = 1.5;

/// Whether a text can be seen along all of it.
fn along_it(show: &Show, word: &Word, width: i32, areas: &[Area]) -> Sight {
    /// At so many places at most.
    const MOST: usize = 40;
    let letters = word.text.chars().count().clamp(1, MOST);
    let (step, above) = (width / i32::try_from(letters).unwrap_or(1), word.size / 3);
    let places = (0..letters).map(|at| step * i32::try_from(at).unwrap_or(0) + step / 2);
    let mut sights = places.map(|ahead| sight(show, along(show.turn, show.point, ahead, above), areas));
    let first = sights.next().unwrap_or(Sight::Clear);
    if sights.any(|sight| sight != first) { Sight::Doubtful } else { first }
}

/// Whether a text can be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    Clear,
    Doubtful,
    Hidden,
}

fn sight(show: &Show, middle: Point, areas: &[Area]) -> Sight {
    let here = || areas.iter().filter(|area| area.bounds.holds(middle));
    let cover = here().rfind(|area| area.order > show.order).map(|area| area.ink);
    let ground = here().rfind(|area| area.order < show.order).map(|area| area.ink);
    if show.clip.is_some_and(|clip| !clip.holds(middle)) {
        return Sight::Hidden;
    }
    match (cover, ground) {
        (None, _) if show.is_doubtful => Sight::Doubtful,
        (Some(Ink::White), _) => Sight::Hidden,
        (Some(Ink::Colour | Ink::Picture), _) => Sight::Doubtful,
        (None, None | Some(Ink::White)) if show.is_white => Sight::Hidden,
        (None, Some(Ink::Picture)) if show.is_white => Sight::Doubtful,
        (None, _) => Sight::Clear,
    }
}

/// The point so far ahead of another in the direction of a text, and so far above its line.
fn along(turn: Turn, point: Point, ahead: i32, above: i32) -> Point {
    let (x, y) = turn.upright(point);
    turn.back((x + ahead, y + above))
}

/// The texts that were shown, by the lines on which they begin.
struct Shows<'p> {
    /// By direction and height; the first that was shown comes last.
    lines: HashMap<(Turn, i32), Vec<&'p Show>>,
}

/// Places no further apart than this, in hundredths of a point, are the same.
const NEAR: i32 = 20;

impl<'p> Shows<'p> {
    fn of(shows: &'p [Show]) -> Self {
        let mut lines: HashMap<(Turn, i32), Vec<&Show>> = HashMap::new();
        for show in shows.iter().rev() {
            lines.entry((show.turn, height(show.turn.upright(show.point)))).or_default().push(show);
        }
        Self { lines }
    }

    /// The first text that begins at a point and was not taken yet.
    fn take(&mut self, point: Point) -> Option<Show> {
        const TURNS: [Turn; 5] = [Turn::Upright, Turn::Left, Turn::Over, Turn::Right, Turn::Slanted];
        TURNS.into_iter().find_map(|turn| self.take_on(turn, turn.upright(point), -NEAR..=NEAR))
    }

    /// The texts that begin within another one, on its line, and were not taken yet.
    fn take_along(&mut self, from: Point, turn: Turn, width: i32) -> Vec<Show> {
        let from = turn.upright(from);
        std::iter::from_fn(|| self.take_on(turn, from, NEAR + 1..=width - NEAR)).collect()
    }

    /// The first text in a direction that begins on a line, so far ahead of a point.
    fn take_on(&mut self, turn: Turn, (x, y): Point, ahead: RangeInclusive<i32>) -> Option<Show> {
        let is_here = |show: &Show| {
            let own = turn.upright(show.point);
            ahead.contains(&(own.0 - x)) && own.1.abs_diff(y) <= NEAR.unsigned_abs()
        };
        (height((x, y)) - 1..=height((x, y)) + 1).find_map(|line| {
            let shows = self.lines.get_mut(&(turn, line))?;
            let at = shows.iter().rposition(|show| is_here(show))?;
            Some(*shows.remove(at))
        })
    }
}

/// A height on the page, in lines.
fn height((_, y): Point) -> i32 {
    y.div_euclid(2 * NEAR)
}
