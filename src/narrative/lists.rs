//! Totals and the parts that a text lists under them: 收到31件，其中线上26件，线下5件.

use super::{
    Claim, Cut, Sense, Statement,
    reading::{Reading, is_kind_of_applicant},
    sentence::is_count,
    tokens::{Token, Unit},
    vocabulary::Kind,
};
use crate::deadline::Deadline;

/// What kind of parts a number can be: a list has parts of one kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Channels,
    Applicants,
    Outcomes,
    Years,
    Suits,
    Unknown,
}

fn dimension(sense: Option<Sense>) -> Dimension {
    match sense {
        Some(Sense::Channel) => Dimension::Channels,
        Some(sense) if is_kind_of_applicant(sense) => Dimension::Applicants,
        Some(
            Sense::Granted
            | Sense::PartiallyGranted
            | Sense::GrantedOrPartially
            | Sense::Denied
            | Sense::Unavailable
            | Sense::NotProcessed
            | Sense::OtherOutcome
            | Sense::ShareOfGranted
            | Sense::ShareOfUnavailable,
        ) => Dimension::Outcomes,
        Some(Sense::ReceivedNew | Sense::CarriedOver) => Dimension::Years,
        Some(Sense::Ended(..)) => Dimension::Suits,
        _ => Dimension::Unknown,
    }
}

/// Adds the parts of each total up, and notes totals of information that count nothing of the tables.
pub(super) fn add_up(reading: &mut Reading<'_>, counted: &[(usize, usize)], deadline: &Deadline) -> Result<(), Cut> {
    let mut paced = deadline.paced();
    for at in 0..reading.sentence.tokens.len() {
        if paced.is_over() {
            return Err(Cut::Time);
        }
        let token = reading.sentence.tokens[at].token;
        let Token::Number { digits, unit, places: 0, .. } = token else { continue };
        if !is_count(token) || unit == Unit::Percent {
            continue;
        }
        let Some(Parts { sum, closes, shares }) = parts(reading, counted, at, unit) else { continue };
        if !(closes || sum > digits) {
            continue;
        }
        let own = counted.binary_search_by_key(&at, |(place, _)| *place).ok().map(|own| counted[own].1);
        match own {
            Some(which) => reading.found[which].parts = Some(sum),
            // Items that overlap (一趟不用跑的45项，占78.9%) are no parts.
            None if shares && !closes => {}
            // 去年同期为52件，其中: the parts are this year's.
            None if reading
                .sentence
                .words(reading.sentence.clause_start(at), at)
                .any(|(_, kind)| kind == Kind::LastYear) => {}
            None => {
                let from = at.saturating_sub(1);
                let statement = reading.statement(Sense::ListedTotal, Claim::Counted, digits, from..at + 1);
                reading.found.push(Statement { parts: Some(sum), ..statement });
            }
        }
    }
    Ok(())
}

/// The parts that are listed under a total.
struct Parts {
    sum: i64,
    /// Whether the list leaves nothing out.
    closes: bool,
    /// Whether percentages stand between them.
    shares: bool,
}

/// The sum of the parts that are listed behind a number, and whether the list leaves nothing out: it ends with 其他.
fn parts(reading: &Reading<'_>, counted: &[(usize, usize)], at: usize, unit: Unit) -> Option<Parts> {
    let tokens = &reading.sentence.tokens;
    let mut place = at + 1;
    let mut bracketed = false;
    while let Some(Token::Comma | Token::Open | Token::Colon) = tokens.get(place).map(|placed| placed.token) {
        bracketed |= tokens[place].token == Token::Open;
        place += 1;
    }
    if place > at + 3 || tokens.get(place).map(|placed| placed.token) != Some(Token::Word(Kind::Parts)) {
        return None;
    }
    let sense = |at: usize| {
        let own = counted.binary_search_by_key(&at, |(place, _)| *place).ok()?;
        Some(reading.found[counted[own].1].sense)
    };
    let Token::Number { digits: whole_number, .. } = tokens[at].token else { return None };
    let (mut sum, mut count, mut first, mut last) = (0i64, 0, None, place);
    let mut shares = false;
    // A list ends where the next one begins, so that no token is looked at for two.
    for (own, placed) in tokens.iter().enumerate().skip(place + 1) {
        match placed.token {
            Token::Semicolon | Token::End | Token::Word(Kind::Parts) => break,
            Token::Close if bracketed => break,
            // 发布解读信息2条, behind what is counted otherwise, is no part.
            Token::Number { unit: Unit::None | Unit::Other, .. } => break,
            Token::Number { unit: Unit::Percent, .. } => shares = true,
            Token::Number { digits, unit: own_unit, places: 0, .. } => {
                let own_dimension = dimension(sense(own));
                if own_unit != unit || *first.get_or_insert(own_dimension) != own_dimension {
                    break;
                }
                (sum, count) = (sum.checked_add(digits)?, count + 1);
                last = own;
                // What follows a list that is complete overlaps it: 采用图文解读的29件.
                if count > 1 && sum == whole_number {
                    break;
                }
            }
            _ => {}
        }
    }
    if count < 2 {
        return None;
    }
    let text = reading.sentence.folded.text();
    let before = (place..last)
        .rev()
        .find(|own| is_count(tokens[*own].token))
        .map_or(tokens[place].at.end, |own| tokens[own].at.end);
    let name = text[before..tokens[last].at.start].trim_start_matches([',', '、', ';']);
    let whole = text[tokens[place].at.end..tokens[last].at.start].contains("主动公开") && name.starts_with("不予公开");
    let closes = count >= 3 && (name.starts_with("其他") || name.starts_with("其它") || whole);
    Some(Parts { sum, closes, shares })
}
