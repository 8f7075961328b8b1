//! Text of cells, in runs of different styles.

use std::borrow::Cow;

use super::super::xml::{Element, Met, walk};
use crate::layout::{
    limits::Limits,
    refusal::Refusal,
    runs::{Runs, Style},
};

/// Text in runs, as it occurs within `si` or `is`.
#[derive(Default)]
pub(super) struct RichText {
    pub runs: Runs,
    style: Style,
    in_text: bool,
    phonetic: bool,
}

impl RichText {
    pub fn meet(&mut self, met: &Met<'_>) {
        match met {
            Met::Open(element) => match element.name {
                "r" => self.style = Style::Shown,
                "t" => self.in_text = true,
                "rPh" => self.phonetic = true,
                name => self.style = styled(self.style, name, element),
            },
            Met::Close("t") => self.in_text = false,
            Met::Close("r") => self.style = Style::Shown,
            Met::Close("rPh") => self.phonetic = false,
            Met::Text(text) if self.in_text && !self.phonetic => self.runs.push(self.style, &unescaped(text)),
            Met::Text(_) | Met::Close(_) => {}
        }
    }
}

/// A font's style with one more of its properties applied.
pub(super) fn styled(style: Style, property: &str, element: &Element<'_>) -> Style {
    match property {
        "strike" if element.is_on() => Style::Struck,
        "vertAlign" if element.attribute("val").is_some_and(|val| val != "baseline") && style == Style::Shown => {
            Style::Mark
        }
        _ => style,
    }
}

/// The strings that a workbook's cells share.
pub(super) fn shared(bytes: &[u8], limits: &Limits) -> Result<Vec<Runs>, Refusal> {
    let mut strings: Vec<Runs> = Vec::new();
    let mut open = RichText::default();
    walk(bytes, "xl/sharedStrings.xml", limits, |met| {
        match &met {
            Met::Open(element) if element.name == "si" => open = RichText::default(),
            Met::Close("si") => strings.push(std::mem::take(&mut open).runs),
            met => open.meet(met),
        }
        Ok(())
    })?;
    Ok(strings)
}

/// A text without the escapes for characters that XML can't hold, as `_x000D_`: those characters show nothing.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    const LENGTH: usize = "_x000D_".len();
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut own = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        own.push_str(&rest[..at]);
        let escape = rest.get(at..at + LENGTH).filter(|escape| escape.ends_with('_'));
        let code = escape.and_then(|escape| u32::from_str_radix(&escape[2..LENGTH - 1], 16).ok());
        match code.and_then(char::from_u32) {
            Some(char) => {
                own.extend(Some(char).filter(|char| *char == '\n' || *char == '\t' || !char.is_control()));
                rest = &rest[at + LENGTH..];
            }
            None => {
                own.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    own.push_str(rest);
    Cow::Owned(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_the_characters_that_they_stand_for() {
        for (stored, shown) in [
            ("规章_x000D_", "规章"),
            ("a_x000A_b", "a\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x13_", "_x13_"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("结尾_x", "结尾_x"),
        ] {
            assert_eq!(unescaped(stored), shown);
        }
    }
}
