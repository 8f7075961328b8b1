//! What is behind the findings: one cause for all that one repair explains, one for the rows of a table that
//! could not be read, and one for all that a rule says of a table or a section.
//!
//! Every finding belongs to one cause, so that people can count causes, and programs findings.

use super::{
    assessment::{Cause, CauseKind, Finding, SignedRuling},
    reconcile::{Agreement, Repair},
};
use crate::{
    dossier::Dossier,
    report::{AnnualReport, Cell, DefectKind, Location, Place, Row},
    rule::{Operand, Origin, Severity, Side},
    words::Text,
};

/// The causes of the findings, the gravest first.
pub(super) fn causes(
    dossier: &Dossier,
    findings: &[Finding],
    repairs: &[Repair],
    rulings: &[SignedRuling],
) -> Vec<Cause> {
    let mut free: Vec<bool> = vec![true; findings.len()];
    let mut causes = wrong_values(dossier, findings, repairs, &mut free);
    causes.extend(unread_rows(dossier, findings, rulings, &mut free));
    causes.extend(by_rule(dossier, findings, &mut free));
    causes.sort_by_key(|cause| (cause.severity, cause.kind, cause.location.order()));
    causes
}

/// Takes the findings that fit out of those that are still free.
fn take(free: &mut [bool], findings: &[Finding], fits: impl Fn(&Finding) -> bool) -> Vec<usize> {
    let taken: Vec<usize> = (0..findings.len()).filter(|at| free[*at] && fits(&findings[*at])).collect();
    taken.iter().for_each(|at| free[*at] = false);
    taken
}

/// The gravest severity of some findings, of those that are not waived if there are any.
pub(super) fn gravest(findings: &[Finding], taken: &[usize]) -> Severity {
    let counts = |at: &&usize| findings[**at].waiver.is_none();
    let any = |at: &usize| findings[*at].severity;
    let counting = taken.iter().filter(counts).map(any).min();
    counting.or_else(|| taken.iter().map(any).min()).unwrap_or(Severity::Info)
}

/// What waivers make of the causes: those of which all is waived are marked, the gravest of the rest stand first.
pub(super) fn heed_waivers(causes: &mut [Cause], findings: &[Finding]) {
    for cause in causes.iter_mut() {
        cause.waived = cause.findings.iter().all(|at| findings[*at].waiver.is_some());
        cause.severity = gravest(findings, &cause.findings);
    }
    causes.sort_by_key(|cause| (cause.waived, cause.severity, cause.kind, cause.location.order()));
}

fn place_of(report: &AnnualReport, cell: Cell) -> Place {
    report.reading(cell).map(|reading| reading.place.clone()).unwrap_or_default()
}

/// The corrections that mend the same relations, as one cause each.
fn wrong_values(dossier: &Dossier, findings: &[Finding], repairs: &[Repair], free: &mut [bool]) -> Vec<Cause> {
    let mut groups: Vec<Vec<Repair>> = Vec::new();
    for repair in repairs {
        match groups.iter_mut().find(|group| group[0].explains == repair.explains) {
            Some(group) => group.push(repair.clone()),
            None => groups.push(vec![repair.clone()]),
        }
    }
    let cause = |group: Vec<Repair>| {
        let cells: Vec<Cell> = group[0].changes.iter().map(|change| change.cell).collect();
        let [first, ..] = cells[..] else { return None };
        let taken = take(free, findings, |finding| {
            let mends = || group.iter().flat_map(|repair| &repair.changes).any(|change| is_about(finding, change.cell));
            // The relations that it mends, and what the text or last year's report says of the same cells.
            let supported =
                group[0].narrative == Agreement::For && finding.span.is_some() || group[0].previous == Agreement::For;
            is_relation(finding) && mends() || supported && is_about(finding, first) && finding.operands.len() <= 2
        });
        let place = place_of(&dossier.report, first);
        let severity = gravest(findings, &taken);
        let message = proposed(&group);
        let (location, kind) = (Location::Cell(first), CauseKind::WrongValue);
        let own = Cause {
            kind,
            severity,
            location,
            place,
            message,
            alternatives: group,
            findings: taken,
            undecided: Vec::new(),
            waived: false,
        };
        (!own.findings.is_empty()).then_some(own)
    };
    groups.into_iter().filter_map(cause).collect()
}

/// Whether a cell of the report is one of a finding's operands.
fn is_about(finding: &Finding, cell: Cell) -> bool {
    finding.operands.iter().any(|operand| operand.origin == Origin::Subject && operand.cell == cell)
}

/// Whether a finding is a relation of the report's own figures that fails: a correction makes all of them hold.
fn is_relation(finding: &Finding) -> bool {
    let own = |operand: &Operand| operand.origin == Origin::Subject && operand.side != Side::Beside;
    !finding.operands.is_empty() && finding.operands.iter().all(own) && !finding.equation.is_empty()
}

/// What to change, in a sentence.
fn proposed(group: &[Repair]) -> Text {
    let changes = |repair: &Repair| {
        let change = |change: &super::reconcile::Change| {
            let (place, from) = (change.cell.printed(), change.from.shown());
            [format!("{place}：{} → {}", from.zh, change.to), format!("{place}: {} → {}", from.en, change.to)]
        };
        let all: Vec<[String; 2]> = repair.changes.iter().map(change).collect();
        let joined = |at: usize, sign: &str| all.iter().map(|own| own[at].as_str()).collect::<Vec<_>>().join(sign);
        [joined(0, "，且"), joined(1, ", and ")]
    };
    let relations = group[0].explains.len();
    let [zh, en] = changes(&group[0]);
    match group.len() {
        1 => Text::new(
            format!("{zh}，即可使不成立的 {relations} 处关系成立"),
            format!("{en}: the {relations} relations that fail would hold"),
        ),
        many if group[1].rank == group[0].rank => Text::new(
            format!(
                "有 {many} 种改法，任一种都可使不成立的 {relations} 处关系成立，凭报告本身分不出哪一种，例如：{zh}"
            ),
            format!("one of {many} corrections, each of which would do for {relations} relations, such as {en}"),
        ),
        many => Text::new(
            format!("最可能：{zh}；共有 {many} 种改法，任一种都可使不成立的 {relations} 处关系成立"),
            format!("most likely {en}; {many} corrections, each of which would do for {relations} relations"),
        ),
    }
}

/// What stands in rows that could not be read: one cause for the rows of a table that could not be read for the same reason. A
/// printed line may stand for three rows of 表四, and a reader mends a table at once.
fn unread_rows(dossier: &Dossier, findings: &[Finding], rulings: &[SignedRuling], free: &mut [bool]) -> Vec<Cause> {
    let report = &dossier.report;
    let unread = || report.defects.iter().filter(|defect| defect.kind.leaves_unread());
    let mut rows: Vec<(Row, DefectKind)> =
        unread().filter_map(|defect| Some((row_of(defect.location)?, defect.kind))).collect();
    rows.sort_by_key(|(row, _)| *row);
    rows.dedup_by_key(|(row, _)| *row);
    let mut groups: Vec<Vec<(Row, DefectKind)>> = Vec::new();
    for own in rows {
        let is_alike = |group: &&mut Vec<(Row, DefectKind)>| (group[0].0.table(), group[0].1) == (own.0.table(), own.1);
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(own),
            None => groups.push(vec![own]),
        }
    }
    let is_unread = |location: Location| unread().any(|own| own.location == location);
    let cause = |group: Vec<(Row, DefectKind)>| {
        let holds = |row: Row| group.iter().any(|(own, _)| *own == row);
        let taken = take(free, findings, |finding| {
            // Of a row as a whole: where none of the cells that it is about could be read.
            let mut cells = finding.operands.iter().map(|operand| Location::Cell(operand.cell)).peekable();
            row_of(finding.location).is_some_and(holds)
                && (is_unread(finding.location) || cells.peek().is_some() && cells.all(is_unread))
        });
        let first = &findings[*taken.first()?];
        let table = Location::Table(group[0].0.table()).printed();
        let message = match taken.len() {
            1 => first.message.clone(),
            many => Text::new(
                format!("{table}：{many} 处未能确定地读出"),
                format!("{table}: {many} places could not be read"),
            ),
        };
        let open = rulings.iter().filter(|own| own.undecided && !own.trial && own.lacks.iter().any(|row| holds(*row)));
        Some(Cause {
            kind: CauseKind::Unread,
            severity: gravest(findings, &taken),
            location: first.location,
            place: first.place.clone(),
            message,
            alternatives: Vec::new(),
            undecided: open.map(|ruling| ruling.code.clone()).collect(),
            findings: taken,
            waived: false,
        })
    };
    groups.into_iter().filter_map(cause).collect()
}

fn row_of(location: Location) -> Option<Row> {
    match location {
        Location::Cell(cell) => Some(cell.row()),
        Location::Row(row) => Some(row),
        _ => None,
    }
}

/// What is left: all that one rule says of one table, section or of the report.
fn by_rule(dossier: &Dossier, findings: &[Finding], free: &mut [bool]) -> Vec<Cause> {
    let mut causes = Vec::new();
    for at in 0..findings.len() {
        if !free[at] {
            continue;
        }
        let first = &findings[at];
        let taken = take(free, findings, |other| other.is_beside(first));
        let message = match taken.len() {
            1 => first.message.clone(),
            many => {
                Text::new(format!("{}（{many} 处）", first.title.zh), format!("{} ({many} places)", first.title.en))
            }
        };
        causes.push(Cause {
            kind: kind_of(&dossier.report, first),
            severity: gravest(findings, &taken),
            location: first.location,
            place: first.place.clone(),
            message,
            alternatives: Vec::new(),
            findings: taken,
            undecided: Vec::new(),
            waived: false,
        });
    }
    causes
}

fn kind_of(report: &AnnualReport, finding: &Finding) -> CauseKind {
    let missing = match finding.location {
        Location::Row(row) => !report.figures.has_row(row),
        Location::Table(table) => !report.figures.has_table(table),
        Location::Section(number @ 1..) => report.section(number).is_none(),
        _ => false,
    };
    let figures = |operand: &Operand| operand.side != Side::Beside;
    match finding.location {
        _ if finding.of_context => CauseKind::Context,
        Location::Cell(_) | Location::Row(_) | Location::Column(..) if finding.operands.iter().any(figures) => {
            CauseKind::WrongValue
        }
        _ if missing => CauseKind::Missing,
        Location::Title | Location::Preamble | Location::Section(_) => CauseKind::Wording,
        _ => CauseKind::Other,
    }
}
