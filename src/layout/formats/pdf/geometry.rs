//! Points and boxes on a page, in hundredths of a point, and how a page or a form is turned.

/// Maps points of a drawing to points of the page.
pub(super) type Matrix = [f64; 6];
/// A point of the page.
pub(super) type Point = (i32, i32);

/// The matrix that changes nothing.
pub(super) const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// A box with its sides along the axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The left end.
    pub left: i32,
    /// The lower end.
    pub bottom: i32,
    /// The right end.
    pub right: i32,
    /// The upper end.
    pub top: i32,
}

impl Bounds {
    /// The box around points; `None` without points.
    pub fn around(points: impl Iterator<Item = Point> + Clone) -> Option<Self> {
        let (xs, ys) = (points.clone().map(|point| point.0), points.map(|point| point.1));
        let (left, right) = xs.clone().min().zip(xs.max())?;
        let (bottom, top) = ys.clone().min().zip(ys.max())?;
        Some(Self { left, bottom, right, top })
    }

    /// Whether a point lies within it.
    pub fn holds(&self, (x, y): Point) -> bool {
        (self.left..=self.right).contains(&x) && (self.bottom..=self.top).contains(&y)
    }

    /// What it shares with another; `None` if they are apart.
    pub fn shared(&self, other: &Self) -> Option<Self> {
        let own = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (own.left <= own.right && own.bottom <= own.top).then_some(own)
    }
}

/// In which direction text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Turn {
    /// From left to right.
    Upright,
    /// Upwards.
    Left,
    /// From right to left, on its head.
    Over,
    /// Downwards.
    Right,
    /// Along none of the edges of the page.
    Slanted,
}

impl Turn {
    /// The direction of a matrix.
    #[allow(clippy::float_arithmetic, reason = "a direction on a page, no figure")]
    pub fn of([a, b, ..]: Matrix) -> Self {
        const FLAT: f64 = 0.03;
        match (a, b) {
            _ if b.abs() <= a.abs() * FLAT => {
                if a >= 0.0 {
                    Self::Upright
                } else {
                    Self::Over
                }
            }
            _ if a.abs() <= b.abs() * FLAT => {
                if b >= 0.0 {
                    Self::Left
                } else {
                    Self::Right
                }
            }
            _ => Self::Slanted,
        }
    }

    /// Where a point of such a page stands on the page as it is painted.
    pub fn back(self, (x, y): Point) -> Point {
        match self {
            Self::Upright | Self::Slanted => (x, y),
            Self::Left => (-y, x),
            Self::Over => (-x, -y),
            Self::Right => (y, -x),
        }
    }

    /// Where a point stands on a page that is turned so that text in this direction is upright.
    pub fn upright(self, (x, y): Point) -> Point {
        match self {
            Self::Upright | Self::Slanted => (x, y),
            Self::Left => (y, -x),
            Self::Over => (-x, -y),
            Self::Right => (-y, x),
        }
    }
}

/// A position in hundredths of a point.
#[allow(clippy::float_arithmetic, reason = "a position on a page, no figure")]
#[allow(clippy::cast_possible_truncation, reason = "what is too large is cut to the largest: it is off the page")]
pub(super) fn hundredths(points: f64) -> i32 {
    (points * 100.0).clamp(-1e8, 1e8) as i32
}

/// Where a point of a drawing stands on the page.
#[allow(clippy::float_arithmetic, reason = "positions on a page, no figures")]
pub(super) fn transformed([a, b, c, d, e, f]: Matrix, x: f64, y: f64) -> Point {
    (hundredths(a * x + c * y + e), hundredths(b * x + d * y + f))
}

/// The matrix that applies the first, then the second.
#[allow(clippy::float_arithmetic, reason = "positions on a page, no figures")]
pub(super) fn product(first: Matrix, then: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [ta, tb, tc, td, te, tf] = then;
    [a * ta + b * tc, a * tb + b * td, c * ta + d * tc, c * tb + d * td, e * ta + f * tc + te, e * tb + f * td + tf]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_page_is_read_upright() {
        for (matrix, turn) in [
            (SAME, Turn::Upright),
            ([0.0, 1.0, -1.0, 0.0, 0.0, 0.0], Turn::Left),
            ([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0], Turn::Over),
            ([0.0, -1.0, 1.0, 0.0, 0.0, 0.0], Turn::Right),
            ([0.7, 0.7, -0.7, 0.7, 0.0, 0.0], Turn::Slanted),
        ] {
            assert_eq!(Turn::of(matrix), turn);
            if turn != Turn::Slanted {
                // What lies ahead in the direction of the text lies to the right.
                assert_eq!(turn.upright(transformed(matrix, 1.0, 0.0)), (100, 0), "{turn:?}");
                assert_eq!(turn.upright(transformed(matrix, 0.0, 1.0)), (0, 100), "{turn:?}");
                assert_eq!(turn.back(turn.upright((3, 7))), (3, 7), "{turn:?}");
            }
        }
    }
}
