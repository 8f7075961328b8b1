//! What an expression is on one report, for people who write rules: its value, or why it is open, and what it looks at.

use serde_json::{Value, json};

use super::interpreter::{self, Budget, Run, Stop};
use crate::packs::{
    expression::{
        names::{DAY_PARTS, Day, Quantity, Subject, Variable},
        tree::{List, Number, Tree, Truth, Words},
    },
    running::quantities::quantity,
};
use crate::{
    dossier::Dossier,
    report::{
        AnnualReport,
        arithmetic::{Known, Range, shown},
    },
    words::{Language, Text},
};

/// The value of an expression, and what it looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// What kind of value it is, for tools.
    pub kind: &'static str,
    /// The value, or that it is open.
    pub value: Text,
    /// What the expression looks at, each once: its name and its value.
    pub looks_at: Vec<(String, Text)>,
}

/// The value of an expression on a dossier.
pub(in crate::packs) fn evaluate(tree: &Tree, dossier: &Dossier, budget: Budget<'_>) -> Evaluation {
    let mut run = Run::new(dossier, budget);
    let value = match tree {
        Tree::List(list) => run.list(list).map(|values| listed(&values)),
        Tree::Number(own) => run.number(own).map(|range| range.value().map_or(OPEN, |value| own.said(value))),
        tree => run.value(tree).map(|value| text_of(&value)),
    };
    let value = value.unwrap_or_else(|stop| match stop {
        Stop::Steps => Text::fixed("步数过多，未得出结果", "too many steps: no result"),
        Stop::Time => Text::fixed("时限已到，未得出结果", "out of time: no result"),
        Stop::Undecided => OPEN,
    });
    let mut looks = Looks { dossier, found: Vec::new() };
    looks.at_tree(tree);
    Evaluation { kind: kind(tree), value, looks_at: looks.found }
}

fn kind(tree: &Tree) -> &'static str {
    match tree {
        Tree::Number(number) if number.is_day() => "date",
        Tree::Number(_) => "number",
        Tree::Truth(_) => "condition",
        Tree::Words(_) => "text",
        Tree::Report(_) => "report",
        Tree::List(_) => "list",
    }
}

impl Evaluation {
    /// That a condition does not hold.
    pub const FALSE: Text = Text::fixed("不成立", "false");

    /// The same as a JSON object, on one line.
    pub fn json(&self, language: Language) -> String {
        let said = |text: &Text| Value::from(text.in_language(language));
        let looks_at = self.looks_at.iter().map(|(name, value)| json!({ "name": name, "value": said(value) }));
        json!({ "type": self.kind, "value": said(&self.value), "looks_at": looks_at.collect::<Vec<_>>() }).to_string()
    }
}

const OPEN: Text = Text::fixed(
    "无法判断：所需的内容空白、未能读出或报告没有写明",
    "open: what is needed is blank, not read, or not stated",
);

fn text_of(value: &interpreter::Value<'_>) -> Text {
    match value {
        interpreter::Value::Number(range) => number(*range),
        interpreter::Value::Truth(Known::True) => Text::fixed("成立", "true"),
        interpreter::Value::Truth(Known::False) => Evaluation::FALSE,
        interpreter::Value::Truth(Known::WithBlanksAsZero) => {
            Text::fixed("空白按 0 计时成立", "true with blanks read as 0")
        }
        interpreter::Value::Truth(Known::Open) => OPEN,
        interpreter::Value::Words(words) => Text::same(format!("“{words}”")),
        interpreter::Value::Report(report) => Text::same(report.body.name.clone()),
    }
}

fn number(range: Range) -> Text {
    range.value().map_or(OPEN, |value| Text::same(shown(value)))
}

fn listed(values: &[interpreter::Value<'_>]) -> Text {
    let all: Vec<Text> = values.iter().map(text_of).collect();
    let join = |between: &str, of: fn(&Text) -> &str| all.iter().map(of).collect::<Vec<_>>().join(between);
    Text::new(format!("[{}]", join("，", |text| &text.zh)), format!("[{}]", join(", ", |text| &text.en)))
}

/// Collects what an expression looks at.
struct Looks<'a> {
    dossier: &'a Dossier,
    found: Vec<(String, Text)>,
}

impl Looks<'_> {
    fn add(&mut self, name: String, value: Text) {
        if self.found.iter().all(|(own, _)| *own != name) {
            self.found.push((name, value));
        }
    }

    fn report(&self, of: Subject) -> Option<&AnnualReport> {
        match of {
            Subject::Own => Some(&self.dossier.report),
            Subject::Previous => self.dossier.previous(),
            Subject::Each(_) => None,
        }
    }

    fn at_tree(&mut self, tree: &Tree) {
        match tree {
            Tree::Number(number) => self.at_number(number),
            Tree::Truth(truth) => self.at_truth(truth),
            Tree::Words(words) => self.at_words(words),
            Tree::List(list) => self.at_list(list),
            Tree::Report(_) => {}
        }
    }

    fn at_number(&mut self, of: &Number) {
        match of {
            Number::Constant(_) | Number::Local(_) => {}
            Number::Variable(variable) => self.at_variable(*variable),
            Number::Day(day) => self.at_number(day),
            Number::Sum(one, other) | Number::Difference(one, other) | Number::Product(one, other) => {
                self.at_number(one);
                self.at_number(other);
            }
            Number::Total(list) | Number::Size(list) => self.at_list(list),
            Number::Length(words) => self.at_words(words),
            Number::Similarity(one, other) => {
                self.at_words(one);
                self.at_words(other);
            }
            Number::Stated(sense) => {
                let mut stated = self.dossier.statements().iter().filter(|own| own.sense == *sense).peekable();
                let value = match stated.peek() {
                    None => Text::fixed("正文没有写明", "not stated"),
                    Some(_) => Text::same(stated.map(|own| own.number.to_string()).collect::<Vec<_>>().join("、")),
                };
                self.add(format!("statement(\"{}\")", sense.name()), value);
            }
            Number::Choice(condition, one, other) => {
                self.at_truth(condition);
                self.at_number(one);
                self.at_number(other);
            }
        }
    }

    fn at_truth(&mut self, of: &Truth) {
        match of {
            Truth::Fixed(_) | Truth::Local(_) | Truth::SubordinatesComplete => {}
            Truth::Compare(one, _, other) => {
                self.at_number(one);
                self.at_number(other);
            }
            Truth::Same(one, other) | Truth::Part(one, _, other) => {
                self.at_words(one);
                self.at_words(other);
            }
            Truth::Matches(words, _) => self.at_words(words),
            Truth::HasSection(of, number) => self.at_words(&Words::Section(*of, *number)),
            Truth::Filled(variable) => self.at_variable(*variable),
            Truth::IsNamed(of, label) => self.at_words(&Words::Label(*of, *label)),
            Truth::IsStated(sense) => self.at_number(&Number::Stated(*sense)),
            Truth::All(parts) | Truth::Any(parts) => parts.iter().for_each(|part| self.at_truth(part)),
            Truth::Not(inner) => self.at_truth(inner),
            Truth::Of(_, list, body) => {
                self.at_list(list);
                self.at_truth(body);
            }
            Truth::Among(value, list) => {
                self.at_tree(value);
                self.at_list(list);
            }
            Truth::Choice(condition, one, other) => {
                [condition, one, other].into_iter().for_each(|part| self.at_truth(part))
            }
        }
    }

    fn at_words(&mut self, of: &Words) {
        match of {
            Words::Literal(_) | Words::Local(_) => {}
            Words::Section(of, number) => {
                let Some(report) = self.report(*of) else { return };
                let size = report.section(*number).map(|section| super::quantities::letters(&section.text));
                let value = size.map_or(Text::fixed("没有这一部分", "no such section"), |size| {
                    Text::new(format!("{size} 字"), format!("{size} characters"))
                });
                let subject = if *of == Subject::Previous { "previous." } else { "" };
                self.add(format!("{subject}section({number})"), value);
            }
            Words::Label(of, label) => {
                let Some(report) = self.report(*of) else { return };
                let value = label
                    .of(report)
                    .map_or(Text::fixed("没有写明", "not stated"), |text| Text::same(format!("“{text}”")));
                self.add(format!("{}.{}", subject(*of), label.name()), value);
            }
            Words::Choice(condition, one, other) => {
                self.at_truth(condition);
                self.at_words(one);
                self.at_words(other);
            }
        }
    }

    fn at_list(&mut self, of: &List) {
        match of {
            List::Literal(trees) => trees.iter().for_each(|tree| self.at_tree(tree)),
            List::Cells(cells) => cells.iter().for_each(|cell| self.at_variable(*cell)),
            List::Subordinates => {}
            List::Map(of, body) => {
                self.at_list(of);
                self.at_tree(body);
            }
            List::Filter(of, keep) => {
                self.at_list(of);
                self.at_truth(keep);
            }
        }
    }

    fn at_variable(&mut self, variable: Variable) {
        let of = subject(variable.of);
        let Some(report) = self.report(variable.of) else { return };
        let value = match variable.what {
            Quantity::Cell(cell) => report.figures.shown(cell),
            _ => {
                let value = quantity(self.dossier, Some(report), variable).value();
                value.map_or(Text::fixed("没有写明", "not stated"), |value| Text::same(shown(value)))
            }
        };
        let name = match variable.what {
            Quantity::Cell(cell) => format!("{of}.{}", cell.path()),
            Quantity::Year => format!("{of}.year"),
            Quantity::Length(number) => format!("size({of}.section({number}))"),
            Quantity::Places(cell) => format!("places({of}.{})", cell.path()),
            Quantity::Day(day, part) => {
                let day = if day == Day::Published { "published_on" } else { "submitted_on" };
                let part = DAY_PARTS.into_iter().find(|(_, own)| *own == part).map_or("", |(name, _)| name);
                format!("{of}.{day}.{part}")
            }
        };
        self.add(name, value);
    }
}

fn subject(of: Subject) -> &'static str {
    if of == Subject::Previous { "previous" } else { "report" }
}
