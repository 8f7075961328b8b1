//! `gouji packs impact`: how a change of rules affects a folder of reports.

use std::{collections::BTreeSet, num::NonZeroUsize, path::PathBuf};

use super::{
    Format, beside, complain, documents, exit,
    files::{self, Files},
    input::{complain_of, name_of},
    print, rulebook,
};
use crate::{
    checker::{Checker, Reading},
    engine::{Assessment, Finding},
    layout::Limits,
    operator::Sources,
    render::{severity_name, verdict_name},
    submission::Submission,
    wire::assessment::impact_json,
    words::{Language, Text},
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
    /// 报告所在文件夹 / The folder with the reports
    #[arg(value_name = "文件夹 / FOLDER")]
    folder: PathBuf,
    /// 输出形式：text 供阅读，json 为每份报告一行 Impact / Form of the output: text or json (an `Impact` a line)
    #[arg(long, value_enum, default_value_t, value_name = "形式 / FORMAT")]
    format: Format,
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
pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
    let sources = [arguments.before(), arguments.after()];
    let [Some(before), Some(after)] = sources.map(|sources| rulebook::open(sources, language)) else {
        return exit::USAGE;
    };
    // Names are told as they stand in the folder.
    let Files { files, skipped } = match files::find(std::slice::from_ref(&arguments.folder)) {
        Ok(found) => found,
        Err(problem) => {
            complain(problem.in_language(language));
            return exit::USAGE;
        }
    };
    let reader = Checker::new(documents::reading(NonZeroUsize::MIN, documents::SECONDS));
    let here = || Reading::Here(Limits::default());
    let (before, after) = (Checker::by(here(), before), Checker::by(here(), after));
    let (mut changed, mut unread) = (0, 0);
    for file in &files {
        let within = file.strip_prefix(&arguments.folder).ok().filter(|name| !name.as_os_str().is_empty());
        let name = name_of(within.unwrap_or(file));
        let both = beside::read(&reader, file, "subject", documents::SECONDS).and_then(|filing| {
            let check = |checker: &Checker| {
                checker.check(Submission::of(filing.clone()), &documents::deadline(documents::SECONDS))
            };
            check(&before).and_then(|first| Ok((first, check(&after)?)))
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
            Err(error) => {
                complain_of(&name, &error, language);
                unread += 1;
            }
        }
    }
    if arguments.format == Format::Text {
        let read = files.len() - unread;
        let (zh, en) = match skipped {
            0 => Default::default(),
            _ => (
                format!("；另有 {skipped} 个文件不是文档，未比较"),
                format!("; {skipped} other files are no documents"),
            ),
        };
        let words = Text::new(
            format!("{read} 份报告，{changed} 份有变化，{unread} 份未能读取{zh}\n"),
            format!("{read} reports, {changed} changed, {unread} unread{en}\n"),
        );
        print(words.in_language(language));
    }
    if unread == 0 { exit::COMPLIANT } else { exit::UNDETERMINED }
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
