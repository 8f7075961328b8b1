//! What a text states, as a message.

use super::{json, report::report_to, v1};
use crate::{
    deadline::Deadline,
    engine::mask::mask,
    narrative::{
        Claim, Index, Sense, Statement,
        meaning::{Meaning, accord, meanings},
        statements,
    },
    report::{AnnualReport, Cell, Decimal},
    words::Text,
};

/// A report in JSON, with what its text states beside it, as `gouji extract` prints it.
pub fn with_statements(report: &AnnualReport, deadline: &Deadline) -> String {
    let found = statements(report, &Index::of(report), deadline);
    let stated: Vec<_> = found.statements.iter().map(|own| json::value(&statement_to(report, own))).collect();
    let mut value = json::value(&report_to(report));
    value["statements"] = stated.into();
    json::write(&value)
}

/// A report in JSON; what `gouji extract` tells of its text beside it is no part of it.
///
/// # Errors
///
/// Where the JSON is no report: the place, and what was expected there.
pub fn report_beside(bytes: &[u8]) -> Result<v1::AnnualReport, Text> {
    let mut value: serde_json::Value = json::read(bytes)?;
    if let Some(fields) = value.as_object_mut() {
        fields.remove("statements");
    }
    json::from_value(value)
}

/// A statement with its place in the text of a report.
pub fn statement_to(report: &AnnualReport, statement: &Statement) -> v1::Statement {
    let text = match statement.section {
        0 => report.preamble.as_str(),
        number => report.sections.iter().find(|own| own.number == number).map_or("", |own| own.text.as_str()),
    };
    let characters = |bytes: usize| text.get(..bytes).map_or(0, |text| text.chars().count());
    let at = |bytes: usize| i32::try_from(characters(bytes)).unwrap_or(i32::MAX);
    v1::Statement {
        sense: statement.sense.name(),
        claim: v1::StatementClaim::from(statement.claim).into(),
        number: number(statement),
        path: if statement.section == 0 { "preamble".to_owned() } else { format!("sections.{}", statement.section) },
        start: at(statement.place.start),
        end: at(statement.place.end),
        excerpt: mask(&statement.quote),
        unit: statement.sense.unit().to_owned(),
        counterparts: meanings(report, statement).iter().map(|meaning| counterpart_to(report, meaning)).collect(),
        agreement: v1::StatementAgreement::from(accord(report, statement)).into(),
    }
}

fn counterpart_to(report: &AnnualReport, meaning: &Meaning) -> v1::Counterpart {
    let paths = |cells: &[Cell]| cells.iter().map(|cell| cell.path()).collect();
    let amount = meaning.cells.first().and_then(|cell| report.figures.amount(*cell)).map(str::to_owned);
    let count = || meaning.value(&report.figures).map(|value| value.to_string());
    v1::Counterpart {
        printed: meaning.name.to_owned(),
        added: paths(&meaning.cells),
        subtracted: paths(&meaning.less),
        value: amount.or_else(count).unwrap_or_default(),
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
