//! `gouji packs impact`: how a change of rules affects a folder of reports.

use std::{
    collections::{BTreeSet, HashMap},
    io::ErrorKind,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use super::{
    Format, beside, complain, documents, exit,
    files::{self, Files},
    input::{STANDARD_INPUT, complain_of, name_of},
    print,
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
    submission::{Error, Reason, Submission},
    wire::assessment::impact_json,
    words::{Language, Text, system},
};

/// What to compare.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 变更前的规则包，可多次给出；不给出则只有内置规则 / A pack before, may be given several times; else the built-in rules alone
    #[arg(long, value_name = "文件夹 / FOLDER")]
    before: Vec<PathBuf>,
    /// 变更后的规则包 / A pack after
    #[arg(long, value_name = "文件夹 / FOLDER")]
    after: Vec<PathBuf>,
    /// 变更前的方案文件 / The file of profiles before
    #[arg(long, value_name = "文件 / FILE")]
    before_profiles: Option<PathBuf>,
    /// 变更后的方案文件 / The file of profiles after
    #[arg(long, value_name = "文件 / FILE")]
    after_profiles: Option<PathBuf>,
    /// 变更前采用的方案 / The profile before
    #[arg(long, value_name = "方案 / NAME", default_value = "")]
    before_profile: String,
    /// 变更后采用的方案 / The profile after
    #[arg(long, value_name = "方案 / NAME", default_value = "")]
    after_profile: String,
    /// 填报中的报告：空白不算问题 / The reports are still being filled in: blanks are open
    #[arg(long)]
    draft: bool,
    /// 报告文件或文件夹（含各级子文件夹中的文档） / Reports, or folders with reports at any depth
    #[arg(required = true, value_name = "文件 / FILES")]
    paths: Vec<PathBuf>,
}

impl Arguments {
    /// What reports are called: by the way from the folder that was named; where two would have one name, by all of the way.
    fn names_of(&self, files: &[PathBuf]) -> Vec<String> {
        let short = |file: &Path| {
            let within = self.paths.iter().find_map(|folder| file.strip_prefix(folder).ok());
            name_of(within.filter(|name| !name.as_os_str().is_empty()).unwrap_or(file))
        };
        let names: Vec<String> = files.iter().map(|file| short(file)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        names.iter().for_each(|name| *counts.entry(name).or_default() += 1);
        let name =
            |(name, file): (&String, &PathBuf)| if counts[name.as_str()] > 1 { name_of(file) } else { name.clone() };
        names.iter().zip(files).map(name).collect()
    }

    /// Whether anything was given that could make a difference.
    fn compares(&self) -> bool {
        [self.before(), self.after()] != [Sources::default(), Sources::default()]
    }

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
pub(super) fn run(arguments: &Arguments, format: Format, language: Language) -> u8 {
    if !arguments.compares() {
        let why = Text::fixed(
            "没有给出变更前后的规则，没有可比较的：请用 --before、--after 给出规则包，或用 --before-profiles、--after-profiles、--before-profile、--after-profile 给出方案",
            "neither the rules before nor those after are given, so there is nothing to compare: give packs by --before and --after, or profiles by --before-profiles, --after-profiles, --before-profile and --after-profile",
        );
        complain(why.in_language(language));
        return exit::USAGE;
    }
    let sources = [arguments.before(), arguments.after()];
    let [Some(before), Some(after)] = sources.map(|sources| rulebook::open(sources, Telling::of(format, language)))
    else {
        return exit::USAGE;
    };
    // What is not there was mistyped: a comparison without it would say less than was asked.
    let missing = |path: &&PathBuf| path.as_path() != Path::new(STANDARD_INPUT) && !path.exists();
    if let Some(path) = arguments.paths.iter().find(missing) {
        let why = system::why(&ErrorKind::NotFound.into());
        complain_of(&name_of(path), &Error::plain(Reason::FileNotRead, why), language);
        return exit::USAGE;
    }
    let Files { files, skipped, unread: folders } = files::find(&arguments.paths);
    folders.iter().for_each(|why| complain(why.in_language(language)));
    let reader = Checker::new(documents::reading(NonZeroUsize::MIN, documents::SECONDS));
    let here = || Reading::Here(Limits::default());
    let (before, after) = (Checker::by(here(), before), Checker::by(here(), after));
    let (mut changed, mut unread) = (0, folders.len());
    for (file, name) in files.iter().zip(arguments.names_of(&files)) {
        let both = beside::read(&reader, file, "subject", documents::SECONDS).and_then(|filing| {
            let check = |checker: &Checker| {
                let submission = Submission { draft: arguments.draft, ..Submission::of(filing.clone()) };
                checker.check(submission, &documents::deadline(documents::SECONDS))
            };
            check(&before).and_then(|first| Ok((first, check(&after)?)))
        });
        match both {
            Ok((first, second)) => {
                let (one, other) = (&first.assessment, &second.assessment);
                let (added, removed) = (only_in(other, one), only_in(one, other));
                changed += usize::from(one.verdict != other.verdict || !added.is_empty() || !removed.is_empty());
                print(&match format {
                    Format::Json => impact_json(&name, &first.dossier, (one, other), &added, &removed, language) + "\n",
                    Format::Text => line(&name, one, other, &added, &removed, language),
                });
            }
            Err(error) => {
                complain_of(&name, &error, language);
                unread += 1;
            }
        }
    }
    if format == Format::Text {
        let read = files.len() + folders.len() - unread;
        let (zh, en) = match skipped {
            0 => Default::default(),
            _ => (
                format!("；另有 {skipped} 个文件不是文档，未比较"),
                format!("; {skipped} other files are no documents"),
            ),
        };
        let told = Text::new(
            format!("{read} 份报告，{changed} 份有变化，{unread} 份未能读取{zh}\n"),
            format!("{read} reports, {changed} changed, {unread} unread{en}\n"),
        );
        print(told.in_language(language));
    }
    if unread == 0 { exit::COMPLIANT } else { exit::UNDETERMINED }
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
