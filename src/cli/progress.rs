//! How far the work is, on a terminal.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use crate::words::Language;

/// A bar on standard error. Nobody sees it where there is no terminal, or if there is only one file.
pub(super) fn bar(files: usize, quiet: bool, language: Language) -> ProgressBar {
    if quiet || files < 2 || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = match language {
        Language::Zh => "正在检查 {bar:30} {pos}/{len} 份",
        Language::En => "checking {bar:30} {pos}/{len} files",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}
