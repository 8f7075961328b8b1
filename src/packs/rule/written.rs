//! Turns a rule's text into a rule.

use std::{borrow::Cow, ops::Range, sync::Arc};

use serde_saphyr::Spanned;

use super::{
    decision::{Bilingual, Decision, Formula, Instance, Needs, Sayings, Sharers},
    for_each::Each,
    saying::Saying,
};
use crate::packs::expression::{
    checking::{self, Checked},
    names,
    tree::Tree,
    wrong::Wrong,
};
use crate::packs::text::{
    definition::{BoundsText, PackText, RuleText, State, WordsText, Years},
    documentation::documentation,
};
use crate::packs::{Example, Written};
use crate::{
    report::{Edition, Location},
    rule::{BOTH, Basis, Bounds, Check, Input, Rule},
    words::{Text, spelling::perhaps},
    written::{NamedText, Node, Problem},
};

/// The largest total weight of a pack's expressions, which bounds its loading time and memory. The weight of an
/// expression grows with its nodes and its length.
pub(in crate::packs) const MAX_WEIGHT: usize = 250_000;
const WEIGHT_OF_AN_EXPRESSION: usize = 10;
const BYTES_A_NODE: usize = 8;

/// What has been found out about a pack so far.
#[derive(Default)]
pub(in crate::packs) struct Loading {
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The total weight of its expressions.
    weight: usize,
    /// How many of its rules are interpreted.
    sharers: Sharers,
}

impl Loading {
    /// Whether the pack's expressions are too heavy to go on.
    pub fn is_full(&self) -> bool {
        self.weight > MAX_WEIGHT
    }
}

/// Collects what is wrong with a rule.
struct RuleReader<'a> {
    source: NamedText<'a>,
    loading: &'a mut Loading,
    needs: Needs,
}

/// The rule that a text states; `None` if something is wrong with it, which is noted.
pub(in crate::packs) fn written(
    text: &RuleText,
    source: NamedText<'_>,
    head: &PackText,
    digest: &str,
    loading: &mut Loading,
) -> Option<Written> {
    let before = loading.problems.len();
    let mut reader = RuleReader { source, loading, needs: Needs::default() };
    reader.code(&text.code, &head.namespace.value);
    let editions = reader.editions(&text.editions);
    let years = reader.years(text.years.as_ref());
    let instances = reader.instances(text);
    let sayings = reader.sayings(text);
    reader.bounds(text);
    std::iter::once(&text.title.zh).chain(&text.title.en).for_each(|title| reader.hold_words(title));
    if reader.loading.is_full() {
        let (zh, en) = ("规则包的表达式总量过大", "the expressions of the pack are too many or too long");
        reader.note(&text.code, all(&text.code), Text::fixed(zh, en));
    }
    if reader.loading.problems.len() > before {
        return None;
    }
    let Needs { previous, subordinates } = reader.needs;
    let mut inputs = vec![Input::Report];
    inputs.extend(previous.then_some(Input::Previous));
    inputs.extend(subordinates.then_some(Input::Subordinates));
    let linear = instances.iter().all(Instance::is_linear);
    if !linear {
        reader.loading.sharers.add();
    }
    let sharers = reader.loading.sharers.clone();
    let written = Decision { instances, years, needs: reader.needs, sayings: sayings?, sharers };
    let rule = Rule {
        code: Cow::Owned(text.code.value.clone()),
        version: 1,
        title: title(&text.title),
        severity: text.severity.value.into(),
        bounds: bounds(&text.bounds),
        of_form: false,
        of_context: false,
        awaits_completion: false,
        trial: text.state == State::Trial,
        editions: Cow::Owned(editions),
        inputs: Cow::Owned(inputs),
        basis: Cow::Owned(basis(text)),
        check: Check::Pack(Arc::new(move |dossier, deadline| written.check(dossier, deadline))),
        source: Cow::Owned(documentation(text, head, digest, linear)),
    };
    let examples = |patches: &[Spanned<serde_json::Value>]| patches.iter().map(Example::of).collect();
    let (line, column) = (text.code.referenced.line(), text.code.referenced.column());
    let (bad, good) = (examples(&text.examples.bad), examples(&text.examples.good));
    let conditions = conditions(text);
    Some(Written { rule, file: source.name.to_owned(), line, column, conditions, bad, good })
}

/// The conditions of a rule at its first place.
fn conditions(text: &RuleText) -> Vec<(&'static str, String)> {
    let each = Each::all(&text.for_each).unwrap_or_default();
    let when = text.when.iter().map(|when| ("when", when));
    let all = when.chain([("assert", &text.assert)]);
    all.map(|(name, own)| (name, Each::filled(each.first(), &own.value))).collect()
}

/// Notes what else is wrong with a rule of which a field is wrong: all faults are told at once.
pub(in crate::packs) fn check_readable(rule: &Node, source: NamedText<'_>, head: &PackText, loading: &mut Loading) {
    let mut reader = RuleReader { source, loading, needs: Needs::default() };
    rule.text("code").iter().for_each(|code| reader.code(code, &head.namespace.value));
    let name = rule.field("for_each").and_then(|values| values.value.names().next());
    let words = ["message", "advice"].into_iter().filter_map(|name| rule.field(name));
    for text in words.flat_map(|words| ["zh", "en"].into_iter().filter_map(|language| words.value.text(language))) {
        reader.saying(&text, name);
    }
    let values = rule.field("for_each").map(|values| values.value.json()).unwrap_or_default();
    let for_each = serde_json::from_value(values).unwrap_or_default();
    let each = Each::all(&for_each).unwrap_or_default();
    let by = each.first();
    if by.is_none() && name.is_some() {
        return;
    }
    rule.text("at").iter().for_each(|at| _ = reader.place(at, by));
    let [when, assert, expected, actual] = ["when", "assert", "expected", "actual"].map(|name| rule.text(name));
    when.iter().chain(&assert).for_each(|it| _ = reader.formula(it, by));
    expected.iter().chain(&actual).for_each(|it| _ = reader.value(it, by));
}

impl RuleReader<'_> {
    fn note(&mut self, at: &Spanned<String>, part: Range<usize>, why: Text) {
        self.loading.problems.push(self.source.problem(at, part, why));
    }

    /// Checks a code, if the pack's namespace is known.
    fn code(&mut self, code: &Spanned<String>, namespace: &str) {
        if namespace.is_empty() {
            return;
        }
        let number = code.value.strip_prefix(namespace).and_then(|rest| rest.strip_prefix('-'));
        if !number.is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit())) {
            let (zh, en) = (format!("规则代码应如 {namespace}-001"), format!("a code looks like {namespace}-001"));
            self.note(code, all(code), Text::new(zh, en));
        }
    }

    fn bounds(&mut self, text: &RuleText) {
        if !bounds(&text.bounds).allow(text.severity.value.into()) {
            let why = Text::fixed("严重程度不在 bounds 之内", "the severity is not within bounds");
            self.loading.problems.push(self.source.problem_of(&text.severity, why));
        }
    }

    /// The years in which the rule is in force; bounds that leave none would make it one that never says anything.
    fn years(&mut self, text: Option<&Spanned<Years>>) -> Years {
        let Some(years) = text else { return Years::default() };
        if years.value.from.zip(years.value.to).is_some_and(|(from, to)| from > to) {
            let why = Text::fixed(
                "years 的 from 不得晚于 to：没有一个年度适用本规则",
                "from is after to: the rule is in force in no year",
            );
            self.loading.problems.push(self.source.problem_of(years, why));
        }
        years.value
    }

    fn editions(&mut self, editions: &[Spanned<u16>]) -> Vec<Edition> {
        let mut found = Vec::new();
        for edition in editions {
            match edition.value {
                2019 => found.push(Edition::Of2019),
                2021 => found.push(Edition::Of2021),
                _ => {
                    let why = Text::fixed("版本应为 2019 或 2021", "an edition is 2019 or 2021");
                    self.loading.problems.push(Problem::at(self.source.name, edition, why));
                }
            }
        }
        if found.is_empty() { BOTH.to_vec() } else { found }
    }

    /// The instances of a rule: one, or one for each value of the name in `for_each`.
    fn instances(&mut self, text: &RuleText) -> Vec<Instance> {
        let mut instances = Vec::new();
        for each in self.each(text) {
            if self.loading.is_full() {
                break;
            }
            let by = each.as_ref();
            let location = self.place(&text.at, by);
            let when = text.when.as_ref().map(|it| self.formula(it, by));
            let assert = self.formula(&text.assert, by);
            let mut value = |at: &Option<Spanned<String>>| at.as_ref().and_then(|it| self.value(it, by));
            let (expected, actual) = (value(&text.expected), value(&text.actual));
            let failed = matches!(when, Some(None));
            let (Some(location), Some(assert), false) = (location, assert, failed) else {
                // The other instances would repeat the same problem.
                break;
            };
            let each = each.map(|each| each.value).unwrap_or_default();
            instances.push(Instance { location, when: when.flatten(), assert, expected, actual, each });
        }
        instances
    }

    /// The values of the name in `for_each`, one after the other; a single `None` if there is no name.
    fn each<'t>(&mut self, text: &'t RuleText) -> Vec<Option<Each<'t>>> {
        if text.for_each.is_empty() {
            return vec![None];
        }
        match Each::all(&text.for_each) {
            Ok(all) => all.into_iter().map(Some).collect(),
            Err(why) => {
                self.note(&text.code, all(&text.code), why);
                Vec::new()
            }
        }
    }

    fn place(&mut self, at: &Spanned<String>, by: Option<&Each<'_>>) -> Option<Location> {
        let path = Each::filled(by, &at.value);
        let place = Location::parse(&path);
        if place.is_none() {
            let near = names::nearest(&format!("report.{path}"));
            let (zh, en) = perhaps(near.as_deref().and_then(|near| near.strip_prefix("report.")));
            let why = Text::new(format!("没有 {path} 这个位置{zh}"), format!("there is no place {path}{en}"));
            self.note(at, all(at), why);
        }
        place
    }

    fn formula(&mut self, at: &Spanned<String>, by: Option<&Each<'_>>) -> Option<Formula> {
        self.checked(at, by, checking::condition).map(Formula::new)
    }

    fn value(&mut self, at: &Spanned<String>, by: Option<&Each<'_>>) -> Option<Tree> {
        self.checked(at, by, checking::value)
    }

    fn checked<T>(
        &mut self,
        at: &Spanned<String>,
        by: Option<&Each<'_>>,
        check: fn(&str) -> Result<Checked<T>, Wrong>,
    ) -> Option<T> {
        let source = Each::filled(by, &at.value);
        self.loading.weight += WEIGHT_OF_AN_EXPRESSION + source.len() / BYTES_A_NODE;
        match check(&source) {
            Ok(checked) => {
                self.loading.weight += checked.nodes;
                self.needs.previous |= checked.previous;
                self.needs.subordinates |= checked.subordinates;
                Some(checked.tree)
            }
            Err(wrong) => {
                let last = wrong.at.end.max(wrong.at.start + 1) - 1;
                let [start, last] = [wrong.at.start, last].map(|place| Each::written(by, &at.value, place));
                self.note(at, start..last + 1, wrong.why);
                None
            }
        }
    }

    /// The messages of the rule, with their placeholders parsed.
    fn sayings(&mut self, text: &RuleText) -> Option<Sayings> {
        let each = text.for_each.keys().next().map(String::as_str);
        let message = self.bilingual(&text.message, each);
        let advice = text.advice.as_ref().map_or(Some(Bilingual::default()), |advice| self.bilingual(advice, each));
        Some(Sayings { message: message?, advice: advice? })
    }

    fn bilingual(&mut self, words: &WordsText, each: Option<&str>) -> Option<Bilingual> {
        let zh = self.saying(&words.zh, each);
        let en = words.en.as_ref().map_or(zh.clone(), |en| self.saying(en, each));
        Some(Bilingual { zh: zh?, en: en? })
    }

    /// Notes a text in which nothing stands.
    fn hold_words(&mut self, at: &Spanned<String>) {
        if at.value.trim().is_empty() {
            self.note(at, all(at), Text::fixed("此处应有文字", "words are expected here"));
        }
    }

    fn saying(&mut self, at: &Spanned<String>, each: Option<&str>) -> Option<Saying> {
        self.hold_words(at);
        match Saying::of(&at.value, each) {
            Ok(saying) => Some(saying),
            Err(wrong) => {
                self.note(at, wrong.at, wrong.why);
                None
            }
        }
    }
}

/// All characters of a text.
fn all(text: &Spanned<String>) -> Range<usize> {
    0..text.value.chars().count()
}

/// The title in both languages, without placeholders.
fn title(words: &WordsText) -> Text {
    let en = words.en.as_ref().unwrap_or(&words.zh);
    Text::new(words.zh.value.clone(), en.value.clone())
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
