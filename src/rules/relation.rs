//! The arithmetic of all tally rules: two sums of cells that must be equal, within a report or between last year's and
//! this one.
//!
//! [`arithmetic`](crate::report::arithmetic) defines what blanks and unread cells mean.

use crate::{
    dossier::Dossier,
    report::{
        Cell, Figure, Figures, Location, Row, Standing, Table,
        arithmetic::{Comparison, Known, Range, SCALE, compare},
        form::OTHER_PARTS,
        relations,
    },
    rule::{Operand, Origin, Ruling, Side, Violation},
    words::{Text, counted},
};

/// One instance of a tally.
pub(super) struct Relation<'a> {
    /// The place of a violation.
    pub location: Location,
    /// The cells of last year's report whose sum is added to the left side.
    pub last_year: &'a [Cell],
    /// The cells of the left sum.
    pub left: &'a [Cell],
    /// The cells of the right sum.
    pub right: &'a [Cell],
    /// Whether figures were read by assuming this very relation.
    pub assumed: bool,
}

impl<'a> Relation<'a> {
    /// A relation of the form; `assumed` says whether figures were read by assuming it.
    pub fn of(law: &'a relations::Relation, assumed: bool) -> Self {
        Self { location: law.location, last_year: &[], left: &law.left, right: &law.right, assumed }
    }
}

/// The words of a tally rule.
pub(super) struct Wording {
    /// What is wrong, after the place: `第一项加第二项之和，不等于第三项加第四项之和`.
    pub wrong: Text,
    /// What to do.
    pub advice: Text,
}

/// Whether a relation holds.
pub(super) enum Balance {
    Holds,
    HoldsWithBlanksAsZero,
    Fails { left: i64, right: i64 },
    Open,
}

/// The ruling on relations that the form's own structure defines within a table: see [`tally`].
pub(super) fn tally_of_form(
    dossier: &Dossier,
    table: Table,
    wording: &Wording,
    visit: impl FnOnce(&Figures, &mut Tally<'_>),
) -> Ruling {
    if dossier.figures_agree() && dossier.report.figures.has_table(table) {
        return Ruling::satisfied();
    }
    tally(dossier, table, wording, visit)
}

/// The ruling on the relations of a table: `visit` passes each of them to the tally.
pub(super) fn tally(
    dossier: &Dossier,
    table: Table,
    wording: &Wording,
    visit: impl FnOnce(&Figures, &mut Tally<'_>),
) -> Ruling {
    let figures = &dossier.report.figures;
    unreadable(figures, table, Text::fixed("报告", "the report")).unwrap_or_else(|| {
        let mut tally = Tally {
            figures,
            last_year: figures,
            draft: dossier.draft,
            wording,
            violations: Vec::new(),
            places: Places::default(),
        };
        visit(figures, &mut tally);
        tally.ruling()
    })
}

/// The ruling on the relations between a table of last year's report and this year's.
pub(super) fn tally_with_last_year(
    dossier: &Dossier,
    last_year: &Figures,
    table: Table,
    wording: &Wording,
    visit: impl FnOnce(&mut Tally<'_>),
) -> Ruling {
    let figures = &dossier.report.figures;
    let either = unreadable(figures, table, Text::fixed("报告", "the report"))
        .or_else(|| unreadable(last_year, table, Text::fixed("上一年度报告", "last year's report")));
    either.unwrap_or_else(|| {
        let mut tally = Tally {
            figures,
            last_year,
            draft: dossier.draft,
            wording,
            violations: Vec::new(),
            places: Places::default(),
        };
        visit(&mut tally);
        tally.ruling()
    })
}

/// Why a table can't be examined, if it can't.
fn unreadable(figures: &Figures, table: Table, report: Text) -> Option<Ruling> {
    let name = table.printed();
    match figures.standing(table) {
        Standing::Absent => Some(Ruling::not_applicable(Text::new(
            format!("{}中没有{name}（见 TAB-001）", report.zh),
            format!("{} has no {name} (see TAB-001)", report.en),
        ))),
        Standing::Unread => Some(
            Ruling::undetermined(Text::new(
                format!("{}的{name}未能读出", report.zh),
                format!("{name} of {} could not be read", report.en),
            ))
            .lacking(table.rows()),
        ),
        Standing::Whole | Standing::Cut => None,
    }
}

/// Collects the results of the relations.
pub(super) struct Tally<'a> {
    figures: &'a Figures,
    last_year: &'a Figures,
    /// Whether blanks are still to be filled in.
    draft: bool,
    wording: &'a Wording,
    violations: Vec<Violation>,
    places: Places,
}

/// The places of relations that were not simply satisfied or violated.
#[derive(Default)]
struct Places {
    assumed: Vec<Location>,
    open: Vec<Location>,
    /// Those of which a row isn't there at all.
    without: Vec<Location>,
    /// The rows that aren't there.
    absent: Vec<Row>,
    /// The rows of those that were not read.
    lacks: Vec<Row>,
    blanks: Vec<Location>,
}

impl Tally<'_> {
    /// Examines one relation.
    pub fn weigh(&mut self, relation: &Relation<'_>) {
        if relation.assumed {
            self.places.assumed.push(relation.location);
            let cells = relation.left.iter().chain(relation.right);
            self.places.lacks.extend(cells.map(|cell| cell.row()));
            return;
        }
        let mut cells = relation.left.iter().chain(relation.right);
        if self.draft && cells.any(|cell| self.figures.is_blank(*cell)) {
            self.places.open.push(relation.location);
            return;
        }
        if self.plainly_holds(relation) {
            return;
        }
        let left = sum(self.last_year, relation.last_year).and(sum(self.figures, relation.left));
        match balance(left, sum(self.figures, relation.right)) {
            Balance::Holds => {}
            Balance::HoldsWithBlanksAsZero => self.places.blanks.push(relation.location),
            Balance::Fails { left, right } => self.violated(relation, left, right),
            Balance::Open => self.open(relation),
        }
    }

    /// Whether all figures are there and the sums are equal, as nearly always.
    fn plainly_holds(&self, relation: &Relation<'_>) -> bool {
        let left = self.last_year.sum(relation.last_year).zip(self.figures.sum(relation.left));
        left.map(|(last, own)| last + own).is_some_and(|left| self.figures.sum(relation.right) == Some(left))
    }

    fn open(&mut self, relation: &Relation<'_>) {
        let cells = || relation.left.iter().chain(relation.right);
        let is_whole = |row: Row| self.figures.standing(row.table()) == Standing::Whole;
        let is_absent = |row: &Row| !self.figures.has_row(*row) && is_whole(*row);
        let absent: Vec<Row> = cells().map(|cell| cell.row()).filter(is_absent).collect();
        match absent.is_empty() {
            true => self.places.open.push(relation.location),
            false => self.places.without.push(relation.location),
        }
        self.places.absent.extend(absent);
        let cells = cells();
        let unread = cells.filter(|cell| self.figures.count(**cell) == Figure::Unread);
        self.places.lacks.extend(unread.map(|cell| cell.row()));
    }

    fn ruling(self) -> Ruling {
        let places = &self.places;
        let assumed = listed(
            &places.assumed,
            "数字连写，系按此关系拆分读出，不能再用来证明此关系",
            "digits ran together and were split by assuming the relation",
        );
        let open = listed(
            &places.open,
            "有空白或未能读出的单元格",
            "cells are blank or could not be read, so that it can't be decided",
        );
        let without = self.without();
        let blanks = listed(&places.blanks, "含空白单元格，空白按 0 计时成立", "holds with blanks read as 0");
        Ruling {
            violations: self.violations,
            undecided: assumed.into_iter().chain(without).chain(open).collect(),
            lacks: places.lacks.clone(),
            remarks: blanks.into_iter().collect(),
            ..Ruling::satisfied()
        }
    }

    /// What is said of relations of which a row isn't there: nothing can be filled in or read anew.
    fn without(&self) -> Option<Text> {
        let mut absent = self.places.absent.clone();
        absent.sort_unstable();
        absent.dedup();
        let (table, count) = (absent.first()?.table().printed(), self.places.without.len());
        let see = if absent.iter().all(|row| OTHER_PARTS.contains(row)) { "TAB-005" } else { "TAB-002" };
        Some(Text::new(
            format!("{table}缺少 {} 行（见 {see}），有 {count} 处无法核对", absent.len()),
            format!(
                "{table} lacks {} (see {see}), so that {} can't be checked",
                counted(absent.len(), "row"),
                counted(count, "place")
            ),
        ))
    }

    fn violated(&mut self, relation: &Relation<'_>, left: i64, right: i64) {
        let figures = self.figures;
        let place = relation.location.printed();
        let across = !relation.last_year.is_empty();
        let operands = |origin: Origin, figures: &Figures, cells: &[Cell], side: Side| -> Vec<Operand> {
            let operand = |cell: &Cell| Operand { origin, cell: *cell, figure: figures.count(*cell), side, factor: 1 };
            cells.iter().map(operand).collect()
        };
        let terms = [(self.last_year, relation.last_year), (figures, relation.left)];
        let equation = format!("{} ≠ {}", shown(&terms), shown(&[(figures, relation.right)]));
        let (zh, en) = match across {
            true => (format!("（{equation}）"), format!(" ({equation})")),
            false => (String::new(), String::new()),
        };
        // Of a sum with the cell itself in it: what the cell would have to be.
        let own = relation.location.cell().filter(|own| relation.right.len() > 1 && relation.right.contains(own));
        let own = own.and_then(|own| figures.count(own).known()).filter(|_| across);
        let (expected, actual) = own.map_or((left, right), |own| (left - (right - own), own));
        let wrong = &self.wording.wrong;
        let message = match own {
            Some(own) => {
                let others = relation.right.iter().filter(|cell| relation.location.cell() != Some(**cell));
                let others: Vec<i64> = others.filter_map(|cell| figures.count(*cell).known()).collect();
                let taken = |sign: &str| others.iter().map(|other| format!("{sign}{other}")).collect::<String>();
                let sum = shown(&terms);
                Text::new(
                    format!("{place}应为 {expected}（{}{}），实为 {own}", sum.replace(" + ", "＋"), taken("－")),
                    format!("{place} should be {expected} ({sum}{}), and is {own}", taken(" - ")),
                )
            }
            None => Text::new(format!("{place}：{}{zh}", wrong.zh), format!("{place}: {}{en}", wrong.en)),
        };
        self.violations.push(Violation {
            difference: Some(left - right),
            equation,
            operands: [
                operands(Origin::Previous, self.last_year, relation.last_year, Side::Left),
                operands(Origin::Subject, figures, relation.left, Side::Left),
                operands(Origin::Subject, figures, relation.right, Side::Right),
            ]
            .concat(),
            ..Violation::at(relation.location, message)
                .expecting(Text::same(expected.to_string()), Text::same(actual.to_string()))
                .advising(self.wording.advice.clone())
        });
    }
}

/// The sum of cells of a report.
pub(super) fn sum(figures: &Figures, cells: &[Cell]) -> Range {
    cells.iter().fold(Range::exactly(0), |sum, cell| sum.and(Range::of(figures, *cell)))
}

/// Whether two sums are equal, as far as they are known.
pub(super) fn balance(left: Range, right: Range) -> Balance {
    // A side of a failed relation has a least value: the sum of its figures.
    let known = |side: Range| side.least.map_or(0, |least| i64::try_from(least / SCALE).unwrap_or(i64::MAX));
    match compare(left.and(right.times(-1)), Comparison::Equal) {
        Known::True => Balance::Holds,
        Known::WithBlanksAsZero => Balance::HoldsWithBlanksAsZero,
        Known::False => Balance::Fails { left: known(left), right: known(right) },
        Known::Open => Balance::Open,
    }
}

/// A sum as people write it; a long one without zeros and blanks.
fn shown(sides: &[(&Figures, &[Cell])]) -> String {
    let long = sides.iter().map(|(_, cells)| cells.len()).sum::<usize>() > 4;
    let counts = sides.iter().flat_map(|(figures, cells)| cells.iter().map(|cell| figures.count(*cell)));
    let terms = counts.filter(|figure| match figure {
        Figure::Known(count) => !long || *count != 0,
        Figure::Blank => !long,
        Figure::Unread => true,
    });
    let terms: Vec<String> = terms.map(shown_term).collect();
    if terms.is_empty() { "0".into() } else { terms.join(" + ") }
}

/// A figure in a sum; a negative one in brackets.
fn shown_term(figure: Figure) -> String {
    match figure.known() {
        Some(count @ ..0) => format!("({count})"),
        Some(count) => count.to_string(),
        None => "□".into(),
    }
}

/// A sentence about several places, naming the first of them.
pub(super) fn listed(places: &[Location], zh: &str, en: &str) -> Option<Text> {
    const NAMED: usize = 2;
    let named: Vec<String> = places.iter().take(NAMED).map(|place| place.printed()).collect();
    if named.is_empty() {
        return None;
    }
    let named = named.join("；");
    let (count, more) = (places.len(), if places.len() > NAMED { "……" } else { "" });
    Some(Text::new(
        format!("{count} 处{zh}：{named}{more}"),
        format!("{}: {en}: {named}{more}", counted(count, "place")),
    ))
}
