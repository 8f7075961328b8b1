//! The ordinals that Word itself puts before paragraphs: the 一、 of a heading may be nowhere in the text.

use std::collections::HashMap;

use super::xml::{Met, walk};
use crate::layout::{limits::Limits, refusal::Refusal};

/// How deep lists can be nested in Word.
const LEVELS: usize = 9;

/// How one level of a list is numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// The lists of a document, and the current number of each.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By abstract number.
    levels: HashMap<String, Vec<Level>>,
    /// From the number that paragraphs refer to, to the abstract number.
    lists: HashMap<String, String>,
    /// The list and level of each paragraph style.
    styles: HashMap<String, (String, usize)>,
    counters: HashMap<String, [u32; LEVELS]>,
}

impl Numbering {
    /// Reads numbering.xml and styles.xml; either may be missing.
    pub fn read(numbering: Option<&[u8]>, styles: Option<&[u8]>, limits: &Limits) -> Result<Self, Refusal> {
        let mut own = Self::default();
        if let Some(bytes) = numbering {
            own.read_lists(bytes, limits)?;
        }
        if let Some(bytes) = styles {
            own.read_styles(bytes, limits)?;
        }
        Ok(own)
    }

    fn read_lists(&mut self, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
        let (mut of, mut list) = (String::new(), String::new());
        walk(bytes, "numbering.xml", limits, |met| {
            let Met::Open(element) = met else { return Ok(()) };
            let value = || element.text("val");
            let levels = self.levels.entry(of.clone()).or_default();
            match element.name {
                "abstractNum" => of = element.text("abstractNumId"),
                "lvl" if levels.len() < LEVELS => levels.push(Level { start: 1, ..Level::default() }),
                "num" => list = element.text("numId"),
                "abstractNumId" => _ = self.lists.insert(list.clone(), value()),
                name => {
                    let level = levels.last_mut().filter(|_| list.is_empty());
                    level.into_iter().for_each(|level| match name {
                        "numFmt" => level.format = value(),
                        "lvlText" => level.text = value(),
                        "start" => level.start = value().parse().unwrap_or(1),
                        _ => {}
                    });
                }
            }
            Ok(())
        })
    }

    fn read_styles(&mut self, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
        let (mut style, mut level) = (String::new(), 0);
        walk(bytes, "styles.xml", limits, |met| {
            let Met::Open(element) = met else { return Ok(()) };
            match element.name {
                "style" => (style, level) = (element.text("styleId"), 0),
                "ilvl" => level = element.number("val").unwrap_or(0),
                "numId" => {
                    let list = element.text("val");
                    self.styles.insert(style.clone(), (list, level));
                }
                _ => {}
            }
            Ok(())
        })
    }

    /// The ordinal of the next paragraph of a style, or of a list that it refers to itself.
    pub fn ordinal(&mut self, style: &str, stated: Option<(String, usize)>) -> String {
        let Some((list, level)) = stated.or_else(|| self.styles.get(style).cloned()) else {
            return String::new();
        };
        let Some(of) = self.lists.get(&list) else {
            return String::new();
        };
        let Some(levels) = self.levels.get(of).filter(|levels| level < levels.len()) else {
            return String::new();
        };
        let counters = self.counters.entry(of.clone()).or_default();
        counters[level] = if counters[level] == 0 { levels[level].start } else { counters[level] + 1 };
        counters[level + 1..].fill(0);
        if matches!(levels[level].format.as_str(), "bullet" | "none") {
            return String::new();
        }
        let mut text = levels[level].text.clone();
        for (at, level) in levels.iter().enumerate() {
            text = text.replace(&format!("%{}", at + 1), &written(counters[at].max(1), &level.format));
        }
        text
    }
}

/// A number as the list format writes it.
fn written(number: u32, format: &str) -> String {
    let is_chinese = ["chinese", "japanese", "taiwanese", "ideograph"].iter().any(|kind| format.starts_with(kind));
    match format {
        "decimalEnclosedCircleChinese" | "decimalEnclosedCircle" => {
            char::from_u32(0x245f + number).filter(|_| number <= 20).map_or_else(|| number.to_string(), String::from)
        }
        _ if is_chinese && (1..100).contains(&number) => chinese(number),
        _ => number.to_string(),
    }
}

/// A number from 1 to 99 in Chinese.
fn chinese(number: u32) -> String {
    let digit = |number: u32| "〇一二三四五六七八九".chars().nth(number as usize).unwrap_or_default();
    let mut text = String::new();
    if number >= 20 {
        text.push(digit(number / 10));
    }
    if number >= 10 {
        text.push('十');
    }
    if !number.is_multiple_of(10) {
        text.push(digit(number % 10));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted_as_word_counts_them() {
        let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="7">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%1.%2）"/></w:lvl>
            </w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let styles = r#"<w:styles><w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>"#;
        let limits = Limits::default();
        let mut lists = Numbering::read(Some(numbering.as_bytes()), Some(styles.as_bytes()), &limits).unwrap();
        let found: Vec<String> = [("H", None), ("H", None), ("", Some(1)), ("", None), ("H", None)]
            .into_iter()
            .map(|(style, level)| lists.ordinal(style, level.map(|level| ("3".to_owned(), level))))
            .collect();
        assert_eq!(found, ["一、", "二、", "（二.1）", "", "三、"]);
        assert_eq!([9, 10, 11, 20, 42].map(chinese), ["九", "十", "十一", "二十", "四十二"]);
    }
}
