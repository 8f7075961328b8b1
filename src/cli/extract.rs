//! `gouji extract`: the report as it was read from a document.

use std::{num::NonZeroUsize, path::PathBuf};

use super::{
    Format, documents, exit,
    input::{complain_of, filing, name_of},
    print,
};
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
    #[arg(value_name = "文件 / FILE")]
    file: PathBuf,
    /// 输出形式：text 按格式列表，json 为 AnnualReport，另列正文所述（statements） / Form of the output: text (the form's tables) or json (an `AnnualReport`, and `statements`: what its text states)
    #[arg(long, value_enum, default_value_t, value_name = "形式 / FORMAT")]
    format: Format,
}

/// Prints what was read. The exit code says whether all of it could be read.
pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
    let read = filing(&arguments.file, "subject").and_then(|filing| {
        let checker = Checker::new(documents::reading(NonZeroUsize::MIN, documents::SECONDS));
        checker.read(filing, "subject", &documents::deadline(documents::SECONDS))
    });
    let report = match read {
        Ok(report) => report,
        Err(error) => {
            complain_of(&name_of(&arguments.file), &error, language);
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
