//! A view printed for a terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::{
    view::{FileNames, Open, Problem, Relation, Trial, View},
    wrap::{joined, wrapped},
};
use crate::{
    engine::{Assessment, Verdict},
    report::AnnualReport,
    rule::Severity,
    words::{Language, Text},
};

/// Options for terminal output.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// The language.
    pub language: Language,
    /// Whether to use colours.
    pub colour: bool,
    /// How many columns a line has.
    pub width: usize,
}

impl Terminal {
    /// All that people are shown of an assessment.
    pub fn assessment<'a>(
        self,
        files: impl Into<FileNames<'a>>,
        report: &AnnualReport,
        assessment: &Assessment,
    ) -> String {
        self.view(&View::of(files.into(), report, assessment, self.language))
    }

    /// The verdict alone, on a line.
    pub fn verdict_line(self, name: &str, report: &AnnualReport, assessment: &Assessment) -> String {
        let told = super::verdict::told(name, report, assessment, self.language);
        let hidden = match super::verdict::hides_errors(assessment) {
            true => format!(" · {}", super::verdict::not_shown().in_language(self.language)),
            false => String::new(),
        };
        let word = self.verdict_word(told.verdict, told.word);
        format!("{}: {word} · {} · {}{hidden}\n", told.name, told.about, told.counts)
    }

    fn view(self, view: &View) -> String {
        let mut out = String::new();
        for problem in &view.problems {
            self.problem(&mut out, problem);
            out.push('\n');
        }
        for note in &view.notes {
            self.block(&mut out, 2, note);
        }
        self.open(&mut out, &view.open);
        for void in &view.void {
            let label = self.words("豁免无效", "no waiver");
            let painted = self.painted(Style::new().bold(), label);
            self.led(&mut out, (&painted, label), &format!("{}{}{}", void.name, self.words("：", ": "), void.why));
            out.push('\n');
        }
        self.trial(&mut out, &view.trial);
        let told = &view.verdict;
        let (name, word) = (&told.name, told.word);
        let painted = format!("{name}: {}", self.verdict_word(told.verdict, word));
        self.led(&mut out, (&painted, &format!("{name}: {word}")), &format!("· {}", told.about));
        self.block(&mut out, 2, &format!("{}{}{}", told.counts, self.words("。", ". "), told.why));
        out
    }

    fn problem(self, out: &mut String, problem: &Problem) {
        let codes = problem.codes.join(self.words("、", ", "));
        let lead = format!("{} {} {codes}", problem.name, self.severity(problem.severity));
        let bold = |line: &str| self.painted(Style::new().bold(), line);
        let plain = format!("{} {} {codes}", problem.name, severity_name(problem.severity, self.language));
        if plain.width() + 2 + problem.title.width() <= self.width {
            let _ = writeln!(out, "{lead}  {}", bold(&problem.title));
        } else {
            let _ = writeln!(out, "{lead}");
            for line in wrapped(&problem.title, self.width.saturating_sub(2)) {
                let _ = writeln!(out, "  {}", bold(&line));
            }
        }
        if !problem.place.is_empty() {
            self.block(out, 2, &problem.place);
        }
        for choice in &problem.choices {
            for (at, edit) in choice.edits.iter().enumerate() {
                let and = if at == 0 { choice.label.as_str() } else { self.words("  并改", "  and") };
                self.labelled(out, and, edit);
            }
        }
        self.labelled(out, self.words("理由", "why     "), &problem.reason);
        problem.relations.iter().for_each(|relation| self.relation(out, relation));
        problem.lines.iter().for_each(|line| self.block(out, 2, line));
        problem.labelled.iter().for_each(|(label, text)| self.labelled(out, label, text));
    }

    fn relation(self, out: &mut String, relation: &Relation) {
        self.block(out, 2, format!("{} {}", relation.code, relation.title).trim_start());
        for line in joined(&relation.terms, self.width.saturating_sub(4)) {
            let _ = writeln!(out, "    {line}");
        }
    }

    /// What is not decided.
    fn open(self, out: &mut String, open: &[Open]) {
        if open.is_empty() {
            return;
        }
        let label = self.painted(Style::new().bold(), self.words("无法判断的规则", "undecided rules"));
        let what = self.words("（规则内容见 gouji rules explain 代码）", " (what they ask: gouji rules explain CODE)");
        let _ = writeln!(out, "{label}{what}");
        for own in open {
            self.labelled(out, &own.codes.join(self.words("、", ", ")), &own.reasons.join("\n"));
        }
        out.push('\n');
    }

    /// What rules on trial found.
    fn trial(self, out: &mut String, trial: &[Trial]) {
        if trial.is_empty() {
            return;
        }
        let head = self.words("试行规则（不计入结论）", "rules on trial (these don't count)");
        let _ = writeln!(out, "{}", self.painted(Style::new().bold(), head));
        for own in trial {
            let painted = format!("  {}", self.severity(own.severity));
            self.led(out, (&painted, &format!("  {}", severity_name(own.severity, self.language))), &own.name);
            self.block(out, 4, &own.message);
        }
        out.push('\n');
    }

    /// A text under its label, its further lines under its first.
    fn labelled(self, out: &mut String, label: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let indent = 4 + label.width();
        let beside = indent <= self.width / 3;
        let indent = if beside { indent } else { 4 };
        for (at, line) in wrapped(text, self.width.saturating_sub(indent)).into_iter().enumerate() {
            match (at, beside) {
                (0, true) => drop(writeln!(out, "  {label}  {line}")),
                (0, false) => drop(writeln!(out, "  {label}\n    {line}")),
                _ => drop(writeln!(out, "{:indent$}{line}", "")),
            }
        }
    }

    fn block(self, out: &mut String, indent: usize, text: &str) {
        for line in wrapped(text, self.width.saturating_sub(indent)) {
            let _ = writeln!(out, "{:indent$}{line}", "");
        }
    }

    /// A text behind its lead (painted and plain), or below it where a line doesn't hold both.
    fn led(self, out: &mut String, (lead, plain): (&str, &str), text: &str) {
        if plain.width() + 1 + text.width() <= self.width {
            let _ = writeln!(out, "{lead} {text}");
        } else {
            let _ = writeln!(out, "{lead}");
            self.block(out, 2, text.trim_start_matches("· "));
        }
    }

    fn words(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
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

    fn verdict_word(self, verdict: Verdict, word: &str) -> String {
        let colour = match verdict {
            Verdict::Compliant => AnsiColor::Green,
            Verdict::NonCompliant => AnsiColor::Red,
            Verdict::Undetermined => AnsiColor::Yellow,
        };
        self.painted(Style::new().bold().fg_color(Some(colour.into())), word)
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
