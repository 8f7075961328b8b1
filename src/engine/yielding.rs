//! Where two rules see one slip, the one that knows it better tells it: the other yields, and says so in its ruling.
//!
//! A rule yields only to what is told: the other one may be switched off, on trial or of another edition.

use crate::{
    profile::{Setting, is_on_trial},
    rule::{Rule, Ruling, Violation},
    words::Text,
};

/// Takes the violations of which another rule tells out of the rulings.
pub(super) fn heed<'a>(rules: impl Iterator<Item = (&'a Rule, &'a Option<Setting>)> + Clone, rulings: &mut [Ruling]) {
    for at in 0..rulings.len() {
        // Hardly any rule yields.
        if rulings[at].violations.iter().all(|own| own.yields_to.is_none()) {
            continue;
        }
        let told = |own: &Violation| {
            let (code, place) = own.yields_to?;
            let mut others = rules.clone().zip(rulings.iter());
            let ((rule, setting), ruling) = others.find(|((rule, _), _)| rule.code == code)?;
            let tells = !is_on_trial(rule, *setting) && ruling.violations.iter().any(|other| other.location == place);
            tells.then_some(code)
        };
        let yields: Vec<Option<&str>> = rulings[at].violations.iter().map(told).collect();
        let Some(code) = yields.iter().flatten().next() else { continue };
        let see = Text::new(format!("同一问题见 {code}"), format!("see {code} for the same fault"));
        let mut yields = yields.iter();
        rulings[at].violations.retain(|_| yields.next().is_none_or(Option::is_none));
        rulings[at].remarks.push(see);
    }
}
