//! The command line.

mod answer;
mod beside;
mod check;
mod completions;
mod documents;
mod eval;
mod extract;
mod files;
mod health;
mod impact;
mod input;
mod language;
mod misuse;
mod packs;
mod parallel;
mod problems;
mod progress;
mod rulebook;
mod rules;
mod selection;
mod serve;
mod statistics;
mod values;

use std::{ffi::OsString, io::Write, process::ExitCode};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::{
    config::LANGUAGE_VARIABLE,
    engine::mask::mask,
    isolation,
    render::visible,
    words::{Language, Text, system},
};

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

/// 勾稽（gouji）：检查政府信息公开工作年度报告 / gouji: checks 政府信息公开工作年度报告, the yearly reports on government information disclosure
#[derive(Debug, Parser)]
#[command(
    name = "gouji",
    version,
    after_help = "退出码：0 合规；1 不合规，或有 --fail-on 所定级别的问题；2 无法判断或未能读取；64 用法错误；70 内部错误 / Exit codes: 0 compliant; 1 not compliant, or findings of the severity that --fail-on names; 2 undetermined or unreadable; 64 usage; 70 internal error"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// 语言：zh 中文，en 英文 / The language: zh for Chinese, en for English
    #[arg(long, value_enum, ignore_case = true, default_value_t, global = true, env = LANGUAGE_VARIABLE, value_name = "语言 / LANGUAGE", display_order = language::LAST)]
    lang: Lang,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
enum Command {
    /// 检查报告 / Check reports
    #[command(
        after_help = "退出码：全部合规为 0；有一份不合规（或有 --fail-on 所定级别的问题）的为 1；否则有一份无法判断或未能读取的为 2；用法错误为 64 / Exit codes: 0 if all comply; 1 if one doesn't, or has findings of the severity that --fail-on names; else 2 if one is undetermined or unreadable; 64 for wrong usage"
    )]
    Check(Box<check::Arguments>),
    /// 显示从文件中读出的报告 / Show the report as read from a document
    Extract(extract::Arguments),
    /// 编写、检验规则包 / Write and test packs of rules
    Packs(packs::Arguments),
    /// 启动 gRPC 服务 / Serve over gRPC
    Serve(serve::Arguments),
    /// 询问服务是否正常 / Ask whether a service serves
    Health(health::Arguments),
    /// 查看规则 / Look at the rules
    Rules(rules::Arguments),
    /// 输出命令补全脚本 / Print a script by which a shell completes commands
    Completions {
        /// 命令解释器 / The shell
        #[arg(value_name = "解释器 / SHELL")]
        shell: completions::Shell,
    },
    /// 显示命令的帮助 / Print the help of a command
    Help {
        /// 命令，如 check / The command, such as check
        #[arg(value_name = "命令 / COMMAND")]
        command: Vec<String>,
    },
    /// Answers a request in JSON from standard input, as the core does that programs embed.
    #[command(hide = true)]
    Answer,
    /// Reads documents for another process of this program.
    #[command(name = isolation::SUBCOMMAND, hide = true)]
    ReadDocuments,
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
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let line: Vec<OsString> = arguments.into_iter().collect();
    let language = language::asked(&line);
    let code = parsed(line, language).map_or_else(|code| code, |arguments| execute(arguments.command, language));
    ExitCode::from(code)
}

/// The arguments; or the exit code, once help or an error was printed.
fn parsed(line: Vec<OsString>, language: Language) -> Result<Arguments, u8> {
    let command = language::localised(Arguments::command(), language);
    let matches = command.try_get_matches_from(line);
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| {
        let explained = misuse::explained(&error, language);
        if error.use_stderr() {
            let _ = std::io::stderr().lock().write_all(explained.as_bytes());
            exit::USAGE
        } else {
            print(&explained);
            exit::COMPLIANT
        }
    })
}

fn execute(command: Command, language: Language) -> u8 {
    match command {
        Command::Check(arguments) => check::run(&arguments, language),
        Command::Extract(arguments) => extract::run(&arguments, language),
        Command::Packs(arguments) => packs::run(&arguments, language),
        Command::Serve(arguments) => serve::run(&arguments, language),
        Command::Health(arguments) => health::run(&arguments, language),
        Command::Rules(arguments) => rules::run(&arguments, language),
        Command::Completions { shell } => completions::run(shell, &language::localised(Arguments::command(), language)),
        Command::Help { command } => help(command, language),
        Command::Answer => answer::run(language),
        Command::ReadDocuments => isolation::run().map_or(exit::FAILED, |()| exit::COMPLIANT),
    }
}

/// `gouji help check` is `gouji check --help`.
fn help(command: Vec<String>, language: Language) -> u8 {
    let line = std::iter::once("gouji".to_owned()).chain(command).chain(["--help".to_owned()]);
    parsed(line.map(OsString::from).collect(), language).err().unwrap_or(exit::COMPLIANT)
}

/// Prints to standard output. A closed pipe is not an error; what can't be written otherwise ends the command, since nobody
/// would miss what is lost.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if let Err(error) = written
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        let line: Vec<OsString> = std::env::args_os().collect();
        let Text { zh, en } = system::why(&error);
        let lost = Text::new(format!("结果未能写出：{zh}"), format!("the output could not be written: {en}"));
        complain(lost.in_language(language::asked(&line)));
        std::process::exit(exit::FAILED.into());
    }
}

/// Prints a problem to standard error.
fn complain(text: &str) {
    let lines: Vec<_> = text.lines().map(|line| visible(&mask(line)).into_owned()).collect();
    let _ = writeln!(std::io::stderr().lock(), "gouji: {}", lines.join("\n"));
}
