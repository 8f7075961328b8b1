//! Where the texts of a report stand in its document.

use super::{AnnualReport, Location, Place};

/// Where a run of lines of a text stands: lines of a plain text follow each other, those of a page share its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// The text: the title, the preamble or a section.
    pub location: Location,
    /// The first line of the run within that text, from 0; `None` for the heading, and for the title itself.
    pub line: Option<u32>,
    /// The place of that line in the document.
    pub place: Place,
}

impl TextPlace {
    /// The place of a line of the run, or of one behind it.
    pub fn at(&self, line: u32) -> Place {
        let behind = line.saturating_sub(self.line.unwrap_or(line));
        let line = if self.place.line == 0 { 0 } else { self.place.line.saturating_add(behind) };
        Place { line, ..self.place.clone() }
    }
}

impl AnnualReport {
    /// Where a byte of a text stands in the document; without an offset, where its heading does.
    pub fn place_of_text(&self, location: Location, offset: Option<usize>) -> Place {
        // Body and year stand in the title.
        let location = match location {
            Location::Body | Location::Year => Location::Title,
            other => other,
        };
        let own = || self.text_places.iter().filter(move |own| own.location == location);
        let Some(offset) = offset else {
            return own().next().map(|own| own.place.clone()).unwrap_or_default();
        };
        let text = match location {
            Location::Title => self.title.as_str(),
            Location::Preamble => self.preamble.as_str(),
            Location::Section(number) => self.section(number).map_or("", |own| own.text.as_str()),
            _ => "",
        };
        let before = text.get(..offset).unwrap_or_default().bytes().filter(|byte| *byte == b'\n').count();
        let line = u32::try_from(before).unwrap_or(u32::MAX);
        let run = own().take_while(|own| own.line.is_none_or(|first| first <= line)).last();
        run.map(|run| run.at(line)).unwrap_or_default()
    }
}
