//! A rule's text becomes a rule.

use std::{borrow::Cow, sync::Arc, time::Instant};

use serde_saphyr::Spanned;

use super::{
    Problem, Written,
    checking::{self, Checked},
    condition::{Condition, Sum},
    definition::{BoundsText, PackText, RuleText, Words, Years},
    interpreter::{Budget, Run, Stop},
    known::{Comparison, Known, Range, shown},
    linear, names,
    parsing::Wrong,
    tree::{Number, Tree, Truth},
};
use crate::{
    dossier::Dossier,
    report::{Edition, Location, Text},
    rule::{BOTH, Basis, Bounds, Check, Input, Operand, Rule, Ruling, Side, Violation},
};

/// The most instances that `for_each` makes.
const MAX_INSTANCES: usize = 200;

/// The steps that one rule may take over all its instances: some tens of milliseconds.
const MAX_STEPS: u64 = 1_000_000;

/// One place at which a rule looks.
struct Instance {
    location: Location,
    when: Option<Formula>,
    assert: Formula,
    expected: Option<Tree>,
    actual: Option<Tree>,
}

/// A condition, in its linear form too where it has one.
struct Formula {
    tree: Truth,
    linear: Option<Condition>,
}

impl Formula {
    fn of<'a>(&'a self, dossier: &Dossier, run: &mut Run<'a>) -> Result<Known, Stop> {
        match &self.linear {
            Some(linear) => Ok(linear.of(dossier)),
            None => run.truth(&self.tree),
        }
    }

    /// The sums that the condition compares, where it is one linear comparison.
    fn compared(&self) -> Option<(&Sum, Comparison, &Sum)> {
        self.linear.as_ref().and_then(Condition::compared)
    }
}

/// What a rule needs beside the report.
#[derive(Clone, Copy, Default)]
struct Needs {
    previous: bool,
    subordinates: bool,
}

/// What a rule does.
struct Body {
    instances: Vec<Instance>,
    years: Years,
    needs: Needs,
    sayings: Sayings,
}

/// What the rule says where an instance does not hold.
struct Sayings {
    message: Words,
    advice: Words,
}

/// Collects what is wrong with a rule.
struct Reader<'a> {
    file: &'a str,
    problems: &'a mut Vec<Problem>,
    needs: Needs,
}

/// The rule that a text states; nothing where something is wrong with it, which is noted.
pub(super) fn written(
    text: &RuleText,
    file: &str,
    head: &PackText,
    digest: &str,
    problems: &mut Vec<Problem>,
) -> Option<Written> {
    let before = problems.len();
    let mut reader = Reader { file, problems, needs: Needs::default() };
    reader.code(&text.code, &head.namespace.value);
    let editions = reader.editions(&text.editions);
    let instances = reader.instances(text);
    reader.bounds(text);
    if reader.problems.len() > before {
        return None;
    }
    let Needs { previous, subordinates } = reader.needs;
    let mut inputs = vec![Input::Report];
    inputs.extend(previous.then_some(Input::Previous));
    inputs.extend(subordinates.then_some(Input::Subordinates));
    let sayings = Sayings { message: text.message.clone(), advice: text.advice.clone() };
    let written = Body { instances, years: text.years, needs: reader.needs, sayings };
    let rule = Rule {
        code: Cow::Owned(text.code.value.clone()),
        version: 1,
        title: words(&text.title),
        severity: text.severity.into(),
        bounds: bounds(&text.bounds),
        of_form: false,
        editions: Cow::Owned(editions),
        inputs: Cow::Owned(inputs),
        basis: Cow::Owned(basis(text)),
        check: Check::Pack(Arc::new(move |dossier, deadline| written.check(dossier, deadline))),
        source: Cow::Owned(documentation(text, head, digest)),
    };
    let json = |patches: &[serde_json::Value]| patches.iter().map(ToString::to_string).collect();
    let (bad, good) = (json(&text.examples.bad), json(&text.examples.good));
    Some(Written { rule, file: file.to_owned(), bad, good })
}

impl Reader<'_> {
    fn note<T>(&mut self, at: &Spanned<T>, offset: usize, why: Text) {
        self.problems.push(Problem::at(self.file, at, offset, why));
    }

    fn code(&mut self, code: &Spanned<String>, namespace: &str) {
        let number = code.value.strip_prefix(namespace).and_then(|rest| rest.strip_prefix('-'));
        if !number.is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit())) {
            let (zh, en) = (format!("规则代码应如 {namespace}-001"), format!("a code looks like {namespace}-001"));
            self.note(code, 0, Text::new(zh, en));
        }
    }

    fn bounds(&mut self, text: &RuleText) {
        if !bounds(&text.bounds).allow(text.severity.into()) {
            let why = Text::fixed("严重程度不在 bounds 之内", "the severity is not within bounds");
            self.note(&text.code, 0, why);
        }
    }

    fn editions(&mut self, editions: &[Spanned<u16>]) -> Vec<Edition> {
        let mut found = Vec::new();
        for edition in editions {
            match edition.value {
                2019 => found.push(Edition::Of2019),
                2021 => found.push(Edition::Of2021),
                _ => self.note(edition, 0, Text::fixed("版本应为 2019 或 2021", "an edition is 2019 or 2021")),
            }
        }
        if found.is_empty() { BOTH.to_vec() } else { found }
    }

    /// The instances of a rule: one, or one for each value of the name in `for_each`.
    fn instances(&mut self, text: &RuleText) -> Vec<Instance> {
        let mut instances = Vec::new();
        for filling in self.fillings(text) {
            let filled = |source: &str| match &filling {
                Some((name, value)) => source.replace(&format!("{{{name}}}"), value),
                None => source.to_owned(),
            };
            let location = self.place(&text.at, &filled(&text.at.value));
            let when = text.when.as_ref().and_then(|it| self.formula(it, &filled(&it.value)));
            let assert = self.formula(&text.assert, &filled(&text.assert.value));
            let mut value = |at: &Option<Spanned<String>>| {
                at.as_ref().and_then(|it| self.checked(it, &filled(&it.value), checking::value))
            };
            let (expected, actual) = (value(&text.expected), value(&text.actual));
            if let (Some(location), Some(assert)) = (location, assert) {
                instances.push(Instance { location, when, assert, expected, actual });
            } else {
                // The others would say the same again.
                break;
            }
        }
        instances
    }

    fn fillings(&mut self, text: &RuleText) -> Vec<Option<(String, String)>> {
        let Some((name, values)) = text.for_each.iter().next() else {
            return vec![None];
        };
        let strings =
            |values: &Vec<serde_json::Value>| values.iter().map(|it| it.as_str().map(str::to_owned)).collect();
        let values: Option<Vec<String>> = match values {
            serde_json::Value::String(list) => names::list(list),
            serde_json::Value::Array(values) => strings(values),
            _ => None,
        };
        match values.filter(|values| values.len() <= MAX_INSTANCES && text.for_each.len() == 1) {
            Some(values) => values.into_iter().map(|value| Some((name.clone(), value))).collect(),
            None => {
                let why = Text::fixed(
                    "for_each 应为一个名称，其值为 applicants、results 或文字列表",
                    "for_each has one name, and applicants, results or a list of words for it",
                );
                self.note(&text.code, 0, why);
                Vec::new()
            }
        }
    }

    fn place(&mut self, at: &Spanned<String>, path: &str) -> Option<Location> {
        let place = Location::parse(path);
        if place.is_none() {
            let near = names::nearest(&format!("report.{path}"));
            let near = near.as_deref().and_then(|near| near.strip_prefix("report."));
            let (zh, en) =
                near.map_or_else(Default::default, |it| (format!("，是否为 {it}？"), format!(": is it {it}?")));
            self.note(at, 0, Text::new(format!("没有 {path} 这个位置{zh}"), format!("there is no place {path}{en}")));
        }
        place
    }

    fn formula(&mut self, at: &Spanned<String>, source: &str) -> Option<Formula> {
        let tree = self.checked(at, source, checking::condition)?;
        Some(Formula { linear: linear::condition(&tree), tree })
    }

    fn checked<T>(
        &mut self,
        at: &Spanned<String>,
        source: &str,
        check: fn(&str) -> Result<Checked<T>, Wrong>,
    ) -> Option<T> {
        match check(source) {
            Ok(checked) => {
                self.needs.previous |= checked.previous;
                self.needs.subordinates |= checked.subordinates;
                Some(checked.tree)
            }
            Err(wrong) => {
                let snippet: String = source.chars().skip(wrong.at.start).take(wrong.at.len().clamp(1, 60)).collect();
                let why = Text::new(
                    format!("{}（“{snippet}”处）", wrong.why.zh),
                    format!("{} (at “{snippet}”)", wrong.why.en),
                );
                self.note(at, wrong.at.start, why);
                None
            }
        }
    }
}

fn bounds(text: &BoundsText) -> Bounds {
    Bounds { least: text.least.into(), most: text.most.into(), optional: text.optional, waivable: text.waivable }
}

fn words(words: &Words) -> Text {
    Text::new(words.zh.clone(), if words.en.is_empty() { words.zh.clone() } else { words.en.clone() })
}

fn basis(text: &RuleText) -> Vec<Basis> {
    let basis = text.basis.iter().map(|basis| Basis {
        instrument: Cow::Owned(basis.instrument.clone()),
        edition: Edition::Unknown,
        clause: Cow::Owned(basis.clause.clone()),
    });
    basis.collect()
}

/// What the catalogue tells of the rule, in the shape of a built-in rule's doc comment.
fn documentation(text: &RuleText, head: &PackText, digest: &str) -> String {
    let when = text.when.as_ref().map(|when| format!("//! when: `{}`\n", when.value)).unwrap_or_default();
    format!(
        "//! {}\n//!\n//! {} {} ({digest})\n//!\n//! at: `{}`\n{when}//! assert: `{}`\n",
        text.title.zh, head.name, head.version, text.at.value, text.assert.value
    )
}

impl Body {
    fn check(&self, dossier: &Dossier, deadline: Option<Instant>) -> Ruling {
        if let Some(ruling) = self.out_of_force(dossier) {
            return ruling;
        }
        let mut ruling = Ruling::default();
        let mut looked_at = 0;
        let mut run = Run::new(dossier, Budget { steps: MAX_STEPS, deadline });
        for instance in &self.instances {
            match self.look(instance, dossier, &mut run, &mut ruling) {
                Ok(applies) => looked_at += usize::from(applies),
                Err(stop) => {
                    // What was found so far stands; the rest of the instances would fare no better.
                    ruling.undecided.push(stopped(stop));
                    return ruling;
                }
            }
        }
        if looked_at == 0 {
            return Ruling::not_applicable(Text::fixed("条件（when）不成立", "its condition (when) does not hold"));
        }
        ruling
    }

    /// Why the rule has nothing to say of this report, if so.
    fn out_of_force(&self, dossier: &Dossier) -> Option<Ruling> {
        let (year, years) = (dossier.report.year, self.years);
        let outside = |year: i32| years.from.is_some_and(|from| year < from) || years.to.is_some_and(|to| year > to);
        let bounded = years.from.is_some() || years.to.is_some();
        let none = |zh, en| Some(Ruling::not_applicable(Text::fixed(zh, en)));
        match year {
            Some(year) if outside(year) => none("报告年度不在本规则施行期内", "the rule is not in force for this year"),
            None if bounded => {
                Some(Ruling::undetermined(Text::fixed("报告年度未知", "the report's year is not known")))
            }
            _ if self.needs.previous && dossier.previous.is_none() => {
                none("没有上一年度报告", "there is no report of last year")
            }
            _ if self.needs.subordinates && dossier.subordinates.is_empty() => {
                none("没有下级机关的报告", "there are no reports of subordinate bodies")
            }
            _ => None,
        }
    }

    /// Looks at one instance; whether the rule applies to it.
    fn look<'a>(
        &'a self,
        instance: &'a Instance,
        dossier: &'a Dossier,
        run: &mut Run<'a>,
        ruling: &mut Ruling,
    ) -> Result<bool, Stop> {
        if let (None, Some(linear)) = (&instance.when, &instance.assert.linear)
            && linear.of(dossier) == Known::True
        {
            // Nearly every instance of nearly every rule ends here.
            return Ok(true);
        }
        let applies = instance.when.as_ref().map_or(Ok(Known::True), |when| when.of(dossier, run))?;
        if applies == Known::False {
            return Ok(false);
        }
        let known = if applies == Known::True { instance.assert.of(dossier, run)? } else { Known::Open };
        match known {
            Known::True => {}
            Known::False => ruling.violations.push(violation(dossier, instance, run, &self.sayings)),
            Known::WithBlanksAsNought => {
                ruling.remarks.push(remark(instance, "含空白单元格，空白按 0 计时成立", "holds with blanks read as 0"));
            }
            Known::Open => ruling.undecided.push(remark(
                instance,
                "所需的数字空白、未能读出或正文没有写明，无法判断",
                "figures are blank, not read or not stated, so that it can't be decided",
            )),
        }
        Ok(true)
    }
}

fn stopped(stop: Stop) -> Text {
    match stop {
        Stop::Steps => Text::new(
            format!("超过 {MAX_STEPS} 步的上限，未得出结论"),
            format!("more than {MAX_STEPS} steps: no conclusion"),
        ),
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
    let (left, right) = match &instance.assert.tree {
        Truth::Compare(left, _, right) => (number(run, left), number(run, right)),
        _ => Default::default(),
    };
    // The side on which the place stands alone is what stands there; the other is what is expected.
    let alone = |sum: &Sum| matches!(instance.location, Location::Cell(cell) if sum.cells().eq([cell]));
    let swapped = compared.is_some_and(|(left, _, _)| alone(left));
    let sides = if swapped { (right.clone(), left.clone()) } else { (left.clone(), right.clone()) };
    let expected = instance.expected.as_ref().map_or(sides.0, |tree| said(run, tree));
    let actual = instance.actual.as_ref().map_or(sides.1, |tree| said(run, tree));
    let filled = |text: &str| {
        let year = dossier.report.year.map(|year| year.to_string()).unwrap_or_default();
        let fillings = [
            ("{expected}", expected.as_str()),
            ("{actual}", &actual),
            ("{place}", &instance.location.printed()),
            ("{body}", &dossier.report.body.name),
            ("{year}", &year),
        ];
        fillings.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let worded = |own: &Words| {
        let own = words(own);
        Text::new(filled(&own.zh), filled(&own.en))
    };
    let mut violation = Violation::at(instance.location, worded(&sayings.message))
        .expecting(Text::same(expected.clone()), Text::same(actual.clone()))
        .advising(worded(&sayings.advice));
    let equation = format!("{left} ≠ {right}");
    if let Some((left, comparison, right)) = compared {
        violation.operands = operands(dossier, left, Side::Left).chain(operands(dossier, right, Side::Right)).collect();
        if comparison == Comparison::Equal {
            violation.equation = equation;
        }
    }
    violation
}

/// What a number is, for people; empty where it isn't known.
fn number<'a>(run: &mut Run<'a>, number: &'a Number) -> String {
    run.number(number).ok().and_then(Range::value).map(shown).unwrap_or_default()
}

/// What a number or a text is, for people.
fn said<'a>(run: &mut Run<'a>, tree: &'a Tree) -> String {
    match tree {
        Tree::Number(of) => number(run, of),
        Tree::Words(words) => run.words(words).map(str::to_owned).unwrap_or_default(),
        _ => String::new(),
    }
}

fn operands(dossier: &Dossier, sum: &Sum, side: Side) -> impl Iterator<Item = Operand> {
    let figure = |cell| dossier.report.figures.count(cell);
    sum.cells().map(move |cell| Operand { cell, figure: figure(cell), side }).collect::<Vec<_>>().into_iter()
}
