//! How much a document paints: forms paint other forms, and pages may share what they paint, so that a few bytes can
//! expand without limit. This is counted before anything is painted.

use std::collections::{HashMap, HashSet};

use oxidize_pdf::parser::{
    ContentOperation, ContentParser,
    objects::{PdfDictionary, PdfObject, PdfStream},
};

use super::{Document, damaged};
use crate::layout::{
    limits::Limits,
    refusal::{Obstacle, Refusal},
};

/// An object of the document.
type Reference = (u32, u16);

/// Refuses a document in which a form paints itself, or that paints more bytes than the limit.
pub(super) fn guard(document: &Document<'_>, pages: u32, limits: &Limits) -> Result<(), Refusal> {
    let mut count = Count { document, limits, contents: HashMap::new(), forms: HashMap::new(), open: HashSet::new() };
    let mut painted = 0;
    for page in 0..pages {
        painted += count.page(page)?;
        Limits::hold(painted, limits.unpacked, "页面内容字节数", "bytes that pages paint")?;
    }
    Ok(())
}

struct Count<'a, 'b> {
    document: &'a Document<'b>,
    limits: &'a Limits,
    /// The bytes of content streams that pages refer to.
    contents: HashMap<Reference, usize>,
    /// The bytes that a form paints, including the forms in it.
    forms: HashMap<Reference, usize>,
    /// The forms that are being counted.
    open: HashSet<Reference>,
}

impl Count<'_, '_> {
    /// The bytes that a page paints.
    fn page(&mut self, page: u32) -> Result<usize, Refusal> {
        let page = self.document.get_page(page).map_err(|error| damaged(&error))?;
        let mut painted = 0;
        let mut contents = Vec::new();
        match page.dict.get("Contents") {
            Some(PdfObject::Array(parts)) => contents.extend(parts.0.iter().cloned()),
            Some(PdfObject::Reference(number, generation)) => match self.document.get_object(*number, *generation) {
                Ok(PdfObject::Array(parts)) => contents.extend(parts.0),
                _ => contents.push(PdfObject::Reference(*number, *generation)),
            },
            _ => {}
        }
        let forms = self.forms_in(page.get_resources());
        for part in &contents {
            painted += self.content(part, &forms)?;
            Limits::hold(painted, self.limits.unpacked, "页面内容字节数", "bytes that pages paint")?;
        }
        Ok(painted)
    }

    /// The bytes of one content stream of a page, and of the forms that it paints.
    fn content(&mut self, part: &PdfObject, forms: &HashMap<String, Reference>) -> Result<usize, Refusal> {
        let reference = part.as_reference();
        // Content that paints no forms costs the same on every page.
        let known = reference.filter(|_| forms.is_empty()).and_then(|reference| self.contents.get(&reference));
        if let Some(bytes) = known {
            return Ok(*bytes);
        }
        let Ok(PdfObject::Stream(stream)) = self.document.resolve(part) else { return Ok(0) };
        let bytes = self.painted(&stream, forms)?;
        if let Some(reference) = reference.filter(|_| forms.is_empty()) {
            self.contents.insert(reference, bytes);
        }
        Ok(bytes)
    }

    /// The bytes of a stream, and of the forms that it paints.
    fn painted(&mut self, stream: &PdfStream, forms: &HashMap<String, Reference>) -> Result<usize, Refusal> {
        let Ok(content) = self.document.decode_stream(stream) else { return Ok(0) };
        let mut painted = content.len();
        if forms.is_empty() {
            return Ok(painted);
        }
        let mut times: HashMap<String, usize> = HashMap::new();
        for operation in ContentParser::parse_content(&content).unwrap_or_default() {
            if let ContentOperation::PaintXObject(name) = operation {
                *times.entry(name).or_default() += 1;
            }
        }
        for (name, times) in times {
            if let Some(form) = forms.get(&name) {
                painted = painted.saturating_add(self.form(*form)?.saturating_mul(times));
            }
        }
        Ok(painted)
    }

    /// The bytes that a form paints.
    fn form(&mut self, form: Reference) -> Result<usize, Refusal> {
        if let Some(painted) = self.forms.get(&form) {
            return Ok(*painted);
        }
        if !self.open.insert(form) {
            return Err(Refusal::new(
                Obstacle::Unreadable,
                "PDF 结构异常：表单对象循环引用自身，请重新导出后提交",
                "the PDF is broken: a form paints itself",
            ));
        }
        Limits::hold(self.open.len(), self.limits.depth, "嵌套层数", "forms within each other")?;
        let Ok(PdfObject::Stream(stream)) = self.document.get_object(form.0, form.1) else { return Ok(0) };
        let resources = stream.dict.get("Resources").and_then(|own| self.document.resolve(own).ok());
        let forms = self.forms_in(resources.as_ref().and_then(PdfObject::as_dict));
        let painted = self.painted(&stream, &forms)?;
        self.open.remove(&form);
        self.forms.insert(form, painted);
        Ok(painted)
    }

    /// The forms among resources, by their names.
    fn forms_in(&self, resources: Option<&PdfDictionary>) -> HashMap<String, Reference> {
        let objects = resources.and_then(|own| self.document.resolve(own.get("XObject")?).ok());
        let objects = objects.as_ref().and_then(PdfObject::as_dict);
        let named = objects.into_iter().flat_map(|all| &all.0);
        let forms = named.filter_map(|(name, object)| Some((name.0.clone(), object.as_reference()?)));
        forms.filter(|(_, reference)| self.is_form(*reference)).collect()
    }

    fn is_form(&self, (number, generation): Reference) -> bool {
        let object = self.document.get_object(number, generation);
        let kind = object.as_ref().ok().and_then(PdfObject::as_stream).and_then(|stream| stream.dict.get("Subtype"));
        kind.and_then(PdfObject::as_name).is_some_and(|name| name.0 == "Form")
    }
}
