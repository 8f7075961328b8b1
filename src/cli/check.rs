//! `gouji check`: checks files and reports what is wrong with them.

use std::{
    io::IsTerminal,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use super::{
    Format,
    beside::{Beside, Context},
    complain, documents, exit,
    files::{self, Files},
    input::{complaint_of, filing, name_of},
    parallel::{in_order, processors},
    print,
    problems::Telling,
    progress,
    rulebook::Rules,
    selection::{FailOn, Order, Selection, Standing},
    statistics::{Places, Statistics, places},
    values,
};
use crate::{
    checker::{Checked, Checker},
    engine::Verdict,
    render::{Terminal, summary, visible_json},
    submission::{Content, Error},
    wire::{
        assessment::response_to,
        json,
        manner::{Manner, View},
        status::status,
        v1::{self, check_reports_response::Result as Answer},
    },
    words::{Language, Text},
};

/// What to check, and how to print the result.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 报告文件或文件夹（含各级子文件夹中的文档）；“-”为标准输入；*.json 为结构化报告 / Reports, or folders with reports at any depth; - is standard input; *.json holds a structured report
    #[arg(required = true, value_name = "文件 / FILES")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    beside: Beside,
    #[command(flatten)]
    rules: Rules,
    /// 豁免文件 / A file of waivers
    #[arg(long, value_name = "文件 / FILE")]
    waivers: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// 排列次序：severity 先列最严重的，form 按格式的次序 / The order: severity, the gravest first, or form, as the form has it
    #[arg(long, value_enum, default_value_t, value_name = "次序 / ORDER")]
    sort: Order,
    /// 有这一级别或更严重的问题时退出码为 1；never 为有问题也不报错，未能读取的仍报错 / The least severity that ends the command with 1; never: whatever is found, only unreadable files count
    #[arg(long, value_enum, default_value_t, value_name = "级别 / SEVERITY")]
    fail_on: FailOn,
    /// 每份报告只输出一行结论 / Print only a line with the verdict for each report
    #[arg(long)]
    quiet: bool,
    /// 最后按规则统计全部文件中的问题 / At the end, count the findings of all files by rule
    #[arg(long)]
    statistics: bool,
    /// 输出形式：text 供阅读，json 为每份报告一行 CheckReportsResponse / Form of the output: text or json (a `CheckReportsResponse` a line)
    #[arg(long, value_enum, default_value_t, value_name = "形式 / FORMAT")]
    format: Format,
    /// JSON 中包含全部规则结论和读出的报告 / In JSON, tell all rulings and the report as read
    #[arg(long)]
    full: bool,
    /// 同时检查的文件数，默认为处理器核数 / How many files to check at once; else one per processor
    #[arg(long, value_name = "个数 / NUMBER", value_parser = values::jobs)]
    jobs: Option<NonZeroUsize>,
    /// 每个文件最长的检查时间，单位秒 / The longest that checking one file may take, in seconds
    #[arg(long, value_name = "秒 / SECONDS", default_value_t = documents::SECONDS, value_parser = values::seconds)]
    time_limit: u64,
}

/// One checked file: what is printed, and what it counts for.
struct Done {
    out: String,
    complaints: Vec<String>,
    verdict: Option<Verdict>,
    standing: Standing,
    places: Places,
}

/// Checks all files. The exit code is that of the worst result.
pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
    match check_all(arguments, language) {
        Ok(standing) => match standing {
            Standing::Passes => exit::COMPLIANT,
            Standing::Open => exit::UNDETERMINED,
            Standing::Fails => exit::NOT_COMPLIANT,
        },
        Err(problem) => {
            if let Some(problem) = problem {
                complain(problem.in_language(language));
            }
            exit::USAGE
        }
    }
}

/// Checks all files; `None` is a problem that was already printed.
fn check_all(arguments: &Arguments, language: Language) -> Result<Standing, Option<Text>> {
    let in_force = arguments.rules.open(arguments.waivers.as_ref(), Telling::People(language)).ok_or(None)?;
    let rulebook = in_force.in_force();
    let rules = rulebook.engine("").map(|engine| engine.rules()).unwrap_or_default();
    arguments.selection.check(rules)?;
    if arguments.beside.stdin_twice(&arguments.files) {
        return Err(Some(Text::fixed("标准输入（-）只能用一次", "standard input (-) can be used only once")));
    }
    let found = files::find(&arguments.files);
    if let Some(nothing) = files::nothing_in(&arguments.files, &found) {
        return Err(Some(nothing));
    }
    let Files { files, skipped, unread } = found;
    let jobs = arguments.jobs.unwrap_or_else(processors);
    let checker = Checker::by(documents::reading(jobs, arguments.time_limit), in_force.clone());
    let context = arguments.beside.open(&checker, arguments.time_limit, files.len() == 1, language).ok_or(None)?;
    let one = One { arguments, checker: &checker, context: &context, language, terminal: terminal(language) };
    let bar = progress::bar(files.len(), arguments.quiet, language);
    let (mut verdicts, mut statistics, mut worst) = (Vec::new(), Statistics::default(), Standing::Passes);
    let then = |done: Done| {
        bar.suspend(|| {
            print(&done.out);
            done.complaints.iter().for_each(|line| complain(line));
        });
        bar.inc(1);
        verdicts.push(done.verdict);
        statistics.add(done.places);
        worst = worst.max(done.standing);
    };
    in_order(&files, jobs, |file| one.done(file), then);
    bar.finish_and_clear();
    for why in &unread {
        complain(why.in_language(language));
        worst = worst.max(Standing::Open);
    }
    let table = if arguments.statistics { statistics.table(rules, language) } else { String::new() };
    close(arguments, &verdicts, skipped, &table, language);
    Ok(worst)
}

/// What is said of all files together.
fn close(arguments: &Arguments, verdicts: &[Option<Verdict>], skipped: usize, table: &str, language: Language) {
    if arguments.format == Format::Json {
        // Standard output holds a message a line, and nothing else.
        table.lines().for_each(complain);
        return;
    }
    if verdicts.len() > 1 || skipped > 0 {
        let words = Text::new(
            format!("；另有 {skipped} 个文件不是文档，未检查"),
            format!("; {skipped} other files are no documents and were left out"),
        );
        let left_out = if skipped > 0 { words.in_language(language) } else { "" };
        print(&format!("{}{left_out}\n", summary(verdicts, language)));
    }
    print(table);
}

/// What the checks of all files share.
struct One<'a> {
    arguments: &'a Arguments,
    checker: &'a Checker,
    context: &'a Context<'a>,
    language: Language,
    terminal: Terminal,
}

impl One<'_> {
    fn done(&self, file: &Path) -> Done {
        let name = name_of(file);
        match self.check(file, &name) {
            Ok((checked, is_structured)) => self.told(&name, is_structured, checked),
            Err(error) => self.unread(&name, &error),
        }
    }

    /// The result, and whether the report is structured.
    fn check(&self, file: &Path, name: &str) -> Result<(Checked, bool), Error> {
        let filing = filing(file, "subject")?;
        let is_structured = matches!(filing.content, Content::Report(_));
        let submission = self.context.submission(filing, name)?;
        let checked = self.checker.check(submission, &documents::deadline(self.arguments.time_limit))?;
        Ok((checked, is_structured))
    }

    fn told(&self, name: &str, is_structured: bool, mut checked: Checked) -> Done {
        let Arguments { selection, sort, fail_on, full, .. } = self.arguments;
        let lacking = self.context.lacks_baseline(name);
        let complaints = lacking.map(|why| format!("{name}: {}", why.in_language(self.language)));
        selection.narrow(&mut checked.assessment);
        sort.put(&mut checked.assessment);
        let Checked { dossier, assessment, .. } = &checked;
        let view = if *full { View::Full } else { View::Basic };
        let out = match self.arguments.format {
            Format::Json => {
                let manner = Manner { language: self.language, view };
                line(name, Answer::Response(response_to(&checked, manner)))
            }
            Format::Text if self.arguments.quiet => self.terminal.verdict_line(name, &dossier.report, assessment),
            Format::Text => {
                self.terminal.assessment(self.context.names(name, is_structured), &dossier.report, assessment)
            }
        };
        Done {
            out,
            complaints: complaints.into_iter().collect(),
            verdict: Some(assessment.verdict),
            standing: selection.standing(assessment, *fail_on),
            places: places(assessment),
        }
    }

    fn unread(&self, name: &str, error: &Error) -> Done {
        let (out, complaints) = match self.arguments.format {
            Format::Json => (line(name, Answer::Error(status(error, self.language))), Vec::new()),
            Format::Text => {
                let (name, error) = self.arguments.beside.blamed(name, error);
                (String::new(), complaint_of(&name, &error, self.language))
            }
        };
        Done { out, complaints, verdict: None, standing: Standing::Open, places: Places::new() }
    }
}

fn line(name: &str, answer: Answer) -> String {
    let response = v1::CheckReportsResponse { key: name.to_owned(), sequence: 0, result: Some(answer) };
    visible_json(&json::write(&response)).into_owned() + "\n"
}

/// How people are shown what standard output is given.
fn terminal(language: Language) -> Terminal {
    const LEAST: usize = 40;
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    // A line has the columns of the terminal, else 80.
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let own = || rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| usize::from(size.ws_col));
    let width = told.or_else(own).filter(|columns| *columns >= LEAST).unwrap_or(80);
    Terminal { language, colour, width }
}
