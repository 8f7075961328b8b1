//! Checks the rules of a pack against their examples.

use crate::{
    deadline::Deadline,
    engine::Engine,
    packs::{Example, Pack, Written},
    report::Edition,
    wire::dossier::{CLEAN, example},
    words::Text,
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

/// How an example's result differs from the expected one, on the clean dossier of each edition of the rule.
fn broken(engine: &Engine, written: &Written, own: &Example, expected: &[&str], deadline: &Deadline) -> Vec<Problem> {
    let code = &written.rule.code;
    let (line, column) = (own.line, own.column);
    let problem = |why: Text| Problem { file: written.file.clone(), line, column, why, ..Problem::default() };
    let of_rule = |year: &str| written.rule.editions.iter().any(|edition| year_of(*edition) == year);
    let clean = CLEAN.iter().filter(|(edition, _)| of_rule(edition));
    let problems = clean.filter_map(|(edition, text)| {
        let dossier = match example(text, &own.patch) {
            Ok(dossier) => dossier,
            Err(why) => {
                return Some(problem(Text::new(
                    format!("{code} 的例子（{edition} 版）有误：{}", why.zh),
                    format!("an example of {code}, edition {edition}, is wrong: {}", why.en),
                )));
            }
        };
        let assessment = engine.assess(&dossier, &[0; 32], deadline);
        let findings = assessment.findings.iter().chain(&assessment.trial);
        let mut found: Vec<&str> = findings.map(|finding| &*finding.code).collect();
        found.dedup();
        (found != expected).then(|| {
            problem(Text::new(
                format!(
                    "{code} 的例子（{edition} 版）应报出 {}，实际报出 {}",
                    listed(expected, "、", "无"),
                    listed(&found, "、", "无")
                ),
                format!(
                    "the example of {code}, edition {edition}, gives {} instead of {}",
                    listed(&found, ", ", "nothing"),
                    listed(expected, ", ", "nothing")
                ),
            ))
        })
    });
    problems.collect()
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
