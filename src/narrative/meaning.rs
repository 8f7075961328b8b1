//! What a number of the text may mean in the tables, and whether the two agree: the rules of NAR judge by it, and
//! every answer tells it of each statement.

use super::{Claim, Outcome, Sense, Statement, Suits};
use crate::report::{
    AnnualReport, Cell, Column, Decimal, Figures, Row, Table,
    form::{APPLICANTS, DENIED, NOT_PROCESSED, UNAVAILABLE},
    relations::others,
};

/// A figure that a number of the text may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What it is, as the form words it.
    pub name: &'static str,
    /// The cells that are added.
    pub cells: Vec<Cell>,
    /// The cells that are subtracted.
    pub less: Vec<Cell>,
}

/// Whether a statement and the tables agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accord {
    /// The number is one of the figures that it may mean.
    Agrees,
    /// It is none of them.
    Differs,
    /// A figure to compare with is blank, missing or was not read.
    Unknown,
    /// The tables have no such figure.
    Incomparable,
}

impl Meaning {
    /// The sum of cells.
    pub fn of(name: &'static str, cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { name, cells: cells.into_iter().collect(), less: Vec::new() }
    }

    /// The sum of some cells minus others.
    fn less(self, cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { less: cells.into_iter().collect(), ..self }
    }

    /// The figure, if all its cells are known.
    pub fn value(&self, figures: &Figures) -> Option<i64> {
        let sum = |cells: &[Cell]| cells.iter().map(|cell| figures.count(*cell).known()).sum::<Option<i64>>();
        Some(sum(&self.cells)? - sum(&self.less)?)
    }
}

/// The cell of a row's 总计.
pub fn total(row: Row) -> Cell {
    row.cell(Column::Total).unwrap_or(row.nth(0))
}

/// The rows of 表四 that reviews or suits are counted in.
fn rows_of(suits: Suits) -> &'static [Row] {
    const REMEDIES: [Row; 3] = [Row::Reconsideration, Row::DirectLitigation, Row::LitigationAfterReconsideration];
    match suits {
        Suits::Reconsideration => &REMEDIES[..1],
        Suits::Litigation => &REMEDIES[1..],
        Suits::Direct => &REMEDIES[1..2],
        Suits::AfterReconsideration => &REMEDIES[2..],
        Suits::ReconsiderationAndLitigation => &REMEDIES,
    }
}

/// The number that the tables are to have for a statement: its own, or 0 where it says that there are none, or that
/// all are done.
pub fn expected_number(statement: &Statement) -> i64 {
    if statement.claim == Claim::Counted { statement.number } else { 0 }
}

/// What a statement may mean in the tables; nothing if they have no such figure.
pub fn meanings(report: &AnnualReport, statement: &Statement) -> Vec<Meaning> {
    let mut meanings = match (statement.claim, statement.sense) {
        // 均获维持: none was corrected. 均已办结: none is left.
        (Claim::All, Sense::Ended(suits, _)) => meanings_of(report, Sense::Ended(suits, Outcome::Corrected)),
        (Claim::All, _) => meanings_of(report, Sense::CarriedForward),
        (_, sense) => meanings_of(report, sense),
    };
    match (statement.claim, statement.also) {
        // 未收到: of this year.
        (Claim::None, _) => meanings.truncate(1),
        (_, Some(also)) => meanings.extend(meanings_of(report, also)),
        _ => {}
    }
    meanings
}

/// What a number in a sense may mean in the tables, the likeliest first.
pub fn meanings_of(report: &AnnualReport, sense: Sense) -> Vec<Meaning> {
    let (new, over) = (total(Row::Received), total(Row::CarriedOver));
    match sense {
        Sense::ReceivedNew => vec![Meaning::of("本年新收", [new])],
        Sense::Received => {
            vec![Meaning::of("本年新收", [new]), Meaning::of("本年新收与上年结转之和", [new, over])]
        }
        Sense::CarriedOver => vec![Meaning::of("上年结转", [over])],
        Sense::CarriedForward => vec![Meaning::of("结转下年度", [total(Row::CarriedForward)])],
        Sense::Closed => closed(report),
        Sense::NaturalPerson => of_applicants(Column::NaturalPerson),
        Sense::Organization => organizations(),
        Sense::Business => of_applicants(Column::Business),
        Sense::ResearchInstitution => of_applicants(Column::ResearchInstitution),
        Sense::PublicWelfareOrganization => of_applicants(Column::PublicWelfareOrganization),
        Sense::LegalServiceOrganization => of_applicants(Column::LegalServiceOrganization),
        Sense::OtherOrganization => of_applicants(Column::OtherOrganization),
        Sense::Reconsideration => of_suits("行政复议总计", Suits::Reconsideration),
        Sense::Litigation => of_suits("两类行政诉讼总计之和", Suits::Litigation),
        Sense::DirectLitigation => of_suits("未经复议直接起诉总计", Suits::Direct),
        Sense::LitigationAfterReconsideration => of_suits("复议后起诉总计", Suits::AfterReconsideration),
        Sense::ReconsiderationAndLitigation => {
            of_suits("行政复议和两类行政诉讼总计之和", Suits::ReconsiderationAndLitigation)
        }
        Sense::Ended(suits, outcome) => vec![of_ended(suits, outcome)],
        _ => outcomes(report, sense).or_else(|| disclosed(sense)).into_iter().collect(),
    }
}

/// What a number of closed applications may be.
fn closed(report: &AnnualReport) -> Vec<Meaning> {
    let all = total(Row::OutcomesTotal);
    // Those that were withdrawn or lapsed are closed, but not answered.
    let others = totals(report, others(&report.figures, APPLICANTS.len() - 1));
    vec![
        Meaning::of("三（七）总计", [all]),
        Meaning::of("三（七）总计减上年结转", [all]).less([total(Row::CarriedOver)]),
        Meaning::of("三（七）总计减（六）其他处理", [all]).less(others),
    ]
}

/// The 总计 cells of those of the rows that the report has, or should have: a sum without one that is missing is no sum.
fn totals(report: &AnnualReport, rows: &[Row]) -> Vec<Cell> {
    let counts = |row: &&Row| report.figures.has_row(**row) || row.required(report.edition);
    rows.iter().filter(counts).map(|row| total(*row)).collect()
}

/// The rows of 表三 that a word of the form means.
fn outcomes(report: &AnnualReport, sense: Sense) -> Option<Meaning> {
    let rows = |name, rows: &[Row]| Meaning::of(name, totals(report, rows));
    Some(match sense {
        Sense::Granted => rows("（一）予以公开", &[Row::Granted]),
        Sense::PartiallyGranted => rows("（二）部分公开", &[Row::PartiallyGranted]),
        Sense::GrantedOrPartially | Sense::ShareOfGranted => {
            rows("（一）（二）之和", &[Row::Granted, Row::PartiallyGranted])
        }
        Sense::Denied => rows("（三）不予公开之和", DENIED),
        Sense::Unavailable | Sense::ShareOfUnavailable => rows("（四）无法提供之和", UNAVAILABLE),
        Sense::NotProcessed => rows("（五）不予处理之和", NOT_PROCESSED),
        Sense::OtherOutcome => match others(&report.figures, APPLICANTS.len() - 1) {
            own @ [Row::OtherSubtotal] => rows("（六）其他处理", own),
            parts => rows("（六）其他处理之和", parts),
        },
        _ => return None,
    })
}

fn of_applicants(column: Column) -> Vec<Meaning> {
    let cells = |rows: &[Row]| rows.iter().filter_map(|row| row.cell(column)).collect::<Vec<_>>();
    let (new, both) = (cells(&[Row::Received]), cells(&[Row::Received, Row::CarriedOver]));
    let names = match column {
        Column::NaturalPerson => ["本年新收 · 自然人", "本年新收与上年结转 · 自然人"],
        _ => ["本年新收", "本年新收与上年结转之和"],
    };
    vec![Meaning::of(names[0], new), Meaning::of(names[1], both)]
}

fn organizations() -> Vec<Meaning> {
    let person = |row: Row| row.cell(Column::NaturalPerson).unwrap_or(row.nth(0));
    let (new, both) = ([Row::Received], [Row::Received, Row::CarriedOver]);
    vec![
        Meaning::of("本年新收 · 法人或其他组织", new.map(total)).less(new.map(person)),
        Meaning::of("本年新收与上年结转 · 法人或其他组织", both.map(total)).less(both.map(person)),
    ]
}

fn of_suits(name: &'static str, suits: Suits) -> Vec<Meaning> {
    vec![Meaning::of(name, rows_of(suits).iter().copied().map(total))]
}

fn of_ended(suits: Suits, outcome: Outcome) -> Meaning {
    let (name, column) = match outcome {
        Outcome::Upheld => ("结果维持", Column::Upheld),
        Outcome::Corrected => ("结果纠正", Column::Corrected),
        Outcome::Other => ("其他结果", Column::Other),
        Outcome::Pending => ("尚未审结", Column::Pending),
    };
    Meaning::of(name, rows_of(suits).iter().filter_map(|row| row.cell(column)))
}

/// The cell of 表二 (edition 2021) that a sense counts.
fn disclosed(sense: Sense) -> Option<Meaning> {
    let (name, row, at) = match sense {
        Sense::RegulationsIssued => ("规章本年制发件数", Row::Regulations2021, 0),
        Sense::RegulationsRepealed => ("规章本年废止件数", Row::Regulations2021, 1),
        Sense::RegulationsInForce => ("规章现行有效件数", Row::Regulations2021, 2),
        Sense::NormativeIssued => ("本年制发件数", Row::NormativeDocuments2021, 0),
        Sense::NormativeRepealed => ("本年废止件数", Row::NormativeDocuments2021, 1),
        Sense::NormativeInForce => ("现行有效件数", Row::NormativeDocuments2021, 2),
        Sense::Permits => ("行政许可处理决定数量", Row::Permits2021, 0),
        Sense::Penalties => ("行政处罚处理决定数量", Row::Penalties2021, 0),
        Sense::CoerciveMeasures => ("行政强制处理决定数量", Row::CoerciveMeasures2021, 0),
        Sense::Fees => ("行政事业性收费", Row::Fees2021, 0),
        _ => return None,
    };
    Some(Meaning::of(name, [row.nth(at)]))
}

/// Whether a statement and the tables agree.
pub fn accord(report: &AnnualReport, statement: &Statement) -> Accord {
    let figures = &report.figures;
    let meanings = meanings(report, statement);
    let Some(table) = meanings.first().and_then(|own| own.cells.first()).map(|cell| cell.row().table()) else {
        return Accord::Incomparable;
    };
    if !figures.has_table(table) {
        return if Table::of(report.edition).contains(&table) { Accord::Unknown } else { Accord::Incomparable };
    }
    if statement.sense == Sense::Fees {
        let fees = figures.fees.as_deref().and_then(Decimal::parse);
        return fees.map_or(Accord::Unknown, |fees| {
            if fees_agree(statement, fees) { Accord::Agrees } else { Accord::Differs }
        });
    }
    let values: Vec<Option<i64>> = meanings.iter().map(|meaning| meaning.value(figures)).collect();
    let number = expected_number(statement);
    // 已主动公开 and the like are some of what the cell counts.
    let is_share = matches!(statement.sense, Sense::ShareOfGranted | Sense::ShareOfUnavailable);
    let fits = |value: i64| value == number || is_share && number <= value;
    match () {
        () if values.iter().flatten().any(|value| fits(*value)) => Accord::Agrees,
        () if values.contains(&None) => Accord::Unknown,
        () => Accord::Differs,
    }
}

/// Whether a fee of the text and one of the table (in 万元) are the same as far as both are printed.
pub fn fees_agree(statement: &Statement, fees: Decimal) -> bool {
    // Both in units of the finer one's last digit, counted in 元.
    let of_table = i64::from(fees.places) - 4;
    let of_text = i64::from(statement.places);
    let (fine, coarse) = (of_table.max(of_text), of_table.min(of_text));
    let scaled = |units: i128, places: i64| {
        u32::try_from(fine - places).ok().and_then(|by| 10i128.checked_pow(by)).and_then(|by| units.checked_mul(by))
    };
    let unit = u32::try_from(fine - coarse).ok().and_then(|by| 10i128.checked_pow(by));
    match (scaled(fees.units, of_table), scaled(expected_number(statement).into(), of_text), unit) {
        // Half a unit of the coarser one's last digit is the most that rounding can do.
        (Some(table), Some(text), Some(unit)) => (table - text).abs() * 2 <= unit - i128::from(fine == coarse),
        _ => true,
    }
}
