//! What lies on a page beside its content: the values of form fields, and marks that may hide what is below.

use oxidize_pdf::parser::objects::{PdfDictionary, PdfObject};

use super::{
    Document,
    geometry::{Bounds, Turn, hundredths},
    words::Word,
};

/// What lies on a page.
#[derive(Debug, Default)]
pub(super) struct Annotations {
    /// What form fields are filled in with.
    pub values: Vec<(Bounds, String)>,
    /// The marks: what is below may not be what a reader sees.
    pub marks: Vec<Bounds>,
}

/// Marks that can be painted over content, or strike it out.
const OVER: [&str; 9] = ["FreeText", "Square", "Circle", "Polygon", "Stamp", "Ink", "StrikeOut", "Redact", "Caret"];
/// Marks with these flags aren't shown: hidden, or not on the screen.
const HIDDEN: i64 = 1 << 1 | 1 << 5;
/// How many fields a field may stand in.
const DEEPEST: usize = 8;
/// The longest value that is read.
const LONGEST: usize = 10_000;

/// The annotations of a page.
pub(super) fn annotations(document: &Document<'_>, page: u32) -> Annotations {
    let mut found = Annotations::default();
    for own in document.get_page_annotations(page).unwrap_or_default() {
        let flags = own.get("F").and_then(PdfObject::as_integer).unwrap_or(0);
        let kind = own.get("Subtype").and_then(PdfObject::as_name).map(|name| name.0.as_str());
        let Some(bounds) = bounds_of(document, &own).filter(|_| flags & HIDDEN == 0) else { continue };
        match kind {
            Some("Widget") => found.values.extend(value_of(document, &own).map(|value| (bounds, value))),
            Some("FreeText") => {
                let text = own.get("Contents").and_then(PdfObject::as_string).map(|text| text.to_text());
                found.values.extend(text.map(|text| (bounds, text)));
                found.marks.push(bounds);
            }
            Some(kind) if OVER.contains(&kind) => found.marks.push(bounds),
            _ => {}
        }
    }
    found
}

fn bounds_of(document: &Document<'_>, own: &PdfDictionary) -> Option<Bounds> {
    let corners = document.resolve(own.get("Rect")?).ok()?;
    let numbers: Vec<i32> = corners.as_array()?.0.iter().filter_map(PdfObject::as_real).map(hundredths).collect();
    let [left, bottom, right, top] = numbers[..] else { return None };
    Bounds::around([(left, bottom), (right, top)].into_iter())
}

/// The value of a field, which may be that of the field around it: a text, or the choice from a list.
fn value_of(document: &Document<'_>, own: &PdfDictionary) -> Option<String> {
    let mut field = own.clone();
    let (mut value, mut kind) = (None, None);
    for _ in 0..DEEPEST {
        value = value.or_else(|| field.get("V").and_then(|value| document.resolve(value).ok()));
        kind = kind.or_else(|| field.get("FT").and_then(PdfObject::as_name).map(|name| name.0.clone()));
        let parent = field.get("Parent").and_then(|parent| document.resolve(parent).ok());
        match parent.as_ref().and_then(PdfObject::as_dict) {
            Some(parent) if value.is_none() || kind.is_none() => field = parent.clone(),
            _ => break,
        }
    }
    let text = |value: &PdfObject| value.as_string().map(|text| text.to_text());
    let value = match &value? {
        PdfObject::Array(all) => all.0.iter().filter_map(text).collect::<Vec<_>>().join(" "),
        value => text(value)?,
    };
    let is_text = kind.is_some_and(|kind| kind == "Tx" || kind == "Ch");
    (is_text && !value.trim().is_empty()).then(|| value.chars().take(LONGEST).collect())
}

impl Annotations {
    /// The values as words of the page, in the middle of their fields.
    pub fn words(&self, turn: Turn) -> impl Iterator<Item = Word> + '_ {
        const SIZE: i32 = 900;
        self.values.iter().map(move |(bounds, value)| {
            let corners = [(bounds.left, bounds.bottom), (bounds.right, bounds.top)].map(|corner| turn.upright(corner));
            let own = Bounds::around(corners.into_iter()).unwrap_or(*bounds);
            let size = SIZE.min(own.top - own.bottom).max(100);
            Word {
                x: own.left,
                right: own.right,
                y: own.bottom.midpoint(own.top) - size / 3,
                size,
                text: value.trim().replace(['\r', '\n'], " "),
                is_doubtful: self.marks.contains(bounds),
            }
        })
    }
}
