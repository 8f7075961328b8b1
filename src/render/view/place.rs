//! Where something is, as far as people can look there: the file and the place in it. Where the format has no lines and pages, as
//! HTML, a sentence of a text is told by its part of the report, its paragraph and its number in that.

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
        let of_the_text = findings.first().filter(|first| first.location == cause.location);
        match of_the_text.and_then(|first| sentence(first, self.report)) {
            Some(sentence) => self.in_its_file(origin, &format!(" {}", self.text(&sentence.told(true)))),
            // The file's name alone says nothing that the last line doesn't.
            None => self.part(cause, findings),
        }
    }

    /// The place of one of many findings where it isn't that of the first: in brackets, behind its words.
    pub fn beside(&self, finding: &Finding, first: &Finding) -> String {
        // A cell is told by its words of the form.
        if finding.location.cell().is_some() {
            return String::new();
        }
        let place = self.text(&finding.place.shown());
        let place = match () {
            () if finding.place != first.place => match (place.strip_prefix(':'), self.language) {
                (Some(line), Language::Zh) => format!("第 {line} 行"),
                (Some(line), Language::En) => format!("line {line}"),
                (None, _) => place.trim().to_owned(),
            },
            () if !finding.place.is_unknown() => String::new(),
            () => {
                let (own, at) = (sentence(finding, self.report), sentence(first, self.report));
                let told = |own: Sentence| self.text(&own.told(at.as_ref().is_none_or(|at| at.part != own.part)));
                own.filter(|own| Some(own) != at.as_ref()).map(told).unwrap_or_default()
            }
        };
        match self.language {
            _ if place.is_empty() => String::new(),
            Language::Zh => format!("（{place}）"),
            Language::En => format!(" ({place})"),
        }
    }

    /// A place in the file of one of the reports. One in a report that was sent beside is not one of this file.
    fn in_its_file(&self, origin: Origin, place: &str) -> String {
        let (file, what) = match (origin, self.language) {
            (Origin::Subject, _) => return format!("{}{place}", visible(self.files.report)),
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
    /// Its number in the paragraph, from 1; 0 where there is only one.
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
    let (before, behind) = text.split_at_checked(begins)?;
    let paragraphs = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
    let (above, own) = before.rsplit_once('\n').unwrap_or(("", before));
    let whole = format!("{own}{}", behind.lines().next().unwrap_or_default());
    Some(Sentence {
        part: finding.location,
        paragraph: if paragraphs(text) > 1 { paragraphs(above) + 1 } else { 0 },
        number: if ends(&whole) > 1 { ends(own) + 1 } else { 0 },
    })
}

/// How many sentences end in a text with something behind them, or with it.
fn ends(text: &str) -> usize {
    text.matches(['。', '！', '？']).count()
}

impl Sentence {
    /// 第一部分第3段第2句, or without the part.
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
