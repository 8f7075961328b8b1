//! Where something is, as far as people can look there: the file and the place in it. Where the format has no lines and pages, as
//! HTML, a sentence of a text is told by its part of the report and its paragraph, or by its number where there is only one.

use super::writer::Writer;
use crate::{
    engine::{Cause, Finding},
    render::visible::visible,
    report::{AnnualReport, Location},
    rule::Origin,
    words::{Language, Text},
};

impl Writer<'_> {
    /// The place of a problem; empty where its words tell all that is known.
    pub fn place_of(&self, cause: &Cause, findings: &[&Finding]) -> String {
        let origin = findings.first().map(|finding| finding.origin).unwrap_or_default();
        if origin != Origin::Subject || !cause.place.is_unknown() {
            return self.in_its_file(origin, &self.text(&cause.place.shown()));
        }
        let of_the_text =
            findings.first().filter(|first| first.location == cause.location && !self.names_its_part(first));
        match of_the_text.and_then(|first| sentence(first, self.report)) {
            Some(sentence) => self.in_its_file(origin, &format!(" {}", self.text(&sentence.told(true)))),
            // The file's name alone says nothing that the last line doesn't.
            None => self.part(cause, findings),
        }
    }

    /// Whether a finding's words say in which part of the report it is: its paragraph stands behind them.
    fn names_its_part(&self, finding: &Finding) -> bool {
        self.text(&finding.message).contains(finding.location.named())
    }

    /// The place of one of several findings where no other line tells it: in brackets, behind its words.
    pub fn beside(&self, finding: &Finding, first: &Finding) -> String {
        // A cell is told by its words of the form.
        if finding.location.cell().is_some() {
            return String::new();
        }
        let place = self.text(&finding.place.shown());
        let place = match () {
            () if finding.place != first.place => self.in_words(&place),
            () if !finding.place.is_unknown() => String::new(),
            () => {
                let (own, at) = (sentence(finding, self.report), sentence(first, self.report));
                let named = self.names_its_part(finding);
                let told =
                    |own: Sentence| self.text(&own.told(!named && at.as_ref().is_none_or(|at| at.part != own.part)));
                let untold = named && std::ptr::eq(finding, first);
                own.filter(|own| untold || Some(own) != at.as_ref()).map(told).unwrap_or_default()
            }
        };
        match self.language {
            _ if place.is_empty() => String::new(),
            Language::Zh => format!("（{place}）"),
            Language::En => format!(" ({place})"),
        }
    }

    /// A place without the file's name before it.
    fn in_words(&self, place: &str) -> String {
        match (place.strip_prefix(':'), self.language) {
            (Some(line), Language::Zh) => format!("第 {line} 行"),
            (Some(line), Language::En) => format!("line {line}"),
            (None, _) => place.trim().to_owned(),
        }
    }

    /// A place in the file of one of the reports. One in a report that was sent beside is not one of this file.
    fn in_its_file(&self, origin: Origin, place: &str) -> String {
        let (file, what) = match (origin, self.language) {
            (Origin::Subject, language) => {
                let file = visible(self.files.report);
                return match (self.files.is_structured && !place.is_empty(), language) {
                    (false, _) => format!("{file}{place}"),
                    (true, Language::Zh) => format!("{file}（原文件{}）", self.in_words(place)),
                    (true, Language::En) => format!("{file} ({} of its document)", self.in_words(place)),
                };
            }
            (Origin::Previous, Language::Zh) => (self.files.previous, "上一年度报告".to_owned()),
            (Origin::Previous, Language::En) => (self.files.previous, "last year’s report".to_owned()),
            (Origin::Subordinate(at), language) => {
                let file = self.files.subordinates.get(at).map(String::as_str).unwrap_or_default();
                let what = Text::new(format!("第 {} 份下级报告", at + 1), format!("subordinate {}", at + 1));
                (file, what.in_language(language).to_owned())
            }
        };
        match (file, self.language) {
            ("", _) => format!("{what}{place}"),
            (file, Language::Zh) => format!("{}{place}（{what}）", visible(file)),
            (file, Language::En) => format!("{}{place} ({what})", visible(file)),
        }
    }

    /// The part of the report, where the document tells no place and the words don't name it.
    fn part(&self, cause: &Cause, findings: &[&Finding]) -> String {
        let (part, named) = (cause.location.printed(), cause.location.named());
        let told = || findings.iter().any(|own| own.message.zh.contains(&part) || own.message.zh.contains(named));
        match cause.location {
            // What isn't there is nowhere.
            Location::Section(number @ 1..) if self.report.section(number).is_none() => String::new(),
            Location::Title | Location::Preamble | Location::Section(1..) if !told() => part,
            _ => String::new(),
        }
    }
}

/// A sentence of one of the report's texts.
#[derive(PartialEq, Eq)]
struct Sentence {
    part: Location,
    /// Its paragraph, from 1; 0 where there is only one.
    paragraph: usize,
    /// Its number, from 1, where there is one paragraph of several sentences; else 0: it is quoted, and soon found.
    number: usize,
}

/// The sentence that a finding is about, if it is about words of the report's text.
fn sentence(finding: &Finding, report: &AnnualReport) -> Option<Sentence> {
    let begins = finding.span.as_ref().filter(|_| finding.origin == Origin::Subject)?.start;
    let text = match finding.location {
        Location::Preamble => &report.preamble,
        Location::Section(number) => &report.section(number)?.text,
        _ => return None,
    };
    let before = text.get(..begins)?;
    let paragraphs = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
    let part = finding.location;
    Some(match paragraphs(text) {
        0 | 1 => Sentence { part, paragraph: 0, number: if ends(text) > 1 { ends(before) + 1 } else { 0 } },
        _ => Sentence { part, paragraph: paragraphs(before.rsplit_once('\n').map_or("", |own| own.0)) + 1, number: 0 },
    })
}

/// How many sentences end in a text.
fn ends(text: &str) -> usize {
    text.matches(['。', '！', '？']).count()
}

impl Sentence {
    /// 第一部分第3段, 第一部分第2句, or without the part.
    fn told(&self, with_part: bool) -> Text {
        let counted = |number: usize, before: &str, behind: &str| match number {
            0 => String::new(),
            number => format!("{before}{number}{behind}"),
        };
        let part = if with_part { self.part.printed() } else { String::new() };
        let (paragraph, number) = (self.paragraph, self.number);
        let zh = [part.clone(), counted(paragraph, "第", "段"), counted(number, "第", "句")].concat();
        let en = [part, counted(paragraph, "paragraph ", ""), counted(number, "sentence ", "")];
        let en: Vec<String> = en.into_iter().filter(|own| !own.is_empty()).collect();
        Text::new(zh, en.join(", "))
    }
}
