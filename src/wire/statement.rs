//! What a text states, as a message.

use super::v1;
use crate::{
    narrative::{Claim, Sense, Statement},
    report::{AnnualReport, Decimal},
};

/// A statement with its place in the text of a report.
pub fn statement_to(report: &AnnualReport, statement: &Statement) -> v1::Statement {
    let text = match statement.section {
        0 => report.preamble.as_str(),
        number => report.sections.iter().find(|own| own.number == number).map_or("", |own| own.text.as_str()),
    };
    let characters = |bytes: usize| text.get(..bytes).map_or(0, |text| text.chars().count());
    let at = |bytes: usize| i32::try_from(characters(bytes)).unwrap_or(i32::MAX);
    let claim = match statement.claim {
        Claim::Counted => v1::StatementClaim::Counted,
        Claim::None => v1::StatementClaim::None,
        Claim::All => v1::StatementClaim::All,
    };
    v1::Statement {
        sense: statement.sense.name(),
        claim: claim.into(),
        number: number(statement),
        path: if statement.section == 0 { "preamble".to_owned() } else { format!("sections.{}", statement.section) },
        start: at(statement.place.start),
        end: at(statement.place.end),
        excerpt: statement.quote.clone(),
    }
}

/// The number in decimal text: fees in 元, as far as they are printed.
fn number(statement: &Statement) -> String {
    if statement.claim == Claim::All && statement.number == 0 {
        return String::new();
    }
    let is_fee = matches!(statement.sense, Sense::Fees | Sense::ProcessingFee);
    match (is_fee, u32::try_from(statement.places)) {
        (true, Ok(places)) => Decimal { units: statement.number.into(), places }.to_string(),
        // In 万元: so many noughts behind.
        (true, Err(_)) => {
            let noughts = 10i64.checked_pow(statement.places.unsigned_abs());
            noughts
                .and_then(|noughts| statement.number.checked_mul(noughts))
                .map_or_else(String::new, |own| own.to_string())
        }
        (false, _) => statement.number.to_string(),
    }
}
