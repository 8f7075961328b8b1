//! Finds the statements of a report's text: one pass over its tokens, each looked at a bounded number of times.

#[cfg(test)]
mod bounds;

use super::{
    Claim, Cut, Found, Index, Passage, Sense, Statement,
    folded::Folded,
    lists, own_total,
    reading::{Reading, speaks_of_applications},
    sentence::{Sentence, is_count, outcome_of},
    tokens::{Placed, Token, Unit, tokens},
    vocabulary::Kind,
};
use crate::{
    deadline::Deadline,
    report::{AnnualReport, Location},
    words::clause::since,
};

/// The most statements that are kept.
const MOST: usize = 500;

/// What a report's text states, in its order, until the deadline; `index` is that of the report.
pub fn statements(report: &AnnualReport, index: &Index, deadline: &Deadline) -> Found {
    let mut found = Found::default();
    for passage in index.texts() {
        let section = match passage.location() {
            Location::Section(number @ 1..=6) => number,
            Location::Preamble => 0,
            _ => continue,
        };
        if let Err(cut) = read_section(report, deadline, section, passage, &mut found) {
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
    passage: &Passage,
    found: &mut Found,
) -> Result<(), Cut> {
    let folded = passage.folded();
    let tokens = tokens(folded, passage.scan(), deadline)?;
    let (mut about, mut suits_before) = (section == 3 || section == 4, None);
    for (number, own) in tokens.split_inclusive(|placed| placed.token == Token::End).enumerate() {
        if deadline.is_over() {
            return Err(Cut::Time);
        }
        if is_turned(folded, own) {
            found.cut = Some(Cut::Turned);
            continue;
        }
        let sentence = Sentence::of(folded, own);
        if sentence.is_too_long() {
            found.cut = Some(Cut::Long);
        }
        let mut reading = Reading::new(report, section, number, &sentence, about, suits_before);
        reading.run(deadline)?;
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
fn is_turned(folded: &Folded, tokens: &[Placed]) -> bool {
    const TURNS: [char; 2] = ['\u{202d}', '\u{202e}'];
    if !folded.is_turned() {
        return false;
    }
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
    folded.original()[folded.place(&(first.at.start..last.at.end))].contains(TURNS)
}

impl Reading<'_> {
    fn run(&mut self, deadline: &Deadline) -> Result<(), Cut> {
        let (mut totals, mut paced) = (Vec::new(), deadline.paced());
        for at in 0..self.sentence.tokens.len() {
            if self.found.len() > MOST {
                return Ok(());
            }
            if paced.is_over() {
                return Err(Cut::Time);
            }
            match self.sentence.tokens[at].token {
                Token::Word(kind) => self.word(at, kind),
                Token::Year(year) => self.year(at, year),
                Token::Semicolon => {
                    (self.whole, self.is_other, self.is_of_other_body) = (None, false, false);
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
        lists::add_up(self, &totals, deadline)?;
        own_total::keep(self);
        Ok(())
    }

    fn word(&mut self, at: usize, kind: Kind) {
        match kind {
            Kind::OtherMatter => self.is_other = true,
            Kind::OtherBody => self.is_of_other_body = true,
            Kind::WholeCity => self.is_of_other_body |= self.is_below_the_city(),
            Kind::WholeProvince => self.is_of_other_body |= !self.is_of_a_province(),
            Kind::Ours => self.is_of_other_body = false,
            Kind::Regulations | Kind::Normative => self.documents_before = Some(kind),
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
        let text = self.sentence.folded.text();
        let before = &text[..self.sentence.tokens[at].at.start];
        let behind = &text[self.sentence.tokens[at].at.end..];
        let behind = behind.trim_start_matches('度').trim_start_matches("末");
        // 2024年以来 is 2024, 今年以来 this year.
        let since =
            at > 0 && matches!(self.sentence.tokens[at - 1].token, Token::Year(_) | Token::Word(Kind::ThisYear));
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
        !before.ends_with(['较', '比', '与', '同', '和', '因', '于', '转', '为', '入', '《'])
            && !beside.iter().any(|word| behind.starts_with(word))
    }

    /// Whether 去年 and the like stood in the clause that ends here: they govern no further.
    fn is_lastly(&self, comma: usize) -> bool {
        let from = self.sentence.clause_start(comma);
        if !self.sentence.words(from, comma).any(|(_, kind)| kind == Kind::LastYear) {
            return false;
        }
        let years = (from..comma).any(|at| matches!(self.sentence.tokens[at].token, Token::Year(_)));
        // 我县去年收到21件，办结19件: what follows was last year too.
        let told = self.sentence.words(from, comma).any(|(_, kind)| matches!(kind, Kind::Receive | Kind::ReceiveNew));
        // “十四五”以来, 截至6月底: so is what follows.
        let text = &self.sentence.folded.text()[..self.sentence.tokens[comma].at.start];
        let clause = since(text, &['。', ';', ',']);
        let lasts = ["以来", "年来", "截至", "近三年", "近两年", "近五年"].iter().any(|word| clause.contains(word));
        let lasts = lasts
            && !clause.contains("一年来")
            && !self.sentence.words(from, comma).any(|(_, kind)| kind == Kind::ThisYear);
        !years && !told && !lasts
    }

    /// A number: a percentage of the one before, or one of its own. Returns which statement it made.
    fn number(&mut self, at: usize) -> Option<usize> {
        let Token::Number { digits, places, unit, .. } = self.sentence.tokens[at].token else { return None };
        if unit == Unit::Percent {
            self.percentage(at, digits, places);
            return None;
        }
        let governed = self.governed(at)?;
        // 办结17件，其中新收件办结15件: a part of what it is called by.
        let of_itself = matches!(governed.sense, Sense::Received | Sense::Closed) && self.whole == Some(governed.sense);
        if of_itself {
            self.consumed = governed.to.max(self.consumed);
            return None;
        }
        self.consumed = governed.to.max(self.consumed);
        let is_fee = matches!(governed.sense, Sense::Fees | Sense::ProcessingFee);
        if self.is_of_an_office(governed.sense, governed.from) {
            self.is_of_other_body = true;
            return None;
        }
        if unit == Unit::None && !self.stands_alone(at) && !self.is_nought(at)
            || places > 0 && !is_fee
            || !self.is_ours(governed.sense, at)
        {
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
        let touches = last.is_some_and(|(own, kind)| {
            (outcome_of(kind).is_some() || matches!(kind, Kind::Ended(_))) && self.sentence.between(own, at).is_empty()
        });
        let next = self.sentence.tokens.get(at + 1);
        touches
            && next.is_none_or(|next| {
                next.at.start == self.sentence.tokens[at].at.end
                    && matches!(next.token, Token::Comma | Token::Pause | Token::Semicolon | Token::End | Token::Close)
            })
    }

    /// Whether a number is said to be nought: 申请数为0.
    fn is_nought(&self, at: usize) -> bool {
        let nought = matches!(self.sentence.tokens[at].token, Token::Number { digits: 0, places: 0, .. });
        let before = &self.sentence.folded.text()[..self.sentence.tokens[at].at.start];
        nought && before.ends_with('为')
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

    fn blank(&mut self, at: usize) {
        let statement = self.statement(Sense::Unfilled, Claim::Counted, 0, at.saturating_sub(2)..at + 1);
        self.found.push(statement);
    }
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
        let found = statements(&report, &Index::of(&report), &Deadline::NEVER).statements;
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
}
