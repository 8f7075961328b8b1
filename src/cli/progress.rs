//! How far the work is, on a terminal.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

use crate::words::Language;

/// A bar on standard error. Nobody sees it where there is no terminal, or if there is only one file.
pub(super) fn bar(files: usize, quiet: bool, language: Language) -> ProgressBar {
    if !is_drawn(files, quiet, stderr().is_terminal()) {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(template(language)).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}

/// Whether there is anything to wait for, and somebody who waits.
fn is_drawn(files: usize, quiet: bool, terminal: bool) -> bool {
    terminal && !quiet && files > 1
}

fn template(language: Language) -> &'static str {
    match language {
        Language::Zh => "正在检查 {bar:30} {pos}/{len} 份",
        Language::En => "checking {bar:30} {pos}/{len} files",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_drawn_where_somebody_waits_for_several_files() {
        for (files, quiet, terminal, drawn) in
            [(2, false, true, true), (1, false, true, false), (2, true, true, false), (2, false, false, false)]
        {
            assert_eq!(is_drawn(files, quiet, terminal), drawn, "{files} {quiet} {terminal}");
        }
        for (language, words) in
            [(Language::Zh, "正在检查 {bar:30} {pos}/{len} 份"), (Language::En, "{pos}/{len} files")]
        {
            assert!(template(language).contains(words) && ProgressStyle::with_template(template(language)).is_ok());
        }
    }
}
