//! How a user-written rule decides: it checks each place, and says what does not hold there.

use crate::report::arithmetic::{Comparison, Known, Range, SCALE};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use super::saying::{Filling, Saying};
use crate::packs::expression::names::{Quantity, Subject, Variable};
use crate::packs::expression::tree::{Number, Tree, Truth};
use crate::packs::running::{
    condition::{Condition, Sum},
    interpreter::{Budget, Run, Stop},
    linear,
};
use crate::packs::text::definition::Years;
use crate::{
    deadline::Deadline,
    dossier::Dossier,
    report::{Cell, Figure, Location, Row},
    rule::{Operand, Origin, Ruling, Side, Violation},
    words::{Language, Text},
};

/// The steps that one rule may take over all its instances; they take some tens of milliseconds.
pub(in crate::packs) const MAX_STEPS: u64 = 1_000_000;
/// The steps that all rules of a pack may take on one report.
pub(in crate::packs) const MAX_STEPS_OF_A_PACK: u64 = 20_000_000;

/// How many rules of a pack are interpreted: they share the pack's steps equally.
#[derive(Clone, Debug, Default)]
pub(in crate::packs) struct Sharers(Arc<AtomicU64>);

impl Sharers {
    /// Counts one more rule.
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn steps(&self) -> u64 {
        (MAX_STEPS_OF_A_PACK / self.0.load(Ordering::Relaxed).max(1)).min(MAX_STEPS)
    }
}

/// One place that a rule checks.
pub(in crate::packs) struct Instance {
    pub location: Location,
    pub when: Option<Formula>,
    pub assert: Formula,
    pub expected: Option<Tree>,
    pub actual: Option<Tree>,
    /// What the name of `for_each` stands for here.
    pub each: String,
}

impl Instance {
    /// Whether its conditions run as sums over cells.
    pub fn is_linear(&self) -> bool {
        self.when.iter().chain([&self.assert]).all(|formula| formula.linear.is_some())
    }

    /// Whether it is in force everywhere and holds, without a step of the interpreter.
    #[inline]
    fn plainly_holds(&self, dossier: &Dossier) -> bool {
        match (&self.when, &self.assert.linear) {
            (None, Some(linear)) => linear.plainly_holds(dossier),
            _ => false,
        }
    }

    /// The rows that it looks at, as far as its conditions name them.
    fn rows(&self) -> impl Iterator<Item = Row> {
        let formulas = self.when.iter().chain([&self.assert]);
        let cells =
            formulas.filter_map(Formula::compared).flat_map(|(left, _, right)| left.cells().chain(right.cells()));
        let own = match self.location {
            Location::Row(row) => Some(row),
            Location::Cell(cell) => Some(cell.row()),
            _ => None,
        };
        own.into_iter().chain(cells.map(Cell::row))
    }
}

/// A condition, also in its linear form if it has one.
pub(in crate::packs) struct Formula {
    tree: Truth,
    linear: Option<Condition>,
}

impl Formula {
    /// Converts the condition to its linear form, if it has one.
    pub fn new(tree: Truth) -> Self {
        Self { linear: linear::condition(&tree), tree }
    }

    fn of<'a>(&'a self, dossier: &Dossier, run: &mut Run<'a>) -> Result<Known, Stop> {
        match &self.linear {
            Some(linear) => Ok(linear.of(dossier)),
            None => run.truth(&self.tree),
        }
    }

    /// The sums that the condition compares, if it is one linear comparison.
    fn compared(&self) -> Option<(&Sum, Comparison, &Sum)> {
        self.linear.as_ref().and_then(Condition::compared)
    }
}

/// Why a rule does not apply whose `when` holds nowhere.
pub static CONDITION_FAILS: Text = Text::fixed("条件（when）不成立", "its condition (when) does not hold");

/// What a rule needs besides the report.
#[derive(Clone, Copy, Default)]
pub(in crate::packs) struct Needs {
    pub previous: bool,
    pub subordinates: bool,
}

/// The decision part of a rule.
pub(in crate::packs) struct Decision {
    pub instances: Vec<Instance>,
    pub years: Years,
    pub needs: Needs,
    pub sayings: Sayings,
    pub sharers: Sharers,
}

/// The messages of a rule for an instance that does not hold.
pub(in crate::packs) struct Sayings {
    pub message: Bilingual,
    pub advice: Bilingual,
}

/// A message in both languages.
#[derive(Default)]
pub(in crate::packs) struct Bilingual {
    pub zh: Saying,
    pub en: Saying,
}

impl Bilingual {
    /// The message with what is filled in in each language.
    fn filled<'a>(&self, with: impl Fn(Language) -> Filling<'a>) -> Text {
        Text::new(self.zh.filled(&with(Language::Zh)), self.en.filled(&with(Language::En)))
    }
}

impl Decision {
    /// The ruling on a dossier, within the deadline.
    pub fn check(&self, dossier: &Dossier, deadline: &Deadline) -> Ruling {
        if let Some(ruling) = self.out_of_force(dossier) {
            return ruling;
        }
        match self.first_in_doubt(dossier) {
            Some(first) => self.check_from(first, dossier, deadline),
            None => Ruling::satisfied(),
        }
    }

    /// The first instance that doesn't plainly hold. Nearly all rules have none: a separate function, so that this stays short.
    #[inline(never)]
    fn first_in_doubt(&self, dossier: &Dossier) -> Option<usize> {
        self.instances.iter().position(|instance| !instance.plainly_holds(dossier))
    }

    /// The ruling, when the instances before this one hold.
    #[inline(never)]
    fn check_from(&self, first: usize, dossier: &Dossier, deadline: &Deadline) -> Ruling {
        let mut ruling = Ruling::default();
        let mut looked_at = first;
        let mut run = Run::new(dossier, Budget { steps: self.sharers.steps(), deadline });
        for instance in &self.instances[first..] {
            match self.look(instance, dossier, &mut run, &mut ruling) {
                Ok(applies) => looked_at += usize::from(applies),
                Err(stop) => {
                    // Earlier findings stay; the remaining instances would run out too.
                    ruling.undecided.push(stopped(stop, self.sharers.steps()));
                    ruling.failed = true;
                    return ruling;
                }
            }
        }
        if looked_at == 0 {
            return Ruling::not_applicable(CONDITION_FAILS.clone());
        }
        ruling
    }

    /// The ruling, if the rule does not apply to this report at all.
    fn out_of_force(&self, dossier: &Dossier) -> Option<Ruling> {
        let (year, years) = (dossier.report.year, self.years);
        let outside = |year: i32| years.from.is_some_and(|from| year < from) || years.to.is_some_and(|to| year > to);
        let bounded = years.from.is_some() || years.to.is_some();
        let none = |zh, en| Some(Ruling::not_applicable(Text::fixed(zh, en)));
        match year {
            Some(year) if outside(year) => Some(Ruling::not_applicable(years.without(year))),
            None if bounded => {
                Some(Ruling::undetermined(Text::fixed("报告年度未知", "the report's year is not known")))
            }
            _ if self.needs.previous && dossier.previous().is_none() => {
                none("没有上一年度报告", "there is no report of last year")
            }
            _ if self.needs.subordinates && dossier.subordinates().is_empty() => {
                none("没有下级机关的报告", "there are no reports of subordinate bodies")
            }
            _ => None,
        }
    }

    /// Checks one instance; returns whether the rule applies to it.
    fn look<'a>(
        &'a self,
        instance: &'a Instance,
        dossier: &'a Dossier,
        run: &mut Run<'a>,
        ruling: &mut Ruling,
    ) -> Result<bool, Stop> {
        let applies = instance.when.as_ref().map_or(Ok(Known::True), |when| when.of(dossier, run))?;
        if applies == Known::False {
            return Ok(false);
        }
        let known = if applies == Known::True { instance.assert.of(dossier, run)? } else { Known::Open };
        match known {
            Known::True => {}
            Known::False => ruling.violations.push(violation(dossier, instance, run, &self.sayings)),
            Known::WithBlanksAsZero => {
                ruling.remarks.push(remark(instance, "含空白单元格，空白按 0 计时成立", "holds with blanks read as 0"));
            }
            Known::Open => {
                ruling.lacks.extend(instance.rows());
                ruling.undecided.push(remark(
                    instance,
                    "所需的数字空白、未能读出、系按该关系推定或报告没有写明，无法判断",
                    "what is needed is blank, not read, read by assuming it, or not stated, so that it can't be decided",
                ));
            }
        }
        Ok(true)
    }
}

fn stopped(stop: Stop, steps: u64) -> Text {
    match stop {
        Stop::Steps => {
            Text::new(format!("超过 {steps} 步的上限，未得出结论"), format!("more than {steps} steps: no conclusion"))
        }
        Stop::Time => Text::fixed("时限已到，未得出结论", "out of time: no conclusion"),
        Stop::Undecided => Text::fixed("无法判断", "it can't be decided"),
    }
}

fn remark(instance: &Instance, zh: &str, en: &str) -> Text {
    let place = instance.location.printed();
    Text::new(format!("{place}：{zh}"), format!("{place}: {en}"))
}

fn violation<'a>(dossier: &'a Dossier, instance: &'a Instance, run: &mut Run<'a>, sayings: &Sayings) -> Violation {
    let compared = instance.assert.compared();
    let mut sides = match &instance.assert.tree {
        Truth::Compare(left, _, right) => {
            [left, right].map(|own| value(run, own).map(|value| (value, own.said(value))))
        }
        _ => [None, None],
    };
    let written = |side: &Option<(i128, Text)>| side.as_ref().map(|(_, said)| said.clone()).unwrap_or_default();
    let [left, right] = [written(&sides[0]), written(&sides[1])];
    // If one side is just the cell of the place, it is the actual value; the other side is the expected one.
    let alone = |sum: &Sum| matches!(instance.location, Location::Cell(cell) if sum.cells().eq([cell]));
    if compared.is_some_and(|(left, _, _)| alone(left)) {
        sides.reverse();
    }
    let expected = instance.expected.as_ref().map_or_else(|| written(&sides[0]), |tree| said(run, tree));
    let actual = instance.actual.as_ref().map_or_else(|| written(&sides[1]), |tree| said(run, tree));
    let year = dossier.report.year.map(|year| year.to_string()).unwrap_or_default();
    let place = instance.location.printed();
    let filling = |language: Language| Filling {
        expected: expected.in_language(language),
        actual: actual.in_language(language),
        place: &place,
        body: &dossier.report.body.name,
        year: &year,
        each: &instance.each,
    };
    let mut violation = Violation::at(instance.location, sayings.message.filled(filling))
        .expecting(expected.clone(), actual.clone())
        .advising(sayings.advice.filled(filling));
    violation.instance.clone_from(&instance.each);
    if let Some((one, comparison, other)) = compared {
        violation.operands = [operands(dossier, one, Side::Left), operands(dossier, other, Side::Right)].concat();
        if comparison == Comparison::Equal {
            violation.equation = format!("{} ≠ {}", left.en, right.en);
            violation.difference = difference_of(&sides);
        }
    }
    violation
}

/// Expected minus actual, if that is a whole number.
fn difference_of(sides: &[Option<(i128, Text)>; 2]) -> Option<i64> {
    let [Some((expected, _)), Some((actual, _))] = sides else { return None };
    let difference = expected.checked_sub(*actual).filter(|difference| difference % SCALE == 0)?;
    i64::try_from(difference / SCALE).ok()
}

/// The value of a number; `None` if it isn't known.
fn value<'a>(run: &mut Run<'a>, number: &'a Number) -> Option<i128> {
    run.number(number).ok().and_then(Range::value)
}

/// The value of a number or a text, for people; empty if it isn't known.
fn said<'a>(run: &mut Run<'a>, tree: &'a Tree) -> Text {
    match tree {
        Tree::Number(of) => value(run, of).map(|value| of.said(value)).unwrap_or_default(),
        Tree::Words(words) => run.words(words).map(|words| Text::same(words.to_owned())).unwrap_or_default(),
        _ => Text::default(),
    }
}

fn operands(dossier: &Dossier, sum: &Sum, side: Side) -> Vec<Operand> {
    let operand = |(factor, variable): &(i64, Variable)| {
        let Quantity::Cell(cell) = variable.what else { return None };
        let (origin, report) = match variable.of {
            Subject::Own => (Origin::Subject, Some(&dossier.report)),
            Subject::Previous => (Origin::Previous, dossier.previous()),
            Subject::Each(_) => return None,
        };
        let figure = report.map_or(Figure::Blank, |report| report.figures.count(cell));
        Some(Operand { origin, cell, figure, side, factor: *factor })
    };
    sum.terms.iter().filter_map(operand).collect()
}
