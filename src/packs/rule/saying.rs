//! A rule's message for what does not hold: a text with placeholders, parsed when the pack is loaded.

use crate::packs::expression::wrong::Wrong;
use crate::words::{Text, spelling::instead};

/// A text with placeholders.
#[derive(Clone, Debug, Default)]
pub(in crate::packs) struct Saying(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Words(String),
    Placeholder(Placeholder),
}

#[derive(Clone, Copy, Debug)]
enum Placeholder {
    Expected,
    Actual,
    Place,
    Body,
    Year,
    /// The name of `for_each`.
    Each,
}

const PLACEHOLDERS: [(&str, Placeholder); 5] = [
    ("expected", Placeholder::Expected),
    ("actual", Placeholder::Actual),
    ("place", Placeholder::Place),
    ("body", Placeholder::Body),
    ("year", Placeholder::Year),
];

/// The values of the placeholders in one violation.
pub(in crate::packs) struct Filling<'a> {
    pub expected: &'a str,
    pub actual: &'a str,
    pub place: &'a str,
    pub body: &'a str,
    pub year: &'a str,
    /// The value of `for_each`'s name.
    pub each: &'a str,
}

impl Saying {
    /// Parses a text; `each` is the name of `for_each`.
    ///
    /// # Errors
    ///
    /// An unknown placeholder.
    pub fn of(text: &str, each: Option<&str>) -> Result<Self, Wrong> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, name, after)) = placeholder(rest) {
            let start = text.chars().count() - rest.chars().count() + before.chars().count();
            pieces.push(Piece::Words(before.to_owned()));
            let known = PLACEHOLDERS.into_iter().find(|(known, _)| *known == name).map(|(_, it)| it);
            let own = (each == Some(name)).then_some(Placeholder::Each);
            let found = own.or(known).ok_or_else(|| Wrong {
                at: start..start + name.len() + 2,
                why: unknown(name, PLACEHOLDERS.into_iter().map(|(known, _)| known).chain(each)),
            })?;
            pieces.push(Piece::Placeholder(found));
            rest = after;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// The text, filled in.
    pub fn filled(&self, with: &Filling<'_>) -> String {
        let piece = |piece: &'_ Piece| -> String {
            match piece {
                Piece::Words(words) => words.clone(),
                Piece::Placeholder(Placeholder::Expected) => with.expected.to_owned(),
                Piece::Placeholder(Placeholder::Actual) => with.actual.to_owned(),
                Piece::Placeholder(Placeholder::Place) => with.place.to_owned(),
                Piece::Placeholder(Placeholder::Body) => with.body.to_owned(),
                Piece::Placeholder(Placeholder::Year) => with.year.to_owned(),
                Piece::Placeholder(Placeholder::Each) => with.each.to_owned(),
            }
        };
        self.0.iter().map(piece).collect()
    }
}

/// The text before the first placeholder, its name, and the text after it. Braces around anything other than a name
/// are plain text.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    text.match_indices('{').find_map(|(at, _)| {
        let (own, after) = text[at + 1..].split_once('}')?;
        name(own).then_some((&text[..at], own, after))
    })
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Text {
    let (zh, en) = instead(name, &known.collect::<Vec<_>>());
    Text::new(format!("没有占位符 {name}{zh}"), format!("there is no placeholder {name}{en}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILLING: Filling<'_> =
        Filling { expected: "1", actual: "{expected}", place: "处", body: "局", year: "2023", each: "total" };

    #[test]
    fn placeholders_are_filled_once_and_other_braces_are_words() {
        let said = |text| Saying::of(text, Some("column")).map(|saying| saying.filled(&FILLING));
        // What is filled in is not parsed again: it may come from a report.
        assert_eq!(
            said("{place}：{actual} {expected} {{year}} {申请} {column}{").as_deref(),
            Ok("处：{expected} 1 {2023} {申请} total{")
        );
        assert_eq!(said("").as_deref(), Ok(""));
    }

    #[test]
    fn an_unknown_placeholder_is_told_with_its_place_and_the_nearest() {
        let wrong = Saying::of("应为 {expectd}", None).err();
        assert!(wrong.is_some_and(|wrong| wrong.at == (3..12) && wrong.why.en.contains("is it expected")));
        assert!(Saying::of("{column}", None).is_err());
    }
}
