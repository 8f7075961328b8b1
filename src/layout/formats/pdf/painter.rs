//! The interpreter of a page's operators: it follows the graphics state and notes what is painted.

use std::collections::HashSet;

use oxidize_pdf::parser::{
    ContentOperation, ContentParser,
    content::MarkedContentProps,
    objects::{PdfDictionary, PdfObject},
};

use super::{
    Document,
    geometry::{Bounds, Matrix, Point, SAME, Turn, product, transformed},
    painting::{Area, Ink, MOST, Painting, Show},
};

/// How many graphics states are saved, and how deep forms may stand within each other.
const MAX_SAVED: usize = 1_000;
const DEEPEST: usize = 12;

/// What is painted on a page. `off` are the layers that aren't shown.
pub(super) fn painting(document: &Document<'_>, page: u32, off: &HashSet<(u32, u16)>) -> Painting {
    let Ok(page) = document.get_page(page) else { return Painting::default() };
    let streams = document.get_page_content_streams(&page);
    let operations = streams.and_then(|streams| ContentParser::parse(&ContentParser::combine_streams_owned(streams)));
    let mut painter = Painter {
        document,
        off,
        state: State::default(),
        saved: Vec::new(),
        paths: Vec::new(),
        clips: false,
        layers: Vec::new(),
        order: 0,
        found: Painting::default(),
    };
    painter.run(&operations.unwrap_or_default(), page.get_resources(), 0);
    painter.found
}

/// The state that `q` saves.
#[derive(Clone, Copy)]
pub(super) struct State {
    matrix: Matrix,
    text: Matrix,
    line: Matrix,
    leading: f64,
    /// Whether the place of the next text is known.
    is_placed: bool,
    pub is_white: bool,
    is_clear: bool,
    /// Whether text is transparent altogether.
    is_unseen: bool,
    pub clip: Option<Bounds>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            matrix: SAME,
            text: SAME,
            line: SAME,
            leading: 0.0,
            is_placed: false,
            is_white: false,
            is_clear: false,
            is_unseen: false,
            clip: None,
        }
    }
}

/// What a marked content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Shown,
    /// A layer that is off.
    Off,
    /// Content for which another text is given.
    Worded,
}

/// Follows the operators of a page.
pub(super) struct Painter<'a, 'b> {
    document: &'a Document<'b>,
    off: &'a HashSet<(u32, u16)>,
    pub state: State,
    saved: Vec<State>,
    /// The open paths, each as its points.
    pub paths: Vec<Vec<Point>>,
    /// Whether the open path is to cut off what follows.
    pub clips: bool,
    /// The open marked contents.
    layers: Vec<Layer>,
    order: usize,
    pub found: Painting,
}

impl Painter<'_, '_> {
    fn run(&mut self, operations: &[ContentOperation], resources: Option<&PdfDictionary>, depth: usize) {
        for operation in operations {
            self.order += 1;
            if !(self.path(operation) || self.text(operation) || self.colour(operation)) {
                self.structure(operation, resources, depth);
            }
        }
    }

    fn path(&mut self, operation: &ContentOperation) -> bool {
        use ContentOperation as Op;
        match operation {
            Op::MoveTo(x, y) => {
                let point = self.point(*x, *y);
                self.paths.push(vec![point]);
            }
            Op::LineTo(x, y) | Op::CurveTo(_, _, _, _, x, y) | Op::CurveToV(_, _, x, y) | Op::CurveToY(_, _, x, y) => {
                let point = self.point(*x, *y);
                self.paths.last_mut().into_iter().for_each(|path| path.push(point));
            }
            Op::Rectangle(x, y, width, height) => self.rectangle(*x, *y, *width, *height),
            Op::ClosePath => self.close(),
            Op::Clip | Op::ClipEvenOdd => self.clips = true,
            Op::Stroke => self.stroke(),
            Op::CloseStroke => {
                self.close();
                self.stroke();
            }
            Op::CloseFillStroke | Op::CloseFillStrokeEvenOdd | Op::FillStroke | Op::FillStrokeEvenOdd => {
                self.close();
                self.cover();
                self.stroke();
            }
            Op::Fill | Op::FillEvenOdd => self.fill(),
            Op::EndPath => self.end_path(),
            _ => return false,
        }
        true
    }

    #[allow(clippy::float_arithmetic, reason = "positions on a page, no figures")]
    fn text(&mut self, operation: &ContentOperation) -> bool {
        use ContentOperation as Op;
        match operation {
            Op::BeginText => self.place(SAME),
            Op::SetTextMatrix(a, b, c, d, e, f) => self.place([*a, *b, *c, *d, *e, *f].map(f64::from)),
            Op::MoveText(x, y) => self.next_line(f64::from(*x), f64::from(*y)),
            Op::MoveTextSetLeading(x, y) => {
                self.state.leading = -f64::from(*y);
                self.next_line(f64::from(*x), f64::from(*y));
            }
            Op::SetLeading(leading) => self.state.leading = f64::from(*leading),
            Op::NextLine => self.next_line(0.0, -self.state.leading),
            Op::ShowText(_) | Op::ShowTextArray(_) => self.show(),
            Op::NextLineShowText(_) | Op::SetSpacingNextLineShowText(..) => {
                self.next_line(0.0, -self.state.leading);
                self.show();
            }
            _ => return false,
        }
        true
    }

    fn place(&mut self, matrix: Matrix) {
        (self.state.text, self.state.line, self.state.is_placed) = (matrix, matrix, true);
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.place(product([1.0, 0.0, 0.0, 1.0, x, y], self.state.line));
    }

    fn show(&mut self) {
        let matrix = product(self.state.text, self.state.matrix);
        let point = transformed(matrix, 0.0, 0.0);
        // Where the next text begins depends on the widths of these letters.
        if std::mem::take(&mut self.state.is_placed) {
            let is_painted = !self.layers.contains(&Layer::Off) && !self.state.is_unseen;
            let (order, turn, is_white) = (self.order, Turn::of(matrix), self.state.is_white);
            let is_doubtful = self.layers.contains(&Layer::Worded) || is_mirrored(matrix);
            let clip = self.state.clip;
            self.found.shows.push(Show { order, point, turn, is_painted, is_white, is_doubtful, clip });
        }
    }

    fn colour(&mut self, operation: &ContentOperation) -> bool {
        use ContentOperation as Op;
        const WHITE: f32 = 0.99;
        /// How much ink white has.
        const INK: f32 = 0.01;
        self.state.is_white = match operation {
            Op::SetNonStrokingGray(gray) => *gray >= WHITE,
            Op::SetNonStrokingRGB(red, green, blue) => red.min(*green).min(*blue) >= WHITE,
            Op::SetNonStrokingCMYK(c, m, y, k) => c.max(*m).max(*y).max(*k) <= INK,
            Op::SetNonStrokingColor(parts) if parts.len() == 4 => parts.iter().all(|part| *part <= INK),
            Op::SetNonStrokingColor(parts) => !parts.is_empty() && parts.iter().all(|part| *part >= WHITE),
            Op::SetNonStrokingColorSpace(_) => false,
            _ => return false,
        };
        true
    }

    fn structure(&mut self, operation: &ContentOperation, resources: Option<&PdfDictionary>, depth: usize) {
        use ContentOperation as Op;
        match operation {
            Op::SaveGraphicsState if self.saved.len() < MAX_SAVED => self.saved.push(self.state),
            Op::RestoreGraphicsState => self.state = self.saved.pop().unwrap_or(self.state),
            Op::SetTransformMatrix(a, b, c, d, e, f) => {
                self.state.matrix = product([*a, *b, *c, *d, *e, *f].map(f64::from), self.state.matrix);
            }
            Op::SetGraphicsStateParams(name) => {
                let own = self.resource(resources, "ExtGState", name);
                if let Some(clear) = own.as_ref().and_then(PdfObject::as_dict).map(is_clear) {
                    self.state.is_clear = clear;
                    let alpha = own.as_ref().and_then(PdfObject::as_dict).and_then(|own| own.get("ca")?.as_real());
                    self.state.is_unseen = alpha.map_or(self.state.is_unseen, |alpha| alpha < FAINT);
                }
            }
            Op::BeginMarkedContent(_) => self.layers.push(Layer::Shown),
            Op::BeginMarkedContentWithProps(tag, properties) => {
                let off = tag == "OC" && self.is_off(resources, properties);
                let worded = matches!(properties, MarkedContentProps::Inline(own) if own.contains_key("ActualText"));
                self.layers.push(if off {
                    Layer::Off
                } else if worded {
                    Layer::Worded
                } else {
                    Layer::Shown
                });
            }
            Op::EndMarkedContent => _ = self.layers.pop(),
            Op::PaintXObject(name) => self.object(resources, name, depth),
            Op::InlineImage { .. } => self.picture(),
            _ => {}
        }
    }

    /// An object among the resources.
    fn resource(&self, resources: Option<&PdfDictionary>, kind: &str, name: &str) -> Option<PdfObject> {
        let all = self.document.resolve(resources?.get(kind)?).ok()?;
        self.document.resolve(all.as_dict()?.get(name)?).ok()
    }

    /// Whether marked content belongs to a layer that is off.
    fn is_off(&self, resources: Option<&PdfDictionary>, properties: &MarkedContentProps) -> bool {
        let MarkedContentProps::ResourceRef(name) = properties else { return false };
        let all = resources.and_then(|own| self.document.resolve(own.get("Properties")?).ok());
        let layer = all.as_ref().and_then(PdfObject::as_dict).and_then(|all| all.get(name));
        layer.is_some_and(|layer| self.is_layer_off(layer))
    }

    /// Whether a layer, or all layers of a group of them, are off.
    fn is_layer_off(&self, layer: &PdfObject) -> bool {
        if layer.as_reference().is_some_and(|layer| self.off.contains(&layer)) {
            return true;
        }
        let Ok(group) = self.document.resolve(layer) else { return false };
        let members = group.as_dict().and_then(|group| self.document.resolve(group.get("OCGs")?).ok());
        let off = |member: &PdfObject| member.as_reference().is_some_and(|own| self.off.contains(&own));
        match members {
            Some(PdfObject::Array(all)) => !all.0.is_empty() && all.0.iter().all(off),
            _ => group.as_dict().and_then(|group| group.get("OCGs")).is_some_and(off),
        }
    }

    /// Paints a form, or a picture.
    fn object(&mut self, resources: Option<&PdfDictionary>, name: &str, depth: usize) {
        let Some(PdfObject::Stream(stream)) = self.resource(resources, "XObject", name) else { return };
        let off = stream.dict.get("OC").is_some_and(|layer| self.is_layer_off(layer));
        self.layers.push(if off { Layer::Off } else { Layer::Shown });
        match stream.dict.get("Subtype").and_then(PdfObject::as_name).map(|name| name.0.as_str()) {
            // A mask lets through what is below.
            Some("Image") if stream.dict.get("SMask").is_none() && stream.dict.get("Mask").is_none() => self.picture(),
            Some("Form") if depth < DEEPEST => {
                let content = self.document.decode_stream(&stream).unwrap_or_default();
                let own = stream.dict.get("Resources").and_then(|own| self.document.resolve(own).ok());
                let own = own.as_ref().and_then(PdfObject::as_dict).or(resources);
                let (state, saved) = (self.state, std::mem::take(&mut self.saved));
                self.state.matrix = product(matrix_of(stream.dict.get("Matrix")), self.state.matrix);
                self.clip_to(box_of(stream.dict.get("BBox"), self.state.matrix));
                self.run(&ContentParser::parse_content(&content).unwrap_or_default(), own, depth + 1);
                (self.state, self.saved) = (state, saved);
            }
            _ => {}
        }
        self.layers.pop();
    }

    fn picture(&mut self) {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let points = corners.map(|(x, y)| transformed(self.state.matrix, x, y));
        self.area(Bounds::around(points.into_iter()), Ink::Picture);
    }

    pub fn area(&mut self, bounds: Option<Bounds>, ink: Ink) {
        let shown = bounds.and_then(|own| self.state.clip.map_or(Some(own), |clip| own.shared(&clip)));
        let visible = !self.state.is_clear && !self.layers.contains(&Layer::Off);
        if let Some(bounds) = shown.filter(|_| visible && self.found.areas.len() < MOST) {
            self.found.areas.push(Area { order: self.order, bounds, ink });
        }
    }

    pub fn point(&self, x: f32, y: f32) -> Point {
        transformed(self.state.matrix, f64::from(x), f64::from(y))
    }
}

/// What is less opaque can't be seen.
const FAINT: f64 = 0.05;

/// Whether a matrix mirrors what it paints.
#[allow(clippy::float_arithmetic, reason = "a direction on a page, no figure")]
fn is_mirrored([a, b, c, d, ..]: Matrix) -> bool {
    a * d - b * c < 0.0
}

/// The part of the page that a form may paint.
fn box_of(own: Option<&PdfObject>, matrix: Matrix) -> Option<Bounds> {
    let numbers: Vec<f64> = own?.as_array()?.0.iter().filter_map(PdfObject::as_real).collect();
    let [left, bottom, right, top] = numbers[..] else { return None };
    let corners = [(left, bottom), (right, bottom), (right, top), (left, top)];
    Bounds::around(corners.map(|(x, y)| transformed(matrix, x, y)).into_iter())
}

/// Whether a graphics state lets through what is below.
fn is_clear(own: &PdfDictionary) -> bool {
    let number = |name: &str| own.get(name).and_then(PdfObject::as_real);
    let blends = own.get("BM").and_then(PdfObject::as_name).is_some_and(|name| name.0 != "Normal");
    let masked = own.get("SMask").is_some_and(|mask| mask.as_name().is_none());
    number("ca").is_some_and(|alpha| alpha < 1.0) || blends || masked
}

/// The matrix of a form.
fn matrix_of(own: Option<&PdfObject>) -> Matrix {
    let numbers: Vec<f64> = own
        .and_then(PdfObject::as_array)
        .map(|all| all.0.iter().filter_map(PdfObject::as_real).collect())
        .unwrap_or_default();
    numbers.try_into().unwrap_or(SAME)
}
