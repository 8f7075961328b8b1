//! Holds the rules of a pack to their examples.

use crate::{
    engine::Engine,
    packs::{Pack, Problem, Written},
    report::Text,
    wire::dossier::{CLEAN, example},
};

/// How the examples of a pack came out.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// How many examples were tried.
    pub examples: usize,
    /// What did not come out as it should.
    pub problems: Vec<Problem>,
}

/// Holds each rule to its examples: a bad one makes exactly this rule of its pack speak, a good one none.
pub fn hold(pack: &Pack) -> Trial {
    let engine = Engine::of(pack.rules.iter().map(|written| written.rule.clone()).collect(), Vec::new());
    let mut trial = Trial::default();
    for written in &pack.rules {
        let code = written.rule.code.as_ref();
        let bad = written.bad.iter().map(|patch| (patch, vec![code]));
        let good = written.good.iter().map(|patch| (patch, Vec::new()));
        for (patch, expected) in bad.chain(good) {
            trial.problems.extend(broken(&engine, written, patch, &expected));
            trial.examples += 1;
        }
        if written.bad.is_empty() {
            let (zh, en) = (format!("{code} 没有反例（examples.bad）"), format!("{code} has no bad example"));
            trial.problems.push(Problem::whole(&written.file, Text::new(zh, en)));
        }
    }
    trial
}

/// How an example differs from what it should be, on the clean dossier of each edition of the rule.
fn broken(engine: &Engine, written: &Written, patch: &str, expected: &[&str]) -> Vec<Problem> {
    let editions = written.rule.editions.iter().map(|edition| edition.name().0.chars().take(4).collect::<String>());
    let editions: Vec<String> = editions.collect();
    let clean = CLEAN.iter().filter(|(edition, _)| editions.iter().any(|own| own == edition));
    let problem = |zh: String, en: String| Problem::whole(&written.file, Text::new(zh, en));
    let problems = clean.filter_map(|(edition, text)| {
        let code = &written.rule.code;
        let dossier = match example(text, patch) {
            Ok(dossier) => dossier,
            Err(why) => {
                let told = |why: String| format!("{code} {edition}: {why}: {patch}");
                return Some(problem(told(why.zh.into_owned()), told(why.en.into_owned())));
            }
        };
        let assessment = engine.assess(&dossier, &[0; 32], None);
        let mut found: Vec<&str> = assessment.findings.iter().map(|finding| &*finding.code).collect();
        found.dedup();
        let (zh, en) = (
            format!("{code} {edition} 版的例子应得出 {expected:?}，实得 {found:?}：{patch}"),
            format!("{code}, edition {edition}: {found:?} instead of {expected:?}: {patch}"),
        );
        (found != expected).then(|| problem(zh, en))
    });
    problems.collect()
}
