//! Turns a rule's text into a rule.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

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
use crate::packs::{Example, Written, unproven};
use crate::{
    report::{Edition, Location},
    rule::{BOTH, Basis, Bounds, Check, Input, Rule},
    words::{Text, spelling::perhaps},
    written::{NamedText, Noted, Problem, is_stand_in},
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
    /// Rules without a bad example: what would be told if the examples could be tried.
    pub unproven: Vec<Problem>,
    /// The codes of its rules.
    codes: BTreeSet<String>,
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
    noted: Noted<'a>,
    loading: &'a mut Loading,
    needs: Needs,
    /// `for_each` is wrong, which is told: what its name stands for is not known.
    is_open: bool,
}

/// The rule that a text states; `None` if something is wrong with it, which is noted.
pub(in crate::packs) fn written(
    text: &RuleText,
    source: NamedText<'_>,
    head: &PackText,
    digest: &str,
    loading: &mut Loading,
) -> Option<Written> {
    let mut reader = RuleReader { noted: Noted::of(source), loading, needs: Needs::default(), is_open: false };
    reader.code(&text.code, &head.namespace.value);
    let editions = reader.editions(&text.editions);
    let years = reader.years(text.years.as_ref());
    let instances = reader.instances(text);
    let sayings = reader.sayings(text);
    let own_bounds = reader.bounds(text);
    std::iter::once(&text.title.zh).chain(&text.title.en).for_each(|title| reader.hold_words(title));
    if reader.loading.is_full() {
        let why = Text::fixed("规则包的表达式总量过大", "the expressions of the pack are too many or too long");
        reader.noted.note(&text.code, why);
    }
    let problems = reader.noted.problems();
    let is_sound = problems.is_empty() && !reader.is_open;
    reader.loading.problems.extend(problems);
    if text.bad().is_empty() && !text.examples.as_ref().is_some_and(is_stand_in) {
        // Without a code it is told where the rule says what must hold.
        let known = [&text.code, &text.at, &text.assert].into_iter().find(|own| !is_stand_in(own));
        let code = if is_stand_in(&text.code) { "" } else { &text.code.value };
        reader.loading.unproven.extend(known.map(|own| Problem::at(source.name, own, unproven(code))));
    }
    if !is_sound {
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
        bounds: own_bounds,
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
    let (bad, good) = (examples(text.bad()), examples(text.good()));
    let conditions = conditions(text);
    Some(Written { rule, file: source.name.to_owned(), line, column, conditions, bad, good })
}

/// The conditions of a rule at its first place.
fn conditions(text: &RuleText) -> Vec<(&'static str, String)> {
    let each = text.for_each.as_ref().and_then(|each| Each::all(&each.value).ok()).unwrap_or_default();
    let when = text.when.iter().map(|when| ("when", when));
    let all = when.chain([("assert", &text.assert)]);
    all.map(|(name, own)| (name, Each::filled(each.first(), &own.value))).collect()
}

impl RuleReader<'_> {
    /// Checks a code, if the pack's namespace is known.
    fn code(&mut self, code: &Spanned<String>, namespace: &str) {
        if is_stand_in(code) {
            return;
        }
        let number = code.value.strip_prefix(namespace).and_then(|rest| rest.strip_prefix('-'));
        let is_number = number.is_some_and(|number| number.len() == 3 && number.bytes().all(|it| it.is_ascii_digit()));
        if !namespace.is_empty() && !is_number {
            let (zh, en) = (format!("规则代码应如 {namespace}-001"), format!("a code looks like {namespace}-001"));
            self.noted.note(code, Text::new(zh, en));
        }
        let own = &code.value;
        if !self.loading.codes.insert(own.clone()) {
            let (zh, en) = (format!("规则代码 {own} 重复"), format!("the code {own} is there twice"));
            self.noted.note(code, Text::new(zh, en));
        }
    }

    /// The bounds of the severity; such that leave none are told as what is wrong, and not what they leave out.
    fn bounds(&mut self, text: &RuleText) -> Bounds {
        let BoundsText { least, most, optional, waivable } =
            text.bounds.as_ref().map_or_else(BoundsText::default, |own| own.value);
        let bounds = Bounds { least: least.into(), most: most.into(), optional, waivable };
        match &text.bounds {
            Some(own) if !bounds.allow(bounds.least) => {
                let (least, most) = (least.name(), most.name());
                let why = Text::new(
                    format!("least 是最轻的，most 是最重的：是否为 {{ least: {most}, most: {least} }}？"),
                    format!("least is the least grave, most the gravest: is it {{ least: {most}, most: {least} }}?"),
                );
                self.noted.note_element(own, why);
            }
            _ if !bounds.allow(text.severity.value.into()) => {
                let why = Text::fixed("严重程度不在 bounds 之内", "the severity is not within bounds");
                self.noted.note_element(&text.severity, why);
            }
            _ => {}
        }
        bounds
    }

    /// The years in which the rule is in force; bounds that leave none would make it one that never says anything.
    fn years(&mut self, text: Option<&Spanned<Years>>) -> Years {
        let Some(years) = text else { return Years::default() };
        if let Some((from, to)) = years.value.from.zip(years.value.to).filter(|(from, to)| from > to) {
            let why = Text::new(
                format!("years 的 from 不得晚于 to：没有一个年度适用本规则，是否为 {{ from: {to}, to: {from} }}？"),
                format!("from is after to: the rule is in force in no year; is it {{ from: {to}, to: {from} }}?"),
            );
            self.noted.note_element(years, why);
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
                    self.noted.note(edition, why);
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

    /// The values of the name in `for_each`, one after the other; a single `None` if there is no name, or none is known.
    fn each<'t>(&mut self, text: &'t RuleText) -> Vec<Option<Each<'t>>> {
        let Some(for_each) = &text.for_each else { return vec![None] };
        match Each::all(&for_each.value) {
            Ok(all) => all.into_iter().map(Some).collect(),
            Err(why) => {
                self.noted.note_element(for_each, why);
                self.is_open = true;
                vec![None]
            }
        }
    }

    /// Whether a text depends on what is not known.
    fn depends(&self, at: &Spanned<String>) -> bool {
        is_stand_in(at) || self.is_open && at.value.contains('{')
    }

    fn place(&mut self, at: &Spanned<String>, by: Option<&Each<'_>>) -> Option<Location> {
        if self.depends(at) {
            return None;
        }
        let path = Each::filled(by, &at.value);
        let place = Location::parse(&path);
        if place.is_none() {
            let near = names::nearest(&format!("report.{path}"));
            let near = near.as_deref().and_then(|near| near.strip_prefix("report."));
            // What has a name is not always a place.
            let (zh, en) = perhaps(near.filter(|near| Location::parse(near).is_some()));
            let why = Text::new(format!("没有 {path} 这个位置{zh}"), format!("there is no place {path}{en}"));
            self.noted.note(at, why);
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
        check: fn(&str) -> Result<Checked<T>, Vec<Wrong>>,
    ) -> Option<T> {
        if self.depends(at) {
            return None;
        }
        let source = Each::filled(by, &at.value);
        self.loading.weight += WEIGHT_OF_AN_EXPRESSION + source.len() / BYTES_A_NODE;
        match check(&source) {
            Ok(checked) => {
                self.loading.weight += checked.nodes;
                self.needs.previous |= checked.previous;
                self.needs.subordinates |= checked.subordinates;
                Some(checked.tree)
            }
            Err(faults) => {
                for wrong in faults {
                    let last = wrong.at.end.max(wrong.at.start + 1) - 1;
                    let [start, last] = [wrong.at.start, last].map(|place| Each::written(by, &at.value, place));
                    self.noted.note_part(at, start..last + 1, wrong.why);
                }
                None
            }
        }
    }

    /// The messages of the rule, with their placeholders parsed.
    fn sayings(&mut self, text: &RuleText) -> Option<Sayings> {
        let each = text.each().map(|(name, _)| name.as_str());
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
            self.noted.note(at, Text::fixed("此处应有文字", "words are expected here"));
        }
    }

    fn saying(&mut self, at: &Spanned<String>, each: Option<&str>) -> Option<Saying> {
        self.hold_words(at);
        if self.is_open && each.is_none() {
            return None;
        }
        match Saying::of(&at.value, each) {
            Ok(saying) => Some(saying),
            Err(wrong) => {
                self.noted.note_part(at, wrong.at, wrong.why);
                None
            }
        }
    }
}

/// The title in both languages, without placeholders.
fn title(words: &WordsText) -> Text {
    let en = words.en.as_ref().unwrap_or(&words.zh);
    Text::new(words.zh.value.clone(), en.value.clone())
}

fn basis(text: &RuleText) -> Vec<Basis> {
    let basis = text.basis.iter().map(|basis| Basis {
        instrument: Cow::Owned(basis.instrument.clone()),
        edition: Edition::Unknown,
        clause: Cow::Owned(basis.clause.clone()),
    });
    basis.collect()
}
