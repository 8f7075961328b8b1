//! What a text states, as a message.

use super::{
    finding::{statement_id, unread},
    json,
    report::report_to,
    spot::{decimal, span, spot, term},
    v1,
};
use crate::{
    deadline::Deadline,
    dossier::Dossier,
    engine::mask::mask,
    narrative::{
        Claim, Sense, Statement,
        meaning::{Meaning, accord, meanings},
    },
    report::{AnnualReport, Cell, Decimal},
    rule::{Operand, Origin, Side},
};

/// A report in JSON, with what its text states beside it, as `gouji extract` prints it.
pub fn with_statements(report: &AnnualReport, deadline: &Deadline) -> String {
    let dossier = Dossier { report: report.clone(), ..Dossier::default() };
    let found = dossier.find_statements(deadline);
    let stated = statements_to(&dossier, &found.statements, |_| true);
    let stated: Vec<_> = stated.iter().map(json::value).collect();
    let mut value = json::value(&report_to(report));
    value["statements"] = stated.into();
    json::write(&value)
}

/// Statements with their places in the texts; each keeps the id that it has among all.
pub(super) fn statements_to(
    dossier: &Dossier,
    statements: &[Statement],
    wanted: impl Fn(&Statement) -> bool,
) -> Vec<v1::Statement> {
    let own = statements.iter().enumerate().filter(|(_, statement)| wanted(statement));
    own.map(|(at, statement)| statement_to(dossier, at, statement)).collect()
}

fn statement_to(dossier: &Dossier, at: usize, statement: &Statement) -> v1::Statement {
    let report = &dossier.report;
    let place = report.place_of_text(statement.location(), Some(statement.place.start));
    let own = spot(Origin::Subject, statement.location(), &place, mask(&statement.quote).into_owned());
    let text = number(statement);
    v1::Statement {
        id: statement_id(at),
        sense: statement.sense.name(),
        claim: v1::StatementClaim::from(statement.claim).into(),
        number: (!text.is_empty()).then(|| decimal(text)),
        unit: statement.sense.unit().to_owned(),
        spot: Some(v1::Spot { span: span(report, statement.location(), &statement.place), ..own }),
        counterparts: meanings(report, statement).iter().map(|meaning| counterpart_to(dossier, meaning)).collect(),
        agreement: v1::StatementAgreement::from(accord(report, statement)).into(),
    }
}

fn counterpart_to(dossier: &Dossier, meaning: &Meaning) -> v1::Counterpart {
    let figures = &dossier.report.figures;
    let terms = |cells: &[Cell], factor: i64| -> Vec<v1::Term> {
        let operand = |cell: &Cell| Operand {
            origin: Origin::Subject,
            cell: *cell,
            figure: figures.count(*cell),
            side: Side::Beside,
            factor,
        };
        cells.iter().map(|cell| term(dossier, &operand(cell))).collect()
    };
    let amount = meaning.cells.first().and_then(|cell| figures.amount(*cell)).map(str::to_owned);
    let count = || meaning.value(figures).map(|value| value.to_string());
    v1::Counterpart {
        label: meaning.name.to_owned(),
        terms: [terms(&meaning.cells, 1), terms(&meaning.less, -1)].concat(),
        value: Some(amount.or_else(count).map_or_else(unread, decimal)),
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
