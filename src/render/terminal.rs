//! An assessment for people, in a terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::visible::visible;
use crate::{
    engine::{Assessment, Finding, SignedRuling, Verdict, WaiverOutcome, WaiverUse},
    profile::Profile,
    report::AnnualReport,
    rule::{Outcome, Rule, Severity},
    submission::{Covers, Waiver},
    words::{Language, Text},
};

/// Options for terminal output.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// The language.
    pub language: Language,
    /// Whether to use colours.
    pub colour: bool,
}

impl Terminal {
    /// All findings on one report, what stayed undetermined, and the verdict. `name` is the file's name.
    pub fn assessment(self, name: &str, report: &AnnualReport, assessment: &Assessment) -> String {
        let mut out = String::new();
        for cause in &assessment.causes {
            self.cause(&mut out, name, report, assessment, cause);
            out.push('\n');
        }
        if !assessment.fixed.is_empty() {
            let fixed = assessment.fixed.len();
            let words = Text::new(format!("已改正 {fixed} 个问题"), format!("{fixed} findings were fixed"));
            self.line(&mut out, "", words.in_language(self.language));
        }
        if assessment.findings_cut > 0 {
            let cut = assessment.findings_cut;
            let words = Text::new(format!("另有 {cut} 条未列出"), format!("{cut} more findings are not listed"));
            self.line(&mut out, "", words.in_language(self.language));
        }
        self.undetermined(&mut out, &assessment.rulings);
        for used in assessment.waivers.iter().filter(|used| used.outcome != WaiverOutcome::Applied) {
            self.worthless(&mut out, used);
        }
        self.on_trial(&mut out, &assessment.trial);
        self.verdict(&mut out, name, report, assessment);
        out
    }

    /// What rules on trial found, apart from all that counts.
    fn on_trial(self, out: &mut String, findings: &[Finding]) {
        if findings.is_empty() {
            return;
        }
        let head = self.words("试行规则（不计入结论）", "rules on trial (these don't count)");
        let _ = writeln!(out, "{}", self.painted(Style::new().bold(), head));
        for finding in findings {
            let place = finding.location.printed();
            let label = format!("{} {} {}", self.severity(finding.severity), finding.code, visible(&place));
            self.line(out, &label, finding.message.in_language(self.language));
        }
        out.push('\n');
    }

    /// The waiver of a finding.
    pub(super) fn waived(self, out: &mut String, waiver: &Waiver) {
        let Waiver { reason, approver, expires, .. } = waiver;
        let words = Text::new(
            format!("{reason}（{approver}批准，有效期至 {expires}，不计入结论）"),
            format!("{reason} (approved by {approver}, until {expires}; it does not count)"),
        );
        self.line(out, self.words("豁免", "waived  "), words.in_language(self.language));
    }

    /// A waiver without effect.
    fn worthless(self, out: &mut String, used: &WaiverUse) {
        let why = match used.outcome {
            WaiverOutcome::Applied => return,
            WaiverOutcome::Expired => self.words("已过有效期", "it has expired"),
            WaiverOutcome::Unmatched => self.words("没有对应的问题", "it covers no finding"),
            WaiverOutcome::NotWaivable => self.words("该规则不得豁免", "the rule can't be waived"),
            WaiverOutcome::Undated => {
                self.words("未给出检查日期，无法确定是否有效", "no date is given, so it may have expired")
            }
            WaiverOutcome::Premature => self
                .words("检查日期早于报告年度末，无法确定是否有效", "the date is before the end of the report's year"),
            WaiverOutcome::NotHeeded => {
                self.words("运行方不接受随请求提交的豁免", "the operator heeds no waivers of requests")
            }
        };
        let what = match &used.waiver.covers {
            Covers::Fingerprint(fingerprint) => fingerprint.clone(),
            Covers::Rule { code, body, .. } => format!("{code} {body}"),
        };
        let id = &used.waiver.id;
        let label = self.painted(Style::new().bold(), self.words("豁免无效", "no waiver"));
        let (id, what) = (visible(id), visible(&what));
        let _ = writeln!(out, "{label} {id}{}{what}: {why}\n", if id.is_empty() { "" } else { " " });
    }

    pub(super) fn words(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(super) fn line(self, out: &mut String, label: &str, text: &str) {
        if !text.is_empty() {
            let _ = writeln!(out, "  {label}{}{}", if label.is_empty() { "" } else { "  " }, visible(text));
        }
    }

    pub(super) fn painted(self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(super) fn severity(self, severity: Severity) -> String {
        let colour = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info => AnsiColor::Cyan,
        };
        self.painted(Style::new().bold().fg_color(Some(colour.into())), severity_name(severity, self.language))
    }

    /// What is not decided, once for all rules that stay open for the same reason.
    fn undetermined(self, out: &mut String, rulings: &[SignedRuling]) {
        let mut groups: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
        for ruling in rulings.iter().filter(|own| own.outcome == Outcome::Undetermined && !own.trial) {
            let reasons: Vec<&str> = ruling.reasons.iter().map(|(_, why)| why.in_language(self.language)).collect();
            match groups.iter_mut().find(|(_, own)| *own == reasons) {
                Some((codes, _)) => codes.push(&ruling.code),
                None => groups.push((vec![&ruling.code], reasons)),
            }
        }
        let words = self.painted(Style::new().bold(), self.words("无法判断", "undetermined"));
        for (codes, reasons) in groups {
            let _ = writeln!(out, "{words} {}", codes.join(self.words("、", ", ")));
            reasons.iter().for_each(|why| self.line(out, "", why));
            out.push('\n');
        }
    }

    fn verdict(self, out: &mut String, name: &str, report: &AnnualReport, assessment: &Assessment) {
        let word = verdict_name(assessment.verdict, self.language);
        let colour = match assessment.verdict {
            Verdict::Compliant => AnsiColor::Green,
            Verdict::NonCompliant => AnsiColor::Red,
            Verdict::Undetermined => AnsiColor::Yellow,
        };
        let word = self.painted(Style::new().bold().fg_color(Some(colour.into())), word);
        let edition = assessment.edition.name();
        let year = report.year.map(|year| year.to_string()).unwrap_or_else(|| "—".into());
        let body = if report.body.name.is_empty() { "—".into() } else { visible(&report.body.name) };
        let name = visible(name);
        let (counts, problems) = (&assessment.counts, assessment.causes.len());
        let counts = Text::new(
            format!("问题 {problems}（错误 {} · 警告 {} · 提示 {} 处）", counts.errors, counts.warnings, counts.infos),
            format!(
                "{problems} problems ({} errors · {} warnings · {} infos)",
                counts.errors, counts.warnings, counts.infos
            ),
        );
        let waived = match assessment.counts.waived {
            0 => Text::default(),
            waived => Text::new(format!(" · 豁免 {waived}"), format!(" · {waived} waived")),
        };
        let (edition, counts) = (edition.in_language(self.language), counts.in_language(self.language));
        let _ = writeln!(
            out,
            "{name}: {word} · {body} · {year} · {edition} · {counts}{}",
            waived.in_language(self.language)
        );
    }
}

/// The name of a severity.
pub fn severity_name(severity: Severity, language: Language) -> &'static str {
    let (zh, en) = match severity {
        Severity::Error => ("错误", "error"),
        Severity::Warning => ("警告", "warning"),
        Severity::Info => ("提示", "info"),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// The catalogue as a profile adjusts it, one rule per line.
pub fn rule_list(rules: &[Rule], profile: &Profile, language: Language) -> String {
    let mut out = String::new();
    for rule in rules {
        let severity = match profile.severity(rule) {
            Some(Severity::Error) => "E",
            Some(Severity::Warning) => "W",
            Some(Severity::Info) => "I",
            None => "-",
        };
        let inputs: Vec<String> = rule.inputs.iter().map(|input| format!("{input:?}").to_lowercase()).collect();
        let title = rule.title.in_language(language);
        let trial = match (profile.has_on_trial(rule), language) {
            (false, _) => "",
            (true, Language::Zh) => "（试行）",
            (true, Language::En) => " (on trial)",
        };
        let _ = writeln!(out, "{}  {severity}  {title}{trial}  [{}]", rule.code, inputs.join(", "));
    }
    out
}

/// The name of a verdict.
pub fn verdict_name(verdict: Verdict, language: Language) -> &'static str {
    match (verdict, language) {
        (Verdict::Compliant, Language::Zh) => "合规",
        (Verdict::Compliant, Language::En) => "compliant",
        (Verdict::NonCompliant, Language::Zh) => "不合规",
        (Verdict::NonCompliant, Language::En) => "not compliant",
        (Verdict::Undetermined, Language::Zh) => "无法判断",
        (Verdict::Undetermined, Language::En) => "undetermined",
    }
}

/// A one-line summary of several files.
pub fn summary(verdicts: &[Option<Verdict>], language: Language) -> String {
    let count = |wanted: Option<Verdict>| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    let (good, bad) = (count(Some(Verdict::Compliant)), count(Some(Verdict::NonCompliant)));
    let (open, unread) = (count(Some(Verdict::Undetermined)), count(None));
    let text = Text::new(
        format!("共 {} 份：合规 {good}，不合规 {bad}，无法判断 {open}，未能读取 {unread}", verdicts.len()),
        format!("{} files: {good} compliant, {bad} not, {open} undetermined, {unread} unreadable", verdicts.len()),
    );
    text.in_language(language).to_owned()
}
