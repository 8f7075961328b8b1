//! A cell as runs of text in different styles, and what of it is certainly shown.
//!
//! A mark (a superscript) points to a note: its digits do not belong to the figure. A run that is struck out beside
//! its correction is left out and reported. What is struck out within a number, or hidden in a cell, leaves open which
//! figure is meant.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::{
    blocks::{Concealed, Why},
    content::BLANK,
};
use crate::words::plain::is_ignorable;

/// How a run of text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// As normal text.
    #[default]
    Shown,
    /// Raised or lowered beside other text.
    Mark,
    /// Struck out, or deleted with the change tracked.
    Struck,
    /// Perhaps not at all: the page's styles may hide it, or show something else in its place.
    Doubtful,
    /// Not at all: neither on the screen nor on paper.
    Absent,
    /// Not at all, as far as can be told.
    Hidden,
}

/// The runs of a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    text: String,
    /// The style of each run, and where it ends. Nearly all cells have one.
    ends: SmallVec<[(Style, usize); 1]>,
}

impl Runs {
    /// Adds text.
    pub fn push(&mut self, style: Style, text: &str) {
        self.text.push_str(text);
        match self.ends.last_mut() {
            Some((last, end)) if *last == style => *end = self.text.len(),
            _ => self.ends.push((style, self.text.len())),
        }
    }

    /// The runs.
    fn iter(&self) -> impl Iterator<Item = (Style, &str)> {
        let begins = |at: usize| at.checked_sub(1).map_or(0, |before| self.ends[before].1);
        self.ends.iter().enumerate().map(move |(at, (style, end))| (*style, &self.text[begins(at)..*end]))
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One run.
    pub fn of(style: Style, text: &str) -> Self {
        let mut runs = Self::default();
        runs.push(style, text);
        runs
    }

    /// The runs within text of a style: plain runs take over that style.
    pub fn within(mut self, style: Style) -> Self {
        self.ends.iter_mut().filter(|(own, _)| *own == Style::Shown).for_each(|(own, _)| *own = style);
        self
    }

    /// Whether all of it is normal text.
    fn is_plain(&self) -> bool {
        self.ends.iter().all(|(style, _)| *style == Style::Shown)
    }

    /// What the cell holds and doesn't show, if anything.
    pub fn concealed(&self) -> Option<Concealed> {
        if self.is_plain() { None } else { self.resolved().1 }
    }

    /// The text that is shown, and what else the cell holds, if anything.
    pub fn resolved(&self) -> (String, Option<Concealed>) {
        if self.is_plain() {
            return (self.text.trim_matches(BLANK).to_owned(), None);
        }
        let says =
            |style: Style| self.iter().any(|(own, text)| own == style && text.chars().any(char::is_alphanumeric));
        if says(Style::Mark) && !says(Style::Shown) {
            // If everything is raised, nothing is a mark.
            return self.clone().lowered().resolved();
        }
        let shown: String = self.iter().map(|(style, text)| shown(style, text)).collect();
        let shown = shown.trim_matches(BLANK).to_owned();
        let concealed = |text: &str| text.chars().any(|char| char.is_alphanumeric());
        let (mut certain, mut why) = (true, Why::Hidden);
        let mut any = false;
        for (style, _) in self.iter().filter(|(_, text)| concealed(text)) {
            match style {
                Style::Shown | Style::Mark => continue,
                Style::Struck | Style::Absent => certain &= !shown.is_empty(),
                Style::Doubtful => (certain, why) = (false, Why::Style),
                Style::Hidden => certain = false,
            }
            any = true;
        }
        certain &= !self.strike_within_a_number();
        let printed = any.then(|| self.iter().map(|(style, text)| told(style, text)).collect());
        (shown, printed.map(|printed| Concealed { printed, certain, why }))
    }

    /// The runs, with raised text as normal text.
    fn lowered(mut self) -> Self {
        self.ends.iter_mut().filter(|(style, _)| *style == Style::Mark).for_each(|(style, _)| *style = Style::Shown);
        self
    }

    /// Whether shown digits stand directly before and after a run that is struck out.
    fn strike_within_a_number(&self) -> bool {
        let is_digit = |char: Option<char>| char.is_some_and(char::is_numeric);
        let seen = |char: &char| !is_ignorable(*char);
        // Whether the last shown run ends in a digit, and whether something was struck out since.
        let (mut digit, mut struck) = (false, false);
        for (style, text) in self.iter() {
            match style {
                Style::Shown if struck && is_digit(text.chars().find(seen)) => return true,
                Style::Shown => (digit, struck) = (is_digit(text.chars().rfind(seen)), false),
                Style::Struck => struck |= digit && text.chars().any(char::is_alphanumeric),
                _ => {}
            }
        }
        false
    }
}

/// The text of a run as it is read; nothing if it isn't shown.
pub(super) fn shown(style: Style, text: &str) -> Cow<'_, str> {
    match style {
        Style::Shown | Style::Doubtful => text.into(),
        Style::Mark => text.chars().map(raised).collect(),
        Style::Struck | Style::Absent | Style::Hidden => "".into(),
    }
}

/// The text of a run for people, with struck-out or hidden text in brackets.
fn told(style: Style, text: &str) -> String {
    match style {
        Style::Shown => text.to_owned(),
        Style::Mark => text.chars().map(raised).collect(),
        Style::Doubtful => format!("〔可能隐藏：{}〕", text.trim()),
        Style::Struck => format!("〔删去：{}〕", text.trim()),
        Style::Absent | Style::Hidden => format!("〔隐藏：{}〕", text.trim()),
    }
}

/// A digit as the corresponding superscript.
fn raised(char: char) -> char {
    match char {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + u32::from(char) - u32::from('0')).unwrap_or(char),
        char => char,
    }
}

#[cfg(test)]
mod tests {
    use super::{Style::*, *};

    fn resolved(runs: &[(Style, &str)]) -> (String, Option<bool>) {
        let mut all = Runs::default();
        runs.iter().for_each(|(style, text)| all.push(*style, text));
        let (shown, concealed) = all.resolved();
        (shown, concealed.map(|concealed| concealed.certain))
    }

    #[test]
    fn what_is_struck_beside_its_correction_is_left_out_and_what_is_struck_within_a_number_is_in_doubt() {
        for (runs, shown, certain) in [
            (&[(Shown, "12")][..], "12", None),
            (&[(Shown, "1"), (Mark, "2")], "1²", None),
            (&[(Struck, "77"), (Shown, "42")], "42", Some(true)),
            (&[(Shown, "42"), (Struck, "77")], "42", Some(true)),
            (&[(Shown, "1"), (Struck, "2"), (Shown, "3")], "13", Some(false)),
            (&[(Struck, "7")], "", Some(false)),
            (&[(Shown, "4"), (Hidden, "2")], "4", Some(false)),
            (&[(Shown, "4"), (Absent, "2")], "4", Some(true)),
            (&[(Absent, "2")], "", Some(false)),
            (&[(Shown, "4"), (Hidden, " ")], "4", None),
            (&[(Mark, "42"), (Shown, "\n")], "42", None),
        ] {
            assert_eq!(resolved(runs), (shown.to_owned(), certain), "{runs:?}");
        }
    }
}
