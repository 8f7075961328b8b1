//! `gouji packs impact`: how a change of rules affects a folder of reports.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{
    Format, Lang,
    check::{Failure, complain_of, failure, filing},
    complain, documents, exit, print,
    problems::Telling,
    rulebook,
};
use crate::{
    checker::{Checker, Reading},
    engine::{Assessment, Finding},
    layout::Limits,
    operator::Sources,
    render::{severity_name, verdict_name},
    rule::Severity,
    submission::{Content, Filing, Submission},
    wire::assessment::impact_json,
    words::{Language, Text},
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
    /// 填报中的报告：空白不算问题 / The reports are still being filled in: blanks are open
    #[arg(long)]
    draft: bool,
    /// 报告文件或文件夹（含下级文件夹） / Reports, or folders with them, whatever is within included
    #[arg(required = true)]
    paths: Vec<PathBuf>,
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
pub(super) fn run(arguments: &Arguments, format: Format, lang: Lang) -> u8 {
    let (language, telling) = (Language::from(lang), Telling::of(format, lang));
    let open = |sources| rulebook::open(sources, telling);
    let (Some(before), Some(after)) = (open(arguments.before()), open(arguments.after())) else {
        return exit::USAGE;
    };
    let mut files = Vec::new();
    for path in &arguments.paths {
        if let Err(error) = add(path, path, &mut files) {
            complain(&format!("{}: {error}", path.display()));
            return exit::USAGE;
        }
    }
    let reader = Checker::new(documents::reading(documents::SECONDS));
    let here = || Reading::Here(Limits::default());
    let (before, after) = (Checker::by(here(), before), Checker::by(here(), after));
    let (mut changed, mut unread) = (0, 0);
    for (file, name) in &files {
        let both = read(&reader, file, language).and_then(|filing| {
            let check = |checker: &Checker| {
                let submission = Submission { draft: arguments.draft, ..Submission::of(filing.clone()) };
                checker.check(submission, &documents::deadline(documents::SECONDS))
            };
            let both = check(&before).and_then(|first| Ok((first, check(&after)?)));
            both.map_err(|error| failure(error, language))
        });
        match both {
            Ok((first, second)) => {
                let (one, other) = (&first.assessment, &second.assessment);
                let (added, removed) = (only_in(other, one), only_in(one, other));
                changed += usize::from(one.verdict != other.verdict || !added.is_empty() || !removed.is_empty());
                print(&match format {
                    Format::Json => impact_json(name, &first.dossier, (one, other), &added, &removed, language) + "\n",
                    Format::Text => line(name, one, other, &added, &removed, language),
                });
            }
            Err(failure) => {
                complain_of(name, &failure, language);
                unread += 1;
            }
        }
    }
    if format == Format::Text {
        let read = files.len() - unread;
        let told = Text::new(
            format!("{read} 份报告，{changed} 份有变化，{unread} 份未能读取\n"),
            format!("{read} reports, {changed} changed, {unread} unread\n"),
        );
        print(told.in_language(language));
    }
    if unread == 0 { exit::COMPLIANT } else { exit::UNDETERMINED }
}

/// Adds a file, or all files of a folder and of the folders in it, in the order of their names, each with the name by which
/// it is told: the way to it from the folder that was given. Links to folders are not followed, and what begins with a dot
/// is passed over.
fn add(path: &Path, root: &Path, files: &mut Vec<(PathBuf, String)>) -> std::io::Result<()> {
    if !path.is_dir() {
        std::fs::metadata(path)?;
        let name = path.strip_prefix(root).ok().filter(|name| !name.as_os_str().is_empty()).unwrap_or(path);
        files.push((path.to_owned(), name.display().to_string()));
        return Ok(());
    }
    let mut entries = std::fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
    entries.retain(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let is_link = entry.file_type()?.is_symlink();
        if !(is_link && entry.path().is_dir()) {
            add(&entry.path(), root, files)?;
        }
    }
    Ok(())
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

/// The findings that one assessment has and the other lacks or gives a different severity, or only on trial.
fn only_in<'a>(one: &'a Assessment, other: &'a Assessment) -> Vec<&'a Finding> {
    fn all(of: &Assessment) -> impl Iterator<Item = &Finding> {
        of.findings.iter().chain(&of.trial)
    }
    fn key(finding: &Finding) -> (&str, Severity, bool) {
        (&finding.fingerprint, finding.severity, finding.of_trial)
    }
    let known: BTreeSet<_> = all(other).map(key).collect();
    all(one).filter(|finding| !known.contains(&key(finding))).collect()
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
                Language::Zh if finding.of_trial => format!("  {sign}{}（试行 {severity}）{path}", finding.code),
                Language::En if finding.of_trial => format!("  {sign}{} (on trial, {severity}) {path}", finding.code),
                Language::Zh => format!("  {sign}{}（{severity}）{path}", finding.code),
                Language::En => format!("  {sign}{} ({severity}) {path}", finding.code),
            }
        };
        findings.iter().map(told).collect()
    };
    format!("{name}  {verdict}{}{}\n", codes('+', added), codes('-', removed))
}
