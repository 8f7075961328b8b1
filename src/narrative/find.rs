//! Finds the statements of a report's text.

use std::ops::Range;

use regex::{Captures, Regex};

use super::{
    Claim, Cut, Found, Sense, Statement,
    patterns::{
        ALL_CLOSED, ALL_UPHELD, COUNTED, DISCLOSED, DIVIDED, ITEM, LISTED, NO_APPLICATION, NO_REMEDY, NOTHING_CARRIED,
        PERCENT, UNFILLED, YEAR,
    },
    prose::{Sentence, sentences},
};
use crate::{
    deadline::Deadline,
    report::{AnnualReport, BodyKind},
};

/// What makes a number one of a comparison.
const COMPARED: [&str; 8] = ["比", "较", "同比", "增加", "增长", "减少", "下降", "回落"];
/// What else is received, answered and closed in an office.
const OTHER_MATTERS: [&str; 14] =
    ["信访", "提案", "建议", "投诉", "工单", "留言", "热线", "咨询", "诉求", "来信", "信件", "举报", "案卷", "复议"];
/// What makes "none received" speak of some applications only.
const SOME_ONLY: [&str; 8] = ["隐私", "国家秘密", "商业秘密", "收费", "不满", "投诉", "重复", "无理"];
/// What makes "no review or suit" speak of lost ones only.
const LOST_ONLY: [&str; 9] = ["纠错", "败诉", "撤销", "责令", "纠正", "变更", "违法", "被确认", "不当"];

/// Whether a number needs no word of applications beside it.
fn counts_otherwise(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::NormativeIssued
            | Sense::NormativeRepealed
            | Sense::NormativeInForce
            | Sense::Permits
            | Sense::Penalties
            | Sense::CoerciveMeasures
            | Sense::Fees
            | Sense::CarriedOver
            | Sense::CarriedForward
            | Sense::ReceivedNew
            | Sense::DirectLitigation
            | Sense::LitigationAfterReconsideration
    )
}

/// Whether a statement shows that its sentence is about applications, and so may be the next.
fn speaks_of_applications(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Received
            | Sense::ReceivedNew
            | Sense::CarriedOver
            | Sense::CarriedForward
            | Sense::Closed
            | Sense::Channel
    )
}

/// The most statements that are kept.
const MOST: usize = 500;
/// The longest sentence that is looked at, in bytes: some four thousand characters.
const LONGEST: usize = 12_000;
/// The steps that a report's text may take. A step is a byte that a pattern looks at.
const STEPS: usize = 60_000_000;
/// How many steps a byte of a sentence takes, and how many more for each number in the sentence; a
/// sentence takes as many as one of so many bytes, however short it is.
const PATTERNS: usize = 50;
const SHORTEST: usize = 64;
const FOR_A_NUMBER: usize = 4;

/// What a report's text states, in its order, until the deadline. Sections five and six, which tell of
/// plans and of charges, are left out.
pub fn statements(report: &AnnualReport, deadline: &Deadline) -> Found {
    let preamble = std::iter::once((0, report.preamble.as_str()));
    let sections = report.sections.iter().map(|section| (section.number, section.text.as_str()));
    let mut reading = Reading { report, deadline, steps: STEPS, found: Found::default() };
    for (section, text) in preamble.chain(sections.filter(|(number, _)| (1..=4).contains(number))) {
        if let Err(cut) = reading.section(section, text) {
            reading.found.cut = Some(cut);
            break;
        }
    }
    reading.found
}

/// The reading of a report's text, sentence by sentence.
struct Reading<'a> {
    report: &'a AnnualReport,
    deadline: &'a Deadline,
    steps: usize,
    found: Found,
}

impl Reading<'_> {
    fn section(&mut self, section: u8, text: &str) -> Result<(), Cut> {
        let mut about_applications = section == 3 || section == 4;
        for (number, raw) in sentences(text).enumerate() {
            if self.deadline.is_over() {
                return Err(Cut::Time);
            }
            if raw.len() > LONGEST || raw.contains(['\u{202d}', '\u{202e}']) {
                self.found.cut = Some(if raw.len() > LONGEST { Cut::Sentence } else { Cut::Turned });
                continue;
            }
            let sentence = &Sentence::of(raw);
            self.pay(&sentence.text)?;
            let report = self.report;
            let mut search =
                Search { report, section, number, sentence, about_applications, taken: Vec::new(), found: Vec::new() };
            search.run();
            about_applications = section >= 3 || search.found.iter().any(|it| speaks_of_applications(it.sense));
            self.found.statements.extend(search.found);
            if self.found.statements.len() > MOST {
                self.found.statements.truncate(MOST);
                return Err(Cut::Statements);
            }
        }
        Ok(())
    }

    /// Takes what a sentence costs off the steps: every pattern looks at each byte, and for each number
    /// its surroundings are looked at again.
    fn pay(&mut self, sentence: &str) -> Result<(), Cut> {
        let digits = |char: char| char.is_ascii_digit();
        let numbers = sentence.split(|char| !digits(char)).filter(|run| !run.is_empty()).count();
        let cost = sentence.len().max(SHORTEST) * (PATTERNS + FOR_A_NUMBER * numbers);
        self.steps = self.steps.checked_sub(cost).ok_or(Cut::Steps)?;
        Ok(())
    }
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
        Some(Statement { number: whole(&digits)?, percent, ..plain })
    }

    /// Whether a wording is about the applications of this body and this year, as far as the words
    /// around it tell.
    fn is_about_this(&self, sense: Sense, place: Range<usize>) -> bool {
        let text = self.text();
        let (before, words) = (&text[..place.start], &text[place]);
        let clause = before.rsplit([',', '。', ';', ':', '(']).next().unwrap_or_default();
        let has = |part: &str, words: &[&str]| words.iter().any(|word| part.contains(word));
        let year_end = |sense| matches!(sense, Sense::CarriedOver | Sense::CarriedForward);
        if has(words, &COMPARED) || self.is_of_another_year(before) {
            return false;
        }
        if !year_end(sense) && has(clause, &["去年", "上年", "上一年", "往年", "历年", "同期"]) {
            return false;
        }
        let government = self.report.body.kind == BodyKind::Government || self.report.body.name.ends_with("人民政府");
        if government && (has(clause, &["本级", "办公室", "办公厅", "本机关"]) || words.contains("本级")) {
            return false;
        }
        match sense {
            Sense::Received => !self.found.iter().any(|it| it.sense == Sense::Received),
            Sense::Reconsideration | Sense::Litigation => self.is_about_disclosure(before, words),
            _ if counts_otherwise(sense) => true,
            _ => self.is_about_applications() && !has(words, &OTHER_MATTERS) && !has(clause, &OTHER_MATTERS),
        }
    }

    /// Whether the last year named before a place is another than the report year.
    fn is_of_another_year(&self, before: &str) -> bool {
        YEAR.captures_iter(before).last().is_some_and(|found| {
            let year: Option<i32> = found[1].parse().ok();
            let carried = before[..found.get(0).map_or(0, |all| all.start())].ends_with(['至', '到']);
            !carried && self.report.year.is_some() && year != self.report.year
        })
    }

    /// Whether reviews and suits are about disclosure: the words before say so, or the section does.
    fn is_about_disclosure(&self, before: &str, words: &str) -> bool {
        const NEAR: usize = 60;
        let near = before.char_indices().rev().nth(NEAR).map_or(before, |(at, _)| &before[at..]);
        let named = |part: &str| ["信息公开", "依申请", "申请公开"].iter().any(|word| part.contains(word));
        self.section == 4 || self.about_applications || named(near) || named(words)
    }

    /// Whether the sentence is about applications: 依申请公开 alone is an attribute of documents.
    fn is_about_applications(&self) -> bool {
        self.about_applications
            || self.section == 3
            || self.text().replace("依申请公开", "").contains("申请")
            || self.found.iter().any(|it| it.sense == Sense::Received)
            || self.text().contains("依申请公开答复")
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
        let parts: Option<i64> = ITEM.captures_iter(list).map(|item| whole(&item[1].replace(',', ""))).sum();
        let same_unit = ITEM.find_iter(list).all(|item| item.as_str().ends_with(&found["unit"]));
        let total = whole(&found["n"].replace(',', ""));
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
            let some_only = SOME_ONLY.iter().any(|word| found.as_str().contains(word));
            if !some_only && self.is_about_this(Sense::Received, found.range()) {
                self.found.push(self.statement(Sense::Received, Claim::None, 0, found.range()));
            }
        }
        for found in NOTHING_CARRIED.find_iter(&text) {
            self.found.push(self.statement(Sense::CarriedForward, Claim::None, 0, found.range()));
        }
        for found in NO_REMEDY.find_iter(&text) {
            let rest = &text[found.start()..];
            let clause = &rest[..rest.find(['。', ';']).unwrap_or(rest.len())];
            let lost_only = LOST_ONLY.iter().any(|word| clause.contains(word));
            if lost_only || !self.is_about_this(Sense::Reconsideration, found.range()) {
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

/// A whole number, if it is one that a report can hold: larger ones could overflow their sums.
fn whole(digits: &str) -> Option<i64> {
    const LARGEST: i64 = 1_000_000_000_000;
    digits.parse().ok().filter(|number| *number <= LARGEST)
}

/// A fee in 元: its digits as a whole number, and how many of them are decimal places of an 元.
fn fee(digits: &str, unit: &str) -> Option<(i64, i32)> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let units = self::whole(&format!("{whole}{fraction}"))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Body, Section};

    type Stated = (Sense, Claim, i64);

    /// What a text of section one states, in a report of a government of 2023.
    fn stated(text: &str) -> Vec<Stated> {
        let section = Section { number: 1, text: text.into(), ..Section::default() };
        let body = Body { name: "青溪县人民政府".into(), ..Body::default() };
        let report = AnnualReport { body, year: Some(2023), sections: vec![section], ..AnnualReport::default() };
        let found = statements(&report, &Deadline::NEVER).statements;
        found.into_iter().map(|it| (it.sense, it.claim, it.number)).collect()
    }

    #[test]
    fn what_may_be_about_something_else_is_not_taken() {
        for text in [
            "全年办结信访件30件，答复群众来信50件。",
            "新增行政规范性文件6件。",
            "公文属性认定为主动公开300件，依申请公开30件，不予公开12件。",
            "去年共收到政府信息公开申请30件。",
            "2022年收到政府信息公开申请30件。",
            "县政府办公室收到政府信息公开申请20件。",
            "收到政府信息公开申请比上年增加12件。",
            "全年办理行政复议案件35件，行政诉讼应诉20件。",
            "未收到涉及商业秘密的政府信息公开申请。",
            "未发生因政府信息公开引发的行政复议被纠错、行政诉讼败诉情况。",
            "主动公开政府信息1320条，发布政策解读30篇。",
        ] {
            assert_eq!(stated(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_about_applications_is_taken() {
        use Claim::{Counted, None};
        let cases: [(&str, &[Stated]); 5] = [
            (
                "全县共收到政府信息公开申请二十一件，办结20件。",
                &[(Sense::Received, Counted, 21), (Sense::Closed, Counted, 20)],
            ),
            ("本年新收申请16件，上年结转2件。", &[(Sense::CarriedOver, Counted, 2), (Sense::ReceivedNew, Counted, 16)]),
            ("全年没有收到政府信息公开申请。", &[(Sense::Received, None, 0)]),
            (
                "未发生政府信息公开行政复议和行政诉讼。",
                &[(Sense::Reconsideration, None, 0), (Sense::Litigation, None, 0)],
            ),
            ("1件结转下年度继续办理。", &[(Sense::CarriedForward, Counted, 1)]),
        ];
        for (text, expected) in cases {
            assert_eq!(stated(text), expected, "{text}");
        }
    }

    fn cut(text: &str, deadline: &Deadline) -> Option<Cut> {
        let section = Section { number: 1, text: text.into(), ..Section::default() };
        let report = AnnualReport { year: Some(2023), sections: vec![section], ..AnnualReport::default() };
        statements(&report, deadline).cut
    }

    #[test]
    fn a_text_is_looked_at_within_bounds_that_are_counted_and_what_exceeds_them_is_told() {
        let clause = "收到政府信息公开申请12件，";
        for (text, expected) in [
            (clause.repeat(300), None),
            (clause.repeat(400), Some(Cut::Sentence)),
            ((clause.to_owned() + "。").repeat(600), Some(Cut::Statements)),
            (("12件，".repeat(1_000) + "。").repeat(20), Some(Cut::Steps)),
            ("。".repeat(100_000), Some(Cut::Steps)),
            // A sentence that is passed over doesn't hide the next.
            (clause.repeat(400) + "。" + &(clause.to_owned() + "。").repeat(600), Some(Cut::Statements)),
        ] {
            assert_eq!(cut(&text, &Deadline::NEVER), expected, "{}", text.chars().take(20).collect::<String>());
        }
        assert_eq!(cut(clause, &Deadline::when(|| true)), Some(Cut::Time));
    }
}
