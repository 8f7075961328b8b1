//! The arithmetic that all tally rules share: two sums of cells that must be equal.
//!
//! A blank is an unknown non-negative number, not a nought. A relation over blanks is violated
//! when no filling satisfies it; else it holds, with a remark, when it balances with the blanks
//! read as 0; else it can't be decided. A cell that could not be read leaves it undecided too,
//! unless no figure whatever could make it hold.

use crate::{
    dossier::Dossier,
    report::{Cell, Figure, Figures, Location, Standing, Table, Text},
    rule::{Operand, Ruling, Side, Violation},
};

/// One instance of a tally.
pub(super) struct Relation<'a> {
    /// The place that a violation names.
    pub location: Location,
    /// The cells whose sum stands left.
    pub left: &'a [Cell],
    /// The cells whose sum stands right.
    pub right: &'a [Cell],
    /// Whether figures were read by assuming this very relation.
    pub assumed: bool,
}

/// The words of a tally rule.
pub(super) struct Wording {
    /// What is wrong, after the place: `第一项加第二项之和，不等于第三项加第四项之和`.
    pub wrong: Text,
    /// What to do.
    pub advice: Text,
}

/// What the cells on one side come to.
struct Sum {
    known: i64,
    blanks: bool,
    unread: bool,
}

/// Whether a relation holds.
enum Balance {
    Holds,
    HoldsWithBlanksAsNought,
    Fails { left: i64, right: i64 },
    Open,
}

/// The ruling on the relations of a table: `visit` hands each of them to the tally.
pub(super) fn tally(
    dossier: &Dossier,
    table: Table,
    wording: &Wording,
    visit: impl FnOnce(&Figures, &mut Tally<'_>),
) -> Ruling {
    let figures = &dossier.report.figures;
    let name = table.printed();
    match figures.standing(table) {
        Standing::Absent => Ruling::not_applicable(Text::new(
            format!("报告中没有{name}（见 TAB-001）"),
            format!("the report has no {name} (see TAB-001)"),
        )),
        Standing::Unread => {
            Ruling::undetermined(Text::new(format!("{name}未能读出"), format!("{name} could not be read")))
        }
        Standing::Whole | Standing::Cut => {
            let mut tally = Tally { figures, wording, violations: Vec::new(), places: Places::default() };
            visit(figures, &mut tally);
            tally.ruling()
        }
    }
}

/// Collects what is found on each relation.
pub(super) struct Tally<'a> {
    figures: &'a Figures,
    wording: &'a Wording,
    violations: Vec<Violation>,
    places: Places,
}

/// Where relations were not simply satisfied or violated.
#[derive(Default)]
struct Places {
    assumed: Vec<Location>,
    open: Vec<Location>,
    blanks: Vec<Location>,
}

impl Tally<'_> {
    /// Looks at one relation.
    pub fn weigh(&mut self, relation: &Relation<'_>) {
        if relation.assumed {
            self.places.assumed.push(relation.location);
            return;
        }
        match balance(self.figures, relation) {
            Balance::Holds => {}
            Balance::HoldsWithBlanksAsNought => self.places.blanks.push(relation.location),
            Balance::Fails { left, right } => self.violated(relation, left, right),
            Balance::Open => self.places.open.push(relation.location),
        }
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
            "有单元格空白或未能读出，无法判断",
            "cells are blank or could not be read, so that it can't be decided",
        );
        let blanks = listed(&places.blanks, "含空白单元格，空白按 0 计时成立", "holds with blanks read as 0");
        Ruling {
            violations: self.violations,
            undecided: assumed.into_iter().chain(open).collect(),
            remarks: blanks.into_iter().collect(),
            not_applicable: None,
        }
    }

    fn violated(&mut self, relation: &Relation<'_>, left: i64, right: i64) {
        let figures = self.figures;
        let place = relation.location.printed();
        let side = |cells: &[Cell], side: Side| -> Vec<Operand> {
            cells.iter().map(|cell| Operand { cell: *cell, figure: figures.count(*cell), side }).collect()
        };
        let mut operands = side(relation.left, Side::Left);
        operands.extend(side(relation.right, Side::Right));
        let message =
            Text::new(format!("{place}：{}", self.wording.wrong.zh), format!("{place}: {}", self.wording.wrong.en));
        self.violations.push(Violation {
            difference: Some(left - right),
            equation: format!("{} ≠ {}", shown(figures, relation.left), shown(figures, relation.right)),
            operands,
            ..Violation::at(relation.location, message)
                .expecting(Text::same(left.to_string()), Text::same(right.to_string()))
                .advising(self.wording.advice.clone())
        });
    }
}

fn sum(figures: &Figures, cells: &[Cell]) -> Sum {
    let mut sum = Sum { known: 0, blanks: false, unread: false };
    for cell in cells {
        match figures.count(*cell) {
            Figure::Known(count) => sum.known += i64::from(count),
            Figure::Blank => sum.blanks = true,
            Figure::Unread => sum.unread = true,
        }
    }
    sum
}

fn balance(figures: &Figures, relation: &Relation<'_>) -> Balance {
    let (left, right) = (sum(figures, relation.left), sum(figures, relation.right));
    // The side that falls short can only be made up by cells that are not known.
    let open = |side: &Sum| side.blanks || side.unread;
    let short = if left.known < right.known { &left } else { &right };
    if left.known != right.known {
        let fails = Balance::Fails { left: left.known, right: right.known };
        return if open(short) { Balance::Open } else { fails };
    }
    match (left.unread || right.unread, left.blanks || right.blanks) {
        (true, _) => Balance::Open,
        (false, true) => Balance::HoldsWithBlanksAsNought,
        (false, false) => Balance::Holds,
    }
}

/// A sum as people write it; noughts and blanks are left out of a long one.
fn shown(figures: &Figures, cells: &[Cell]) -> String {
    let long = cells.len() > 4;
    let terms = cells.iter().map(|cell| figures.count(*cell)).filter(|figure| match figure {
        Figure::Known(count) => !long || *count != 0,
        Figure::Blank => !long,
        Figure::Unread => true,
    });
    let terms: Vec<String> =
        terms.map(|figure| figure.known().map_or_else(|| "□".to_owned(), |count| count.to_string())).collect();
    if terms.is_empty() { "0".into() } else { terms.join(" + ") }
}

/// A sentence on several places, the first of them by name.
fn listed(places: &[Location], zh: &str, en: &str) -> Option<Text> {
    const NAMED: usize = 7;
    let named: Vec<String> = places.iter().take(NAMED).map(|place| place.printed()).collect();
    if named.is_empty() {
        return None;
    }
    let named = named.join("；");
    let (count, more) = (places.len(), if places.len() > NAMED { "……" } else { "" });
    Some(Text::new(format!("{count} 处{zh}：{named}{more}"), format!("{count} places: {en}: {named}{more}")))
}
