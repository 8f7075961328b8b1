//! `gouji check`: checks files and reports what is wrong with them.

use std::{
    fs::File,
    io::{IsTerminal, Read},
    path::{Path, PathBuf},
};

use super::{
    DocumentPath, Format, Lang, complain, documents, exit, name_of, print, problems::Telling, rulebook::Rules,
};
use crate::{
    checker::{Checked, Checker},
    engine::Verdict,
    render::{Terminal, summary, visible_json},
    report::Date,
    submission::{Error, Fault, Faults, Filing, Reason, Submission},
    wire::{
        assessment::response_to,
        filing::{baseline_from, structured},
        google::rpc::Status,
        json,
        manner::{Manner, View},
        statement,
        status::status,
        v1,
    },
    words::{Language, Text},
};

/// What to check, and how to print the result.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 报告文件；“-”为标准输入；*.json 为结构化报告 / Reports; - is standard input; *.json holds a structured report
    #[arg(required = true)]
    files: Vec<DocumentPath>,
    /// 上一年度报告 / Last year's report of the same body
    #[arg(long, value_name = "FILE")]
    previous: Option<DocumentPath>,
    /// 以前的检查结果（--format json 的输出），标出新增、仍存在和已改正的问题 / An earlier result, as --format json printed it
    #[arg(long, value_name = "FILE.json")]
    baseline: Option<DocumentPath>,
    /// 每个文件最长的检查时间，单位秒 / The longest that checking one file may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = documents::SECONDS, value_parser = clap::value_parser!(u64).range(1..=3600))]
    time_limit: u64,
    #[command(flatten)]
    rules: Rules,
    /// 豁免文件 / A file of waivers
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// 以哪一日为准检查（期限、豁免有效期），如 2026-03-31 / The day as of which to check
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// 填报中：空白不算问题，结论不会是“合规”/ The report is still being filled in: blanks are open
    #[arg(long)]
    draft: bool,
    /// 输出形式 / Form of the output: text or json (a `CheckReportsResponse` a line)
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// 语言 / Language
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// JSON 中包含全部规则结论和读出的报告 / In JSON, tell all rulings and the report as read
    #[arg(long)]
    full: bool,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "应为存在的日期 / a day that exists: 2026-03-31".to_owned())
}

/// Why a file could not be checked.
pub(super) struct Failure {
    pub status: Status,
    faults: Vec<Fault>,
}

/// Checks all files. The exit code is that of the worst result.
pub(super) fn run(arguments: &Arguments) -> u8 {
    let Some(rules) = arguments.rules.open(arguments.waivers.as_ref(), Telling::People(arguments.lang.into())) else {
        return exit::USAGE;
    };
    let checker = Checker::by(documents::reading(arguments.time_limit), rules);
    let language = Language::from(arguments.lang);
    let view = if arguments.full { View::Full } else { View::Basic };
    let manner = Manner { language, view };
    let baseline = match arguments.baseline.as_deref().map(baseline).transpose() {
        Ok(baseline) => baseline,
        Err(problem) => {
            complain(&problem);
            return exit::USAGE;
        }
    };
    let verdicts: Vec<Option<Verdict>> = arguments
        .files
        .iter()
        .map(|file| {
            let baseline = baseline.as_ref().and_then(|answers| earlier(answers, &name_of(file)));
            let checked = check(&checker, file, arguments, baseline);
            match arguments.format {
                Format::Json => print_json(&name_of(file), &checked, manner),
                Format::Text => print_text(&name_of(file), &checked, language),
            }
            checked.ok().map(|checked| checked.assessment.verdict)
        })
        .collect();
    if verdicts.len() > 1 && arguments.format == Format::Text {
        print(&(summary(&verdicts, language) + "\n"));
    }
    if verdicts.contains(&Some(Verdict::NonCompliant)) {
        exit::NOT_COMPLIANT
    } else if verdicts.iter().all(|verdict| *verdict == Some(Verdict::Compliant)) {
        exit::COMPLIANT
    } else {
        exit::UNDETERMINED
    }
}

fn check(
    checker: &Checker,
    file: &Path,
    arguments: &Arguments,
    baseline: Option<v1::Baseline>,
) -> Result<Checked, Failure> {
    let language = Language::from(arguments.lang);
    let subject = filing(file, "subject", language)?;
    let previous = arguments.previous.as_deref().map(|previous| filing(previous, "previous", language)).transpose()?;
    let mut faults = Faults::default();
    let baseline = baseline.map(|earlier| baseline_from(earlier, &mut faults));
    let faults = faults.into_list();
    if !faults.is_empty() {
        return Err(failure(Error::invalid(faults), language));
    }
    let submission =
        Submission { previous, baseline, as_of: arguments.as_of, draft: arguments.draft, ..Submission::of(subject) };
    let deadline = documents::deadline(arguments.time_limit);
    checker.check(submission, &deadline).map_err(|error| failure(error, language))
}

/// The earlier answers in a file, one per line.
fn baseline(file: &Path) -> Result<Vec<v1::CheckReportsResponse>, String> {
    let bytes = read(file).map_err(|error| format!("{}: {error}", name_of(file)))?;
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let answers = lines.map(|line| json::read(line.as_bytes()).map_err(|why| format!("{}: {}", name_of(file), why.en)));
    answers.collect()
}

/// The earlier answer for a file; if there is only one answer, that one. No answer is no baseline.
fn earlier(answers: &[v1::CheckReportsResponse], name: &str) -> Option<v1::Baseline> {
    let own = answers.iter().find(|answer| answer.key == name).or(match answers {
        [only] => Some(only),
        _ => None,
    });
    let Some(v1::check_reports_response::Result::Response(response)) = &own?.result else { return None };
    let assessment = response.assessment.as_ref()?;
    // What rules on trial found is no part of an answer with which another is compared.
    let counting = assessment.findings.iter().filter(|finding| finding.kind() != v1::FindingKind::Trial);
    let occurrences = counting.flat_map(|finding| &finding.occurrences);
    let fingerprints = occurrences.map(|occurrence| occurrence.fingerprint.clone()).collect();
    Some(v1::Baseline { fingerprints, citation: assessment.citation.clone() })
}

pub(super) fn failure(error: Error, language: Language) -> Failure {
    Failure { status: status(&error, language), faults: error.faults }
}

/// A file as a filing: JSON is a structured report, everything else a document.
pub(super) fn filing(file: &Path, field: &str, language: Language) -> Result<Filing, Failure> {
    let bytes = read(file).map_err(|error| {
        let message = Text::same(format!("{}: {error}", name_of(file)));
        failure(Error::plain(Reason::FileNotRead, message), language)
    })?;
    if file.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("json")) {
        return Ok(Filing::document(bytes, name_of(file)));
    }
    let report: v1::AnnualReport = statement::report_beside(&bytes).map_err(|why| {
        failure(Error::invalid(vec![Fault { field: format!("{field}.report"), expected: why }]), language)
    })?;
    let mut faults = Faults::default();
    let filing = structured(&report, &format!("{field}.report"), &mut faults);
    match faults.into_list() {
        faults if faults.is_empty() => Ok(filing),
        faults => Err(failure(Error::invalid(faults), language)),
    }
}

/// The bytes of a file, up to one more than the limit: a file that is too large is then refused as such.
fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let limit = documents::most() as u64 + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn print_json(name: &str, checked: &Result<Checked, Failure>, manner: Manner) {
    use v1::check_reports_response::Result as Answer;
    let answer = match checked {
        Ok(checked) => Answer::Response(response_to(checked, manner)),
        Err(failure) => Answer::Error(failure.status.clone()),
    };
    let response = v1::CheckReportsResponse { key: name.to_owned(), sequence: 0, result: Some(answer) };
    print(&(visible_json(&json::write(&response)) + "\n"));
}

/// How many columns a line has: those of the terminal, else 80.
fn width() -> usize {
    const LEAST: usize = 40;
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| usize::from(size.ws_col));
    told.or_else(terminal).filter(|columns| *columns >= LEAST).unwrap_or(80)
}

fn print_text(name: &str, checked: &Result<Checked, Failure>, language: Language) {
    match checked {
        Ok(checked) => {
            let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let terminal = Terminal { language, colour, width: width() };
            print(&terminal.assessment(name, &checked.dossier.report, &checked.assessment));
        }
        Err(failure) => complain_of(name, failure, language),
    }
}

/// Prints why a file could not be checked, and which fields are at fault.
pub(super) fn complain_of(name: &str, failure: &Failure, language: Language) {
    complain(&format!("{name}: {}", failure.status.message));
    for fault in &failure.faults {
        complain(&format!("  {}: {}", fault.field, fault.expected.in_language(language)));
    }
}
