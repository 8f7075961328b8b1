//! The command line.

mod answer;
mod check;
mod documents;
mod eval;
mod extract;
mod impact;
mod packs;
mod problems;
mod rulebook;
mod rules;
mod serve;

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand, ValueEnum};

use crate::{engine::mask::mask, isolation, render::visible, words::Language};

/// Exit codes, for scripts.
mod exit {
    /// Every report complies.
    pub const COMPLIANT: u8 = 0;
    /// A report does not comply.
    pub const NOT_COMPLIANT: u8 = 1;
    /// A report is undetermined or unreadable, and no report is known not to comply.
    pub const UNDETERMINED: u8 = 2;
    /// Wrong usage (`EX_USAGE`).
    pub const USAGE: u8 = 64;
    /// The command could not do its work (`EX_SOFTWARE`).
    pub const FAILED: u8 = 70;
}

/// 勾稽 (gouji): checks 政府信息公开工作年度报告.
#[derive(Debug, Parser)]
#[command(
    name = "gouji",
    version,
    about,
    after_help = "退出码 / exit codes: 0 合规 compliant · 1 不合规 not compliant · 2 无法判断或未能读取 undetermined or unreadable · 64 用法错误 usage"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
enum Command {
    /// 检查报告 / Check reports
    Check(check::Arguments),
    /// 显示从文件中读出的报告 / Show the report as read from a document
    Extract(extract::Arguments),
    /// 编写、检验规则包 / Write and test packs of rules
    Packs(packs::Arguments),
    /// 启动 gRPC 服务 / Serve over gRPC
    Serve(serve::Arguments),
    /// 查看规则 / Look at the rules
    Rules(rules::Arguments),
    /// Answers a request in JSON from standard input, as the core does that programs embed.
    #[command(hide = true)]
    Answer,
    /// Reads documents for another process of this program.
    #[command(name = isolation::SUBCOMMAND, hide = true)]
    ReadDocuments { bounds: String },
}

/// The output language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::En => Self::En,
        }
    }
}

/// The output form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// JSON messages of the contract, one per line.
    Json,
}

/// Runs the command that the arguments name.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { exit::USAGE } else { exit::COMPLIANT });
        }
    };
    ExitCode::from(match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Packs(arguments) => packs::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Answer => answer::run(),
        Command::ReadDocuments { bounds } => isolation::run(&bounds).map_or(exit::FAILED, |()| exit::COMPLIANT),
    })
}

/// Prints to standard output. A closed pipe is not an error.
fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Prints a problem to standard error.
fn complain(text: &str) {
    let lines: Vec<_> = text.lines().map(|line| visible(&mask(line)).into_owned()).collect();
    let _ = writeln!(std::io::stderr().lock(), "gouji: {}", lines.join("\n"));
}

/// The name of a file in messages; `-` is standard input.
fn name_of(file: &std::path::Path) -> String {
    file.display().to_string()
}

/// The path of a document, or `-` for standard input.
type DocumentPath = PathBuf;
