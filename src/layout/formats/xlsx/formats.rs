//! The formats of cells: how their numbers and their text are shown.

use std::collections::HashMap;

use super::super::xml::{Element, Met, walk};
use super::{number_format::NumberFormat, strings::styled};
use crate::layout::{limits::Limits, refusal::Refusal, runs::Style};

/// The formats of a workbook, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Formats {
    cells: Vec<(usize, Style)>,
    numbers: HashMap<usize, NumberFormat>,
}

impl Formats {
    /// How the text of a format's cells is shown.
    pub fn style(&self, format: usize) -> Style {
        self.cells.get(format).map_or(Style::Shown, |(_, style)| *style)
    }

    /// How the numbers of a format's cells are shown; `None` for the format General.
    pub fn number(&self, format: usize) -> Option<&NumberFormat> {
        self.cells.get(format).and_then(|(id, _)| self.numbers.get(id))
    }
}

/// A font: how its text is shown, and whether it is white.
#[derive(Clone, Copy, Default)]
struct Font {
    style: Style,
    is_white: bool,
}

/// What is open in the part of the styles.
#[derive(Default)]
struct Walk {
    formats: Formats,
    own: HashMap<usize, String>,
    fonts: Vec<Font>,
    /// Whether each fill colours its cells.
    fills: Vec<bool>,
    list: String,
}

/// Reads the formats of a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Formats, Refusal> {
    let mut own = Walk::default();
    walk(bytes, "styles.xml", limits, |met| {
        match met {
            Met::Open(element) => own.open(&element),
            Met::Close("fonts" | "cellXfs" | "fills" | "dxfs") => own.list.clear(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(own.formats)
}

impl Walk {
    fn open(&mut self, element: &Element<'_>) {
        match (self.list.as_str(), element.name) {
            (_, "fonts" | "cellXfs" | "fills" | "dxfs") => self.list = element.name.to_owned(),
            ("", "numFmt") => {
                let id = element.number("numFmtId").unwrap_or(0);
                self.own.insert(id, element.text("formatCode"));
            }
            ("fonts", "font") => self.fonts.push(Font::default()),
            ("fonts", property) => {
                let is_white = property == "color" && is_white(element);
                if let Some(font) = self.fonts.last_mut() {
                    font.style = styled(font.style, property, element);
                    font.is_white |= is_white;
                }
            }
            ("fills", "fill") => self.fills.push(false),
            ("fills", "patternFill") => {
                let colours = element.attribute("patternType").is_some_and(|pattern| pattern != "none");
                self.fills.last_mut().into_iter().for_each(|fill| *fill = colours);
            }
            ("fills", "gradientFill") => self.fills.last_mut().into_iter().for_each(|fill| *fill = true),
            ("fills", "fgColor") if is_white(element) => {
                self.fills.last_mut().into_iter().for_each(|fill| *fill = false);
            }
            ("cellXfs", "xf") => self.cell(element),
            _ => {}
        }
    }

    fn cell(&mut self, element: &Element<'_>) {
        let id = element.number("numFmtId").unwrap_or(0);
        let code = self.own.get(&id).map_or_else(|| NumberFormat::built_in(id), String::as_str);
        if code != "General" {
            self.formats.numbers.entry(id).or_insert_with(|| NumberFormat::of(code));
        }
        let font = element.number("fontId").and_then(|font| self.fonts.get(font).copied()).unwrap_or_default();
        let fill = element.number("fillId").and_then(|fill| self.fills.get(fill).copied()).unwrap_or(false);
        // White on white can't be seen; rules for cells may colour it.
        let style = if font.is_white && !fill && font.style == Style::Shown { Style::Doubtful } else { font.style };
        self.formats.cells.push((id, style));
    }
}

fn is_white(element: &Element<'_>) -> bool {
    /// White in the palette of old workbooks.
    const INDEXED: [&str; 2] = ["1", "9"];
    element.attribute("rgb").is_some_and(|rgb| rgb.to_ascii_uppercase().ends_with("FFFFFF"))
        || element.attribute("theme").as_deref() == Some("0") && element.attribute("tint").is_none()
        || element.attribute("indexed").is_some_and(|own| INDEXED.contains(&&*own))
}
