//! What reports are checked beside: other reports, an earlier result, and what the caller knows.

use std::path::{Path, PathBuf};

use super::{
    documents,
    input::{self, STANDARD_INPUT, complain_of, name_of},
    values,
};
use crate::{
    checker::Checker,
    render::view::FileNames,
    report::{Body, Date},
    submission::{Baseline, Content, Error, Faults, Filing, Hints, Reason, Submission},
    wire::{filing::baseline_from, json, v1},
    words::{Language, Text},
};

/// What belongs to the reports.
#[derive(Debug, clap::Args)]
pub(super) struct Beside {
    /// 上一年度报告 / Last year's report of the same body
    #[arg(long, value_name = "文件 / FILE")]
    previous: Option<PathBuf>,
    /// 下级机关本年度报告，可多次给出 / This year's report of a subordinate body; may be given several times
    #[arg(long = "subordinate", value_name = "文件 / FILE")]
    subordinates: Vec<PathBuf>,
    /// 下级机关报告已全部给出 / The reports of all subordinate bodies are given
    #[arg(long)]
    subordinates_complete: bool,
    /// 以前的检查结果（--format json 的输出），标出新增、仍存在和已改正的问题 / An earlier result, as --format json printed it: findings are then new, persisting or fixed
    #[arg(long, value_name = "文件 / FILE")]
    baseline: Option<PathBuf>,
    /// 报告年度，报告未写明时采用 / The report's year, if it doesn't say it itself
    #[arg(long, value_name = "年份 / YEAR", value_parser = values::year)]
    year: Option<i32>,
    /// 行政机关名称，报告未写明时采用 / The body's name, if the report doesn't say it itself
    #[arg(long, value_name = "名称 / NAME")]
    body: Option<String>,
    /// 报告公布的日期，如 2026-01-20 / The day on which the report was or will be published, such as 2026-01-20
    #[arg(long, value_name = "日期 / DATE", value_parser = values::day)]
    published_on: Option<Date>,
    /// 以哪一日为准检查（期限、豁免有效期），如 2026-03-31 / The day as of which to check (deadlines, waivers), such as 2026-03-31
    #[arg(long, value_name = "日期 / DATE", value_parser = values::day)]
    as_of: Option<Date>,
    /// 填报中：空白不算问题，结论不会是“合规” / The report is still being filled in: blanks are open, and it is never compliant
    #[arg(long)]
    draft: bool,
}

/// All of it, read once for all reports.
pub(super) struct Context<'a> {
    named: &'a Beside,
    /// The names of the files of last year's report and of those of subordinates.
    names: (String, Vec<String>),
    previous: Option<Filing>,
    subordinates: Vec<Filing>,
    earlier: Vec<v1::CheckReportsResponse>,
    /// Whether one report is checked.
    is_alone: bool,
}

impl Beside {
    /// Whether standard input is asked for more than once.
    pub fn stdin_twice(&self, files: &[PathBuf]) -> bool {
        let own = self.subordinates.iter().chain(&self.previous).chain(&self.baseline);
        own.filter(|file| *file == Path::new(STANDARD_INPUT)).count()
            + usize::from(files.iter().any(|file| file == Path::new(STANDARD_INPUT)))
            > 1
    }

    /// The file to which an error belongs: an earlier result of another report is wrong itself, not the report.
    pub fn blamed(&self, name: &str, error: &Error) -> (String, Error) {
        let of_baseline = !error.faults.is_empty() && error.faults.iter().all(|own| own.field.starts_with("baseline"));
        let Some(baseline) = self.baseline.as_ref().filter(|_| of_baseline) else {
            return (name.to_owned(), error.clone());
        };
        let due = |language: Language, sign: &str| {
            // Its fields as the file has them.
            let each = error.faults.iter().map(|own| {
                format!("{} {}", own.field.trim_start_matches("baseline."), own.expected.in_language(language))
            });
            each.collect::<Vec<_>>().join(sign)
        };
        let message = Text::new(
            format!("与 {name} 不是同一份报告：{}", due(Language::Zh, "；")),
            format!("it doesn't belong to {name}: {}", due(Language::En, "; ")),
        );
        (format!("--baseline {}", name_of(baseline)), Error { message, faults: Vec::new(), ..error.clone() })
    }

    /// Reads the files; prints what is wrong with them.
    pub fn open(&self, checker: &Checker, seconds: u64, is_alone: bool, language: Language) -> Option<Context<'_>> {
        let read = |option: &str, field: &str, file: &PathBuf| {
            read(checker, file, field, seconds)
                .map_err(|error| complain_of(&format!("{option} {}", name_of(file)), &error, language))
                .ok()
        };
        let names = (
            self.previous.as_deref().map(name_of).unwrap_or_default(),
            self.subordinates.iter().map(|file| name_of(file)).collect(),
        );
        let (previous, subordinates, earlier) = (None, Vec::new(), Vec::new());
        let mut context = Context { named: self, names, previous, subordinates, earlier, is_alone };
        if let Some(file) = &self.previous {
            context.previous = Some(read("--previous", "previous", file)?);
        }
        for (at, file) in self.subordinates.iter().enumerate() {
            context.subordinates.push(read("--subordinate", &format!("subordinates[{at}]"), file)?);
        }
        if let Some(file) = &self.baseline {
            let told = |error: Error| complain_of(&format!("--baseline {}", name_of(file)), &error, language);
            context.earlier = answers(file).map_err(told).ok()?;
        }
        Some(context)
    }
}

impl Context<'_> {
    /// The names of a report's file and of those beside it.
    pub fn names<'a>(&'a self, report: &'a str, is_structured: bool) -> FileNames<'a> {
        let (previous, subordinates) = &self.names;
        FileNames { report, is_structured, previous, subordinates }
    }

    /// The earlier result of a report, by its file's name. Where there is one result and one report, they belong together.
    fn earlier(&self, name: &str) -> Option<&v1::CheckReportsResponse> {
        match &self.earlier[..] {
            [only] if self.is_alone => Some(only),
            all => of_file(all, name),
        }
    }

    /// Whether there are earlier results, and none is this report's.
    pub fn lacks_baseline(&self, name: &str) -> Option<Text> {
        let file = self.named.baseline.as_ref().filter(|_| self.earlier(name).and_then(earlier).is_none())?;
        let file = name_of(file);
        Some(Text::new(
            format!("--baseline {file} 中没有这份报告的检查结果，未作比较"),
            format!("--baseline {file} has no result of this report: nothing was compared"),
        ))
    }

    /// A report with all that belongs to it; `name` finds its earlier result.
    pub fn submission(&self, subject: Filing, name: &str) -> Result<Submission, Error> {
        let mut faults = Faults::default();
        let baseline: Option<Baseline> =
            self.earlier(name).and_then(earlier).map(|earlier| baseline_from(earlier, &mut faults));
        let faults = faults.into_list();
        if !faults.is_empty() {
            return Err(Error::invalid(faults));
        }
        let named = self.named;
        let body = named.body.as_ref().map(|name| Body { name: name.clone(), ..Body::default() });
        Ok(Submission {
            previous: self.previous.clone(),
            subordinates: self.subordinates.clone(),
            subordinates_complete: named.subordinates_complete,
            hints: Hints { body, year: named.year, published_on: named.published_on },
            baseline,
            as_of: named.as_of,
            draft: named.draft,
            ..Submission::of(subject)
        })
    }
}

/// The report of a file, read once for all checks that need it.
pub(super) fn read(checker: &Checker, file: &Path, field: &str, seconds: u64) -> Result<Filing, Error> {
    let filing = input::filing(file, field)?;
    let digest = filing.digest;
    let report = checker.read(filing, field, &documents::deadline(seconds))?;
    Ok(Filing { content: Content::Report(Box::new(report)), digest })
}

/// The earlier answers in a file.
fn answers(file: &Path) -> Result<Vec<v1::CheckReportsResponse>, Error> {
    let bytes = input::read(file)?;
    let text = input::text(&bytes)?;
    let no_answer = Text::fixed(
        "不是检查结果；应为 gouji check --format json 的输出",
        "it is no result of a check: give what gouji check --format json printed",
    );
    let answers = json::read_all(&text).ok().filter(|answers: &Vec<v1::CheckReportsResponse>| {
        // Each is of something: an empty object is none.
        !answers.is_empty() && answers.iter().all(|answer| answer.result.is_some())
    });
    answers.ok_or_else(|| Error::plain(Reason::UnreadableDocument, no_answer))
}

/// The earlier answer for a file: that of its name, or of one file of this name in another folder.
fn of_file<'a>(answers: &'a [v1::CheckReportsResponse], name: &str) -> Option<&'a v1::CheckReportsResponse> {
    let file = |name: &'a str| Path::new(name).file_name();
    let own = Path::new(name).file_name();
    let mut alike = answers.iter().filter(|answer| own.is_some() && file(&answer.key) == own);
    let only = alike.next().filter(|_| alike.next().is_none());
    answers.iter().find(|answer| answer.key == name).or(only)
}

/// What an earlier answer tells of a report; nothing where it is an error.
fn earlier(own: &v1::CheckReportsResponse) -> Option<v1::Baseline> {
    let Some(v1::check_reports_response::Result::Response(response)) = &own.result else { return None };
    let assessment = response.assessment.as_ref()?;
    // What rules on trial found is no part of an answer with which another is compared.
    let counting = assessment.findings.iter().filter(|finding| finding.kind() != v1::FindingKind::Trial);
    let occurrences = counting.flat_map(|finding| &finding.occurrences);
    let fingerprints = occurrences.map(|occurrence| occurrence.fingerprint.clone()).collect();
    Some(v1::Baseline { fingerprints, citation: assessment.citation.clone() })
}
