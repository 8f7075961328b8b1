//! A rule's text becomes a rule.

use std::{borrow::Cow, sync::Arc};

use serde_saphyr::Spanned;

use super::{
    Problem, Written,
    condition::{Comparison, Condition, Known, Sum, shown},
    definition::{Grade, PackText, RuleText, Words, Years},
    expression::{self, Wrong},
    names,
};
use crate::{
    dossier::Dossier,
    report::{Edition, Location, Text},
    rule::{BOTH, Basis, Check, Input, Operand, Rule, Ruling, Severity, Side, Violation},
};

/// The most instances that `for_each` makes.
const MAX_INSTANCES: usize = 200;

/// One place at which a rule looks.
struct Instance {
    location: Location,
    when: Option<Condition>,
    assert: Condition,
    expected: Option<Sum>,
    actual: Option<Sum>,
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
    let mut reader = Reader { file, problems };
    reader.code(&text.code, &head.namespace.value);
    let editions = reader.editions(&text.editions);
    let instances = reader.instances(text);
    if reader.problems.len() > before {
        return None;
    }
    let asks_for_previous =
        |it: &Instance| it.assert.asks_for_previous() || it.when.as_ref().is_some_and(Condition::asks_for_previous);
    let previous = instances.iter().any(asks_for_previous);
    let inputs = if previous { vec![Input::Report, Input::Previous] } else { vec![Input::Report] };
    let (years, sayings) = (text.years, Sayings { message: text.message.clone(), advice: text.advice.clone() });
    let rule = Rule {
        code: Cow::Owned(text.code.value.clone()),
        version: 1,
        title: words(&text.title),
        severity: match text.severity {
            Grade::Error => Severity::Error,
            Grade::Warning => Severity::Warning,
            Grade::Info => Severity::Info,
        },
        of_form: false,
        editions: Cow::Owned(editions),
        inputs: Cow::Owned(inputs),
        basis: Cow::Owned(basis(text)),
        check: Check::Pack(Arc::new(move |dossier| check(dossier, &instances, years, previous, &sayings))),
        source: Cow::Owned(documentation(text, head, digest)),
    };
    let json = |patches: &[serde_json::Value]| patches.iter().map(ToString::to_string).collect();
    let (bad, good) = (json(&text.examples.bad), json(&text.examples.good));
    Some(Written { rule, file: file.to_owned(), bad, good })
}

impl Reader<'_> {
    fn note<T>(&mut self, at: &Spanned<T>, offset: usize, why: Text) {
        let (line, column) = (at.referenced.line(), at.referenced.column() + offset as u64);
        self.problems.push(Problem { file: self.file.to_owned(), line, column, why });
    }

    fn code(&mut self, code: &Spanned<String>, namespace: &str) {
        let number = code.value.strip_prefix(namespace).and_then(|rest| rest.strip_prefix('-'));
        if !number.is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit())) {
            let (zh, en) = (format!("规则代码应如 {namespace}-001"), format!("a code looks like {namespace}-001"));
            self.note(code, 0, Text::new(zh, en));
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
            let when = text.when.as_ref().and_then(|it| self.compile(it, &filled(&it.value), expression::condition));
            let assert = self.compile(&text.assert, &filled(&text.assert.value), expression::condition);
            let expected = text.expected.as_ref().and_then(|it| self.compile(it, &filled(&it.value), expression::sum));
            let actual = text.actual.as_ref().and_then(|it| self.compile(it, &filled(&it.value), expression::sum));
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

    fn compile<T>(&mut self, at: &Spanned<String>, source: &str, compile: fn(&str) -> Result<T, Wrong>) -> Option<T> {
        match compile(source) {
            Ok(compiled) => Some(compiled),
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

fn check(dossier: &Dossier, instances: &[Instance], years: Years, previous: bool, sayings: &Sayings) -> Ruling {
    let year = dossier.report.year;
    let outside = |year: i32| years.from.is_some_and(|from| year < from) || years.to.is_some_and(|to| year > to);
    if year.is_some_and(outside) {
        return Ruling::not_applicable(Text::fixed(
            "报告年度不在本规则施行期内",
            "the rule is not in force for this year",
        ));
    }
    if year.is_none() && (years.from.is_some() || years.to.is_some()) {
        return Ruling::undetermined(Text::fixed("报告年度未知", "the report's year is not known"));
    }
    if previous && dossier.previous.is_none() {
        return Ruling::not_applicable(Text::fixed("没有上一年度报告", "there is no report of last year"));
    }
    let mut ruling = Ruling::default();
    let mut looked_at = 0;
    for instance in instances {
        let applies = instance.when.as_ref().map_or(Known::True, |when| when.of(dossier));
        looked_at += usize::from(applies != Known::False);
        match if applies == Known::True { instance.assert.of(dossier) } else { applies } {
            _ if applies == Known::False => {}
            Known::True => {}
            Known::False => ruling.violations.push(violation(dossier, instance, sayings)),
            Known::WithBlanksAsNought if applies == Known::True => {
                ruling.remarks.push(remark(instance, "含空白单元格，空白按 0 计时成立", "holds with blanks read as 0"))
            }
            Known::WithBlanksAsNought | Known::Open => ruling.undecided.push(remark(
                instance,
                "有单元格空白或未能读出，无法判断",
                "cells are blank or could not be read, so that it can't be decided",
            )),
        }
    }
    if looked_at == 0 {
        return Ruling::not_applicable(Text::fixed("条件（when）不成立", "its condition (when) does not hold"));
    }
    ruling
}

fn remark(instance: &Instance, zh: &str, en: &str) -> Text {
    let place = instance.location.printed();
    Text::new(format!("{place}：{zh}"), format!("{place}: {en}"))
}

fn violation(dossier: &Dossier, instance: &Instance, sayings: &Sayings) -> Violation {
    let compared = instance.assert.compared();
    let value = |sum: Option<&Sum>| sum.and_then(|sum| sum.value(dossier)).map(shown).unwrap_or_default();
    // The side on which the place stands alone is what stands there; the other is what is expected.
    let sides = compared.map(|(left, _, right)| match instance.location {
        Location::Cell(cell) if left.cells().eq([cell]) => (right, left),
        _ => (left, right),
    });
    let expected = value(instance.expected.as_ref().or(sides.map(|sides| sides.0)));
    let actual = value(instance.actual.as_ref().or(sides.map(|sides| sides.1)));
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
    let said = |own: &Words| {
        let own = words(own);
        Text::new(filled(&own.zh), filled(&own.en))
    };
    let mut violation = Violation::at(instance.location, said(&sayings.message))
        .expecting(Text::same(expected.clone()), Text::same(actual.clone()))
        .advising(said(&sayings.advice));
    if let Some((left, comparison, right)) = compared {
        violation.operands = operands(dossier, left, Side::Left).chain(operands(dossier, right, Side::Right)).collect();
        if comparison == Comparison::Equal {
            violation.equation = format!("{} ≠ {}", value(Some(left)), value(Some(right)));
        }
    }
    violation
}

fn operands(dossier: &Dossier, sum: &Sum, side: Side) -> impl Iterator<Item = Operand> {
    let figure = |cell| dossier.report.figures.count(cell);
    sum.cells().map(move |cell| Operand { cell, figure: figure(cell), side }).collect::<Vec<_>>().into_iter()
}
