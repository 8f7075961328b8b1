//! The assessment as a message.

use super::{
    dates::date_to,
    finding::{Telling, grouped},
    json,
    manner::Manner,
    report::{body_to, report_to, source_to},
    statement::statements_to,
    v1,
    waiver::waiver_to,
};
use crate::{
    dossier::Dossier,
    engine::{Assessment, Checked, Finding, PackInForce, ReasonKind, SignedRuling, Verdict, WaiverUse, hex},
    narrative::Statement,
    submission::Hints,
    words::{Language, Text},
};

/// The response for one report.
pub fn response_to(checked: &Checked, manner: Manner) -> v1::CheckReportResponse {
    let report = &checked.dossier.report;
    v1::CheckReportResponse {
        report: manner.is_full().then(|| report_to(report)),
        assessment: Some(assessment_to(checked, manner)),
        source: report.source.as_ref().map(source_to),
    }
}

fn assessment_to(checked: &Checked, manner: Manner) -> v1::Assessment {
    let (dossier, assessment) = (&checked.dossier, &checked.assessment);
    let (full, compact) = (manner.is_full(), manner.is_compact());
    let telling = Telling { dossier, assessment, language: manner.language, compact };
    let told = |ruling: &&SignedRuling| full || ruling.undecided && !ruling.trial && !compact;
    let (groups, on_trial) = (grouped(&assessment.findings), grouped(&assessment.trial));
    let used = |statement: &Statement| {
        let words = |finding: &Finding| finding.span.as_ref() == Some(&statement.place);
        let mut findings = assessment.findings.iter().chain(&assessment.trial);
        let mut is_used = || findings.any(|own| own.location == statement.location() && words(own));
        full || !compact && is_used()
    };
    let causes = assessment.causes.iter().filter(|_| !compact);
    v1::Assessment {
        citation: Some(citation_to(checked, manner)),
        verdict: v1::Verdict::from(assessment.verdict).into(),
        causes: causes.map(|cause| telling.cause(cause)).collect(),
        findings: groups.iter().chain(&on_trial).map(|group| telling.finding(group)).collect(),
        rulings: assessment.rulings.iter().filter(told).map(|ruling| ruling_to(ruling, manner.language)).collect(),
        counts: Some(counts_to(assessment, groups.len())),
        occurrences_cut: number(assessment.findings_cut),
        fixed: assessment.fixed.clone(),
        waivers: assessment.waivers.iter().map(waiver_use_to).collect(),
        rests_on_waivers: assessment.rests_on_waivers,
        provisional: assessment.provisional,
        statements: statements_to(dossier, &assessment.statements, used),
    }
}

/// What the answer is about.
fn citation_to(checked: &Checked, manner: Manner) -> v1::Citation {
    let (dossier, assessment) = (&checked.dossier, &checked.assessment);
    let report = &dossier.report;
    let digest = |digest: &[u8; 32]| hex(digest);
    v1::Citation {
        body: Some(body_to(&report.body)),
        year: report.year,
        edition_found: v1::Edition::from(report.edition).into(),
        edition_stated: v1::Edition::from(report.edition_stated).into(),
        input_digest: assessment.input_digest.clone(),
        previous_digest: checked.previous_digest.as_ref().map(digest).unwrap_or_default(),
        subordinate_digests: checked.subordinate_digests.iter().map(digest).collect(),
        as_of: dossier.as_of.map(date_to),
        language: v1::Language::from(manner.language).into(),
        view: v1::View::from(manner.view).into(),
        hints: hints_to(&dossier.hints),
        profile: assessment.profile.clone(),
        rule_set_digest: assessment.rule_set_digest.clone(),
        packs: assessment.packs.iter().map(pack_to).collect(),
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        baseline_size: checked.baseline.map(|(size, _)| number(size)),
        baseline_digest: checked.baseline.map(|(_, digest)| hex(&digest)).unwrap_or_default(),
        subordinates_complete: dossier.subordinates_complete,
        draft: dossier.draft,
    }
}

fn hints_to(hints: &Hints) -> Option<v1::Hints> {
    let Hints { body, year, published_on } = hints;
    let said = body.is_some() || year.is_some() || published_on.is_some();
    said.then(|| v1::Hints { body: body.as_ref().map(body_to), year: *year, published_on: published_on.map(date_to) })
}

fn counts_to(assessment: &Assessment, findings: usize) -> v1::Counts {
    let counts = assessment.counts;
    v1::Counts {
        errors: number(counts.errors),
        warnings: number(counts.warnings),
        infos: number(counts.infos),
        waived: number(counts.waived),
        causes: number(assessment.causes.len()),
        findings: number(findings),
        trial: number(counts.trial),
    }
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// How a change of rules affects one report, in JSON: the file's name, its verdicts before and after, and the findings that
/// only one of them has.
pub fn impact_json(
    key: &str,
    dossier: &Dossier,
    (before, after): (&Assessment, &Assessment),
    added: &[&Finding],
    removed: &[&Finding],
    language: Language,
) -> String {
    let verdict = |verdict: Verdict| v1::Verdict::from(verdict).as_str_name();
    let findings = |assessment: &Assessment, findings: &[&Finding]| -> Vec<serde_json::Value> {
        let telling = Telling { dossier, assessment, language, compact: false };
        findings.iter().map(|finding| json::value(&telling.finding(&[*finding]))).collect()
    };
    json::write(&serde_json::json!({
        "key": key,
        "before": verdict(before.verdict),
        "after": verdict(after.verdict),
        "added": findings(after, added),
        "removed": findings(before, removed),
    }))
}

/// A pack as shown to callers.
pub fn pack_to(pack: &PackInForce) -> v1::PackInForce {
    v1::PackInForce { name: pack.name.clone(), version: pack.version.clone(), digest: pack.digest.clone() }
}

fn ruling_to(ruling: &SignedRuling, language: Language) -> v1::Ruling {
    let reason = |(kind, why): &(ReasonKind, Text)| v1::Reason {
        kind: v1::ReasonKind::from(*kind).into(),
        message: why.in_language(language).to_owned(),
    };
    v1::Ruling {
        rule_code: ruling.code.to_string(),
        outcome: v1::RulingOutcome::from(ruling.outcome).into(),
        severity: v1::Severity::from(ruling.severity).into(),
        undecided: ruling.undecided,
        failed: ruling.failed,
        trial: ruling.trial,
        reasons: ruling.reasons.iter().map(reason).collect(),
    }
}

fn waiver_use_to(used: &WaiverUse) -> v1::WaiverUse {
    v1::WaiverUse {
        waiver: Some(waiver_to(&used.waiver)),
        outcome: v1::WaiverOutcome::from(used.outcome).into(),
        occurrences: number(used.findings),
    }
}
