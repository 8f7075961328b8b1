//! Checks the rules of a pack against their examples.

use crate::{
    deadline::Deadline,
    dossier::Dossier,
    engine::{Assessment, Engine, Finding},
    packs::{CONDITION_FAILS, Evaluation, Example, Expression, Pack, Written},
    report::Edition,
    rule::Outcome,
    wire::dossier::{CLEAN, example},
    words::{Language, Text},
    written::{MAX_PROBLEMS, Problem},
};

/// The results of a pack's examples.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// How many examples were tried.
    pub examples: usize,
    /// The examples with a wrong result.
    pub problems: Vec<Problem>,
}

/// Checks each rule against its examples, until the deadline: on a bad example exactly this rule of its pack must have
/// findings, on a good one no rule.
pub fn hold(pack: &Pack, deadline: &Deadline) -> Trial {
    let trial = tried(pack, deadline);
    Trial { problems: pack.with_lines(trial.problems), ..trial }
}

fn tried(pack: &Pack, deadline: &Deadline) -> Trial {
    let engine = Engine::of(pack.rules.iter().map(|written| written.rule.clone()).collect(), Vec::new());
    let mut trial = Trial::default();
    for written in &pack.rules {
        let code = written.rule.code.as_ref();
        let bad = written.bad.iter().map(|example| (example, vec![code]));
        let good = written.good.iter().map(|example| (example, Vec::new()));
        for (example, expected) in bad.chain(good) {
            trial.problems.extend(broken(&engine, written, example, &expected, deadline));
            trial.examples += 1;
            if trial.problems.len() >= MAX_PROBLEMS {
                return trial;
            }
            if deadline.is_over() {
                let (zh, en) =
                    ("规则包的例子没有在限定的时间内运行完", "the pack's examples take longer than they may");
                // Results after the deadline say nothing about the rules.
                trial.problems = vec![written.problem(Text::fixed(zh, en))];
                return trial;
            }
        }
        trial.problems.extend(written.unproven());
    }
    trial
}

/// How an example's result differs from the expected one, on the clean dossier of each edition of the rule: one problem, with
/// the figures that were compared.
fn broken(
    engine: &Engine,
    written: &Written,
    own: &Example,
    expected: &[&str],
    deadline: &Deadline,
) -> Option<Problem> {
    let of_rule = |year: &str| written.rule.editions.iter().any(|edition| year_of(*edition) == year);
    // Editions with the same result are told together.
    let mut told: Vec<(Vec<&str>, Text)> = Vec::new();
    for (edition, clean) in CLEAN.iter().filter(|(edition, _)| of_rule(edition)) {
        let why = match example(clean, &own.patch) {
            Ok(dossier) => differs(engine, written, &dossier, expected, deadline),
            Err(why) => Some(Text::new(format!("有误（{}）", why.zh), format!("is wrong ({})", why.en))),
        };
        match (why, told.last_mut()) {
            (None, _) => {}
            (Some(why), Some((editions, own))) if *own == why => editions.push(edition),
            (Some(why), _) => told.push((vec![edition], why)),
        }
    }
    let code = &written.rule.code;
    let (zh, en): (Vec<String>, Vec<String>) = told
        .iter()
        .map(|(editions, why)| {
            (format!("{} 版{}", editions.join("、"), why.zh), format!("edition {} {}", editions.join(" and "), why.en))
        })
        .unzip();
    let why = Text::new(
        format!("{code} 的例子应报出 {}：{}", listed(expected, "、", "无"), zh.join("；")),
        format!("the example of {code} must give {}: {}", listed(expected, ", ", "nothing"), en.join("; ")),
    );
    let (file, line, column) = (written.file.clone(), own.line, own.column);
    (!told.is_empty()).then(|| Problem { file, line, column, why, ..Problem::default() })
}

/// What the rules of a pack find instead of what was expected, and why.
fn differs(
    engine: &Engine,
    written: &Written,
    dossier: &Dossier,
    expected: &[&str],
    deadline: &Deadline,
) -> Option<Text> {
    let assessment = engine.assess(dossier, &[0; 32], deadline);
    let findings: Vec<&Finding> = assessment.findings.iter().chain(&assessment.trial).collect();
    let mut found: Vec<&str> = findings.iter().map(|finding| &*finding.code).collect();
    found.dedup();
    if found == expected {
        return None;
    }
    let unexpected = findings.iter().find(|finding| !expected.contains(&&*finding.code));
    let silent = expected.iter().any(|code| !found.contains(code));
    let reasons = silent.then(|| silence(written, &assessment, dossier, deadline)).into_iter();
    let reasons: Vec<Text> = reasons.chain(unexpected.copied().map(said)).collect();
    let joined = |language: Language, sign: &str| {
        reasons.iter().map(|why| why.in_language(language)).collect::<Vec<_>>().join(sign)
    };
    let (zh, en) = (joined(Language::Zh, "；"), joined(Language::En, "; "));
    let (zh, en) = if reasons.is_empty() { (zh, en) } else { (format!("（{zh}）"), format!(" ({en})")) };
    Some(Text::new(
        format!("实际报出 {}{zh}", listed(&found, "、", "无")),
        format!("gives {}{en}", listed(&found, ", ", "nothing")),
    ))
}

/// Why a rule finds nothing: it doesn't apply, for the reason that it gives, or the values of its conditions.
fn silence(written: &Written, assessment: &Assessment, dossier: &Dossier, deadline: &Deadline) -> Text {
    let own = assessment.rulings.iter().find(|ruling| ruling.code == written.rule.code);
    let reason = own.filter(|ruling| ruling.outcome == Outcome::NotApplicable).and_then(|own| own.reasons.first());
    match reason {
        // What the condition looks at says more.
        Some((_, why)) if *why != CONDITION_FAILS => {
            let code = &written.rule.code;
            Text::new(format!("{code} 不适用：{}", why.zh), format!("{code} does not apply: {}", why.en))
        }
        _ => compared(written, dossier, deadline),
    }
}

/// What a finding says, with its figures.
fn said(finding: &Finding) -> Text {
    let equation = if finding.equation.is_empty() { String::new() } else { format!(" ({})", finding.equation) };
    let place = finding.location.printed();
    Text::new(
        format!("{} {place}：{}{equation}", finding.code, finding.message.zh),
        format!("{} {place}: {}{equation}", finding.code, finding.message.en),
    )
}

/// The values of a rule's conditions, and of all that they look at.
fn compared(written: &Written, dossier: &Dossier, deadline: &Deadline) -> Text {
    const FEW: usize = 6;
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (name, condition) in &written.conditions {
        let Ok(expression) = Expression::parse(condition) else { continue };
        let Evaluation { value, looks_at, .. } = expression.on(dossier, deadline);
        let more = if looks_at.len() > FEW { "…" } else { "" };
        let figures = |language: Language| {
            let each = looks_at.iter().take(FEW);
            let each = each.map(|(name, value)| format!("{name} = {}", value.in_language(language)));
            each.collect::<Vec<_>>().join(if language == Language::Zh { "，" } else { ", " }) + more
        };
        zh.push(format!("{name} {}：{}", value.zh, figures(Language::Zh)));
        en.push(format!("{name} is {}: {}", value.en, figures(Language::En)));
        if *name == "when" && value == Evaluation::FALSE {
            break;
        }
    }
    Text::new(zh.join("；"), en.join("; "))
}

/// The year that an edition is named after.
fn year_of(edition: Edition) -> String {
    edition.name().zh.chars().take(4).collect()
}

/// Codes; only the first few if there are many.
fn listed(codes: &[&str], between: &str, none: &str) -> String {
    const FEW: usize = 5;
    let more = if codes.len() > FEW { "…" } else { "" };
    if codes.is_empty() { none.to_owned() } else { codes[..codes.len().min(FEW)].join(between) + more }
}
