//! `gouji packs impact`: how a change of rules affects a folder of reports.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{
    Format, Lang,
    check::{Failure, complain_of, failure, filing},
    complain, documents, exit, print, rulebook,
};
use crate::{
    checker::{Checker, Reading},
    engine::{Assessment, Finding},
    layout::Limits,
    operator::Sources,
    render::{severity_name, verdict_name},
    submission::{Content, Filing, Submission},
    wire::assessment::impact_json,
    words::Language,
};

/// What to compare.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 变更前的规则包，可多次给出；不给出则只有内置规则 / A pack before, may be given several times; else the built-in rules alone
    #[arg(long, value_name = "FOLDER")]
    before: Vec<PathBuf>,
    /// 变更后的规则包 / A pack after
    #[arg(long, value_name = "FOLDER")]
    after: Vec<PathBuf>,
    /// 变更前的方案文件 / The file of profiles before
    #[arg(long, value_name = "FILE")]
    before_profiles: Option<PathBuf>,
    /// 变更后的方案文件 / The file of profiles after
    #[arg(long, value_name = "FILE")]
    after_profiles: Option<PathBuf>,
    /// 变更前采用的方案 / The profile before
    #[arg(long, value_name = "NAME", default_value = "")]
    before_profile: String,
    /// 变更后采用的方案 / The profile after
    #[arg(long, value_name = "NAME", default_value = "")]
    after_profile: String,
    /// 报告所在文件夹 / The folder with the reports
    folder: PathBuf,
    /// 输出形式 / Form of the output: text or json (an `Impact` a line)
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// 语言 / Language
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

impl Arguments {
    fn before(&self) -> Sources {
        Sources {
            packs: self.before.clone(),
            profiles: self.before_profiles.clone(),
            profile: self.before_profile.clone(),
            waivers: None,
        }
    }

    fn after(&self) -> Sources {
        Sources {
            packs: self.after.clone(),
            profiles: self.after_profiles.clone(),
            profile: self.after_profile.clone(),
            waivers: None,
        }
    }
}

/// Compares, and prints how many reports are judged differently.
pub(super) fn run(arguments: &Arguments) -> u8 {
    let language = Language::from(arguments.lang);
    let (Some(before), Some(after)) = (rulebook::open(arguments.before()), rulebook::open(arguments.after())) else {
        return exit::USAGE;
    };
    let files = match files(&arguments.folder) {
        Ok(files) => files,
        Err(error) => {
            complain(&format!("{}: {error}", arguments.folder.display()));
            return exit::USAGE;
        }
    };
    let reader = Checker::new(documents::reading(documents::SECONDS));
    let here = || Reading::Here(Limits::default());
    let (before, after) = (Checker::by(here(), before), Checker::by(here(), after));
    let (mut changed, mut unread) = (0, 0);
    for file in &files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let both = read(&reader, file, language).and_then(|filing| {
            let check = |checker: &Checker| {
                checker.check(Submission::of(filing.clone()), &documents::deadline(documents::SECONDS))
            };
            let both = check(&before).and_then(|first| Ok((first, check(&after)?)));
            both.map_err(|error| failure(error, language))
        });
        match both {
            Ok((first, second)) => {
                let (one, other) = (&first.assessment, &second.assessment);
                let (added, removed) = (only_in(other, one), only_in(one, other));
                changed += usize::from(one.verdict != other.verdict || !added.is_empty() || !removed.is_empty());
                print(&match arguments.format {
                    Format::Json => impact_json(&name, &first.dossier, (one, other), &added, &removed, language) + "\n",
                    Format::Text => line(&name, one, other, &added, &removed, language),
                });
            }
            Err(failure) => {
                complain_of(&name, &failure, language);
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

/// The files of a folder, sorted by name.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

/// The report of a file, read once and checked against both sets of rules.
fn read(reader: &Checker, file: &Path, language: Language) -> Result<Filing, Failure> {
    let filing = filing(file, "subject", language)?;
    let digest = filing.digest;
    let report = reader
        .read(filing, "subject", &documents::deadline(documents::SECONDS))
        .map_err(|error| failure(error, language))?;
    Ok(Filing { content: Content::Report(Box::new(report)), digest })
}

/// The findings that one assessment has and the other lacks or gives a different severity.
fn only_in<'a>(one: &'a Assessment, other: &Assessment) -> Vec<&'a Finding> {
    let key = |finding: &'a Finding| (finding.fingerprint.as_str(), finding.severity);
    let known: BTreeSet<_> = other.findings.iter().map(|it| (it.fingerprint.as_str(), it.severity)).collect();
    one.findings.iter().filter(|finding| !known.contains(&key(finding))).collect()
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
        let told = |finding: &&Finding| {
            let (severity, path) = (severity_name(finding.severity, language), finding.location.path());
            match language {
                Language::Zh => format!("  {sign}{}（{severity}）{path}", finding.code),
                Language::En => format!("  {sign}{} ({severity}) {path}", finding.code),
            }
        };
        findings.iter().map(told).collect()
    };
    format!("{name}  {verdict}{}{}\n", codes('+', added), codes('-', removed))
}
