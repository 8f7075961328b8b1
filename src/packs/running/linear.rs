//! Converts what is linear over cells, which is nearly all that people write, to a form that runs fast: sums of cells
//! with whole factors, and comparisons of them. What is not linear is left to the interpreter.

use super::condition::{Compared, Condition, SectionTest, Sum};
use crate::packs::expression::{
    names::{Quantity, Subject, Variable},
    tree::{List, Number, Position, Tree, Truth, Words},
};
use crate::report::arithmetic::{Comparison, SCALE};

/// The largest factor of a cell.
const MAX_FACTOR: u64 = 1_000_000_000_000;

/// The linear form of a condition, if it has one.
pub(in crate::packs) fn condition(truth: &Truth) -> Option<Condition> {
    match truth {
        Truth::Fixed(holds) => Some(Condition::Fixed(*holds)),
        Truth::Compare(left, comparison, right) => match length(left, *comparison, right) {
            Some(condition) => Some(condition),
            None => Some(compared(sum(left)?, *comparison, sum(right)?)),
        },
        Truth::Part(text, Position::Anywhere, part) => match (&**text, &**part) {
            (Words::Section(Subject::Own, number), Words::Literal(words)) => {
                Some(Condition::OfSection(*number, SectionTest::Contains(words.clone())))
            }
            _ => None,
        },
        Truth::HasSection(Subject::Own, number) => Some(Condition::OfSection(*number, SectionTest::Present)),
        Truth::All(parts) => joined(parts, true, Condition::All),
        Truth::Any(parts) => joined(parts, false, Condition::Any),
        Truth::Not(inner) => condition(inner).map(|inner| Condition::Not(Box::new(inner))),
        _ => None,
    }
}

/// A comparison; its result, if it compares constants.
fn compared(left: Sum, comparison: Comparison, right: Sum) -> Condition {
    if left.terms.is_empty() && right.terms.is_empty() {
        return Condition::Fixed(comparison.holds(left.constant.cmp(&right.constant)));
    }
    Condition::Compare(Compared::new(left, comparison, right))
}

/// Parts that are joined by and (neutral: true) or by or (false), without the constant ones.
fn joined(parts: &[Truth], neutral: bool, join: fn(Vec<Condition>) -> Condition) -> Option<Condition> {
    let mut open = Vec::new();
    for part in parts {
        match condition(part)? {
            Condition::Fixed(holds) if holds == neutral => {}
            Condition::Fixed(holds) => return Some(Condition::Fixed(holds)),
            Condition::All(mut parts) | Condition::Any(mut parts) if parts.len() == 1 => open.extend(parts.pop()),
            part => open.push(part),
        }
    }
    Some(if open.is_empty() { Condition::Fixed(neutral) } else { join(open) })
}

/// A comparison of a section's length with a constant, which need not read the text to its end.
fn length(left: &Number, comparison: Comparison, right: &Number) -> Option<Condition> {
    let (Number::Length(words), Number::Constant(constant)) = (left, right) else { return None };
    let Words::Section(Subject::Own, number) = **words else { return None };
    let least = |least: i128| {
        let least = usize::try_from(least.max(0)).ok()?;
        Some(Condition::OfSection(number, SectionTest::HasLength(least)))
    };
    let whole = (constant % SCALE == 0).then_some(constant / SCALE)?;
    match comparison {
        Comparison::Greater => least(whole + 1),
        Comparison::GreaterOrEqual => least(whole),
        Comparison::Less => least(whole).map(|long| Condition::Not(Box::new(long))),
        Comparison::LessOrEqual => least(whole + 1).map(|long| Condition::Not(Box::new(long))),
        Comparison::Equal | Comparison::Unequal => None,
    }
}

/// The linear form of a number, if it has one.
pub(in crate::packs) fn sum(number: &Number) -> Option<Sum> {
    match number {
        Number::Constant(constant) => Some(Sum { terms: Vec::new(), constant: *constant }),
        Number::Variable(variable) => single(*variable),
        Number::Sum(left, right) => plus(sum(left)?, sum(right)?, 1),
        Number::Difference(left, right) => plus(sum(left)?, sum(right)?, -1),
        Number::Product(left, right) => {
            let (left, right) = (sum(left)?, sum(right)?);
            match (factor(&left), factor(&right)) {
                (Some(factor), _) => plus(Sum::default(), right, factor),
                (None, Some(factor)) => plus(Sum::default(), left, factor),
                (None, None) => None,
            }
        }
        Number::Day(day) => sum(day),
        Number::Total(list) => total(list),
        Number::Length(words) => match **words {
            Words::Section(of, number) => single(Variable { of, what: Quantity::Length(number) }),
            _ => None,
        },
        _ => None,
    }
}

fn total(list: &List) -> Option<Sum> {
    let mut all = Sum::default();
    match list {
        List::Cells(cells) => all.terms = cells.iter().map(|cell| (1, *cell)).collect(),
        List::Literal(trees) => {
            for tree in trees {
                let Tree::Number(number) = tree else { return None };
                all = plus(all, sum(number)?, 1)?;
            }
        }
        _ => return None,
    }
    all.terms.iter().all(|(_, variable)| !matches!(variable.of, Subject::Each(_))).then_some(all)
}

fn single(variable: Variable) -> Option<Sum> {
    let global = !matches!(variable.of, Subject::Each(_));
    global.then(|| Sum { terms: vec![(1, variable)], constant: 0 })
}

/// The value of a sum that is a constant whole number.
fn factor(sum: &Sum) -> Option<i64> {
    let whole = sum.terms.is_empty() && sum.constant % SCALE == 0;
    whole.then_some(sum.constant / SCALE).and_then(|factor| i64::try_from(factor).ok())
}

/// `one` plus `factor` times `other`; `None` if that is too large.
fn plus(mut one: Sum, other: Sum, factor: i64) -> Option<Sum> {
    for (times, variable) in other.terms {
        let times = times.checked_mul(factor).filter(|times| times.unsigned_abs() <= MAX_FACTOR)?;
        one.terms.push((times, variable));
    }
    one.constant = one.constant.checked_add(other.constant.checked_mul(i128::from(factor))?)?;
    Some(one)
}
