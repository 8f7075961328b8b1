//! `gouji extract`: the report as it was read from a document.

use super::{DocumentPath, Format, Lang, check::filing, complain, documents, exit, name_of, print};
use crate::{
    checker::Checker,
    render::{form, visible_json},
    wire::statement::with_statements,
    words::Language,
};

/// What to read, and how to print it.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 报告文件；“-”为标准输入 / A report; - is standard input
    file: DocumentPath,
    /// 输出形式 / Form of the output: text (the form's tables) or json (an `AnnualReport`, and `statements`: what its text states)
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// 语言 / Language
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

/// Prints what was read. The exit code says whether all of it could be read.
pub(super) fn run(arguments: &Arguments) -> u8 {
    let language = Language::from(arguments.lang);
    let filing = filing(&arguments.file, "subject", language).map_err(|failure| failure.status.message);
    let read = filing.and_then(|filing| {
        let checker = Checker::new(documents::reading(documents::SECONDS));
        let read = checker.read(filing, "subject", &documents::deadline(documents::SECONDS));
        read.map_err(|error| error.message.in_language(language).to_owned())
    });
    let report = match read {
        Ok(report) => report,
        Err(problem) => {
            complain(&format!("{}: {problem}", name_of(&arguments.file)));
            return exit::UNDETERMINED;
        }
    };
    match arguments.format {
        Format::Json => {
            let json = with_statements(&report, &documents::deadline(documents::SECONDS));
            print(&(visible_json(&json) + "\n"));
        }
        Format::Text => print(&form(&report, language)),
    }
    if report.figures.has_unread() { exit::UNDETERMINED } else { exit::COMPLIANT }
}
