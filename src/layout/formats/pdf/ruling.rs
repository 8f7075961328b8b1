//! The straight lines that a page draws around the cells of its tables.

use oxidize_pdf::parser::{ContentOperation, ContentParser};

use super::{Document, words::hundredths};

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

/// A painted shape no thicker than this is a line.
const THICKEST: i32 = 300;
/// The most lines that are considered on a page; more are a drawing.
const MOST: usize = 20_000;

/// The lines that are painted on a page, without paths that only clip.
pub(super) fn rulings(document: &Document<'_>, page: u32) -> Rulings {
    let streams = document.get_page(page).and_then(|page| document.get_page_content_streams(&page));
    let operations = streams.and_then(|streams| ContentParser::parse(&ContentParser::combine_streams_owned(streams)));
    let mut drawing = Drawing::default();
    for operation in operations.unwrap_or_default() {
        drawing.run(&operation);
        if drawing.rulings.horizontal.len() + drawing.rulings.vertical.len() > MOST {
            return Rulings::default();
        }
    }
    drawing.rulings
}

/// Maps points of a drawing to points of the page.
type Matrix = [f64; 6];
/// A point of the page.
type Point = (i32, i32);

struct Drawing {
    matrix: Matrix,
    saved: Vec<Matrix>,
    /// The open paths, each as its points.
    paths: Vec<Vec<Point>>,
    rulings: Rulings,
}

impl Default for Drawing {
    fn default() -> Self {
        Self {
            matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            saved: Vec::new(),
            paths: Vec::new(),
            rulings: Rulings::default(),
        }
    }
}

/// How many graphics states are saved.
const MAX_SAVED: usize = 1_000;

impl Drawing {
    fn run(&mut self, operation: &ContentOperation) {
        use ContentOperation as Op;
        match operation {
            Op::SaveGraphicsState if self.saved.len() < MAX_SAVED => self.saved.push(self.matrix),
            Op::RestoreGraphicsState => self.matrix = self.saved.pop().unwrap_or(self.matrix),
            Op::SetTransformMatrix(a, b, c, d, e, f) => {
                let own = [a, b, c, d, e, f].map(|number| f64::from(*number));
                self.matrix = product(own, self.matrix);
            }
            Op::MoveTo(x, y) => {
                let point = self.point(*x, *y);
                self.paths.push(vec![point]);
            }
            Op::LineTo(x, y) => {
                let point = self.point(*x, *y);
                self.paths.last_mut().into_iter().for_each(|path| path.push(point));
            }
            Op::Rectangle(x, y, width, height) => self.rectangle(*x, *y, *width, *height),
            Op::ClosePath => self.close(),
            Op::Stroke => self.stroke(),
            Op::CloseStroke | Op::CloseFillStroke | Op::CloseFillStrokeEvenOdd => {
                self.close();
                self.stroke();
            }
            Op::FillStroke | Op::FillStrokeEvenOdd => self.stroke(),
            Op::Fill | Op::FillEvenOdd => self.fill(),
            Op::EndPath => self.paths.clear(),
            _ => {}
        }
    }

    fn point(&self, x: f32, y: f32) -> Point {
        transformed(self.matrix, f64::from(x), f64::from(y))
    }

    #[allow(clippy::float_arithmetic, reason = "positions on a page, no figures")]
    fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
        let path = corners.map(|(x, y)| self.point(x, y)).to_vec();
        self.paths.push(path);
    }

    fn close(&mut self) {
        if let Some(path) = self.paths.last_mut()
            && let Some(first) = path.first().copied()
        {
            path.push(first);
        }
    }

    fn stroke(&mut self) {
        for path in std::mem::take(&mut self.paths) {
            for (from, to) in path.iter().zip(path.iter().skip(1)) {
                self.line(*from, *to);
            }
        }
    }

    /// Treats a thin filled shape as a line.
    fn fill(&mut self) {
        for path in std::mem::take(&mut self.paths) {
            let (xs, ys) = (path.iter().map(|point| point.0), path.iter().map(|point| point.1));
            let bounds = xs.clone().min().zip(xs.max()).zip(ys.clone().min().zip(ys.max()));
            if let Some(((left, right), (bottom, top))) = bounds
                && (right - left <= THICKEST || top - bottom <= THICKEST)
            {
                match right - left > top - bottom {
                    true => self.line((left, (bottom + top) / 2), (right, (bottom + top) / 2)),
                    false => self.line(((left + right) / 2, bottom), ((left + right) / 2, top)),
                }
            }
        }
    }

    fn line(&mut self, from: Point, to: Point) {
        let ((left, right), (bottom, top)) = (ordered(from.0, to.0), ordered(from.1, to.1));
        match (right - left, top - bottom) {
            (width, height) if height <= 50 && width > THICKEST => {
                self.rulings.horizontal.push(Ruling { at: bottom, from: left, to: right });
            }
            (width, height) if width <= 50 && height > THICKEST => {
                self.rulings.vertical.push(Ruling { at: left, from: bottom, to: top });
            }
            _ => {}
        }
    }
}

fn ordered(one: i32, other: i32) -> (i32, i32) {
    (one.min(other), one.max(other))
}

#[allow(clippy::float_arithmetic, reason = "positions on a page, no figures")]
fn transformed([a, b, c, d, e, f]: Matrix, x: f64, y: f64) -> Point {
    (hundredths(a * x + c * y + e), hundredths(b * x + d * y + f))
}

/// The matrix that applies the first, then the second.
#[allow(clippy::float_arithmetic, reason = "positions on a page, no figures")]
fn product(first: Matrix, then: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [ta, tb, tc, td, te, tf] = then;
    [a * ta + b * tc, a * tb + b * td, c * ta + d * tc, c * tb + d * td, e * ta + f * tc + te, e * tb + f * td + tf]
}
