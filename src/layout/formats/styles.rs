//! Styles by name, each of which may inherit from a parent.

use std::collections::HashMap;

use crate::layout::runs::Style;

/// The longest chain of parents that is followed.
const DEEPEST: usize = 20;

/// How named styles show their text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    own: HashMap<String, Named>,
    /// The style that is being read.
    open: String,
}

#[derive(Debug, Default)]
struct Named {
    parent: String,
    /// `None` if the style inherits it from its parent.
    shown: Option<Style>,
}

/// Whether a colour is white, or nearly: its last six digits are those of red, green and blue.
pub(super) fn is_whitish(colour: &str) -> bool {
    let digits = colour.len().checked_sub(6).and_then(|from| colour.as_bytes().get(from..));
    digits.is_some_and(|own| {
        own.chunks(2).all(|part| matches!(part, [b'F' | b'f', low] if matches!(low, b'A'..=b'F' | b'a'..=b'f')))
    })
}

impl Styles {
    /// A style begins.
    pub fn open(&mut self, name: String) {
        self.own.entry(name.clone()).or_default();
        self.open = name;
    }

    /// Sets the parent of the current style.
    pub fn based_on(&mut self, parent: String) {
        self.own.entry(self.open.clone()).or_default().parent = parent;
    }

    /// Sets how the current style shows its text; what hides more overrides what hides less.
    pub fn shows(&mut self, style: Style) {
        let own = self.own.entry(self.open.clone()).or_default();
        let hides = |style: Style| matches!(style, Style::Hidden | Style::Absent);
        if !own.shown.is_some_and(|own| own == Style::Struck || hides(own)) || hides(style) {
            own.shown = Some(style);
        }
    }

    /// How a style shows its text, if it or one that it is based on states that.
    pub fn stated(&self, name: &str) -> Option<Style> {
        let mut name = name;
        for _ in 0..DEEPEST {
            // What stands under no name are defaults.
            let own = self.own.get(name).filter(|_| !name.is_empty())?;
            if own.shown.is_some() {
                return own.shown;
            }
            name = &own.parent;
        }
        None
    }

    /// How a style shows its text.
    pub fn of(&self, name: &str) -> Style {
        let default = || self.own.get("").and_then(|own| own.shown);
        self.stated(name).or_else(default).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_white_is_known() {
        assert!(["FFFFFF", "#fffffe", "FFFAFBFC", "#FFFFFF"].into_iter().all(is_whitish));
        assert!(!["", "FFF", "#F0FFFF", "FF000000", "auto", "#FFFF甲"].into_iter().any(is_whitish));
    }

    #[test]
    fn a_style_goes_on_the_one_that_it_is_based_on() {
        let mut styles = Styles::default();
        for (name, parent, shown) in [
            ("mark", "", Some(Style::Mark)),
            ("note", "mark", None),
            ("plain", "note", Some(Style::Shown)),
            ("self", "self", None),
        ] {
            styles.open(name.into());
            styles.based_on(parent.into());
            shown.into_iter().for_each(|shown| styles.shows(shown));
        }
        let found = ["note", "plain", "self", "nobody"].map(|name| styles.of(name));
        assert_eq!(found, [Style::Mark, Style::Shown, Style::Shown, Style::Shown]);
    }
}
