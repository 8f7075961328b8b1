//! Finds the statements of a report's text: one pass over its tokens, each looked at a bounded number of times.

use super::{
    Claim, Cut, Found, Sense, Statement, Suits,
    governor::is_object,
    lists,
    sentence::{REACH, Sentence, is_count, names_applications, outcome_of},
    tokens::{Folded, Placed, Token, Unit, tokens},
    vocabulary::Kind,
};
use crate::{
    deadline::Deadline,
    report::{AnnualReport, BodyKind},
};

/// The most statements that are kept.
const MOST: usize = 500;
/// What a report's text states, in its order, until the deadline. Of sections five and six, which tell of
/// plans and of charges, only charges and blanks are taken.
pub fn statements(report: &AnnualReport, deadline: &Deadline) -> Found {
    let preamble = std::iter::once((0, report.preamble.as_str()));
    let sections = report.sections.iter().map(|section| (section.number, section.text.as_str()));
    let mut found = Found::default();
    for (section, text) in preamble.chain(sections.filter(|(number, _)| (1..=6).contains(number))) {
        if let Err(cut) = read_section(report, deadline, section, text, &mut found) {
            found.cut = Some(cut);
            break;
        }
    }
    found
}

fn read_section(
    report: &AnnualReport,
    deadline: &Deadline,
    section: u8,
    text: &str,
    found: &mut Found,
) -> Result<(), Cut> {
    let folded = Folded::of(text);
    let tokens = tokens(&folded);
    let (mut about, mut suits_before) = (section == 3 || section == 4, None);
    for (number, own) in tokens.split_inclusive(|placed| placed.token == Token::End).enumerate() {
        if deadline.is_over() {
            return Err(Cut::Time);
        }
        if is_turned(&folded, own, text) {
            found.cut = Some(Cut::Turned);
            continue;
        }
        let sentence = Sentence::of(&folded, own);
        let mut reading = Reading::new(report, section, number, &sentence, about, suits_before);
        reading.run();
        about = section == 3 || section == 4 || reading.found.iter().any(|it| speaks_of_applications(it.sense));
        suits_before = reading.suits.or(suits_before.filter(|_| section == 4));
        found.statements.extend(reading.found);
        if found.statements.len() > MOST {
            found.statements.truncate(MOST);
            return Err(Cut::Statements);
        }
    }
    Ok(())
}

/// Whether a sentence turns the direction of writing.
fn is_turned(folded: &Folded<'_>, tokens: &[Placed], text: &str) -> bool {
    const TURNS: [char; 2] = ['\u{202d}', '\u{202e}'];
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
    text[folded.place(&(first.at.start..last.at.end))].contains(TURNS)
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

/// The reading of one sentence.
pub(super) struct Reading<'a> {
    pub report: &'a AnnualReport,
    pub section: u8,
    /// The sentence's number in its section.
    pub number: usize,
    pub sentence: &'a Sentence<'a>,
    pub found: Vec<Statement>,
    /// Whether the sentence before was about applications.
    about: bool,
    /// The reviews or suits that the sentences before named last, and those that this one did so far.
    pub suits_before: Option<Suits>,
    pub suits: Option<Suits>,
    /// Whether the year that governs here is the report's.
    is_of_year: bool,
    /// Whether the words so far are about something else that offices receive and answer.
    is_other: bool,
    /// Whether the words show that it is about applications.
    names_application: bool,
    /// The first token that no number has taken as its words behind it.
    pub consumed: usize,
    /// Where the part that a semicolon began starts, in tokens and in statements.
    part: (usize, usize),
    /// Whether another year than the report's was named within the clause, and governs no further.
    is_aside: bool,
    /// What the numbers that follow are parts of.
    whole: Option<Sense>,
}

impl<'a> Reading<'a> {
    fn new(
        report: &'a AnnualReport,
        section: u8,
        number: usize,
        sentence: &'a Sentence<'a>,
        about: bool,
        suits_before: Option<Suits>,
    ) -> Self {
        Self {
            report,
            section,
            number,
            sentence,
            found: Vec::new(),
            about,
            suits_before,
            suits: None,
            is_of_year: true,
            is_other: false,
            names_application: names_applications(sentence),
            consumed: 0,
            part: (0, 0),
            is_aside: false,
            whole: None,
        }
    }

    fn run(&mut self) {
        let mut totals = Vec::new();
        for at in 0..self.sentence.tokens.len() {
            match self.sentence.tokens[at].token {
                Token::Word(kind) => self.word(at, kind),
                Token::Year(year) => self.year(at, year),
                Token::Semicolon => {
                    (self.whole, self.is_other) = (None, false);
                    self.part = (at, self.found.len());
                }
                Token::Close => self.whole = None,
                Token::Comma => {
                    self.is_of_year |= self.is_aside || self.is_lastly(at);
                    self.is_aside = false;
                }
                Token::Blank => self.blank(at),
                token if is_count(token) || matches!(token, Token::Number { unit: Unit::None, .. }) => {
                    if let Some(which) = self.number(at) {
                        totals.push((at, which));
                    }
                }
                _ => {}
            }
        }
        lists::add_up(self, &totals);
        self.keep_own_total();
    }

    /// Of several numbers received in a sentence only one is this body's: the one that says so, else the first.
    fn keep_own_total(&mut self) {
        const OWN: [&str; 8] = ["我", "本局", "本机关", "合计", "总计", "全年", "本单位", "共计"];
        let is_total = |own: &Statement| own.sense == Sense::Received && own.claim == Claim::Counted;
        let totals: Vec<usize> = (0..self.found.len()).filter(|at| is_total(&self.found[*at])).collect();
        if totals.len() < 2 {
            return;
        }
        let clause = |own: &Statement| {
            let before = &self.sentence.folded.original()[..own.place.end];
            before.rsplit(['，', ',', '；', ';', '。', '、']).next().unwrap_or_default().to_owned()
        };
        let says = |at: &&usize| OWN.iter().any(|word| clause(&self.found[**at]).contains(word));
        // 办理 beside 收到 is what was done with them.
        let plain: Vec<usize> = totals.iter().copied().filter(|at| self.found[*at].also.is_none()).collect();
        let totals = if plain.is_empty() { totals } else { plain };
        let kept = totals.iter().find(says).or(totals.first()).copied();
        let mut at = 0;
        self.found.retain(|own| {
            at += 1;
            !is_total(own) || Some(at - 1) == kept
        });
    }

    fn word(&mut self, at: usize, kind: Kind) {
        match kind {
            Kind::OtherMatter => self.is_other = true,
            Kind::Application => self.is_other = false,
            Kind::Suit(suits) => self.suits = Some(suits),
            Kind::LastYear => self.is_of_year &= !self.governs(at),
            Kind::ThisYear => self.is_of_year = true,
            Kind::Parts => self.whole = self.found.last().map(|own| own.sense).or(self.whole),
            Kind::Negation => self.denied(at),
            Kind::All => self.of_all(at),
            _ => {}
        }
    }

    fn year(&mut self, at: usize, year: i32) {
        if self.governs(at) {
            let (before, is_own) = (self.is_of_year, self.report.year.is_none_or(|own| own == year));
            let from = self.sentence.clause_start(at);
            let led = from < at && self.sentence.between(from, at).len() > 12 || at > from + 1;
            (self.is_of_year, self.is_aside) = (is_own, !is_own && before && led);
        }
    }

    /// Whether a year governs what follows: not one that something is compared with, carried to or caused in.
    fn governs(&self, at: usize) -> bool {
        let text = &self.sentence.folded.text;
        let before = &text[..self.sentence.tokens[at].at.start];
        let behind = &text[self.sentence.tokens[at].at.end..];
        let behind = behind.trim_start_matches('度').trim_start_matches("末");
        // 2024年以来 is 2024.
        let since = at > 0 && matches!(self.sentence.tokens[at - 1].token, Token::Year(_));
        if since && self.sentence.between(at - 1, at).is_empty() {
            return false;
        }
        let carried = at > 0
            && matches!(self.sentence.word(at - 1), Some(Kind::Carry | Kind::CarryOn))
            && self.sentence.between(at - 1, at).len() <= 3;
        if carried {
            return false;
        }
        let beside = ["结转", "转结", "顺延", "相比", "同期相比", "未办结", "遗留", "转入", "继续"];
        !before.ends_with(['较', '比', '与', '同', '和', '因', '于', '对', '转', '为', '入', '《'])
            && !beside.iter().any(|word| behind.starts_with(word))
    }

    /// Whether 去年 and the like stood in the clause that ends here: they govern no further.
    fn is_lastly(&self, comma: usize) -> bool {
        let from = self.sentence.clause_start(comma);
        let years = (from..comma).any(|at| matches!(self.sentence.tokens[at].token, Token::Year(_)));
        !years && self.sentence.words(from, comma).any(|(_, kind)| kind == Kind::LastYear)
    }

    /// A number: a percentage of the one before, or one of its own. Returns which statement it made.
    fn number(&mut self, at: usize) -> Option<usize> {
        let Token::Number { digits, places, unit, .. } = self.sentence.tokens[at].token else { return None };
        if unit == Unit::Percent {
            self.percentage(at, digits, places);
            return None;
        }
        let governed = self.governed(at)?;
        self.consumed = governed.to.max(self.consumed);
        let is_fee = matches!(governed.sense, Sense::Fees | Sense::ProcessingFee);
        if unit == Unit::None && !self.stands_alone(at) || places > 0 && !is_fee || !self.is_ours(governed.sense, at) {
            return None;
        }
        let shift = if unit == Unit::TenThousandYuan { 4 } else { 0 };
        let places = i32::try_from(places).ok()? - shift;
        let statement = self.statement(governed.sense, Claim::Counted, digits, governed.from..governed.to);
        self.found.push(Statement {
            places: if is_fee { places } else { 0 },
            whole: self.whole,
            also: governed.also,
            ..statement
        });
        Some(self.found.len() - 1)
    }

    /// Whether a number without a unit is one of a list: 部分公开67，占4.61%.
    fn stands_alone(&self, at: usize) -> bool {
        let last = self.sentence.words(at.saturating_sub(1), at).next();
        let touches =
            last.is_some_and(|(own, kind)| outcome_of(kind).is_some() && self.sentence.between(own, at).is_empty());
        let next = self.sentence.tokens.get(at + 1);
        touches
            && next.is_none_or(|next| {
                next.at.start == self.sentence.tokens[at].at.end
                    && matches!(next.token, Token::Comma | Token::Pause | Token::Semicolon | Token::End | Token::Close)
            })
    }

    /// A percentage belongs to the number before it, if only 占 stands between.
    fn percentage(&mut self, at: usize, units: i64, places: u32) {
        let before = (at.saturating_sub(8)..at)
            .rev()
            .find(|own| matches!(self.sentence.tokens[*own].token, Token::Number { .. }));
        let Some(before) = before else { return };
        let mut between = self.sentence.words(before + 1, at).map(|(_, kind)| kind).peekable();
        let bracketed = matches!(self.sentence.tokens[at - 1].token, Token::Open);
        let shared = bracketed || between.peek().is_some_and(|kind| *kind == Kind::Share);
        let plain = between.all(|kind| {
            matches!(
                kind,
                Kind::Share | Kind::Application | Kind::Disclosure | Kind::ThisYear | Kind::Close | Kind::Neutral
            )
        });
        let end = self.sentence.folded.place(&self.sentence.tokens[before].at.clone()).end;
        if let Some(own) = self.found.last_mut().filter(|own| shared && plain && own.place.end >= end) {
            own.percent = Some((units, places));
        }
    }

    /// Whether a number in a sense is about this body, this year and what the table counts.
    fn is_ours(&self, sense: Sense, at: usize) -> bool {
        let carried = matches!(sense, Sense::CarriedOver | Sense::CarriedForward);
        let clause = self.sentence.clause_start(at);
        let office = self.sentence.words(clause, at).any(|(_, kind)| kind == Kind::OwnOffice);
        let from = self.part.0.max(at.saturating_sub(REACH));
        let other_body = self.sentence.words(from, at).any(|(_, kind)| kind == Kind::OtherBody);
        let planned = self.sentence.words(clause, at).any(|(_, kind)| matches!(kind, Kind::Plan | Kind::NextYear));
        let of_applications = !matches!(
            sense,
            Sense::RegulationsIssued
                | Sense::RegulationsRepealed
                | Sense::RegulationsInForce
                | Sense::NormativeIssued
                | Sense::NormativeRepealed
                | Sense::NormativeInForce
                | Sense::Permits
                | Sense::Penalties
                | Sense::CoerciveMeasures
                | Sense::Fees
                | Sense::ProcessingFee
        );
        (carried || !planned)
            && (carried || self.is_of_year)
            && !(office && self.is_government())
            && !(of_applications && (self.is_other || other_body))
    }

    fn is_government(&self) -> bool {
        self.report.body.kind == BodyKind::Government || self.report.body.name.ends_with("人民政府")
    }

    /// Whether the body is itself a township or a subdistrict.
    pub fn is_township(&self) -> bool {
        self.report.body.name.contains(['镇', '乡']) || self.report.body.name.contains("街道")
    }

    /// Whether a statement stands in this sentence.
    pub fn is_here(&self, own: &Statement) -> bool {
        (own.section, own.sentence) == (self.section, self.number)
    }

    /// Whether the sentence is about applications, as far as it was read: 依申请公开 alone is an attribute of documents.
    pub fn is_about_applications(&self) -> bool {
        let said = self.found.iter().any(|own| speaks_of_applications(own.sense));
        !self.is_other && (self.about || self.names_application || said)
    }

    /// Whether reviews and suits are about disclosure: the words before say so, or the section does.
    pub fn is_about_disclosure(&self, at: usize) -> bool {
        const NEAR: usize = 14;
        let named = self.sentence.words(at.saturating_sub(NEAR), at).any(|(_, kind)| is_object(kind));
        self.section == 4 || self.about || named || self.found.iter().any(|own| speaks_of_applications(own.sense))
    }

    /// Whether applicants and channels would divide the applications received, and no other number.
    pub fn may_divide_received(&self) -> bool {
        let divides = |sense: Sense| {
            matches!(sense, Sense::Received | Sense::ReceivedNew | Sense::NaturalPerson | Sense::Organization)
        };
        let last =
            self.found[self.part.1..].iter().rev().map(|own| own.sense).find(|sense| !is_kind_of_applicant(*sense));
        // 办结 may stand between what was received and who applied.
        let other = |sense: Sense| !divides(sense) && sense != Sense::Closed;
        self.whole.is_none_or(divides) && !last.is_some_and(other)
    }

    /// What the text says there was none of, in the clause of a word like 未.
    fn denied(&mut self, at: usize) {
        let end = self.sentence.clause_end(at).min(at + REACH);
        let words: Vec<(usize, Kind)> = self.sentence.words(at + 1, end).collect();
        let has = |wanted: Kind| words.iter().any(|(_, kind)| *kind == wanted);
        let none = |token: Token| matches!(token, Token::Number { digits: 1, is_numeral: true, .. });
        let mut tokens = (at + 1..end).map(|own| self.sentence.tokens[own].token);
        let counted = tokens.any(|token| is_count(token) && !none(token));
        if counted
            || has(Kind::Neutral) && words.len() == 1
            || !self.is_of_year
            || has(Kind::Including) && has(Kind::SomeOnly)
        {
            return;
        }
        let suits = words.iter().any(|(_, kind)| matches!(kind, Kind::Suit(_)));
        let last = words.last().map_or(at, |(own, _)| *own) + 1;
        if suits {
            self.denied_suits(at, &words, last);
        }
        if has(Kind::Issue) || has(Kind::Repeal) {
            return self.denied_documents(at, &words, last);
        }
        let sense = if has(Kind::ProcessingFee) {
            Sense::ProcessingFee
        } else if has(Kind::Fees) {
            Sense::Fees
        } else if let Some((carry, _)) = words.iter().find(|(_, kind)| *kind == Kind::Carry) {
            let before = words.iter().any(|(own, kind)| *kind == Kind::LastYear && own.abs_diff(*carry) <= 3);
            if before { Sense::CarriedOver } else { Sense::CarriedForward }
        } else if !suits && self.denies_applications(at, &words) {
            Sense::Received
        } else {
            return;
        };
        if self.is_ours(sense, at) {
            let statement = self.statement(sense, Claim::None, 0, at..last);
            self.found.push(statement);
        }
    }

    /// 未制定规章及行政规范性文件.
    fn denied_documents(&mut self, at: usize, words: &[(usize, Kind)], last: usize) {
        let has = |wanted: Kind| words.iter().any(|(_, kind)| *kind == wanted);
        let said = self.sentence.words(at.saturating_sub(REACH), at).any(|(_, kind)| kind == Kind::Normative);
        let (regulations, normative) = match has(Kind::Issue) {
            true => (Sense::RegulationsIssued, Sense::NormativeIssued),
            false => (Sense::RegulationsRepealed, Sense::NormativeRepealed),
        };
        let mut senses: Vec<Sense> = Vec::new();
        senses.extend(has(Kind::Regulations).then_some(regulations));
        senses.extend((has(Kind::Normative) || has(Kind::Document) && said).then_some(normative));
        for sense in senses {
            if self.is_ours(sense, at) {
                let statement = self.statement(sense, Claim::None, 0, at..last);
                self.found.push(statement);
            }
        }
    }

    /// Whether a clause says that no application came: 未收到…申请, 无依申请公开事项. Not that none was refused, or late.
    fn denies_applications(&self, at: usize, words: &[(usize, Kind)]) -> bool {
        let other = |kind: Kind| {
            matches!(
                kind,
                Kind::SomeOnly
                    | Kind::OtherMatter
                    | Kind::Time
                    | Kind::Denied
                    | Kind::Close
                    | Kind::Compare
                    | Kind::LostOnly
            )
        };
        let Some((object, kind)) = words.iter().rev().find(|(_, kind)| is_object(*kind)) else { return false };
        let behind: String =
            self.sentence.folded.text[self.sentence.tokens[*object].at.end..].chars().take(8).collect();
        let ends = self.sentence.clause_end(at) == object + 1;
        let asked = *kind == Kind::Application
            || ends
            || ["申请", "事项", "件", "来信", "来函", "信息"].iter().any(|word| behind.contains(word));
        let verb = words.iter().any(|(_, kind)| matches!(kind, Kind::Receive | Kind::ReceiveNew | Kind::Handle));
        let first = words.iter().find(|(_, kind)| !matches!(kind, Kind::Including | Kind::ThisYear));
        let bare = first.is_some_and(|(own, kind)| {
            is_object(*kind)
                && self.sentence.between(at, *own).len() <= 9
                && !self.sentence.between(at, *own).contains('因')
        });
        asked
            && (verb || bare)
            && !words.iter().any(|(own, kind)| other(*kind) && !(*kind == Kind::OtherMatter && own > object))
    }

    fn denied_suits(&mut self, at: usize, words: &[(usize, Kind)], last: usize) {
        let lost = words.iter().any(|(_, kind)| matches!(kind, Kind::LostOnly));
        let corrected = words.iter().any(|(_, kind)| *kind == Kind::Ended(super::Outcome::Corrected));
        let about = self.section == 4
            || self.about
            || self.found.iter().any(|own| speaks_of_applications(own.sense) || own.claim == Claim::None)
            || self.sentence.words(at.saturating_sub(14), last).any(|(_, kind)| is_object(kind));
        if lost && !corrected || !about || !self.is_ours(Sense::Reconsideration, at) {
            return;
        }
        let mut senses: Vec<Sense> = Vec::new();
        for (_, kind) in words {
            let Kind::Suit(suits) = kind else { continue };
            let each: &[Suits] = match suits {
                Suits::ReconsiderationAndLitigation => &[Suits::Reconsideration, Suits::Litigation],
                own => std::slice::from_ref(own),
            };
            let sense =
                |own: &Suits| if corrected { Sense::Ended(*own, super::Outcome::Corrected) } else { own.sense() };
            senses.extend(each.iter().map(sense));
        }
        senses.sort_unstable();
        senses.dedup();
        for sense in senses {
            let statement = self.statement(sense, Claim::None, 0, at..last);
            self.found.push(statement);
        }
    }

    /// What the text says of all: 均已办结, 均获维持.
    fn of_all(&mut self, at: usize) {
        // 均已全部办结 says it once.
        if at > 0 && self.sentence.word(at - 1) == Some(Kind::All) {
            return;
        }
        let end = self.sentence.clause_end(at).min(at + REACH);
        let words: Vec<(usize, Kind)> = self.sentence.words(at + 1, end).collect();
        let upheld = words.iter().find(|(_, kind)| *kind == Kind::Ended(super::Outcome::Upheld));
        if let Some((last, _)) = upheld {
            let counted: Vec<(Suits, i64)> = self.found[self.part.1..]
                .iter()
                .filter_map(|own| Some((suits_of(own.sense)?, own)))
                .filter(|(_, own)| own.claim == Claim::Counted && own.number > 0)
                .map(|(suits, own)| (suits, own.number))
                .collect();
            for (suits, number) in counted {
                let statement =
                    self.statement(Sense::Ended(suits, super::Outcome::Upheld), Claim::All, number, at..last + 1);
                self.found.push(statement);
            }
            return;
        }
        let close =
            words.iter().find(|(_, kind)| !matches!(kind, Kind::All | Kind::Handle | Kind::Neutral | Kind::Punctual));
        let Some((last, Kind::Close)) = close else { return };
        let received = self.found.iter().any(|own| {
            matches!(own.sense, Sense::Received | Sense::ReceivedNew | Sense::Closed) && own.claim == Claim::Counted
        });
        let carried = self.found.iter().any(|own| own.sense == Sense::CarriedForward);
        let number = |own: usize| matches!(self.sentence.tokens[own].token, Token::Number { .. });
        let counted = (self.sentence.clause_start(at)..end).any(number);
        // 在法定期限内 is about time, not about all.
        if (received || self.about && self.found.is_empty())
            && !carried
            && !counted
            && !self.is_other
            && self.is_of_year
        {
            let statement = self.statement(Sense::Closed, Claim::All, 0, at..last + 1);
            self.found.push(statement);
        }
    }

    fn blank(&mut self, at: usize) {
        let statement = self.statement(Sense::Unfilled, Claim::Counted, 0, at.saturating_sub(2)..at + 1);
        self.found.push(statement);
    }

    /// A statement whose words are some tokens.
    pub fn statement(&self, sense: Sense, claim: Claim, number: i64, tokens: std::ops::Range<usize>) -> Statement {
        let part = self.sentence.tokens[tokens.start].at.start..self.sentence.tokens[tokens.end - 1].at.end;
        Statement {
            sense,
            claim,
            number,
            places: 0,
            percent: None,
            parts: None,
            section: self.section,
            sentence: self.number,
            quote: self.sentence.folded.quote(&part),
            place: self.sentence.folded.place(&part),
            also: None,
            whole: None,
        }
    }
}

/// Whether a sense counts applicants, or ways to apply.
pub(super) fn is_kind_of_applicant(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::NaturalPerson
            | Sense::Organization
            | Sense::Business
            | Sense::ResearchInstitution
            | Sense::PublicWelfareOrganization
            | Sense::LegalServiceOrganization
            | Sense::OtherOrganization
            | Sense::Channel
    )
}

/// The reviews or suits that a sense counts.
fn suits_of(sense: Sense) -> Option<Suits> {
    Some(match sense {
        Sense::Reconsideration => Suits::Reconsideration,
        Sense::Litigation => Suits::Litigation,
        Sense::DirectLitigation => Suits::Direct,
        Sense::LitigationAfterReconsideration => Suits::AfterReconsideration,
        Sense::ReconsiderationAndLitigation => Suits::ReconsiderationAndLitigation,
        _ => return None,
    })
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
            ("本年新收申请16件，上年结转2件。", &[(Sense::ReceivedNew, Counted, 16), (Sense::CarriedOver, Counted, 2)]),
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
            ((clause.to_owned() + "。").repeat(600), Some(Cut::Statements)),
            ("收到政府信息公开申请1\u{202e}2件。".to_owned(), Some(Cut::Turned)),
        ] {
            assert_eq!(cut(&text, &Deadline::NEVER), expected, "{}", text.chars().take(20).collect::<String>());
        }
        assert_eq!(cut(clause, &Deadline::when(|| true)), Some(Cut::Time));
    }
}
