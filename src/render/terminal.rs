//! An assessment for people, in a terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::visible::visible;
use crate::{
    engine::{Assessment, Finding, Repair, SignedRuling, State, Verdict, WaiverOutcome, WaiverUse},
    profile::Profile,
    report::{AnnualReport, Location},
    rule::{Outcome, Rule, Severity, Side},
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
        for finding in &assessment.findings {
            self.finding(&mut out, name, report, finding);
            if let Some(used) = finding.waiver.and_then(|at| assessment.waivers.get(at)) {
                self.waived(&mut out, &used.waiver);
            }
            out.push('\n');
        }
        self.repairs(&mut out, &assessment.repairs);
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
        let open = |ruling: &&SignedRuling| ruling.outcome == Outcome::Undetermined;
        for ruling in assessment.rulings.iter().filter(open) {
            self.undetermined(&mut out, ruling);
        }
        for used in assessment.waivers.iter().filter(|used| used.worth != WaiverOutcome::Applied) {
            self.worthless(&mut out, used);
        }
        self.verdict(&mut out, name, report, assessment);
        out
    }

    /// The waiver of a finding.
    fn waived(self, out: &mut String, waiver: &Waiver) {
        let Waiver { reason, approver, expires, .. } = waiver;
        let words = Text::new(
            format!("{reason}（{approver}批准，有效期至 {expires}，不计入结论）"),
            format!("{reason} (approved by {approver}, until {expires}; it does not count)"),
        );
        self.line(out, self.words("豁免", "waived  "), words.in_language(self.language));
    }

    /// A waiver without effect.
    fn worthless(self, out: &mut String, used: &WaiverUse) {
        let why = match used.worth {
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

    fn words(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn line(self, out: &mut String, label: &str, text: &str) {
        if !text.is_empty() {
            let _ = writeln!(out, "  {label}{}{}", if label.is_empty() { "" } else { "  " }, visible(text));
        }
    }

    fn painted(self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn severity(self, severity: Severity) -> String {
        let colour = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info => AnsiColor::Cyan,
        };
        self.painted(Style::new().bold().fg_color(Some(colour.into())), severity_name(severity, self.language))
    }

    fn finding(self, out: &mut String, name: &str, report: &AnnualReport, finding: &Finding) {
        let title = self.painted(Style::new().bold(), finding.title.in_language(self.language));
        let place = finding.place.shown();
        let (name, place) = (visible(name), visible(place.in_language(self.language)));
        let state = match finding.state {
            Some(State::New) => self.words("（新增）", " (new)"),
            Some(State::Persisting) => self.words("（仍存在）", " (persisting)"),
            None => "",
        };
        let _ = writeln!(out, "{} {}  {title}{state}    {name}{place}", self.severity(finding.severity), finding.code);
        self.line(out, "", finding.message.in_language(self.language));
        let (expected, actual) =
            (finding.expected.in_language(self.language), finding.actual.in_language(self.language));
        // Operands have no side if figures of other reports are part of the relation.
        let drawn = finding.operands.iter().any(|operand| operand.side != Side::Beside);
        if finding.equation.is_empty() || !drawn {
            self.line(out, self.words("应为", "expected"), expected);
            self.line(out, self.words("实为", "actual  "), actual);
        } else {
            self.equation(out, report, finding);
        }
        let basis: Vec<String> =
            finding.basis.iter().map(|basis| format!("{} {}", basis.instrument, basis.clause)).collect();
        self.line(out, self.words("依据", "basis   "), &basis.join("；"));
        self.line(out, self.words("建议", "advice  "), finding.advice.in_language(self.language));
    }

    /// The relation as in the form: the cells with figures, one per line, then the sum.
    fn equation(self, out: &mut String, report: &AnnualReport, finding: &Finding) {
        let crowded = finding.operands.len() > 6;
        let mut side = Side::Left;
        let mut first = true;
        for operand in &finding.operands {
            let new_side = operand.side != side;
            side = operand.side;
            let sign = if new_side {
                '='
            } else if first {
                ' '
            } else {
                '+'
            };
            if crowded && operand.figure.known() == Some(0) && !new_side {
                continue;
            }
            first = false;
            let value = report.figures.shown(operand.cell);
            let place = match finding.location {
                Location::Cell(cell) if cell.row() == operand.cell.row() => operand.cell.printed(),
                _ => Location::Row(operand.cell.row()).printed(),
            };
            let place = place.split_once(" · ").map_or(place.as_str(), |(_, place)| place);
            let _ = writeln!(out, "     {sign} {:>8}  {place}", value.in_language(self.language));
        }
        let differs = finding.difference.map(i64::unsigned_abs).map_or_else(Text::default, |difference| {
            Text::new(format!("，相差 {difference}"), format!(", a difference of {difference}"))
        });
        self.line(out, "", &format!("{}{}", finding.equation, differs.in_language(self.language)));
    }

    /// The smallest corrections, best first.
    fn repairs(self, out: &mut String, repairs: &[Repair]) {
        for repair in repairs {
            let title = self.painted(Style::new().bold(), self.words("最小改正", "repair"));
            let _ = writeln!(out, "{title} {}", repair.rank);
            for change in &repair.changes {
                let (place, from) = (change.cell.printed(), change.from.shown());
                let (from, to) = (from.in_language(self.language), change.to);
                self.line(out, "", &format!("{place}: {from} → {to}"));
            }
            self.line(out, "", repair.reason.in_language(self.language));
            out.push('\n');
        }
    }

    fn undetermined(self, out: &mut String, ruling: &SignedRuling) {
        let words = self.words("无法判断", "undetermined");
        let _ = writeln!(out, "{} {}", self.painted(Style::new().bold(), words), ruling.code);
        for reason in &ruling.reasons {
            self.line(out, "", reason.in_language(self.language));
        }
        out.push('\n');
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
        let counts = &assessment.counts;
        let counts = Text::new(
            format!("错误 {} · 警告 {} · 提示 {}", counts.errors, counts.warnings, counts.infos),
            format!("{} errors · {} warnings · {} infos", counts.errors, counts.warnings, counts.infos),
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
        let _ = writeln!(out, "{}  {severity}  {title}  [{}]", rule.code, inputs.join(", "));
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
