//! The assessment as a message.

use super::{
    filing::Manner,
    report::{place_to, report_to, source_to},
    rules::basis_to,
    statement::statement_to,
    v1,
    waiver::waiver_to,
};
use crate::{
    engine::{Assessment, Change, Counts, Finding, PackInForce, Repair, SignedRuling, Verdict, WaiverUse},
    narrative::Statement,
    report::{AnnualReport, Location},
    rule::{Operand, Outcome},
    words::Language,
};

/// The response for one report.
pub fn response_to(report: &AnnualReport, assessment: &Assessment, manner: Manner) -> v1::CheckReportResponse {
    v1::CheckReportResponse {
        report: manner.full.then(|| report_to(report)),
        assessment: Some(assessment_to(report, assessment, manner)),
        source: report.source.as_ref().map(source_to),
    }
}

fn assessment_to(report: &AnnualReport, assessment: &Assessment, manner: Manner) -> v1::Assessment {
    let told = |ruling: &&SignedRuling| manner.full || ruling.outcome == Outcome::Undetermined;
    let findings = assessment.findings.iter();
    let waivers = &assessment.waivers;
    let used = |statement: &&Statement| {
        let words = |finding: &Finding| finding.span.as_ref() == Some(&statement.place);
        manner.full || assessment.findings.iter().any(|own| own.location == statement.location() && words(own))
    };
    let stated = assessment.statements.iter().filter(used);
    v1::Assessment {
        profile: assessment.profile.clone(),
        waivers: waivers.iter().map(waiver_use_to).collect(),
        packs: assessment.packs.iter().map(pack_to).collect(),
        edition: v1::Edition::from(assessment.edition).into(),
        verdict: v1::Verdict::from(assessment.verdict).into(),
        findings: findings.map(|finding| finding_to(report, finding, waivers, manner.language)).collect(),
        rulings: assessment.rulings.iter().filter(told).map(|ruling| ruling_to(ruling, manner.language)).collect(),
        counts: Some(counts_to(assessment.counts)),
        rule_set_digest: assessment.rule_set_digest.clone(),
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        input_digest: assessment.input_digest.clone(),
        findings_cut: number(assessment.findings_cut),
        repairs: assessment.repairs.iter().map(|repair| repair_to(repair, manner.language)).collect(),
        fixed: assessment.fixed.clone(),
        statements: stated.map(|statement| statement_to(report, statement)).collect(),
    }
}

fn counts_to(counts: Counts) -> v1::Counts {
    v1::Counts {
        errors: number(counts.errors),
        warnings: number(counts.warnings),
        infos: number(counts.infos),
        waived: number(counts.waived),
    }
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// How a change of rules affects one report: its verdicts before and after, and the findings that only one of them
/// has.
pub fn impact_to(
    key: &str,
    report: &AnnualReport,
    (before, after): (Verdict, Verdict),
    added: &[&Finding],
    removed: &[&Finding],
    language: Language,
) -> v1::Impact {
    let findings =
        |findings: &[&Finding]| findings.iter().map(|finding| finding_to(report, finding, &[], language)).collect();
    v1::Impact {
        key: key.to_owned(),
        before: v1::Verdict::from(before).into(),
        after: v1::Verdict::from(after).into(),
        added: findings(added),
        removed: findings(removed),
    }
}

/// A pack as shown to callers.
pub fn pack_to(pack: &PackInForce) -> v1::PackInForce {
    v1::PackInForce { name: pack.name.clone(), version: pack.version.clone(), digest: pack.digest.clone() }
}

fn ruling_to(ruling: &SignedRuling, language: Language) -> v1::Ruling {
    v1::Ruling {
        code: ruling.code.to_string(),
        outcome: v1::Outcome::from(ruling.outcome).into(),
        reasons: ruling.reasons.iter().map(|reason| reason.in_language(language).to_owned()).collect(),
    }
}

fn waiver_use_to(used: &WaiverUse) -> v1::WaiverUse {
    v1::WaiverUse {
        waiver: Some(waiver_to(&used.waiver)),
        worth: v1::WaiverWorth::from(used.worth).into(),
        findings: number(used.findings),
    }
}

fn finding_to(report: &AnnualReport, finding: &Finding, waivers: &[WaiverUse], language: Language) -> v1::Finding {
    let words = |text: &crate::words::Text| text.in_language(language).to_owned();
    v1::Finding {
        code: finding.code.to_string(),
        severity: v1::Severity::from(finding.severity).into(),
        title: words(&finding.title),
        message: words(&finding.message),
        location: Some(v1::Location {
            path: finding.location.path(),
            printed: finding.location.printed(),
            place: place_to(&finding.place),
            text: finding.text.clone(),
        }),
        expected: words(&finding.expected),
        actual: words(&finding.actual),
        difference: finding.difference.map(|difference| difference.to_string()).unwrap_or_default(),
        operands: finding.operands.iter().map(|operand| operand_to(report, operand)).collect(),
        equation: finding.equation.clone(),
        basis: finding.basis.iter().map(basis_to).collect(),
        advice: words(&finding.advice),
        fingerprint: finding.fingerprint.clone(),
        waiver: finding.waiver.and_then(|at| waivers.get(at)).map(|used| waiver_to(&used.waiver)),
        state: finding.state.map_or(v1::FindingState::Unspecified, v1::FindingState::from).into(),
    }
}

fn repair_to(repair: &Repair, language: Language) -> v1::Repair {
    let change = |change: &Change| v1::CellChange {
        path: change.cell.path(),
        printed: change.cell.printed(),
        from: change.from.known().map(|from| from.to_string()).unwrap_or_default(),
        to: change.to.to_string(),
    };
    v1::Repair {
        changes: repair.changes.iter().map(change).collect(),
        explains: repair.explains.iter().map(|place| place.printed()).collect(),
        narrative: v1::Agreement::from(repair.narrative).into(),
        previous: v1::Agreement::from(repair.previous).into(),
        rank: number(repair.rank),
        reason: repair.reason.in_language(language).to_owned(),
    }
}

fn operand_to(report: &AnnualReport, operand: &Operand) -> v1::Operand {
    let amount = report.figures.amount(operand.cell).map(str::to_owned);
    let count = operand.figure.known().map(|count| count.to_string());
    v1::Operand {
        path: operand.cell.path(),
        printed: Location::Cell(operand.cell).printed(),
        value: amount.or(count).unwrap_or_default(),
        side: v1::Side::from(operand.side).into(),
    }
}
