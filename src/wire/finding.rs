//! Findings, their occurrences and their causes as messages.

use super::{
    rules::basis_to,
    spot::{absent, cell_spot, decimal, figure_value, span, spot, spot_of, term, value},
    v1,
};
use crate::{
    dossier::Dossier,
    engine::{Assessment, Cause, Change, Finding, Repair},
    report::Location,
    rule::{Origin, Side},
    words::{Language, Text},
};

/// Which findings are told as one: those that one rule says of one table, section or part.
pub(super) fn grouped(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|group| group[0].is_beside(finding)) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// What findings are made with.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    pub dossier: &'a Dossier,
    pub assessment: &'a Assessment,
    pub language: Language,
    /// Whether only codes, severities, fingerprints and states are told.
    pub compact: bool,
}

impl Telling<'_> {
    fn words(&self, text: &Text) -> String {
        text.in_language(self.language).to_owned()
    }

    /// Findings that are told as one.
    pub fn finding(&self, group: &[&Finding]) -> v1::Finding {
        let first = group[0];
        let kind = match first {
            Finding { of_trial: true, .. } => v1::FindingKind::Trial,
            Finding { of_context: true, .. } => v1::FindingKind::Context,
            _ => v1::FindingKind::Report,
        };
        let bare = v1::Finding {
            rule_code: first.code.to_string(),
            severity: v1::Severity::from(first.severity).into(),
            kind: kind.into(),
            occurrences: group.iter().map(|finding| self.occurrence(finding)).collect(),
            ..v1::Finding::default()
        };
        if self.compact {
            return bare;
        }
        let many = group.len();
        let message = match many {
            1 => first.message.clone(),
            _ => Text::new(format!("{}（{many} 处）", first.title.zh), format!("{} ({many} places)", first.title.en)),
        };
        v1::Finding {
            title: self.words(&first.title),
            message: self.words(&message),
            basis: first.basis.iter().map(basis_to).collect(),
            advice: self.words(&first.advice),
            ..bare
        }
    }

    fn occurrence(&self, finding: &Finding) -> v1::Occurrence {
        let waiver = finding.waiver.map_or(0, |at| at + 1);
        let bare = v1::Occurrence {
            fingerprint: finding.fingerprint.clone(),
            state: finding.state.map_or(v1::FindingState::Unspecified, v1::FindingState::from).into(),
            waiver_number: i32::try_from(waiver).unwrap_or(i32::MAX),
            ..v1::Occurrence::default()
        };
        if self.compact {
            return bare;
        }
        let report = &self.dossier.report;
        let own = spot(finding.origin, finding.location, &finding.place, finding.text.clone());
        let span = finding.span.as_ref().and_then(|part| span(report, finding.location, part));
        let filled = |text: &Text| (!text.zh.is_empty()).then(|| value(text.in_language(self.language)));
        v1::Occurrence {
            spot: Some(v1::Spot { span, ..own }),
            message: self.words(&finding.message),
            expected: filled(&finding.expected),
            actual: self.nothing_there(finding).or_else(|| filled(&finding.actual)),
            relation: self.relation(finding),
            statement_ids: self.statement_ids(finding),
            ..bare
        }
    }

    /// That there is no value, where what stands in the cell is not a figure and the finding says just that.
    fn nothing_there(&self, finding: &Finding) -> Option<v1::Value> {
        let Location::Cell(cell) = finding.location else { return None };
        let figures = &self.dossier.report.figures;
        let figure = figures.count(cell);
        let absent = figure.known().is_none() && figures.amount(cell).is_none();
        let is_said = finding.origin == Origin::Subject && finding.actual.zh == figure.shown().zh;
        (absent && is_said).then(|| figure_value(figure))
    }

    /// The ids of the statements at whose words a finding stands.
    fn statement_ids(&self, finding: &Finding) -> Vec<String> {
        let stated = self.assessment.statements.iter().enumerate();
        let own =
            stated.filter(|(_, own)| own.location() == finding.location && Some(&own.place) == finding.span.as_ref());
        own.map(|(at, _)| statement_id(at)).collect()
    }

    fn relation(&self, finding: &Finding) -> Option<v1::Relation> {
        if finding.operands.is_empty() && finding.equation.is_empty() {
            return None;
        }
        let sided = finding.operands.iter().any(|operand| operand.side != Side::Beside);
        let equal = sided && !finding.equation.is_empty();
        let comparison = if equal { v1::Comparison::Equal } else { v1::Comparison::Unspecified };
        Some(v1::Relation {
            comparison: comparison.into(),
            terms: finding.operands.iter().map(|operand| term(self.dossier, operand)).collect(),
            text: finding.equation.clone(),
            excess: finding
                .difference
                .filter(|_| equal)
                .map(|difference| (-difference).to_string())
                .unwrap_or_default(),
        })
    }

    /// A cause.
    pub fn cause(&self, cause: &Cause) -> v1::Cause {
        let first = cause.findings.first().and_then(|at| self.assessment.findings.get(*at));
        let own = match (cause.location, first) {
            (Location::Cell(cell), _) => cell_spot(self.dossier, Origin::Subject, cell),
            (location, Some(first)) => {
                let report = &self.dossier.report;
                let span = first.span.as_ref().and_then(|part| span(report, location, part));
                v1::Spot { span, ..spot(first.origin, location, &cause.place, first.text.clone()) }
            }
            (location, None) => spot(Origin::Subject, location, &cause.place, String::new()),
        };
        let place = if own.place.is_none() { super::report::place_to(&cause.place) } else { own.place.clone() };
        let fingerprint = |at: &usize| self.assessment.findings.get(*at).map(|own| own.fingerprint.clone());
        v1::Cause {
            kind: v1::CauseKind::from(cause.kind).into(),
            severity: v1::Severity::from(cause.severity).into(),
            spot: Some(v1::Spot { place, ..own }),
            message: self.words(&cause.message),
            alternatives: cause.alternatives.iter().map(|repair| self.correction(repair)).collect(),
            fingerprints: cause.findings.iter().filter_map(fingerprint).collect(),
            undecided_rule_codes: cause.undecided.iter().map(ToString::to_string).collect(),
            waived: cause.waived,
        }
    }

    fn correction(&self, repair: &Repair) -> v1::Correction {
        let edit = |change: &Change| v1::Edit {
            spot: Some(cell_spot(self.dossier, Origin::Subject, change.cell)),
            current: Some(figure_value(change.from)),
            proposed: Some(decimal(change.to.to_string())),
        };
        v1::Correction {
            edits: repair.changes.iter().map(edit).collect(),
            mends: repair.explains.iter().map(|location| spot_of(self.dossier, *location)).collect(),
            narrative: v1::Agreement::from(repair.narrative).into(),
            previous: v1::Agreement::from(repair.previous).into(),
            rank: i32::try_from(repair.rank).unwrap_or(i32::MAX),
            reason: self.words(&repair.reason),
        }
    }
}

/// The name of a statement within an answer, by its place.
pub(super) fn statement_id(at: usize) -> String {
    format!("s{}", at + 1)
}

/// A value that is not there.
pub(super) fn unread() -> v1::Value {
    absent(v1::Absence::Unread)
}
