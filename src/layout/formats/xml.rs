//! XML as events, with a limit on depth. Document types, and with them entities, are refused: no office document has
//! one.

use std::{borrow::Cow, cell::OnceCell};

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event, attributes::Attribute},
};
use smallvec::SmallVec;

use super::{archive::damaged, encoding};
use crate::layout::{limits::Limits, refusal::Refusal};

/// An event of a document.
#[allow(clippy::large_enum_variant, reason = "each is looked at once, where it is made")]
pub(super) enum Met<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The element of this name, without its prefix, ends.
    Close(&'a str),
    /// Text.
    Text(&'a str),
}

/// The beginning of an element.
pub(super) struct Element<'a> {
    /// Its name, without its prefix.
    pub name: &'a str,
    start: &'a BytesStart<'a>,
    /// Its attributes by their names without prefix, once one of them has been asked for.
    attributes: OnceCell<SmallVec<[(&'a str, Attribute<'a>); 4]>>,
}

impl<'a> Element<'a> {
    fn of(name: &'a str, start: &'a BytesStart<'a>) -> Self {
        Self { name, start, attributes: OnceCell::new() }
    }

    /// The value of an attribute, by its name without its prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let attributes = self.attributes.get_or_init(|| {
            let mut all = self.start.attributes();
            all.with_checks(false).flatten().map(|own| (local(own.key.into_inner()), own)).collect()
        });
        let (_, own) = attributes.iter().find(|(own, _)| *own == name)?;
        own.normalized_value(XmlVersion::Implicit1_0).ok()
    }

    /// The same, as a text of its own; an empty one where there is no such attribute.
    pub fn text(&self, name: &str) -> String {
        self.attribute(name).unwrap_or_default().into_owned()
    }

    /// The number in an attribute.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether an attribute is set, and not to false.
    pub fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| !matches!(&*value, "0" | "false" | "off"))
    }

    /// Whether an on-off element is on: it is if it has no value.
    pub fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.bytes().rposition(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// Walks through a document. `name` is the file's name, for messages.
pub(super) fn walk(
    bytes: &[u8],
    name: &str,
    limits: &Limits,
    mut visit: impl FnMut(Met<'_>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Err(_) => encoding::decode(bytes)?.0,
    };
    // Neither XML nor any text has it.
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(damaged(name, "there are zero characters in it"));
    }
    let mut reader = Reader::from_str(&text);
    let (mut depth, mut roots) = (0, 0);
    loop {
        match reader.read_event().map_err(|error| damaged(name, &error.to_string()))? {
            Event::Start(_) | Event::Empty(_) if depth == 0 && roots > 0 => {
                return Err(damaged(name, "it goes on behind its end"));
            }
            Event::Start(start) => {
                (depth, roots) = (depth + 1, 1);
                Limits::hold(depth, limits.depth, "元素嵌套层数", "elements within each other")?;
                let name = start.name();
                visit(Met::Open(Element::of(local(name.as_ref()), &start)))?;
            }
            Event::Empty(start) => {
                roots = 1;
                let name = start.name();
                let name = local(name.as_ref());
                visit(Met::Open(Element::of(name, &start)))?;
                visit(Met::Close(name))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Met::Close(local(end.name().as_ref())))?;
            }
            Event::Text(text) => visit(Met::Text(&text.xml10_content()))?,
            Event::CData(text) => visit(Met::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let char = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named = || resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned);
                let text = char.or_else(named).ok_or_else(|| damaged(name, "it refers to an unknown entity"))?;
                visit(Met::Text(&text))?;
            }
            Event::DocType(_) => return Err(damaged(name, "it declares a document type")),
            Event::Eof if depth == 0 && roots > 0 => return Ok(()),
            Event::Eof => return Err(damaged(name, "it breaks off")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::refusal::Obstacle;

    fn text_of(xml: &str) -> Result<String, Refusal> {
        let mut all = String::new();
        walk(xml.as_bytes(), "x.xml", &Limits::default(), |met| {
            if let Met::Text(text) = met {
                all.push_str(text);
            }
            Ok(())
        })?;
        Ok(all)
    }

    #[test]
    fn text_is_read_with_its_references() {
        assert_eq!(text_of("<a><b>1&amp;&#50;</b><![CDATA[<3>]]></a>").unwrap(), "1&2<3>");
    }

    #[test]
    fn entities_and_depth_are_refused() {
        let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>";
        assert_eq!(text_of(laughs).expect_err("a document type").obstacle, Obstacle::Unreadable);
        assert_eq!(text_of("<a>&c;</a>").expect_err("an entity").obstacle, Obstacle::Unreadable);
        assert_eq!(text_of(&"<a>".repeat(100_000)).expect_err("depth").obstacle, Obstacle::TooLarge);
        assert_eq!(text_of("<a><b></a>").expect_err("damage").obstacle, Obstacle::Unreadable);
    }

    #[test]
    fn what_breaks_off_or_goes_on_is_damaged_wherever_it_is_cut() {
        let whole = "<?xml version='1.0'?><a><b>1</b><c/>23</a>";
        assert_eq!(text_of(whole).unwrap(), "123");
        assert_eq!(text_of(&format!("{whole}\n<!-- -->\n")).unwrap().trim(), "123");
        for at in 0..whole.len() {
            assert_eq!(text_of(&whole[..at]).expect_err(&whole[..at]).obstacle, Obstacle::Unreadable);
        }
        for xml in [format!("{whole}<a/>"), format!("{whole}<a>4</a>"), format!("{whole}</a>"), "<a>1\08230</a>".into()]
        {
            assert_eq!(text_of(&xml).expect_err(&xml).obstacle, Obstacle::Unreadable);
        }
    }
}
