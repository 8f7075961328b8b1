//! Runs what is not linear: comprehensions, texts and their patterns, statements of the narrative, other bodies'
//! reports.
//!
//! Every node that is evaluated costs a step, and reading a text costs by its length. Lists hold values that were
//! counted in this way, and nothing concatenates lists or texts: neither time nor memory can grow beyond the steps. A
//! run without steps left reaches no conclusion.

use super::{
    assumed::{cells, proves_itself},
    quantities::{filled, has_section, letters, quantity},
};
use crate::packs::expression::{
    names::{Subject, Variable},
    tree::{List, Number, Position, Share, Tree, Truth, Words},
};
use crate::report::arithmetic::{Comparison, Known, Range, compare};
use crate::{
    deadline::Deadline,
    dossier::Dossier,
    narrative::{Claim, Sense, similarity::Fabric},
    report::AnnualReport,
};

/// The number of steps between looks at the clock.
const STEPS_A_LOOK: u64 = 4_096;
/// How many bytes of text are read per step.
const BYTES_A_STEP: usize = 32;

/// Why a run reached no conclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::packs) enum Stop {
    /// It needs more steps than are allowed.
    Steps,
    /// Its time has run out.
    Time,
    /// The elements of a list, or a text, can't be determined.
    Undecided,
}

/// The value of an expression.
#[derive(Clone, Copy, Debug)]
pub(in crate::packs) enum Value<'a> {
    Number(Range),
    Truth(Known),
    Words(&'a str),
    Report(&'a AnnualReport),
}

/// What a rule may use over all its instances.
#[derive(Clone, Copy, Debug)]
pub(in crate::packs) struct Budget<'d> {
    /// The remaining steps.
    pub steps: u64,
    /// When the time has run out.
    pub deadline: &'d Deadline,
}

/// A run of expressions over one dossier.
pub(in crate::packs) struct Run<'a> {
    dossier: &'a Dossier,
    budget: Budget<'a>,
    locals: Vec<Value<'a>>,
}

impl<'a> Run<'a> {
    /// A run with this budget.
    pub fn new(dossier: &'a Dossier, budget: Budget<'a>) -> Self {
        Self { dossier, budget, locals: Vec::new() }
    }

    /// What is known of a condition.
    pub fn truth(&mut self, truth: &'a Truth) -> Result<Known, Stop> {
        match self.decided(truth) {
            Err(Stop::Undecided) => Ok(Known::Open),
            other => other,
        }
    }

    /// What a number may be.
    pub fn number(&mut self, number: &'a Number) -> Result<Range, Stop> {
        self.step(1)?;
        Ok(match number {
            Number::Constant(value) => Range::exactly(*value),
            Number::Variable(variable) => self.variable(*variable),
            Number::Sum(left, right) => self.number(left)?.and(self.number(right)?),
            Number::Difference(left, right) => self.number(left)?.and(self.number(right)?.times(-1)),
            Number::Product(left, right) => self.number(left)?.multiplied(self.number(right)?),
            Number::Day(day) => self.number(day)?,
            Number::Total(list) => {
                let values = self.list(list)?;
                values.into_iter().fold(Range::exactly(0), |all, value| match value {
                    Value::Number(range) => all.and(range),
                    _ => Range::unread(true),
                })
            }
            Number::Size(list) => Range::whole(i64::try_from(self.list(list)?.len()).unwrap_or(i64::MAX)),
            Number::Length(words) => match self.text(words) {
                Err(Stop::Undecided) => Range::unread(false),
                text => Range::whole(letters(text?)),
            },
            Number::Similarity(one, other) => {
                let (one, other) = (self.text(one)?, self.text(other)?);
                // Comparing sorts the shingles: that costs more than reading the texts.
                self.step((one.len() + other.len()) as u64)?;
                let similarity = Fabric::of(one).similarity(&Fabric::of(other));
                Range::whole(i64::try_from(similarity).unwrap_or(i64::MAX))
            }
            Number::Stated(sense) => self.stated(*sense)?.map_or_else(|| Range::unread(false), Range::whole),
            Number::Choice(condition, one, other) => match self.truth(condition)? {
                Known::True => self.number(one)?,
                Known::False => self.number(other)?,
                Known::WithBlanksAsZero | Known::Open => self.number(one)?.either(self.number(other)?),
            },
            Number::Local(at) => match self.local(*at) {
                Some(Value::Number(range)) => range,
                _ => Range::unread(true),
            },
        })
    }

    /// The value of a text expression.
    pub fn words(&mut self, words: &'a Words) -> Result<&'a str, Stop> {
        self.step(1)?;
        Ok(match words {
            Words::Literal(text) => text,
            Words::Section(of, number) => {
                if self.report(*of).is_some_and(|report| report.is_cut_before(*number)) {
                    return Err(Stop::Undecided);
                }
                let section = self.report(*of).and_then(|report| report.section(*number));
                section.map_or("", |section| section.text.as_str())
            }
            Words::Label(of, label) => {
                let text = self.report(*of).and_then(|report| label.of(report));
                text.ok_or(Stop::Undecided)?
            }
            Words::Choice(condition, one, other) => match self.truth(condition)? {
                Known::True => self.words(one)?,
                Known::False => self.words(other)?,
                Known::WithBlanksAsZero | Known::Open => return Err(Stop::Undecided),
            },
            Words::Local(at) => match self.local(*at) {
                Some(Value::Words(text)) => text,
                _ => return Err(Stop::Undecided),
            },
        })
    }

    fn decided(&mut self, truth: &'a Truth) -> Result<Known, Stop> {
        self.step(1)?;
        Ok(match truth {
            Truth::Fixed(holds) => Known::certainly(*holds),
            Truth::Compare(left, comparison, right) => {
                let figures = &self.dossier.report.figures;
                if figures.rest_on_assumptions()
                    && proves_itself(figures, *comparison, [cells(left), cells(right)].concat())
                {
                    return Ok(Known::Open);
                }
                let difference = self.number(left)?.and(self.number(right)?.times(-1));
                compare(difference, *comparison)
            }
            Truth::Same(left, right) => Known::certainly(self.text(left)? == self.text(right)?),
            Truth::Part(text, position, part) => {
                let (text, part) = (self.text(text)?, self.words(part)?);
                Known::certainly(match position {
                    Position::Anywhere => text.contains(part),
                    Position::Beginning => text.starts_with(part),
                    Position::End => text.ends_with(part),
                })
            }
            Truth::Matches(words, pattern) => {
                let text = self.text(words)?;
                self.step(text.len() as u64 / 4)?;
                Known::certainly(pattern.stands_in(text).ok_or(Stop::Steps)?)
            }
            Truth::HasSection(of, number) => {
                self.report(*of).map_or(Known::Open, |report| has_section(report, *number))
            }
            Truth::Filled(variable) => filled(self.dossier, self.report(variable.of), *variable),
            Truth::IsNamed(of, label) => {
                self.report(*of).map_or(Known::Open, |report| Known::certainly(label.of(report).is_some()))
            }
            Truth::IsStated(sense) => Known::certainly(self.statements(*sense)?.next().is_some()),
            Truth::SubordinatesComplete => Known::certainly(self.dossier.subordinates_complete),
            Truth::All(parts) => {
                let mut all = Known::True;
                for part in parts {
                    all = all.and(self.truth(part)?);
                    if all == Known::False {
                        break;
                    }
                }
                all
            }
            Truth::Any(parts) => {
                let mut any = Known::False;
                for part in parts {
                    any = any.or(self.truth(part)?);
                    if any == Known::True {
                        break;
                    }
                }
                any
            }
            Truth::Not(inner) => self.truth(inner)?.opposite(),
            Truth::Of(share, list, body) => self.of(*share, list, body)?,
            Truth::Among(value, list) => self.among(value, list)?,
            Truth::Choice(condition, one, other) => match self.truth(condition)? {
                Known::True => self.truth(one)?,
                Known::False => self.truth(other)?,
                Known::WithBlanksAsZero | Known::Open => {
                    let (one, other) = (self.truth(one)?, self.truth(other)?);
                    if one == other { one } else { Known::Open }
                }
            },
            Truth::Local(at) => match self.local(*at) {
                Some(Value::Truth(known)) => known,
                _ => Known::Open,
            },
        })
    }

    fn of(&mut self, share: Share, list: &'a List, body: &'a Truth) -> Result<Known, Stop> {
        let mut each = Vec::new();
        for value in self.list(list)? {
            each.push(self.with(value, |run| run.truth(body))?);
        }
        let fold = |each: Vec<Known>| match share {
            Share::All => each.into_iter().fold(Known::True, Known::and),
            Share::Any => each.into_iter().fold(Known::False, Known::or),
            Share::One => {
                let undecided = each.iter().any(|known| matches!(known, Known::Open | Known::WithBlanksAsZero));
                match each.iter().filter(|known| **known == Known::True).count() {
                    2.. => Known::False,
                    _ if undecided => Known::Open,
                    count => Known::certainly(count == 1),
                }
            }
        };
        Ok(fold(each))
    }

    fn among(&mut self, value: &'a Tree, list: &'a List) -> Result<Known, Stop> {
        let value = self.value(value)?;
        let mut any = Known::False;
        for other in self.list(list)? {
            any = any.or(match (value, other) {
                (Value::Number(one), Value::Number(other)) => compare(one.and(other.times(-1)), Comparison::Equal),
                (Value::Words(one), Value::Words(other)) => Known::certainly(one == other),
                _ => Known::Open,
            });
        }
        Ok(any)
    }

    /// The elements of a list.
    pub fn list(&mut self, list: &'a List) -> Result<Vec<Value<'a>>, Stop> {
        self.step(1)?;
        match list {
            List::Literal(trees) => trees.iter().map(|tree| self.value(tree)).collect(),
            List::Cells(cells) => {
                self.step(cells.len() as u64)?;
                Ok(cells.iter().map(|cell| Value::Number(self.variable(*cell))).collect())
            }
            List::Subordinates => {
                self.step(self.dossier.subordinates().len() as u64)?;
                Ok(self.dossier.subordinates().iter().map(Value::Report).collect())
            }
            List::Map(of, body) => {
                let values = self.list(of)?;
                values.into_iter().map(|value| self.with(value, |run| run.value(body))).collect()
            }
            List::Filter(of, keep) => {
                let mut kept = Vec::new();
                for value in self.list(of)? {
                    match self.with(value, |run| run.truth(keep))? {
                        Known::True => kept.push(value),
                        Known::False => {}
                        Known::WithBlanksAsZero | Known::Open => return Err(Stop::Undecided),
                    }
                }
                Ok(kept)
            }
        }
    }

    /// The value of an expression that is no list.
    pub fn value(&mut self, tree: &'a Tree) -> Result<Value<'a>, Stop> {
        Ok(match tree {
            Tree::Number(number) => Value::Number(self.number(number)?),
            Tree::Truth(truth) => Value::Truth(self.truth(truth)?),
            Tree::Words(words) => Value::Words(self.words(words)?),
            Tree::Report(of) => Value::Report(self.report(*of).ok_or(Stop::Undecided)?),
            Tree::List(_) => return Err(Stop::Undecided),
        })
    }

    fn with<T>(&mut self, value: Value<'a>, work: impl FnOnce(&mut Self) -> Result<T, Stop>) -> Result<T, Stop> {
        self.step(1)?;
        self.locals.push(value);
        let done = work(self);
        self.locals.pop();
        done
    }

    fn local(&self, at: usize) -> Option<Value<'a>> {
        self.locals.get(at).copied()
    }

    fn report(&self, of: Subject) -> Option<&'a AnnualReport> {
        match of {
            Subject::Own => Some(&self.dossier.report),
            Subject::Previous => self.dossier.previous(),
            Subject::Each(at) => match self.local(at) {
                Some(Value::Report(report)) => Some(report),
                _ => None,
            },
        }
    }

    fn variable(&self, variable: Variable) -> Range {
        quantity(self.dossier, self.report(variable.of), variable)
    }

    /// A text that will be read to its end.
    fn text(&mut self, words: &'a Words) -> Result<&'a str, Stop> {
        let text = self.words(words)?;
        self.step((text.len() / BYTES_A_STEP) as u64)?;
        Ok(text)
    }

    fn statements(&mut self, sense: Sense) -> Result<impl Iterator<Item = i64> + use<'a>, Stop> {
        let all = self.dossier.statements();
        if self.dossier.text_cut().is_some() {
            return Err(Stop::Undecided);
        }
        self.step(all.len() as u64)?;
        let own = all.iter().filter(move |it| it.sense == sense);
        Ok(own.filter(|it| matches!(it.claim, Claim::Counted | Claim::None)).map(|it| it.number))
    }

    /// The number that the narrative states; `None` if it states none, or several different ones.
    fn stated(&mut self, sense: Sense) -> Result<Option<i64>, Stop> {
        let mut numbers = self.statements(sense)?;
        let first = numbers.next();
        Ok(first.filter(|first| numbers.all(|other| other == *first)))
    }

    fn step(&mut self, cost: u64) -> Result<(), Stop> {
        let before = self.budget.steps;
        self.budget.steps = before.checked_sub(cost).ok_or(Stop::Steps)?;
        let look = before / STEPS_A_LOOK != self.budget.steps / STEPS_A_LOOK;
        if look && self.budget.deadline.is_over() {
            return Err(Stop::Time);
        }
        Ok(())
    }
}
