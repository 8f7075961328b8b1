//! Paths: opened, closed, stroked as lines, filled as areas, or made the edge of what may be painted.

use super::{
    geometry::{Bounds, Point},
    painter::Painter,
    painting::{Ink, MOST, THICKEST},
};

impl Painter<'_, '_> {
    #[allow(clippy::float_arithmetic, reason = "positions on a page, no figures")]
    pub fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
        let path = corners.map(|(x, y)| self.point(x, y)).to_vec();
        self.paths.push(path);
    }

    pub fn close(&mut self) {
        if let Some(path) = self.paths.last_mut()
            && let Some(first) = path.first().copied()
        {
            path.push(first);
        }
    }

    pub fn end_path(&mut self) {
        let paths = std::mem::take(&mut self.paths);
        if std::mem::take(&mut self.clips) {
            self.clip_to(Bounds::around(paths.iter().flatten().copied()));
        }
    }

    /// Cuts away what lies outside.
    pub fn clip_to(&mut self, own: Option<Bounds>) {
        const NOTHING: Bounds = Bounds { left: 0, bottom: 0, right: -1, top: -1 };
        self.state.clip = match (own, self.state.clip) {
            (Some(own), Some(clip)) => own.shared(&clip).or(Some(NOTHING)),
            (own, clip) => own.or(clip),
        };
    }

    pub fn stroke(&mut self) {
        for path in &self.paths {
            let room = MOST.saturating_sub(self.found.rulings.len()) + 1;
            self.found.rulings.extend(path.iter().copied().zip(path.iter().copied().skip(1)).take(room));
        }
        self.end_path();
    }

    /// Treats a thin filled shape as a line, and others as areas.
    pub fn fill(&mut self) {
        for path in &self.paths {
            if let Some(own) = Bounds::around(path.iter().copied())
                && (own.right - own.left <= THICKEST || own.top - own.bottom <= THICKEST)
                && self.found.rulings.len() <= MOST
            {
                let line = match own.right - own.left > own.top - own.bottom {
                    true => ((own.left, own.bottom.midpoint(own.top)), (own.right, own.bottom.midpoint(own.top))),
                    false => ((own.left.midpoint(own.right), own.bottom), (own.left.midpoint(own.right), own.top)),
                };
                self.found.rulings.push(line);
            }
        }
        self.cover();
        self.end_path();
    }

    /// Notes the boxes that a fill paints; other shapes may leave their corners open.
    pub fn cover(&mut self) {
        let ink = if self.state.is_white { Ink::White } else { Ink::Colour };
        let boxes =
            self.paths.iter().filter(|path| is_box(path)).filter_map(|path| Bounds::around(path.iter().copied()));
        for bounds in boxes.collect::<Vec<_>>() {
            if bounds.right - bounds.left > THICKEST && bounds.top - bounds.bottom > THICKEST {
                self.area(Some(bounds), ink);
            }
        }
    }
}

/// Whether a path runs along the sides of a box.
fn is_box(path: &[Point]) -> bool {
    let along = |(one, other): (&Point, &Point)| one.0.abs_diff(other.0) <= 50 || one.1.abs_diff(other.1) <= 50;
    (4..=6).contains(&path.len()) && path.iter().zip(path.iter().skip(1)).all(along)
}
