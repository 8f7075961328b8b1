//! Shared by the rules on narrative: comparing numbers in the text with figures of the tables.
//!
//! A number that equals none of the figures it could mean is an error if the text gives no other number for the same
//! thing; if another number fits, the odd one may be about something else and is a warning.

use crate::{
    dossier::Dossier,
    narrative::{
        Claim, Sense, Statement,
        meaning::{Meaning, expected_number, meanings},
    },
    report::{Standing, Table},
    rule::{Ruling, Severity, Violation},
    words::{Text, clause::since, plain, quotes::balanced},
};

/// The numbers that the text gives in a sense.
pub(super) fn counted(dossier: &Dossier, sense: Sense) -> Vec<&Statement> {
    dossier.statements().iter().filter(|own| own.sense == sense && own.claim == Claim::Counted).collect()
}

/// A violation at the words of a statement.
pub(super) fn at(statement: &Statement, message: Text) -> Violation {
    Violation { span: Some(statement.place.clone()), ..Violation::at(statement.location(), message) }
}

/// The words of a statement with those before them in its clause, which say what is counted: 因无法提供相关信息答复2件.
pub(super) fn quoted(dossier: &Dossier, statement: &Statement) -> String {
    const MOST: usize = 24;
    // ⾏, a radical that stands for 行, is no letter by itself.
    let is_mark = |char: char| char != '“' && plain(char.encode_utf8(&mut [0; 4])).is_empty();
    let own = || statement.quote.trim_start_matches(is_mark).to_owned();
    let Some(passage) = dossier.index().texts().find(|own| own.location() == statement.location()) else {
        return own();
    };
    let before = passage.original().get(..statement.place.start).unwrap_or_default();
    let clause = since(before, &['，', '。', '；', '：', '！', '？', ',', ';', ':', '（', '(', '）', ')', '\n']);
    // Behind the item before it in a list.
    let clause = match clause.rfind(|char: char| char.is_ascii_digit()) {
        Some(number) => clause[number..].split_once('、').map_or("", |(_, behind)| behind),
        None => clause,
    };
    let start = statement.place.start - clause.len();
    match passage.original().get(start..statement.place.end) {
        Some(words) if !clause.trim().is_empty() && clause.chars().count() <= MOST => {
            balanced(&words.split_whitespace().collect::<String>()).into_owned()
        }
        _ => own(),
    }
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
        Standing::Unread | Standing::Cut => Some(
            Ruling::undetermined(Text::new(
                format!("{name}未能读全，无从对照"),
                format!("{name} could not be read to its end"),
            ))
            .lacking(table.rows()),
        ),
    }
}

/// The ruling if the text states no such number.
pub(super) fn unstated() -> Ruling {
    Ruling::not_applicable(Text::fixed("正文没有这项数字", "the text gives no such number"))
}

/// Compares what the text says in a sense, by one kind of claim, with what it may mean in the tables, and adds violations to the ruling.
fn compare<'d>(dossier: &'d Dossier, stated: impl Iterator<Item = &'d Statement>, ruling: &mut Ruling) {
    let figures = &dossier.report.figures;
    let stated: Vec<(&Statement, Vec<Meaning>)> =
        stated.map(|statement| (statement, meanings(&dossier.report, statement))).collect();
    let values = |meanings: &[Meaning]| meanings.iter().map(|own| own.value(figures)).collect::<Vec<_>>();
    let fits = |(statement, meanings): &&(&Statement, Vec<Meaning>)| {
        values(meanings).contains(&Some(expected_number(statement)))
    };
    let some_fit = stated.iter().any(|own| fits(&own));
    for (statement, meanings) in stated.iter().filter(|own| !fits(own)) {
        let values = values(meanings);
        if values.contains(&None) {
            let quote = quoted(dossier, statement);
            ruling.undecided.push(Text::new(
                format!("“{quote}”：表中数字空白或未能读出，无法对照"),
                format!("“{quote}”: the figures to compare with are blank or not read"),
            ));
            let cells = meanings.iter().flat_map(|own| own.cells.iter().chain(&own.less));
            ruling.lacks.extend(cells.map(|cell| cell.row()));
            continue;
        }
        let violation = contradiction(dossier, statement, meanings, &values);
        ruling.violations.push(if some_fit { violation.graded(Severity::Warning) } else { violation });
    }
}

fn contradiction(dossier: &Dossier, statement: &Statement, meanings: &[Meaning], values: &[Option<i64>]) -> Violation {
    let each: Vec<String> = meanings
        .iter()
        .zip(values)
        .map(|(meaning, value)| format!("{}为 {}", meaning.name, value.unwrap_or_default()))
        .collect();
    let in_english = meanings.iter().zip(values).map(|(meaning, value)| {
        let name = meaning.name.strip_suffix("之和").map_or(meaning.name.to_owned(), |own| format!("the sum of {own}"));
        format!("{name} is {}", value.unwrap_or_default())
    });
    let in_english = in_english.collect::<Vec<_>>().join(" or ");
    // One figure is told as such, so that programs can use it.
    let expected = match values {
        [Some(one)] => Text::same(one.to_string()),
        _ => Text::same(each.first().cloned().unwrap_or_default()),
    };
    let (quote, number) = (quoted(dossier, statement), expected_number(statement));
    // The plain meaning is told first, and the others beside it.
    let other = match each.get(1..) {
        None | Some([]) => String::new(),
        Some(others) => format!("（{}，也不一致）", others.join("，")),
    };
    let first = each.first().map(String::as_str).unwrap_or_default();
    // 三（七）总计 is itself a place of 表三.
    let table = if first.starts_with("三（") { "表" } else { "表中" };
    let message = Text::new(
        format!("{}写“{quote}”，{table}{first}，两处不一致{other}", statement.location().named()),
        format!("the text says “{quote}”; in the table {in_english}"),
    );
    let cells = meanings.iter().flat_map(|meaning| meaning.cells.iter().chain(&meaning.less).copied());
    let violation = at(statement, message)
        .expecting(expected, Text::same(number.to_string()))
        .about(dossier, cells)
        .advising(Text::fixed("核对正文和表格，使两处一致", "make the text and the table agree"));
    Violation { difference: values.first().copied().flatten().map(|value| value - number), ..violation }
}

/// The ruling of a rule that compares what the text says in some senses, by a claim of some kinds, with a table.
pub(super) fn against(dossier: &Dossier, table: Table, senses: &[Sense], claims: &[Claim]) -> Ruling {
    let is_meant = |own: &&Statement| senses.contains(&own.sense) && claims.contains(&own.claim);
    let stated: Vec<&Statement> = dossier.statements().iter().filter(is_meant).collect();
    if stated.is_empty() {
        return unstated();
    }
    if let Some(ruling) = incomparable(dossier, table) {
        return ruling;
    }
    let mut ruling = Ruling::satisfied();
    for (sense, claim) in senses.iter().flat_map(|sense| claims.iter().map(move |claim| (*sense, *claim))) {
        let own = stated.iter().copied().filter(|own| (own.sense, own.claim) == (sense, claim));
        compare(dossier, own, &mut ruling);
    }
    ruling
}

/// Both rulings of a rule that compares with two tables.
pub(super) fn together(one: Ruling, other: Ruling) -> Ruling {
    if one.not_applicable.is_some() {
        return other;
    }
    let (violations, undecided, lacks) = (other.violations, other.undecided, other.lacks);
    Ruling {
        violations: one.violations.into_iter().chain(violations).collect(),
        undecided: one.undecided.into_iter().chain(undecided).collect(),
        lacks: one.lacks.into_iter().chain(lacks).collect(),
        ..one
    }
}
