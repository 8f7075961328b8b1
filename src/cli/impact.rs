//! `gouji packs impact`: what a change of rules changes for a folder of reports.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{Format, Lang, check::filing, complain, documents, exit, print, rulebook};
use crate::{
    checker::{Checker, Reading},
    engine::{Assessment, Finding},
    ingestion::Limits,
    render::verdict_name,
    report::{Content, Filing, Language, Submission},
    rulebook::Sources,
    wire::{assessment::impact_to, json},
};

/// What to compare.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 变更前的规则包；不给出则只有内置规则 / The pack before; the built-in rules alone where it is not given
    #[arg(long, value_name = "FOLDER")]
    before: Option<PathBuf>,
    /// 变更后的规则包 / The pack after
    #[arg(long, value_name = "FOLDER")]
    after: Option<PathBuf>,
    /// 报告所在文件夹 / The folder with the reports
    folder: PathBuf,
    /// 输出形式 / Form of the output: text or json (an `Impact` a line)
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// 语言 / Language
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

/// Compares, and tells how many reports are judged otherwise.
pub(super) fn run(arguments: &Arguments) -> u8 {
    let language = Language::from(arguments.lang);
    let opened = |folder: &Option<PathBuf>| {
        rulebook::open(Sources { packs: folder.iter().cloned().collect(), ..Sources::default() })
    };
    let (Some(before), Some(after)) = (opened(&arguments.before), opened(&arguments.after)) else {
        return exit::USAGE;
    };
    let files = match files(&arguments.folder) {
        Ok(files) => files,
        Err(error) => {
            complain(&format!("{}: {error}", arguments.folder.display()));
            return exit::USAGE;
        }
    };
    let reader = Checker::new(documents::reading());
    let here = || Reading::Here(Limits::default());
    let (before, after) = (Checker::by(here(), before), Checker::by(here(), after));
    let (mut changed, mut unread) = (0, 0);
    for file in &files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let both = read(&reader, file, language).and_then(|filing| {
            let check = |checker: &Checker| checker.check(Submission::of(filing.clone()), None);
            let both = check(&before).and_then(|first| Ok((first, check(&after)?)));
            both.map_err(|error| error.message.in_language(language).to_owned())
        });
        match both {
            Ok((first, second)) => {
                let (one, other) = (&first.assessment, &second.assessment);
                let (added, removed) = (only_in(other, one), only_in(one, other));
                changed += usize::from(one.verdict != other.verdict || !added.is_empty() || !removed.is_empty());
                print(&match arguments.format {
                    Format::Json => {
                        let verdicts = (one.verdict, other.verdict);
                        json::write(&impact_to(&name, &first.report, verdicts, &added, &removed, language)) + "\n"
                    }
                    Format::Text => line(&name, one, other, &added, &removed, language),
                });
            }
            Err(problem) => {
                complain(&format!("{name}: {problem}"));
                unread += 1;
            }
        }
    }
    if arguments.format == Format::Text {
        let read = files.len() - unread;
        print(&format!("{read} 份报告 / reports, {changed} 份有变化 / changed, {unread} 份未能读取 / unread\n"));
    }
    if unread == 0 { exit::COMPLIANT } else { exit::UNDETERMINED }
}

/// The files of a folder, by name.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

/// The report of a file, read once for both sets of rules.
fn read(reader: &Checker, file: &Path, language: Language) -> Result<Filing, String> {
    let filing = filing(file, "subject", language).map_err(|failure| failure.status.message)?;
    let digest = filing.digest;
    let report = reader.read(filing, "subject", None);
    let report = report.map_err(|error| error.message.in_language(language).to_owned())?;
    Ok(Filing { content: Content::Report(Box::new(report)), digest })
}

/// The findings that one assessment has and the other has not.
fn only_in<'a>(one: &'a Assessment, other: &Assessment) -> Vec<&'a Finding> {
    let known: BTreeSet<&str> = other.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    one.findings.iter().filter(|finding| !known.contains(finding.fingerprint.as_str())).collect()
}

fn line(
    name: &str,
    before: &Assessment,
    after: &Assessment,
    added: &[&Finding],
    removed: &[&Finding],
    language: Language,
) -> String {
    let verdicts = [before.verdict, after.verdict].map(|verdict| verdict_name(verdict, language));
    let verdict = if before.verdict == after.verdict {
        verdicts[0].to_owned()
    } else {
        format!("{} → {}", verdicts[0], verdicts[1])
    };
    let codes = |sign: char, findings: &[&Finding]| -> String {
        findings.iter().map(|finding| format!("  {sign}{} {}", finding.code, finding.location.path())).collect()
    };
    format!("{name}  {verdict}{}{}\n", codes('+', added), codes('-', removed))
}
