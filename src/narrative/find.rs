//! Finds the statements of a report's text.

use std::ops::Range;

use regex::{Captures, Regex};

use super::{
    Claim, Sense, Statement,
    patterns::{
        ALL_CLOSED, ALL_UPHELD, COUNTED, DISCLOSED, DIVIDED, ITEM, LISTED, NO_APPLICATION, NO_REMEDY, NOTHING_CARRIED,
        PERCENT, UNFILLED, YEAR,
    },
    prose::{Sentence, sentences},
};
use crate::report::{AnnualReport, BodyKind};

/// The most statements that are kept.
const MOST: usize = 500;

/// What a report's text states, in its order. Sections five and six, which tell of plans and of
/// charges, are left out.
pub fn statements(report: &AnnualReport) -> Vec<Statement> {
    let preamble = std::iter::once((0, report.preamble.as_str()));
    let sections = report.sections.iter().map(|section| (section.number, section.text.as_str()));
    let mut found = Vec::new();
    for (section, text) in preamble.chain(sections.filter(|(number, _)| (1..=4).contains(number))) {
        let mut about_applications = section == 3 || section == 4;
        for (number, sentence) in sentences(text).iter().enumerate() {
            let mut search =
                Search { report, section, number, sentence, about_applications, taken: Vec::new(), found: Vec::new() };
            search.run();
            about_applications = section >= 3 || search.found.iter().any(|it| it.sense == Sense::Received);
            found.extend(search.found);
        }
    }
    found.truncate(MOST);
    found
}

/// The search of one sentence.
struct Search<'a> {
    report: &'a AnnualReport,
    section: u8,
    number: usize,
    sentence: &'a Sentence<'a>,
    /// Whether the sentence before was about applications, so that 复议 in this one is about them.
    about_applications: bool,
    /// The numbers that a pattern has taken.
    taken: Vec<Range<usize>>,
    found: Vec<Statement>,
}

impl Search<'_> {
    fn run(&mut self) {
        self.lists();
        self.negations();
        for pattern in COUNTED.iter() {
            self.counts(pattern.sense, &pattern.regex);
        }
        for pattern in DISCLOSED.iter() {
            self.counts(pattern.sense, &pattern.regex);
        }
        self.totals();
        self.unfilled();
        self.found.sort_by_key(|statement| statement.sense == Sense::Unfilled);
    }

    fn text(&self) -> &str {
        &self.sentence.text
    }

    fn statement(&self, sense: Sense, claim: Claim, number: i64, place: Range<usize>) -> Statement {
        Statement {
            sense,
            claim,
            number,
            places: 0,
            percent: None,
            parts: None,
            section: self.section,
            sentence: self.number,
            quote: self.sentence.quote(place.start, place.end),
        }
    }

    /// All that a wording counts in the sentence.
    fn counts(&mut self, sense: Sense, regex: &Regex) {
        let text = self.sentence.text.clone();
        let mut from = 0;
        while let Some(found) = regex.captures_at(&text, from) {
            let (Some(all), Some(number)) = (found.get(0), found.name("n")) else { return };
            from = number.end();
            let free = self.taken.iter().all(|taken| number.end() <= taken.start || number.start() >= taken.end);
            if free && self.is_about_this(sense, all.range()) {
                self.taken.push(number.range());
                self.found.extend(self.counted(sense, &found));
            }
        }
    }

    fn counted(&self, sense: Sense, found: &Captures<'_>) -> Option<Statement> {
        let (all, number) = (found.get(0)?, found.name("n")?);
        let digits = number.as_str().replace(',', "");
        let percent = PERCENT.captures(&self.text()[number.end()..]).and_then(|found| {
            let places = found.get(2).map_or("", |places| places.as_str());
            let units = format!("{}{places}", &found[1]).parse().ok()?;
            Some((units, u32::try_from(places.len()).ok()?))
        });
        let plain = self.statement(sense, Claim::Counted, 0, all.range());
        if sense == Sense::Fees {
            let (units, places) = fee(&digits, &found["unit"])?;
            return Some(Statement { number: units, places, percent, ..plain });
        }
        Some(Statement { number: digits.parse().ok()?, percent, ..plain })
    }

    /// Whether a wording is about the applications of this body and this year.
    fn is_about_this(&self, sense: Sense, place: Range<usize>) -> bool {
        let text = self.text();
        let (before, words) = (&text[..place.start], &text[place]);
        let compared =
            ["比", "较", "同比", "增加", "增长", "减少", "下降", "回落"].iter().any(|word| words.contains(word));
        let other_year = YEAR.captures_iter(before).last().is_some_and(|found| {
            let year: Option<i32> = found[1].parse().ok();
            let carried = before[..found.get(0).map_or(0, |all| all.start())].ends_with(['至', '到']);
            !carried && self.report.year.is_some() && year != self.report.year
        });
        let part = self.report.body.kind == BodyKind::Government || self.report.body.name.ends_with("人民政府");
        let part = part && (before.ends_with("本级") || words.contains("本级"));
        let last_year = before.ends_with("上年") || before.ends_with("去年");
        let remedy = matches!(sense, Sense::Reconsideration | Sense::Litigation);
        let about_disclosure = self.section == 4
            || self.about_applications
            || ["信息公开", "依申请", "申请公开"].iter().any(|word| text.contains(word));
        let first = sense != Sense::Received || !self.found.iter().any(|it| it.sense == Sense::Received);
        !compared && !other_year && !part && !last_year && first && (!remedy || about_disclosure)
    }

    /// Totals with the list of their parts. Their numbers count information, not applications.
    fn lists(&mut self) {
        let text = self.sentence.text.clone();
        for found in LISTED.captures_iter(&text) {
            let Some(all) = found.get(0) else { continue };
            let rest = &text[all.end()..];
            let list = &rest[..rest.find(['。', ';', ')']).unwrap_or(rest.len())];
            if closes_with_the_rest(list) {
                self.listed(&found, list, all.start()..all.end() + list.len());
            }
        }
        for found in DIVIDED.captures_iter(&text) {
            let Some(all) = found.get(0) else { continue };
            self.listed(&found, &found["list"], all.range());
        }
    }

    /// One total and its parts; where the units differ they count different things.
    fn listed(&mut self, found: &Captures<'_>, list: &str, place: Range<usize>) {
        let parts: Option<i64> =
            ITEM.captures_iter(list).map(|item| item[1].replace(',', "").parse::<i64>().ok()).sum();
        let same_unit = ITEM.find_iter(list).all(|item| item.as_str().ends_with(&found["unit"]));
        let total = found["n"].replace(',', "").parse().ok();
        self.taken.push(place.clone());
        if let (Some(total), Some(parts), true) = (total, parts, same_unit) {
            let statement = self.statement(Sense::ListedTotal, Claim::Counted, total, place);
            self.found.push(Statement { parts: Some(parts), ..statement });
        }
    }

    /// What the text says there was none of.
    fn negations(&mut self) {
        let text = self.sentence.text.clone();
        for found in NO_APPLICATION.find_iter(&text) {
            if self.is_about_this(Sense::Received, found.range()) {
                self.found.push(self.statement(Sense::Received, Claim::None, 0, found.range()));
            }
        }
        for found in NOTHING_CARRIED.find_iter(&text) {
            self.found.push(self.statement(Sense::CarriedForward, Claim::None, 0, found.range()));
        }
        for found in NO_REMEDY.find_iter(&text) {
            if !self.is_about_this(Sense::Reconsideration, found.range()) {
                continue;
            }
            for (sense, word) in [(Sense::Reconsideration, "复议"), (Sense::Litigation, "诉讼")] {
                let counted = text[found.end()..].starts_with(|char: char| char.is_ascii_digit());
                if found.as_str().contains(word) && !counted {
                    self.found.push(self.statement(sense, Claim::None, 0, found.range()));
                }
            }
        }
    }

    /// What the text says of all cases or applications.
    fn totals(&mut self) {
        if let Some(found) = ALL_UPHELD.find(self.text()).map(|found| found.range()) {
            for sense in [Sense::Reconsideration, Sense::Litigation] {
                let named = self.found.iter().find(|it| it.sense == sense && it.claim == Claim::Counted);
                let number = named.map(|named| named.number).filter(|number| *number > 0);
                let statement = number.map(|number| self.statement(sense, Claim::AllUpheld, number, found.clone()));
                self.found.extend(statement);
            }
        }
        let received = self
            .found
            .iter()
            .any(|it| matches!(it.sense, Sense::Received | Sense::Closed) && it.claim == Claim::Counted);
        let carried = self.found.iter().any(|it| it.sense == Sense::CarriedForward);
        if let Some(found) = ALL_CLOSED.find(self.text()).filter(|_| received && !carried) {
            let statement = self.statement(Sense::Closed, Claim::AllClosed, 0, found.range());
            self.found.push(statement);
        }
    }

    /// Numbers that were left blank.
    fn unfilled(&mut self) {
        let blanks: Vec<Range<usize>> = UNFILLED.find_iter(self.text()).map(|found| found.range()).collect();
        for blank in blanks {
            let from = self.text()[..blank.start].char_indices().rev().nth(10).map_or(0, |(at, _)| at);
            self.found.push(self.statement(Sense::Unfilled, Claim::Counted, 0, from..blank.end));
        }
    }
}

/// A fee in 元: its digits as a whole number, and how many of them are decimal places of an 元.
fn fee(digits: &str, unit: &str) -> Option<(i64, i32)> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let units: i64 = format!("{whole}{fraction}").parse().ok()?;
    let places = i32::try_from(fraction.len()).ok()?;
    Some((units, if unit == "万元" { places - 4 } else { places }))
}

/// Whether a list of three items and more ends with 其他: then it leaves nothing out.
fn closes_with_the_rest(list: &str) -> bool {
    let items: Vec<regex::Match<'_>> = ITEM.find_iter(list).collect();
    let [.., before, last] = items.as_slice() else { return false };
    let name = list[before.end()..last.start()].trim_start_matches([',', '、']);
    items.len() >= 3 && name.starts_with("其他") && list[last.end()..].trim_matches([',', '、']).is_empty()
}
