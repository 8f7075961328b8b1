//! Shared by the rules on narrative: comparing numbers in the text with figures of the tables.
//!
//! A number that equals none of the figures it could mean is an error if the text gives no other number for the same
//! thing; if another number fits, the odd one may be about something else and is a warning.

use crate::{
    dossier::Dossier,
    narrative::{Claim, Sense, Statement, Suits},
    report::{Cell, Column, Location, Row, Standing, Table, form::APPLICANTS, relations::others},
    rule::{Ruling, Severity, Violation},
    words::Text,
};

/// A figure that a number of the text may mean.
pub(super) struct Meaning {
    /// What it is, as the form words it.
    pub name: &'static str,
    /// The cells that are added.
    pub cells: Vec<Cell>,
    /// The cells that are subtracted.
    pub less: Vec<Cell>,
}

impl Meaning {
    /// The sum of cells.
    pub fn of(name: &'static str, cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { name, cells: cells.into_iter().collect(), less: Vec::new() }
    }

    /// The sum of some cells minus others.
    pub fn less(self, cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { less: cells.into_iter().collect(), ..self }
    }

    /// The figure, if all its cells are known.
    pub fn value(&self, dossier: &Dossier) -> Option<i64> {
        let sum =
            |cells: &[Cell]| cells.iter().map(|cell| dossier.report.figures.count(*cell).known()).sum::<Option<i64>>();
        Some(sum(&self.cells)? - sum(&self.less)?)
    }
}

/// The cell of a row's 总计.
pub(super) fn total(row: Row) -> Cell {
    row.cell(Column::Total).unwrap_or(row.nth(0))
}

/// The 总计 cells of those of the rows that the report has.
pub(super) fn totals(dossier: &Dossier, rows: &[Row]) -> Vec<Cell> {
    rows.iter().filter(|row| dossier.report.figures.has_row(**row)).map(|row| total(*row)).collect()
}

/// The rows of 表四 that reviews or suits are counted in.
pub(super) fn rows_of(suits: Suits) -> Vec<Row> {
    let (direct, after) = (Row::DirectLitigation, Row::LitigationAfterReconsideration);
    match suits {
        Suits::Reconsideration => vec![Row::Reconsideration],
        Suits::Litigation => vec![direct, after],
        Suits::Direct => vec![direct],
        Suits::AfterReconsideration => vec![after],
        Suits::ReconsiderationAndLitigation => vec![Row::Reconsideration, direct, after],
    }
}

/// What a number of closed applications may be.
pub(super) fn closed(dossier: &Dossier) -> Vec<Meaning> {
    let all = total(Row::OutcomesTotal);
    // Those that were withdrawn or lapsed are closed, but not answered.
    let others = totals(dossier, others(&dossier.report.figures, APPLICANTS.len() - 1));
    vec![
        Meaning::of("三（七）总计", [all]),
        Meaning::of("三（七）总计减上年结转", [all]).less([total(Row::CarriedOver)]),
        Meaning::of("三（七）总计减（六）其他处理", [all]).less(others),
    ]
}

/// The numbers that the text gives in a sense.
pub(super) fn counted(dossier: &Dossier, sense: Sense) -> Vec<&Statement> {
    dossier.statements().iter().filter(|it| it.sense == sense && it.claim == Claim::Counted).collect()
}

/// The place of a statement.
pub(super) fn place(statement: &Statement) -> Location {
    if statement.section == 0 { Location::Preamble } else { Location::Section(statement.section) }
}

/// The ruling if a table can't be compared with; `None` if it can.
pub(super) fn incomparable(dossier: &Dossier, table: Table) -> Option<Ruling> {
    let name = table.printed();
    match dossier.report.figures.standing(table) {
        Standing::Whole => None,
        Standing::Absent => Some(Ruling::not_applicable(Text::new(
            format!("报告中没有{name}，无从对照"),
            format!("the report has no {name} to compare with"),
        ))),
        Standing::Unread | Standing::Cut => Some(Ruling::undetermined(Text::new(
            format!("{name}未能读全，无从对照"),
            format!("{name} could not be read to its end"),
        ))),
    }
}

/// The ruling if the text states no such number.
pub(super) fn unstated() -> Ruling {
    Ruling::not_applicable(Text::fixed("正文没有这项数字", "the text gives no such number"))
}

/// Compares all numbers of a sense with what they may mean, and adds violations to the ruling. Returns whether the
/// text gives any.
pub(super) fn compare(dossier: &Dossier, sense: Sense, meanings: &[Meaning], ruling: &mut Ruling) -> bool {
    let stated = counted(dossier, sense);
    let values: Vec<Option<i64>> = meanings.iter().map(|meaning| meaning.value(dossier)).collect();
    let also = |statement: &Statement| {
        statement.also == Some(Sense::Closed)
            && closed(dossier).iter().any(|meaning| meaning.value(dossier) == Some(statement.number))
    };
    let fits = |statement: &&Statement| values.contains(&Some(statement.number)) || also(statement);
    let some_fit = stated.iter().any(fits);
    for statement in stated.iter().filter(|statement| !fits(statement)) {
        if values.contains(&None) {
            let quote = &statement.quote;
            ruling.undecided.push(Text::new(
                format!("“{quote}”：表中数字空白或未能读出，无法对照"),
                format!("“{quote}”: the figures to compare with are blank or not read"),
            ));
            continue;
        }
        let violation = contradiction(dossier, statement, meanings, &values);
        ruling.violations.push(if some_fit { violation.graded(Severity::Warning) } else { violation });
    }
    !stated.is_empty()
}

fn contradiction(dossier: &Dossier, statement: &Statement, meanings: &[Meaning], values: &[Option<i64>]) -> Violation {
    let named =
        meanings.iter().zip(values).map(|(meaning, value)| format!("{} {}", meaning.name, value.unwrap_or_default()));
    let named = named.collect::<Vec<_>>().join(" 或 ");
    let (quote, number) = (&statement.quote, statement.number);
    let message = Text::new(
        format!("正文“{quote}”，与表中{named}不一致"),
        format!("the text says “{quote}”; the table says {named}"),
    );
    let cells = meanings.iter().flat_map(|meaning| meaning.cells.iter().chain(&meaning.less).copied());
    let violation = Violation::at(place(statement), message)
        .expecting(Text::same(named), Text::same(number.to_string()))
        .about(dossier, cells)
        .advising(Text::fixed("核对正文和表格，使两处一致", "make the text and the table agree"));
    Violation { difference: values.first().copied().flatten().map(|value| value - number), ..violation }
}

/// The ruling of a rule that compares one or more senses with a table.
pub(super) fn against(
    dossier: &Dossier,
    table: Table,
    senses: &[Sense],
    meanings: impl Fn(&Dossier, Sense) -> Vec<Meaning>,
) -> Ruling {
    if senses.iter().all(|sense| counted(dossier, *sense).is_empty()) {
        return unstated();
    }
    if let Some(ruling) = incomparable(dossier, table) {
        return ruling;
    }
    let mut ruling = Ruling::satisfied();
    for sense in senses {
        compare(dossier, *sense, &meanings(dossier, *sense), &mut ruling);
    }
    ruling
}

/// The ruling on what the text says there was none of: each sense with the cells that must then add up to zero.
pub(super) fn none_of(dossier: &Dossier, table: Table, denied: &[(Sense, Meaning)]) -> Ruling {
    let claims =
        |sense: Sense| dossier.statements().iter().find(move |it| it.sense == sense && it.claim == Claim::None);
    if denied.iter().all(|(sense, _)| claims(*sense).is_none()) {
        return Ruling::not_applicable(Text::fixed("正文没有这样的表述", "the text says no such thing"));
    }
    if let Some(ruling) = incomparable(dossier, table) {
        return ruling;
    }
    let mut ruling = Ruling::satisfied();
    for (sense, meaning) in denied {
        match (claims(*sense), meaning.value(dossier)) {
            (None, _) | (_, Some(0)) => {}
            (Some(statement), None) => ruling.undecided.push(Text::new(
                format!("“{}”：表中数字空白或未能读出，无法对照", statement.quote),
                format!("“{}”: the figures to compare with are blank or not read", statement.quote),
            )),
            (Some(statement), Some(value)) => {
                let claim = Statement { number: 0, ..statement.clone() };
                ruling.violations.push(contradiction(dossier, &claim, std::slice::from_ref(meaning), &[Some(value)]));
            }
        }
    }
    ruling
}
