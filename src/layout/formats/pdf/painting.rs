//! What a page paints, in its order: the straight lines around the cells of its tables, areas that may cover text,
//! and where text is shown.

use super::geometry::{Bounds, Point, Turn};

/// A stroke along one axis, in hundredths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ruling {
    /// Its position on the other axis.
    pub at: i32,
    /// Where it begins.
    pub from: i32,
    /// Where it ends.
    pub to: i32,
}

/// The lines of a page.
#[derive(Debug, Default)]
pub(super) struct Rulings {
    /// From left to right.
    pub horizontal: Vec<Ruling>,
    /// From bottom to top.
    pub vertical: Vec<Ruling>,
}

/// What an area is painted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// White, as the paper is.
    White,
    /// Another colour.
    Colour,
    /// A picture: nobody can tell whether it hides what is below.
    Picture,
}

/// An area that was painted, opaque.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    /// Its place in the order of painting.
    pub order: usize,
    /// Its place on the page.
    pub bounds: Bounds,
    /// With what.
    pub ink: Ink,
}

/// A text that was shown, where its beginning is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Show {
    /// Its place in the order of painting.
    pub order: usize,
    /// Where it begins.
    pub point: Point,
    /// Its direction.
    pub turn: Turn,
    /// Whether it is painted at all: it is in no layer that is off, and not transparent.
    pub is_painted: bool,
    /// Whether it is white.
    pub is_white: bool,
    /// Whether another text is given for it, or it is mirrored.
    pub is_doubtful: bool,
    /// The part of the page that is not cut away.
    pub clip: Option<Bounds>,
}

/// What a page paints.
#[derive(Debug, Default)]
pub(super) struct Painting {
    /// The lines.
    pub rulings: Vec<(Point, Point)>,
    /// The areas.
    pub areas: Vec<Area>,
    /// The texts.
    pub shows: Vec<Show>,
}

/// A painted shape no thicker than this is a line.
pub(super) const THICKEST: i32 = 300;
/// The most lines that are considered on a page; more are a drawing.
pub(super) const MOST: usize = 20_000;

impl Painting {
    /// The lines, on a page that is turned so that text in this direction is upright.
    pub fn rulings(&self, turn: Turn) -> Rulings {
        let mut rulings = Rulings::default();
        if self.rulings.len() > MOST {
            return rulings;
        }
        for (from, to) in &self.rulings {
            let (from, to) = (turn.upright(*from), turn.upright(*to));
            let ((left, right), (bottom, top)) = (ordered(from.0, to.0), ordered(from.1, to.1));
            match (right - left, top - bottom) {
                (width, height) if height <= 50 && width > THICKEST => {
                    rulings.horizontal.push(Ruling { at: bottom, from: left, to: right });
                }
                (width, height) if width <= 50 && height > THICKEST => {
                    rulings.vertical.push(Ruling { at: left, from: bottom, to: top });
                }
                _ => {}
            }
        }
        rulings
    }
}

fn ordered(one: i32, other: i32) -> (i32, i32) {
    (one.min(other), one.max(other))
}
