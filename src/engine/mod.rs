//! Runs rules over a dossier: contains panics, signs, orders and caps findings, and gives the verdict.
//!
//! The engine receives its rules and knows none of them.

pub mod assessment;
mod baseline;
mod causes;
pub mod mask;
pub mod reconcile;
mod sign;
mod waive;
mod yielding;

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use sha2::{Digest, Sha256};
use smallvec::SmallVec;

use crate::{
    deadline::Deadline,
    dossier::Dossier,
    narrative::Cut,
    profile::{Profile, Setting, is_on_trial},
    report::{AnnualReport, Edition, Table},
    rule::{Check, Input, MAX_VIOLATIONS, Outcome, Rule, Ruling, Severity, Violation},
    words::Text,
};
pub use assessment::{
    Assessment, Cause, CauseKind, Checked, Counts, Finding, PackInForce, ReasonKind, SignedRuling, State, Verdict,
    WaiverOutcome, WaiverUse,
};
pub use reconcile::{Agreement, Change, Repair};
pub use sign::{Identity, SCHEME};
pub use waive::Origin;

/// The most findings that an assessment holds.
pub const MAX_FINDINGS: usize = 1_000;
/// The most reasons that a ruling holds.
pub const MAX_REASONS: usize = 50;

/// The rules in force with a profile, and their digest.
pub struct Engine {
    rules: Arc<[Rule]>,
    /// The profile's setting for each rule.
    settings: Vec<Option<Setting>>,
    profile: Profile,
    packs: Vec<PackInForce>,
    digest: String,
}

impl Engine {
    /// An engine that runs these rules unchanged.
    pub fn new(rules: Vec<Rule>) -> Self {
        Self::of(rules, Vec::new())
    }

    /// An engine that runs these rules unchanged, including those of packs.
    pub fn of(rules: Vec<Rule>, packs: Vec<PackInForce>) -> Self {
        Self::by(Profile::national(), rules.into(), packs)
    }

    /// An engine that runs these rules as adjusted by a profile.
    pub fn by(profile: Profile, rules: Arc<[Rule]>, packs: Vec<PackInForce>) -> Self {
        let settings = rules.iter().map(|rule| profile.setting(rule)).collect();
        let digest = digest(&profile, &rules, &packs);
        Self { rules, settings, profile, packs, digest }
    }

    /// The rules in force, including those that are switched off.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The profile that the engine applies.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The digest of the rule set: codes, versions and parameters (SHA-256, hexadecimal).
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Runs every rule over a dossier. Rules that have not run by the deadline are undetermined.
    pub fn assess(&self, dossier: &Dossier, input_digest: &[u8; 32], deadline: &Deadline) -> Assessment {
        // Found here with the deadline, before a rule requests them without one.
        let _ = catch_unwind(AssertUnwindSafe(|| dossier.find_statements(deadline).cut));
        let (mut findings, mut trial) = (Vec::new(), Vec::new());
        let mut rulings = Vec::with_capacity(self.rules.len());
        let mut counts = Counts::default();
        let input_digest = hex(input_digest);
        let identity = Identity::of(&dossier.report.body, dossier.report.year, &input_digest);
        let binding = Binding::of(&dossier.report);
        let mut ruled = self.rule_all(dossier, deadline);
        for ((rule, setting), ruling) in self.in_force().zip(&mut ruled) {
            let severity = severity_in(rule, *setting, binding);
            let outcome = ruling.outcome();
            let on_trial = is_on_trial(rule, *setting);
            let mut gravest = severity;
            // Nearly all rules find nothing.
            if outcome == Outcome::Violated {
                regrade(ruling, *setting, binding);
                let of = |violation: &Violation| violation.severity.unwrap_or(severity);
                gravest = ruling.violations.iter().map(of).min().unwrap_or(severity);
                if on_trial {
                    counts.trial += ruling.violations.len() + ruling.more;
                } else {
                    let errors = ruling.violations.iter().filter(|own| of(own) == Severity::Error).count();
                    counts.context_errors += if rule.of_context { errors } else { 0 };
                    ruling.violations.iter().for_each(|violation| counts.add(of(violation), 1));
                    counts.add(severity, ruling.more);
                }
                ruling.violations.truncate(MAX_VIOLATIONS);
                let found = signed(rule, severity, std::mem::take(&mut ruling.violations), &identity, dossier);
                match on_trial {
                    true => trial.extend(found.into_iter().map(|own| Finding { of_trial: true, ..own })),
                    false => findings.extend(found),
                }
            }
            let (undecided, failed) = (!ruling.undecided.is_empty(), ruling.failed);
            let lacks = std::mem::take(&mut ruling.lacks);
            let off = *setting == Some(Setting::Off);
            rulings.push(SignedRuling {
                code: rule.code.clone(),
                severity: gravest,
                outcome,
                undecided,
                lacks,
                failed,
                off,
                trial: on_trial,
                reasons: reasons(ruling),
            });
        }
        for list in [&mut findings, &mut trial] {
            list.sort_by_key(|finding| (finding.location.order(), finding.code.clone()));
        }
        findings.truncate(MAX_FINDINGS);
        trial.truncate(MAX_FINDINGS - findings.len());
        let repairs = repairs(dossier);
        Assessment {
            provisional: dossier.draft,
            rests_on_waivers: false,
            causes: causes::causes(dossier, &findings, &repairs, &rulings),

            edition: dossier.report.edition,
            verdict: verdict(&dossier.report, dossier.draft, &counts, &rulings),
            findings_cut: counts.errors + counts.warnings + counts.infos - findings.len(),
            findings,
            trial,
            repairs,
            rulings,
            counts,
            rule_set_digest: self.digest.clone(),
            input_digest,
            fixed: Vec::new(),
            packs: self.packs.clone(),
            profile: self.profile.name.clone(),
            waivers: Vec::new(),
            statements: dossier.statements().to_vec(),
        }
    }

    /// The rules with the profile's settings for them.
    fn in_force(&self) -> impl Iterator<Item = (&Rule, &Option<Setting>)> + Clone {
        self.rules.iter().zip(&self.settings)
    }

    /// The ruling of each rule. Of two that see one slip, one tells it.
    fn rule_all(&self, dossier: &Dossier, deadline: &Deadline) -> Vec<Ruling> {
        let mut rulings: Vec<Ruling> =
            self.in_force().map(|(rule, setting)| self.rule_on(rule, *setting, dossier, deadline)).collect();
        yielding::heed(self.in_force(), &mut rulings);
        rulings
    }

    /// One rule's ruling. A panic or a deadline that has passed leaves it undetermined.
    fn rule_on(&self, rule: &Rule, setting: Option<Setting>, dossier: &Dossier, deadline: &Deadline) -> Ruling {
        if setting == Some(Setting::Off) {
            let name = &self.profile.name;
            let (zh, en) = (format!("方案 {name} 关闭了本规则"), format!("switched off by profile {name}"));
            return Ruling::not_applicable(Text::new(zh, en));
        }
        if dossier.draft && rule.awaits_completion {
            return Ruling::not_applicable(Text::fixed("填报中，尚不要求填全", "a draft need not be complete"));
        }
        if !rule.editions.contains(&dossier.report.edition) {
            return Ruling::not_applicable(not_of_edition(dossier.report.edition));
        }
        if rule.clauses(&dossier.report).next().is_none() && !rule.basis.is_empty() {
            return Ruling::not_applicable(Text::fixed(
                "所依据的国办公开办函〔2021〕30号自2021年度起施行，本报告年度在此之前",
                "it stands on 国办公开办函〔2021〕30号, which is in force from 2021 on: the report is of an earlier year",
            ));
        }
        if deadline.is_over() {
            return Ruling::failed(Text::fixed("时限已到，本规则未执行", "out of time: the rule was not run"));
        }
        let reads = rule.inputs.contains(&Input::Statements);
        let ruling = catch_unwind(AssertUnwindSafe(|| match reads.then(|| dossier.find_statements(deadline).cut) {
            Some(Some(cut)) => heed_cut(rule.check.of(dossier, deadline), cut),
            _ => rule.check.of(dossier, deadline),
        }));
        ruling.unwrap_or_else(|_| {
            Ruling::failed(Text::fixed("本规则执行中出错，未得出结论", "the rule failed and came to no conclusion"))
        })
    }
}

/// Gives violations with a severity of their own the one that they have in this report.
fn regrade(ruling: &mut Ruling, setting: Option<Setting>, binding: Binding) {
    if binding == Binding::Nothing {
        let graded = ruling.violations.iter_mut().filter(|own| own.severity == Some(Severity::Error));
        graded.for_each(|violation| violation.severity = Some(Severity::Warning));
    }
    if matches!(setting, Some(Setting::Grave(_))) {
        // The profile's severity applies to every instance.
        ruling.violations.iter_mut().for_each(|violation| violation.severity = None);
    }
}

/// The findings of a rule, each with its fingerprint.
fn signed(
    rule: &Rule,
    severity: Severity,
    violations: Vec<Violation>,
    identity: &Identity,
    dossier: &Dossier,
) -> Vec<Finding> {
    // How often a fault of the same kind stood at the same place before.
    let mut before: HashMap<(String, String), usize> = HashMap::new();
    let sign = |violation: Violation| {
        let key = (violation.location.path(), sign::what(&violation, dossier));
        let ordinal = before.entry(key.clone()).and_modify(|ordinal| *ordinal += 1).or_default();
        let fingerprint = identity.fingerprint(&rule.code, &key.0, &key.1, *ordinal);
        sign::sign(rule, severity, violation, fingerprint, dossier)
    };
    violations.into_iter().map(sign).collect()
}

/// Why a rule ended as it did; the ruling has it no more.
fn reasons(ruling: &mut Ruling) -> SmallVec<[(ReasonKind, Text); 1]> {
    let mut reasons = SmallVec::new();
    if let Some(why) = ruling.not_applicable.take() {
        reasons.push((ReasonKind::NotApplicable, sign::masked(why)));
    }
    for (kind, whys) in [(ReasonKind::Undecided, &mut ruling.undecided), (ReasonKind::Remark, &mut ruling.remarks)] {
        // Hardly any rule says anything else.
        if whys.is_empty() {
            continue;
        }
        let room = MAX_REASONS.saturating_sub(reasons.len()).min(whys.len());
        reasons.extend(whys.drain(..room).map(|why| (kind, sign::masked(why))));
    }
    reasons
}

/// A rule on a text that was not read to its end is undecided, whatever was found before.
fn heed_cut(mut ruling: Ruling, cut: Cut) -> Ruling {
    ruling.not_applicable = None;
    ruling.undecided.push(cut.why());
    ruling.failed |= cut == Cut::Time;
    ruling
}

/// The corrections to propose. A failure of the search must not fail the check.
fn repairs(dossier: &Dossier) -> Vec<Repair> {
    if dossier.report.edition == Edition::Legacy {
        return Vec::new();
    }
    catch_unwind(AssertUnwindSafe(|| reconcile::reconcile(dossier))).unwrap_or_default()
}

fn not_of_edition(edition: Edition) -> Text {
    match edition {
        Edition::Legacy => Text::fixed(
            "2018年度及以前的报告没有统一格式，不作判断",
            "reports of the old free structure are not judged",
        ),
        Edition::Unknown => Text::fixed("未能识别报告所用格式", "the form of the report was not recognised"),
        Edition::Of2019 => Text::fixed("本规则不适用于2019年版格式", "the rule is not one of edition 2019"),
        Edition::Of2021 => Text::fixed("本规则不适用于2021年版格式", "the rule is not one of edition 2021"),
    }
}

/// The digest of codes, versions and severities, of the packs, and of the profile's changes.
fn digest(profile: &Profile, rules: &[Rule], packs: &[PackInForce]) -> String {
    let mut hash = Sha256::new();
    for rule in rules {
        hash.update(format!("{} {} {:?} {}\n", rule.code, rule.version, rule.severity, rule.of_form));
        // The source of a pack's rule says everything about it; built-in rules change their version.
        if matches!(rule.check, Check::Pack(_)) {
            hash.update(rule.source.as_bytes());
        }
    }
    for PackInForce { name, version, digest } in packs {
        hash.update(format!("{name} {version} {digest}\n"));
    }
    hash.update(format!("{:?} {:?}\n", profile.settings, profile.parameters));
    // The caps are parameters too: they decide what an assessment holds.
    hash.update(format!("{MAX_VIOLATIONS} {MAX_FINDINGS} {MAX_REASONS}"));
    hex(&hash.finalize())
}

/// What of the rules binds a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Binding {
    /// All of them.
    All,
    /// For the year 2019 the form was encouraged, not required (60号 二).
    NotTheForm,
    /// Public enterprises the form does not bind at all (条例 第五十五条; EDN-005).
    Nothing,
}

impl Binding {
    fn of(report: &AnnualReport) -> Self {
        match report.year {
            _ if report.is_of_public_enterprise() => Self::Nothing,
            Some(2019) => Self::NotTheForm,
            _ => Self::All,
        }
    }
}

/// The severity of a violation in this report: what the profile says, else what the rule says. An error against what
/// doesn't bind the report is a warning, unless the profile says otherwise.
fn severity_in(rule: &Rule, setting: Option<Setting>, binding: Binding) -> Severity {
    match rule.severity {
        _ if let Some(Setting::Grave(severity)) = setting => severity,
        Severity::Error if rule.of_form && binding != Binding::All => Severity::Warning,
        Severity::Error if binding == Binding::Nothing => Severity::Warning,
        severity => severity,
    }
}

/// An error makes a report non-compliant. Otherwise whatever could not be decided makes it undetermined: no crash,
/// timeout, unread table or unread cell ends in "compliant" (digits that ran together are some number: what
/// depends on which is undecided by itself), whatever the rule's severity, and neither does an
/// undecided instance beside waived ones. A draft is never compliant.
fn verdict(report: &AnnualReport, draft: bool, counts: &Counts, rulings: &[SignedRuling]) -> Verdict {
    if counts.errors > counts.context_errors {
        return Verdict::NonCompliant;
    }
    let open = |ruling: &SignedRuling| ruling.failed || ruling.severity == Severity::Error && ruling.undecided;
    let undecided = |ruling: &SignedRuling| !ruling.trial && open(ruling);
    let required = Table::of(report.edition);
    let figures = &report.figures;
    let unread = required.is_empty() || required.iter().any(|table| !figures.has_table(*table));
    // A table without a single figure proves nothing.
    let doubtful = || report.unread_cells().any(|cell| !report.is_some_number(cell));
    let unread = unread || doubtful() || required.iter().any(|table| !figures.has_figure(*table));
    // What was sent beside the report is wrong, and nothing was compared with it.
    let unread = unread || counts.context_errors > 0 || draft;
    if unread || rulings.is_empty() || rulings.iter().any(undecided) {
        return Verdict::Undetermined;
    }
    Verdict::Compliant
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]).map(|digit| DIGITS[usize::from(digit)]).collect()
}
