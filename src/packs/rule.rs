//! A rule's text becomes a rule.

use std::{borrow::Cow, sync::Arc};

use serde_saphyr::Spanned;

use super::{
    Problem, Written,
    body::{Body, Formula, Instance, Needs, Sayings, words},
    checking::{self, Checked},
    definition::{BoundsText, PackText, RuleText},
    names,
    parsing::Wrong,
};
use crate::{
    report::{Edition, Location, Text},
    rule::{BOTH, Basis, Bounds, Check, Input, Rule},
};

/// The most instances that `for_each` makes.
const MAX_INSTANCES: usize = 200;

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
        Some(Formula::new(tree))
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
