//! What a rule says when it finds something, by its own first bad example.

use crate::{
    deadline::Deadline,
    engine::Engine,
    report::Edition,
    rule::Rule,
    wire::dossier::{CLEAN, example},
    words::Text,
};

/// The message of a rule on the first bad example of its documentation; `None` where it has none.
pub fn printed(rule: &Rule) -> Option<Text> {
    let bad = rule.examples().into_iter().find(|example| example.is_bad)?;
    let named = |edition: &str| match &*bad.edition {
        "" => rule.editions.iter().any(|own| *own == Edition::Legacy || edition_of(edition) == *own),
        own => own == edition,
    };
    let (_, clean) = CLEAN.iter().find(|(edition, _)| named(edition))?;
    let dossier = example(clean, &bad.patch).ok()?;
    let engine = Engine::new(vec![rule.clone()]);
    let assessment = engine.assess(&dossier, &[0; 32], &Deadline::NEVER);
    assessment.findings.into_iter().chain(assessment.trial).next().map(|finding| finding.message)
}

fn edition_of(name: &str) -> Edition {
    if name == "2019" { Edition::Of2019 } else { Edition::Of2021 }
}
