//! What all parts of a view are written with.

use super::FileNames;
use crate::{
    engine::Assessment,
    render::visible::visible,
    report::AnnualReport,
    words::{Language, Text},
};

/// Writes the parts of a view.
pub(super) struct Writer<'a> {
    pub files: FileNames<'a>,
    pub report: &'a AnnualReport,
    pub assessment: &'a Assessment,
    pub language: Language,
}

impl Writer<'_> {
    pub fn words(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub fn text(&self, text: &Text) -> String {
        visible(text.in_language(self.language)).into_owned()
    }

    /// Leaves out all lines but the first, and says how many places there are in all.
    pub fn shorten(&self, lines: &mut Vec<String>, most: usize, count: usize) {
        if lines.len() > most {
            lines.truncate(most);
            lines.push(match self.language {
                Language::Zh => format!("……共 {count} 处"),
                Language::En => format!("… {count} places in all"),
            });
        }
    }
}
